"""What a client may put into a field, and what counts as nothing."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import Body, changed, company, customer, item_line

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture
def books() -> Books:
    return company()


@pytest.mark.parametrize(
    ("field", "value", "code", "element"),
    [
        ("GivenName", "x" * 101, "2050", "GivenName"),
        ("PrimaryEmailAddr", {"Address": "no address"}, "2210", "PrimaryEmailAddr"),
        ("PrimaryPhone", {"FreeFormNumber": "1" * 31}, "2050", "PrimaryPhone"),
        ("WebAddr", {"URI": "example.com"}, "2200", "WebAddr"),
        ("BillAddr", {"PostalCode": "1" * 31}, "2050", "BillAddr.PostalCode"),
        ("OpenBalanceDate", "20.05.2026", "2060", "OpenBalanceDate"),
        ("OpenBalanceDate", "2026-02-30", "2070", "OpenBalanceDate"),
        ("Taxable", "perhaps", "2230", "Taxable"),
        ("PreferredDeliveryMethod", "Pigeon", "2170", "PreferredDeliveryMethod"),
        ("Notes", {"a": 1}, "2010", None),
    ],
)
def test_a_bad_value_is_refused_with_its_field(
    books: Books, field: str, value: Any, code: str, element: str | None
) -> None:
    with pytest.raises(Fault) as caught:
        customer(books, **{field: value})
    assert [(error.code, error.element) for error in caught.value.errors] == [(code, element)]


def test_several_errors_come_in_one_answer(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        customer(books, GivenName="x" * 101, WebAddr={"URI": "x"})
    assert [error.code for error in caught.value.errors] == ["2050", "2200"]


def test_blank_values_count_as_not_sent(books: Books) -> None:
    blank: dict[str, Any] = {
        "Notes": "",
        "OpenBalanceDate": "",
        "Level": 0,
        "BillAddr": None,
        "SalesTermRef": {"value": None, "name": ""},
        "PrimaryPhone": {"FreeFormNumber": ""},
        "SyncToken": 0,
        "Balance": 0,
        "domain": "QBO",
    }
    made = customer(books, **blank)
    assert not {"Notes", "OpenBalanceDate", "Level", "BillAddr", "SalesTermRef", "PrimaryPhone"} & set(made)
    assert made["SyncToken"] == "0"


def test_what_may_only_be_read_is_ignored_when_sent(books: Books) -> None:
    made = customer(books, FullyQualifiedName="Other", BalanceWithJobs=99, MetaData={"CreateTime": "2001-01-01"})
    assert (made["FullyQualifiedName"], made["BalanceWithJobs"]) == ("Ada Byron", 0)
    assert made["MetaData"]["CreateTime"] == "2026-05-20T12:00:00-07:00"


def test_a_sparse_update_clears_what_it_sends_empty(books: Books) -> None:
    made = customer(books, Notes="note", GivenName="Ada")
    after = changed(books, "Customer", made, Notes="")
    assert "Notes" not in after
    assert after["GivenName"] == "Ada"


def test_money_and_quantities_are_written_as_quickbooks_writes_them(books: Books) -> None:
    line = item_line("37.50", Qty=Decimal("1.0"), UnitPrice=Decimal("37.500"))
    made = books.create("Invoice", {"CustomerRef": {"value": customer(books)["Id"]}, "Line": [line]})
    shown = [made["TotalAmt"], made["Line"][0]["SalesItemLineDetail"]["Qty"], made["TxnTaxDetail"]["TotalTax"]]
    assert [str(value) for value in shown] == ["37.5", "1", "0"]


def test_a_term_needs_its_days(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.create("Term", {"Name": "Soon"})
    assert caught.value.errors[0].element == "DueDays"
    assert books.create("Term", {"Name": "Soon", "DueDays": 3})["Type"] == "STANDARD"


def test_an_accounts_type_follows_from_its_detail_type_and_must_fit(books: Books) -> None:
    made = books.create("Account", {"Name": "Till", "AccountType": "Bank"})
    assert (made["AccountSubType"], made["Classification"]) == ("CashOnHand", "Asset")
    assert int(made["Id"]) > 1150040000
    assert books.create("Account", {"Name": "Rates", "AccountSubType": "TaxesPaid"})["AccountType"] == "Expense"
    for fields, code in (({}, "6010"), ({"AccountType": "Bank", "AccountSubType": "Travel"}, "2170")):
        with pytest.raises(Fault) as caught:
            books.create("Account", {"Name": "Odd", **fields})
        assert caught.value.code == code


def test_an_inventory_item_needs_its_accounts_quantity_and_date(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.create("Item", {"Name": "Pump", "Type": "Inventory", "IncomeAccountRef": {"value": "79"}})
    missing = [error.element for error in caught.value.errors]
    assert missing == ["QtyOnHand", "InvStartDate", "AssetAccountRef", "ExpenseAccountRef"]


def test_an_items_income_account_must_be_one(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.create("Item", {"Name": "Odd", "Type": "Service", "IncomeAccountRef": {"value": "84"}})
    assert caught.value.code == "6430"


def test_preferences_change_where_the_api_may_change_them(books: Books) -> None:
    before = books.read("Preferences", "1")
    after = books.update(
        "Preferences",
        {
            "Id": "1",
            "SyncToken": before["SyncToken"],
            "SalesFormsPrefs": {"CustomTxnNumbers": True},
            "EmailMessagesPrefs": {"EstimateMessage": {"Subject": "Our offer"}},
            "AccountingInfoPrefs": {"BookCloseDate": "2026-01-01", "CustomerTerminology": "Clients"},
            "TaxPrefs": {"UsingSalesTax": True},
        },
    )
    assert after["SalesFormsPrefs"]["CustomTxnNumbers"] is True
    assert after["EmailMessagesPrefs"]["EstimateMessage"]["Subject"] == "Our offer"
    assert after["AccountingInfoPrefs"]["CustomerTerminology"] == "Clients"
    assert "BookCloseDate" not in after["AccountingInfoPrefs"]
    assert after["TaxPrefs"] == before["TaxPrefs"]
    assert after["TimeTrackingPrefs"] == before["TimeTrackingPrefs"]


@pytest.mark.parametrize(
    ("entity", "body"),
    [
        ("Customer", {"DisplayName": "A", "BillAddr": {"Line1": "1 Main St", "Street": "x"}}),
        ("Customer", {"DisplayName": "A", "PrimaryEmailAddr": {"Adress": "a@example.com"}}),
        ("Customer", {"DisplayName": "A", "PrimaryPhone": {"Number": "1"}}),
        ("Customer", {"DisplayName": "A", "ParentRef": {"value": "1", "id": "1"}}),
        ("Payment", {"CustomerRef": {"value": "1"}, "TotalAmt": 1, "Line": [{"Amount": 1, "LinkedTxns": []}]}),
        (
            "Payment",
            {"TotalAmt": 1, "Line": [{"Amount": 1, "LinkedTxn": [{"TxnId": "1", "TxnType": "Invoice", "TxnID": "1"}]}]},
        ),
        (
            "Invoice",
            {"Line": [{"Amount": 1, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"Quantity": 1}}]},
        ),
    ],
)
def test_unknown_members_of_nested_objects_are_refused_too(entity: str, body: Body) -> None:
    books = company()
    ada = customer(books)["Id"]
    party = {"CustomerRef": {"value": ada}} if entity != "Customer" else {}
    with pytest.raises(Fault) as refused:
        books.create(entity, {**body, **party})
    assert refused.value.code == "2010"
    assert "Unrecognized field" in refused.value.errors[0].detail
