"""The sample company: consistent, the same every time, and with what clients' own tests lean on."""

from datetime import timedelta

import pytest
from tests.quickbooks_sandbox.books.making import sample_company

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities import ENTITIES


@pytest.fixture(scope="module")
def books() -> Books:
    return sample_company()


def test_its_books_agree(books: Books) -> None:
    assert problems(books) == []


def test_it_is_the_same_every_time(books: Books) -> None:
    other = sample_company()
    for name, table in books.tables.items():
        assert table.rows == other.tables[name].rows


def test_nothing_in_it_is_newer_than_three_days(books: Books) -> None:
    since = books.clock.now() - timedelta(days=3)
    assert [row for name, entity in ENTITIES.items() if entity.in_cdc for row in books.changes(name, since)] == []


def test_it_has_enough_of_everything(books: Books) -> None:
    counts = {name: len(table.rows) for name, table in books.tables.items()}
    least = {"Customer": 29, "Vendor": 26, "Account": 90, "Item": 18, "Invoice": 31, "Payment": 17, "CreditMemo": 3}
    assert {name: counts[name] for name in least if counts[name] < least[name]} == {}
    # Clients' own tests expect that nothing is attached yet; journal codes are for companies in France.
    assert [name for name in ENTITIES if not counts[name]] == ["Attachable", "JournalCode"]


@pytest.mark.parametrize(
    ("entity", "id", "name"),
    [
        ("Account", "1", "Services"),
        ("Account", "35", "Checking"),
        ("Account", "42", "Visa"),
        ("Account", "86", "Discounts given"),
        ("Item", "1", "Services"),
        ("Item", "10", "Pest Control"),
        ("TaxCode", "2", "California"),
        ("Term", "3", "Net 30"),
    ],
)
def test_known_ids_are_what_clients_expect(books: Books, entity: str, id: str, name: str) -> None:
    assert books.read(entity, id)["Name"] == name


@pytest.mark.parametrize(
    "sub_type", ["Checking", "AccountsPayable", "SalesOfProductIncome", "SuppliesMaterialsCogs", "Inventory"]
)
def test_every_kind_of_account_that_clients_look_for_is_there(books: Books, sub_type: str) -> None:
    assert books.query(f"select * from Account where AccountSubType = '{sub_type}'").rows


def test_the_first_customer_has_an_invoice(books: Books) -> None:
    first = (books.query("select * from Customer maxresults 1").rows or [])[0]
    assert books.query(f"select * from Invoice where CustomerRef = '{first['Id']}'").rows


def test_invoices_are_paid_part_paid_and_open(books: Books) -> None:
    shares = [
        (row.object["Balance"] == 0, row.object["Balance"] == row.object["TotalAmt"])
        for row in books.tables["Invoice"].rows.values()
    ]
    assert {(True, False), (False, True), (False, False)} <= set(shares)


def test_payments_are_deposited_unapplied_and_carriers(books: Books) -> None:
    payments = [row.object for row in books.tables["Payment"].rows.values()]
    assert any(payment.get("LinkedTxn") for payment in payments)
    assert any(payment["UnappliedAmt"] for payment in payments)
    assert any(payment["TotalAmt"] == 0 for payment in payments)


def test_preferences_are_what_clients_expect(books: Books) -> None:
    preferences = books.read("Preferences", "1")
    assert preferences["AccountingInfoPrefs"]["TaxYearMonth"] == "January"
    assert preferences["ProductAndServicesPrefs"]["ForPurchase"] is True
    assert preferences["VendorAndPurchasesPrefs"]["BillableExpenseTracking"] is True
    assert preferences["TimeTrackingPrefs"]["WorkWeekStartDate"] == "Monday"
    assert preferences["OtherPrefs"]["NameValue"][0]["Name"] == "SalesFormsPrefs.DefaultCustomerMessage"
