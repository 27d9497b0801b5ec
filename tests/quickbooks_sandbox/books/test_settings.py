"""Open questions about QuickBooks' behaviour: each answer can be chosen."""

from datetime import date
from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import (
    changed,
    company,
    customer,
    expense_line,
    invoice,
    item_line,
    journal_line,
    named,
    payment,
    pays,
    refused,
    sales_form,
    sample_company,
    vendor,
)

from quickbooks_sandbox.books.company import Books


def test_voiding_may_replace_the_note() -> None:
    books = company(void_note="replace")
    made = invoice(books, customer(books)["Id"], PrivateNote="was here")
    assert books.void("Invoice", named(books, "Invoice", made))["PrivateNote"] == "Voided"


def test_voiding_a_paid_invoice_may_be_refused() -> None:
    books = company(void_paid_invoice="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    payment(books, ada, 10, pays(made, 10))
    with refused("6000"):
        books.void("Invoice", named(books, "Invoice", made))


def test_an_invoice_may_be_held_by_its_deposited_payment() -> None:
    books = company(release_deposited_payment="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    books.make_deposit([payment(books, ada, 10, pays(made, 10))["Id"]])
    for act in (books.void, books.delete):
        with refused("6540"):
            act("Invoice", named(books, "Invoice", made))
    assert books.read("Invoice", made["Id"])["Balance"] == 90


def test_a_payment_for_another_customer_may_land_unapplied() -> None:
    books = company(payment_for_other_customer="unapply")
    bill = invoice(books, customer(books, "One")["Id"])
    made = payment(books, customer(books, "Two")["Id"], 100, pays(bill, 100))
    assert (made["Line"], made["UnappliedAmt"]) == ([], 100)


def test_a_total_below_what_was_paid_may_be_refused() -> None:
    books = company(total_below_applied="refuse")
    ada = customer(books)["Id"]
    made = invoice(books, ada)
    payment(books, ada, 80, pays(made, 80))
    with refused("6000"):
        changed(books, "Invoice", made, Line=[item_line(70)])


def test_a_sent_number_may_leave_the_counter_alone() -> None:
    books = company(counter_follows_sent_number=False)
    ada = customer(books)["Id"]
    invoice(books, ada, DocNumber="5000")
    assert invoice(books, ada)["DocNumber"] == "1001"


def test_a_sent_number_may_be_replaced() -> None:
    books = company(sent_number="replace")
    assert invoice(books, customer(books)["Id"], DocNumber="5000")["DocNumber"] == "1001"


@pytest.mark.parametrize("entity", ["CreditMemo", "Bill", "VendorCredit"])
def test_documents_of_nothing_may_be_refused(entity: str) -> None:
    for choice in ("allow", "refuse"):
        books = company(zero_total=choice)
        party = {"CustomerRef": {"value": customer(books)["Id"]}, "Line": [item_line(0)]}
        if entity != "CreditMemo":
            party = {"VendorRef": {"value": vendor(books)["Id"]}, "Line": [expense_line(0)]}
        if choice == "allow":
            assert books.create(entity, party)["TotalAmt"] == 0
        else:
            with refused("6000"):
                books.create(entity, party)


def test_books_may_be_closed_without_a_password() -> None:
    books = company(closed_period="refuse_without_password")
    books.close_books(date(2026, 5, 1))
    with refused("6200"):
        invoice(books, customer(books)["Id"], TxnDate="2026-05-01")


@pytest.mark.parametrize(("choice", "tax"), [("recompute", 8), ("keep", 4)])
def test_tax_may_survive_changed_lines(choice: str, tax: int) -> None:
    books = sample_company(tax_without_detail=choice)

    def taxed(amount: int) -> dict[str, object]:
        return item_line(amount, item="15", TaxCodeRef={"value": "TAX"})

    made = invoice(books, "1", taxed(50), TxnTaxDetail={"TxnTaxCodeRef": {"value": "2"}})
    after = changed(books, "Invoice", made, Line=[taxed(100)])
    assert (after["TxnTaxDetail"]["TotalTax"], after["TotalAmt"]) == (tax, 100 + tax)


def test_a_customer_with_a_balance_may_have_to_stay_active() -> None:
    books = company(deactivate_with_balance="refuse")
    ada = customer(books)
    invoice(books, ada["Id"])
    with refused("6220"):
        changed(books, "Customer", ada, Active=False)


def test_an_invoice_without_lines_may_be_taken() -> None:
    books = company(empty_lines="allow")
    body = {**sales_form(customer(books)["Id"]), "Line": []}
    assert books.create("Invoice", body)["TotalAmt"] == 0


def test_a_closed_period_may_only_warn() -> None:
    books = company(closed_period="warn")
    books.close_books(date(2026, 3, 31))
    assert invoice(books, customer(books)["Id"], TxnDate="2026-03-01")["TotalAmt"] == 100


def test_a_name_that_was_merged_away_may_show_as_inactive() -> None:
    books = company(merged_name="inactive", merge_touches_documents=False)
    lost, won = customer(books, "Lost"), customer(books, "Won")
    made = invoice(books, lost["Id"])
    books.clock.advance(60)
    books.merge("Customer", lost["Id"], won["Id"])
    gone, document = books.read("Customer", lost["Id"]), books.read("Invoice", made["Id"])
    assert (gone["DisplayName"], gone["Active"], gone["Balance"]) == ("Lost (deleted)", False, Decimal(0))
    assert document["CustomerRef"]["value"] == won["Id"]
    assert (document["SyncToken"], document["MetaData"]) == (made["SyncToken"], made["MetaData"])


def test_classes_need_a_plan_that_has_them() -> None:
    assert company(plan="Plus").create("Class", {"Name": "North"})["FullyQualifiedName"] == "North"
    with refused("5030"):
        company(plan="Essentials").create("Class", {"Name": "North"})


def test_a_customer_with_a_balance_may_be_written_off_by_the_api_too() -> None:
    books = company(deactivate_with_balance="write_off")
    ada = customer(books)
    made = invoice(books, ada["Id"])
    changed(books, "Customer", ada, Active=False)
    (memo,) = books.query("select * from CreditMemo").rows or []
    assert (memo["TotalAmt"], memo["Balance"], books.read("Invoice", made["Id"])["Balance"]) == (100, 0, 0)
    assert (books.read("Customer", ada["Id"])["Balance"], books.read("Customer", ada["Id"])["Active"]) == (0, False)


def test_a_void_may_say_so_in_french() -> None:
    books = company(void_word="Annulé")
    made = invoice(books, customer(books)["Id"], PrivateNote="was here")
    assert books.void("Invoice", named(books, "Invoice", made))["PrivateNote"] == "Annulé - was here"


@pytest.mark.parametrize(("choice", "by_update"), [("void", True), ("update", False)])
def test_a_payment_may_be_voided_in_one_form_only(choice: str, by_update: bool) -> None:
    books = company(void_payment_by=choice)
    made = payment(books, customer(books)["Id"], 10)
    with refused("500"):
        books.void("Payment", named(books, "Payment", made), by_update=by_update)
    assert books.void("Payment", named(books, "Payment", made), by_update=not by_update)["TotalAmt"] == 0


def test_names_may_have_to_be_shorter() -> None:
    books = company(longest_display_name=100)
    customer(books, "x" * 100)
    with refused("2050"):
        vendor(books, "y" * 101)


def test_case_may_tell_names_apart() -> None:
    books = company(names_ignore_case=False)
    customer(books, "Ada")
    vendor(books, "ADA")
    with refused("6240"):
        vendor(books, "Ada")


def test_a_wrong_amount_may_be_worked_out_anew() -> None:
    books = company(amount_mismatch="recompute")
    made = invoice(books, customer(books)["Id"], item_line(21, Qty=2, UnitPrice=10))
    assert (made["Line"][0]["Amount"], made["TotalAmt"]) == (20, 20)


def test_a_line_may_have_to_name_its_item() -> None:
    books = company(line_without_item="refuse")
    line = {"Amount": 10, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {}}
    with refused("2020"):
        invoice(books, customer(books)["Id"], line)


def test_a_journal_entry_may_have_one_line_on_receivables_only() -> None:
    books = company(journal_control_lines="one")
    ada, bob = customer(books, "Ada")["Id"], customer(books, "Bob")["Id"]
    lines = [journal_line("Debit", 10, "84", ada, "Customer"), journal_line("Credit", 10, "84", bob, "Customer")]
    with refused("6000"):
        books.create("JournalEntry", {"Line": lines})
    books.create("JournalEntry", {"Line": [lines[0], journal_line("Credit", 10, "34")]})


@pytest.mark.parametrize(
    ("choice", "moved"), [("no", (False, False)), ("time", (True, False)), ("token", (True, True))]
)
def test_attaching_may_move_the_document(choice: str, moved: tuple[bool, bool]) -> None:
    books = company(attachment_moves_document=choice)
    made = invoice(books, customer(books)["Id"])
    books.clock.advance(60)
    ref = {"EntityRef": {"type": "Invoice", "value": made["Id"]}}
    books.create("Attachable", {"Note": "x", "AttachableRef": [ref]})
    after = books.read("Invoice", made["Id"])
    assert (after["MetaData"] != made["MetaData"], after["SyncToken"] != made["SyncToken"]) == moved


def names_shown(books: Books, where: str = "") -> list[str]:
    return [one["DisplayName"] for one in books.query(f"select * from Customer {where}").rows or []]


def test_a_commit_may_show_late_in_queries_and_changes_under_its_own_time() -> None:
    books = company(late_visibility_s=90)
    ada = customer(books)
    began = books.clock.now()
    assert (names_shown(books), books.changes("Customer", began)) == ([], [])
    assert books.read("Customer", ada["Id"]) == ada
    books.clock.advance(100)
    changed(books, "Customer", ada, DisplayName="Ada King")
    assert names_shown(books) == names_shown(books, "where DisplayName = 'Ada Byron'") == ["Ada Byron"]
    assert names_shown(books, "where DisplayName = 'Ada King'") == []
    assert books.changes("Customer", began) == [ada]
    books.clock.advance(100)
    assert names_shown(books) == ["Ada King"]
    (shown,) = books.changes("Customer", began)
    assert shown["MetaData"]["LastUpdatedTime"] == books.read("Customer", ada["Id"])["MetaData"]["LastUpdatedTime"]


def test_a_deleted_object_may_show_for_a_while() -> None:
    books = company()
    made = invoice(books, customer(books)["Id"])
    books.settings.late_visibility_s = 90
    books.delete("Invoice", named(books, "Invoice", made))
    assert books.query("select count(*) from Invoice").total_count == 1
    assert [one["Id"] for one in books.query("select * from Invoice").rows or []] == [made["Id"]]
    books.clock.advance(91)
    assert books.query("select * from Invoice").rows == []


def test_a_projection_may_answer_whole_objects() -> None:
    books = company(projection="whole")
    ada = customer(books)
    assert books.query("select Id from Customer").rows == [ada]


def test_too_large_a_page_may_be_cut() -> None:
    assert company(too_many_results="cap").query("select * from Customer maxresults 5000").rows == []


def test_voiding_a_credit_memo_may_do_nothing_and_not_say_so() -> None:
    books = company(void_credit_memo="nothing")
    made = books.create("CreditMemo", sales_form(customer(books)["Id"]))
    assert books.void("CreditMemo", named(books, "CreditMemo", made)) == made
    assert books.read("CreditMemo", made["Id"])["Balance"] == 100
    with refused("5010"):
        books.void("CreditMemo", {"Id": made["Id"], "SyncToken": "7"})
