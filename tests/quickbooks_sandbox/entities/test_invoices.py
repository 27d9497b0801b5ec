"""Invoices and credit memos: lines, amounts, tax, dates, numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    changed,
    company,
    credit_memo,
    customer,
    invoice,
    item_line,
    named,
    refused,
    sales_form,
    sample_company,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture
def books() -> Books:
    return company()


@pytest.fixture
def ada(books: Books) -> str:
    return str(customer(books)["Id"])


def discount(**detail: Any) -> Body:
    amount = detail.pop("Amount", None)
    line: Body = {"DetailType": "DiscountLineDetail", "DiscountLineDetail": detail}
    return line if amount is None else {**line, "Amount": amount}


def test_a_percent_discount_follows_the_subtotal(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(35), discount(PercentBased=True, DiscountPercent=10))
    assert [line["DetailType"] for line in made["Line"]] == [
        "SalesItemLineDetail",
        "SubTotalLineDetail",
        "DiscountLineDetail",
    ]
    assert made["Line"][-1]["Amount"] == Decimal("3.5")
    assert made["Line"][-1]["DiscountLineDetail"]["DiscountAccountRef"]["name"] == "Discounts given"
    assert made["TotalAmt"] == made["Balance"] == Decimal("31.5")


def test_a_discount_by_amount_is_taken_as_it_is(books: Books, ada: str) -> None:
    assert invoice(books, ada, item_line(35), discount(Amount=5))["TotalAmt"] == 30


def test_a_discount_needs_an_amount_or_a_percent(books: Books, ada: str) -> None:
    with refused("6090"):
        invoice(books, ada, item_line(35), discount())


def test_an_amount_must_be_quantity_times_price_rounded_half_up(books: Books, ada: str) -> None:
    line = item_line("0.13", Qty=Decimal("0.5"), UnitPrice=Decimal("0.25"))
    assert invoice(books, ada, line)["TotalAmt"] == Decimal("0.13")
    wrong = item_line("1861.07", Qty=Decimal(3), UnitPrice=Decimal("620.36"))
    with refused("6070") as caught:
        invoice(books, ada, wrong)
    assert "Supplied value:1,861.07" in str(caught.value)


def test_quantity_and_price_of_zero_count_as_not_sent(books: Books, ada: str) -> None:
    line = invoice(books, ada, item_line(100, Qty=0, UnitPrice=0))["Line"][0]
    assert line["Amount"] == 100
    assert not {"Qty", "UnitPrice"} & set(line["SalesItemLineDetail"])


def test_a_description_only_line_has_no_amount(books: Books, ada: str) -> None:
    line: Body = {"DetailType": "DescriptionOnly", "Description": "As agreed", "DescriptionLineDetail": {}}
    made = invoice(books, ada, item_line(10), line)
    assert "Amount" not in made["Line"][1]
    assert made["TotalAmt"] == 10


@pytest.mark.parametrize("lines", [None, []])
def test_an_invoice_needs_lines_and_says_so_beside_a_missing_customer(books: Books, lines: Any) -> None:
    with pytest.raises(Fault) as caught:
        books.create("Invoice", {"Line": lines})
    assert [(error.code, error.element) for error in caught.value.errors] == [
        ("2020", "Line"),
        ("2020", "CustomerRef"),
    ]


def test_a_number_that_is_too_long_names_field_and_length(books: Books, ada: str) -> None:
    with refused("2050") as caught:
        invoice(books, ada, DocNumber="x" * 22)
    error = caught.value.errors[0]
    assert error.element == "DocNumber"
    assert error.detail.endswith("Min:0 Max:21 supported. Supplied length:22")


def test_lines_without_an_id_get_new_ids_and_left_out_lines_vanish(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(1), item_line(2))
    kept = {**item_line(5), "Id": made["Line"][1]["Id"]}
    after = changed(books, "Invoice", made, Line=[kept, item_line(7)])
    assert [(line.get("Id"), line["Amount"]) for line in after["Line"]] == [("2", 5), ("3", 7), (None, 12)]


def test_a_sparse_update_without_lines_keeps_them(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(1), PrivateNote="first")
    after = changed(books, "Invoice", made, PrivateNote="second")
    assert (after["Line"], after["PrivateNote"], after["SyncToken"]) == (made["Line"], "second", "1")


def test_a_full_update_clears_what_it_leaves_out_but_not_number_and_date(books: Books, ada: str) -> None:
    made = invoice(books, ada, PrivateNote="note", TxnDate="2026-05-01", CustomerMemo={"value": "Thanks"})
    after = books.update("Invoice", {**named(books, "Invoice", made), **sales_form(ada)})
    assert not {"PrivateNote", "CustomerMemo"} & set(after)
    assert (after["DocNumber"], after["TxnDate"]) == (made["DocNumber"], "2026-05-01")


def test_sending_back_what_was_read_changes_nothing(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(35), discount(PercentBased=True, DiscountPercent=10))
    books.clock.advance(60)
    assert books.update("Invoice", made) == made


def test_an_old_token_is_refused_and_nothing_changes(books: Books, ada: str) -> None:
    made = invoice(books, ada)
    changed(books, "Invoice", made, PrivateNote="one")
    with refused("5010"):
        books.update("Invoice", {"Id": made["Id"], "SyncToken": "0", "sparse": True, "PrivateNote": "two"})
    assert books.read("Invoice", made["Id"])["PrivateNote"] == "one"


def test_the_default_term_sets_the_due_date_and_is_not_shown(books: Books, ada: str) -> None:
    made = invoice(books, ada, TxnDate="2026-05-01")
    assert made["DueDate"] == "2026-05-31"
    assert "SalesTermRef" not in made


@pytest.mark.parametrize(
    ("term", "dated", "due"),
    [
        ({"DayOfMonthDue": 15}, "2026-05-10", "2026-05-15"),
        ({"DayOfMonthDue": 15}, "2026-05-16", "2026-06-15"),
        ({"DayOfMonthDue": 15, "DueNextMonthDays": 10}, "2026-05-10", "2026-06-15"),
        ({"DayOfMonthDue": 31}, "2026-02-10", "2026-02-28"),
    ],
)
def test_a_term_by_day_of_the_month_sets_the_due_date(books: Books, ada: str, term: Body, dated: str, due: str) -> None:
    id = books.create("Term", {"Name": "Monthly", **term})["Id"]
    made = invoice(books, ada, TxnDate=dated, SalesTermRef={"value": id})
    assert made["DueDate"] == due
    assert made["SalesTermRef"] == {"value": id, "name": "Monthly"}


def test_invoices_and_credit_memos_share_one_counter(books: Books, ada: str) -> None:
    numbers = [invoice(books, ada)["DocNumber"], credit_memo(books, ada)["DocNumber"]]
    assert [*numbers, invoice(books, ada)["DocNumber"]] == ["1001", "1002", "1003"]


def test_a_number_that_was_sent_is_kept_and_may_repeat_while_numbering_is_automatic(books: Books, ada: str) -> None:
    assert invoice(books, ada, DocNumber="2000")["DocNumber"] == "2000"
    assert credit_memo(books, ada, DocNumber="2000")["DocNumber"] == "2000"
    assert invoice(books, ada)["DocNumber"] == "2001"


def test_numbers_by_hand_are_not_given_and_not_repeated(books: Books, ada: str) -> None:
    books.set_preference("SalesFormsPrefs", "CustomTxnNumbers", True)
    assert "DocNumber" not in invoice(books, ada)
    first = credit_memo(books, ada, DocNumber="A-1")
    with refused("6140") as caught:
        invoice(books, ada, DocNumber="a-1")
    assert f"assigned to TxnType=Credit Memo with TxnId={first['Id']}" in str(caught.value)
    body = sales_form(ada, DocNumber="A-1")
    assert books.create("Invoice", body, include=["allowduplicatedocnum"])["DocNumber"] == "A-1"


def test_tax_is_the_codes_percent_of_the_taxed_lines() -> None:
    books = sample_company()
    taxed, free = item_line(50, item="15"), item_line(25, item="15", TaxCodeRef={"value": "NON"})
    taxed["SalesItemLineDetail"]["TaxCodeRef"] = {"value": "TAX"}
    made = invoice(books, "1", taxed, free, TxnTaxDetail={"TxnTaxCodeRef": {"value": "3"}})
    assert made["TxnTaxDetail"]["TotalTax"] == Decimal("4.55")
    rates = [(line["TaxLineDetail"]["TaxPercent"], line["Amount"]) for line in made["TxnTaxDetail"]["TaxLine"]]
    assert rates == [(Decimal("7.1"), Decimal("3.55")), (2, 1)]
    assert made["TotalAmt"] == Decimal("79.55")


def test_a_total_tax_that_was_sent_stands() -> None:
    books = sample_company()
    detail = {"TxnTaxCodeRef": {"value": "2"}, "TotalTax": Decimal("4.01")}
    made = invoice(books, "1", item_line(50, item="15", TaxCodeRef={"value": "TAX"}), TxnTaxDetail=detail)
    assert (made["TxnTaxDetail"]["TotalTax"], made["TotalAmt"]) == (Decimal("4.01"), Decimal("54.01"))


def test_an_update_of_other_fields_keeps_a_tax_that_was_sent() -> None:
    books = sample_company()
    detail = {"TxnTaxCodeRef": {"value": "2"}, "TotalTax": Decimal("4.01")}
    made = invoice(books, "1", item_line(50, item="15", TaxCodeRef={"value": "TAX"}), TxnTaxDetail=detail)
    after = changed(books, "Invoice", made, PrivateNote="x")
    assert (after["TxnTaxDetail"], after["TotalAmt"]) == (made["TxnTaxDetail"], made["TotalAmt"])


def test_an_update_of_other_fields_posts_to_the_accounts_of_its_time(books: Books, ada: str) -> None:
    made = invoice(books, ada)
    item = books.read("Item", "1")
    changed(books, "Item", item, IncomeAccountRef={"value": "79"})
    after = changed(books, "Invoice", made, PrivateNote="x")
    assert after["Line"] == made["Line"]


def test_tax_on_a_discounted_invoice_follows_the_switch() -> None:
    books = sample_company()
    lines = [
        item_line(100, item="15", TaxCodeRef={"value": "TAX"}),
        discount(PercentBased=True, DiscountPercent=50),
    ]
    code = {"TxnTaxCodeRef": {"value": "2"}}
    before = invoice(books, "1", *lines, TxnTaxDetail=code)
    after = invoice(books, "1", *lines, TxnTaxDetail=code, ApplyTaxAfterDiscount=True)
    assert (before["TotalAmt"], after["TotalAmt"]) == (58, 54)


def test_a_line_is_taxed_or_not_and_nothing_else(books: Books, ada: str) -> None:
    with refused("6100"):
        invoice(books, ada, item_line(10, TaxCodeRef={"value": "2"}))


@pytest.mark.parametrize("field", ["CustomerRef", "SalesTermRef", "ClassRef"])
def test_a_reference_to_nothing_is_refused(books: Books, ada: str, field: str) -> None:
    with refused("2500"):
        books.create("Invoice", {**sales_form(ada), field: {"value": "999"}})


def test_an_inactive_customer_gets_no_new_invoice_but_keeps_the_old(books: Books, ada: str) -> None:
    made = invoice(books, ada)
    changed(books, "Customer", {"Id": ada}, Active=False)
    with refused("610"):
        invoice(books, ada)
    assert changed(books, "Invoice", made, PrivateNote="x")["CustomerRef"]["name"] == "Ada Byron (deleted)"


def test_an_address_is_copied_from_the_customer(books: Books) -> None:
    home = {"Line1": "1 Analytical Row", "City": "London"}
    ada = customer(books, BillAddr=home)
    assert invoice(books, ada["Id"])["BillAddr"] == ada["BillAddr"]
    other = invoice(books, ada["Id"], BillAddr={"Line1": "2 Difference Street"})
    assert other["BillAddr"]["Id"] != ada["BillAddr"]["Id"]


def test_voiding_keeps_number_date_and_customer_and_marks_the_note(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(100, Qty=2, UnitPrice=50), PrivateNote="was here")
    void = books.void("Invoice", named(books, "Invoice", made))
    assert (void["TotalAmt"], void["Balance"], void["SyncToken"]) == (0, 0, "1")
    assert void["PrivateNote"] == "Voided - was here"
    assert [void[name] == made[name] for name in ("DocNumber", "TxnDate", "CustomerRef")] == [True] * 3
    detail = void["Line"][0]["SalesItemLineDetail"]
    assert (void["Line"][0]["Amount"], detail["Qty"], detail["UnitPrice"]) == (0, 0, 0)


def test_voiding_twice_changes_nothing_more(books: Books, ada: str) -> None:
    made = invoice(books, ada, PrivateNote="was here")
    void = books.void("Invoice", named(books, "Invoice", made))
    assert books.void("Invoice", named(books, "Invoice", made)) == void


def test_an_inventory_item_is_not_sold_before_its_start() -> None:
    books = sample_company()
    start = books.read("Item", "5")["InvStartDate"]
    assert invoice(books, "1", item_line(275, item="5"), TxnDate=start)["TotalAmt"] == 275
    with refused("6270"):
        invoice(books, "1", item_line(275, item="5"), TxnDate="2020-01-01")


def test_a_credit_memo_cannot_be_voided_by_the_api(books: Books, ada: str) -> None:
    memo = credit_memo(books, ada)
    with refused("500"):
        books.void("CreditMemo", named(books, "CreditMemo", memo))
    assert books.void_credit_memo(memo["Id"])["RemainingCredit"] == 0


def test_a_bundle_is_read_and_can_be_sent_back() -> None:
    books = sample_company()
    with_bundle = next(
        row.object for row in books.tables["Invoice"].rows.values() if "GroupLineDetail" in str(row.object["Line"])
    )
    assert books.update("Invoice", with_bundle) == with_bundle
    with refused("2020"):
        invoice(books, "1", {"DetailType": "GroupLineDetail", "GroupLineDetail": {"Line": []}})


class TestClosedPeriod:
    @pytest.fixture
    def old(self, books: Books, ada: str) -> Body:
        made = invoice(books, ada, TxnDate="2026-03-31")
        books.close_books(date(2026, 3, 31))
        return made

    def test_nothing_is_created_in_it(self, books: Books, ada: str, old: Body) -> None:
        with refused("6210"):
            invoice(books, ada, TxnDate="2026-03-31")
        assert invoice(books, ada, TxnDate="2026-04-01")["TotalAmt"] == 100

    def test_nothing_is_changed_voided_or_deleted_in_it(self, books: Books, old: Body) -> None:
        for act in (books.void, books.delete):
            with refused("6210"):
                act("Invoice", named(books, "Invoice", old))
        with refused("6210"):
            changed(books, "Invoice", old, PrivateNote="x")

    def test_nothing_is_moved_out_of_it_or_into_it(self, books: Books, ada: str, old: Body) -> None:
        with refused("6210"):
            changed(books, "Invoice", old, TxnDate="2026-05-01")
        with refused("6210"):
            changed(books, "Invoice", invoice(books, ada), TxnDate="2026-03-01")

    def test_a_person_has_the_password(self, books: Books, old: Body) -> None:
        with books.person():
            assert changed(books, "Invoice", old, PrivateNote="x")["PrivateNote"] == "x"

    def test_the_closing_date_is_read_from_the_preferences_while_there_is_one(self, books: Books, old: Body) -> None:
        assert books.read("Preferences", "1")["AccountingInfoPrefs"]["BookCloseDate"] == "2026-03-31"
        books.close_books(None)
        assert "BookCloseDate" not in books.read("Preferences", "1")["AccountingInfoPrefs"]


def bundle_line(**detail: Any) -> Body:
    return {"DetailType": "GroupLineDetail", "GroupLineDetail": {"GroupItemRef": {"value": "19"}, **detail}}


def test_a_bundle_is_sold_as_what_it_consists_of() -> None:
    books = sample_company()
    members = books.read("Item", "19")["ItemGroupDetail"]["ItemGroupLine"]
    prices = {one["ItemRef"]["value"]: books.read("Item", one["ItemRef"]["value"])["UnitPrice"] for one in members}
    made = invoice(books, "1", bundle_line(Quantity=3), item_line(10))
    group = made["Line"][0]
    inner = group["GroupLineDetail"]["Line"]
    assert [one["SalesItemLineDetail"]["Qty"] for one in inner] == [3 * member["Qty"] for member in members]
    worth = sum(prices[one["ItemRef"]["value"]] * one["Qty"] * 3 for one in members)
    assert (group["Amount"], made["TotalAmt"]) == (worth, worth + 10)
    ids = [group["Id"], *(one["Id"] for one in inner), made["Line"][1]["Id"]]
    assert len(set(ids)) == len(ids)
    assert problems(books) == []


def test_the_lines_of_a_bundle_may_be_changed() -> None:
    books = sample_company()
    made = invoice(books, "1", bundle_line())
    group = made["Line"][0]
    inner = [*group["GroupLineDetail"]["Line"][:1], item_line(7)]
    line = {**group, "GroupLineDetail": {**group["GroupLineDetail"], "Line": inner}}
    after = changed(books, "Invoice", made, Line=[line])["Line"][0]
    assert after["GroupLineDetail"]["Line"][0] == group["GroupLineDetail"]["Line"][0]
    assert after["Amount"] == inner[0]["Amount"] + 7
    assert problems(books) == []


def test_a_bundle_that_is_sent_back_as_read_changes_nothing() -> None:
    books = sample_company()
    made = invoice(books, "1", bundle_line(Quantity=2))
    assert books.update("Invoice", made) == made


def test_what_is_no_bundle_is_refused_as_one() -> None:
    books = sample_company()
    with refused("2500"):
        invoice(books, "1", {"DetailType": "GroupLineDetail", "GroupLineDetail": {"GroupItemRef": {"value": "1"}}})


def test_what_was_paid_at_once_is_not_owed(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(35), Deposit=10)
    assert (made["TotalAmt"], made["Deposit"], made["Balance"]) == (35, 10, 25)
    assert books.read("Customer", ada)["Balance"] == 25
    assert books.read("Account", made["DepositToAccountRef"]["value"])["CurrentBalance"] == 10
    assert list(problems(books)) == []
    emptied = changed(books, "Invoice", made, Deposit=0)
    assert ("Deposit" in emptied, emptied["Balance"]) == (False, 35)
    assert list(problems(books)) == []


def test_a_void_takes_the_deposit_along(books: Books, ada: str) -> None:
    made = invoice(books, ada, item_line(35), Deposit=10)
    voided = books.void("Invoice", {"Id": made["Id"], "SyncToken": made["SyncToken"]})
    assert ("Deposit" in voided, voided["Balance"]) == (False, 0)
    assert list(problems(books)) == []


@pytest.mark.parametrize("deposit", [-1, 36])
def test_a_deposit_is_no_more_than_the_total(books: Books, ada: str, deposit: int) -> None:
    with refused("6000"):
        invoice(books, ada, item_line(35), Deposit=deposit)
