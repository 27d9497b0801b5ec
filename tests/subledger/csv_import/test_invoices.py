from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.subledger.making import credit_note, invoice, make_contact, make_item

from tieout.subledger.csv_import import ImportReport, Options, import_file
from tieout.subledger.models import Company, Contact, Invoice, Item, Term

HEADER = (
    "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),"
    "ItemDescription,ItemQuantity,ItemRate,*ItemAmount,Service Date"
)
GOOD = "1001,Ada Byrne,2026-03-01,2026-03-15,Net 15,,March,Rent,March rent,1,900.00,900.00,2026-03-01"


@pytest.fixture(autouse=True)
def lists(company: Company) -> None:
    make_item(company, "Rent")
    child = Item(company=company, name="Water", full_name="Utilities:Water", type="Service")
    child.save_change("QuickBooks")
    Term(company=company, name="Net 15", full_name="Net 15", days=15).save_change("QuickBooks")


@pytest.fixture
def take(company: Company, tmp_path: Path) -> Any:
    def take(*rows: str, header: str = HEADER, **options: Any) -> ImportReport:
        file = tmp_path / "invoices.csv"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return import_file(company, "invoices", file, Options(by="anna@example.com", **options))

    return take


def test_an_invoice_arrives_with_all_its_columns(take: Any) -> None:
    second = GOOD.replace(
        "Rent,March rent,1,900.00,900.00,2026-03-01", 'Utilities:Water,"2 m³, metered",1.5,10.33,15.50,'
    )
    report = take(GOOD, second)
    made = Invoice.objects.get()
    assert (report.taken, report.contacts_made, report.error_count) == (1, 1, 0)
    assert (made.number, made.contact.name, made.date, made.due_date) == (
        *("1001", "Ada Byrne"),
        *(date(2026, 3, 1), date(2026, 3, 15)),
    )
    assert (made.memo, made.term.name if made.term else "", made.status) == ("March", "Net 15", "draft")
    assert (made.total, made.balance, made.tax, made.changed_by) == (
        *(Decimal("915.50"), Decimal("915.50"), Decimal(0)),
        "anna@example.com",
    )
    lines = [(str(line.item), line.description, line.quantity, line.rate, line.amount) for line in made.lines.all()]
    assert lines == [
        ("Rent", "March rent", Decimal(1), Decimal(900), Decimal(900)),
        ("Utilities:Water", "2 m³, metered", Decimal("1.5"), Decimal("10.33"), Decimal("15.50")),
    ]
    assert made.version > made.contact.version > 0


def test_they_come_in_approved_when_asked(take: Any) -> None:
    take(GOOD, approve=True)
    assert Invoice.objects.get().status == "approved"


def test_twice_is_as_once(take: Any) -> None:
    take(GOOD, GOOD.replace("1001", "1002"), approve=True)
    again = take(GOOD, GOOD.replace("1001", "1002"), approve=True)
    assert (again.taken, again.already_there, again.error_count) == (0, 2, 0)
    assert (Invoice.objects.count(), Contact.objects.count()) == (2, 1)


def test_twice_is_as_once_after_quickbooks_renumbered_it(take: Any) -> None:
    take(GOOD)
    Invoice.objects.update(number="77", former_numbers="1001")
    assert take(GOOD).already_there == 1


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("March,", "April,", "memo"),
        ("900.00,900.00", "901.00,901.00", "lines"),
        ("2026-03-15", "2026-03-16", "due date"),
        ("Ada Byrne", "Bob Quinn", "customer"),
    ],
)
def test_the_same_number_with_other_content_is_an_error(take: Any, before: str, after: str, names: str) -> None:
    take(GOOD)
    report = take(GOOD.replace(before, after))
    (error,) = report.errors
    assert (error.line, error.column, error.value) == (2, "*InvoiceNo", "1001")
    assert error.reason.endswith(f"with other content: {names}.")
    assert Contact.objects.count() == 1


def test_a_number_that_a_credit_note_has_is_an_error(take: Any, company: Company) -> None:
    credit_note(make_contact(company, "Carl Dee"), number="1001")
    assert "credit note of 2026-03-01 for Carl Dee" in take(GOOD).errors[0].reason


@pytest.mark.parametrize(
    ("before", "after", "column", "says"),
    [
        ("Rent,", "Rental,", "Item(Product/Service)", "not known here"),
        ("Rent,", ",", "Item(Product/Service)", "needed"),
        ("Net 15,,", "Net 15,Main office,", "Location", "not kept here"),
        ("Net 15", "Net 45", "Terms", "not known here"),
        ("1001,", ",", "*InvoiceNo", "needed"),
        ("1001,", "1" * 22 + ",", "*InvoiceNo", "at most 21"),
        ("Ada Byrne", "", "*Customer", "needed"),
        ("Ada Byrne", "Byrne:Ada", "*Customer", "colon"),
        ("2026-03-01,2026-03-15", ",2026-03-15", "*InvoiceDate", "needed"),
        ("2026-03-01,2026-03-15", "2026-03-01,", "*DueDate", "needed"),
        ("2026-03-01,2026-03-15", "01/03/2026,2026-03-15", "*InvoiceDate", "like 2026-11-23"),
        ("2026-03-01,2026-03-15", "2026-02-30,2026-03-15", "*InvoiceDate", "no such day"),
        ("2026-03-01,2026-03-15", "20260301,2026-03-15", "*InvoiceDate", "like 2026-11-23"),
        ("2026-03-01,2026-03-15", "0206-03-01,2026-03-15", "*InvoiceDate", "mistyped"),
        ("1,900.00,900.00", "1,900.00,", "*ItemAmount", "needed"),
        ("1,900.00,900.00", "1,900.00,901.00", "*ItemAmount", "comes to 900.00"),
        ("1,900.00,900.00", '1,900.00,"1,900.00"', "*ItemAmount", "thousands separators"),
        ("1,900.00,900.00", '1,900.00,"900,00"', "*ItemAmount", "decimal point"),
        ("1,900.00,900.00", "1,900.00,$900.00", "*ItemAmount", "without a currency"),
        ("1,900.00,900.00", "1,900.00,900 USD", "*ItemAmount", "without a currency"),
        ("1,900.00,900.00", "1,900.00,(900.00)", "*ItemAmount", "minus"),
        ("1,900.00,900.00", ",,900.005", "*ItemAmount", "at most 2 decimals"),
        ("1,900.00,900.00", ",,1e3", "*ItemAmount", "number alone"),
        ("1,900.00,900.00", ",,NaN", "*ItemAmount", "number alone"),
        ("1,900.00,900.00", ",,-900.00", "*ItemAmount", "between 0 and"),
        ("1,900.00,900.00", "1,0.12345678,0.12", "ItemRate", "seven decimals"),
        ("1,900.00,900.00", "0,,900.00", "*ItemAmount", "comes to 0.00"),
        ("900.00,2026-03-01", "900.00,yesterday", "Service Date", "like 2026-11-23"),
        ("900.00,2026-03-01", "900.00,2026-03-01,more", "", "cells"),
        (",2026-03-01,2026-03-15", "", "", "cells"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_reason(
    take: Any, before: str, after: str, column: str, says: str
) -> None:
    bad = GOOD.replace("1001", "1002").replace(before.replace("1001", "1002"), after)
    report = take(GOOD, bad)
    assert says in {(error.line, error.column): error.reason for error in report.errors}[3, column]
    assert (report.taken, Invoice.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_the_good_ones_are_taken_when_asked(take: Any) -> None:
    report = take(GOOD, GOOD.replace("1001", "1002").replace("900.00,900.00", "900.00,1.00"), skip_bad=True)
    assert (report.taken, report.error_count) == (1, 1)
    assert Invoice.objects.get().number == "1001"


def test_an_invoice_with_one_bad_row_is_not_taken_in_half(take: Any) -> None:
    take(GOOD, GOOD.replace("Rent", "Rental"), skip_bad=True)
    take(GOOD, GOOD.replace("1001", ""), skip_bad=True)
    take(GOOD, GOOD.replace(",2026-03-01,2026-03-15", ""), skip_bad=True)
    assert not Invoice.objects.exists()


def test_the_report_reads_as_a_sentence(take: Any) -> None:
    bad = GOOD.replace("1001", "1002").replace("Rent", "Rental")
    assert str(take(GOOD, bad)) == "Nothing was taken in: 1 error."
    assert str(take(bad, dry_run=True)) == "Nothing would be taken in: 1 error."
    assert str(take(GOOD, dry_run=True)) == "Would take in 1 invoice; 0 were there already; 1 new customer."
    report = take(GOOD, bad, skip_bad=True)
    assert str(report) == "Took in 1 invoice; 0 were there already; 1 new customer; 1 error."
    assert str(report.errors[0]).startswith("Line 3, Item(Product/Service) “Rental”: Is not known here")


def test_a_dry_run_says_the_same_and_stores_nothing(take: Any) -> None:
    rows = (GOOD, GOOD.replace("1001", "1002"), GOOD.replace("1001", "1003").replace("Rent", "Rental"))
    for skip_bad, taken in ((True, 2), (False, 0)):
        report = take(*rows, dry_run=True, skip_bad=skip_bad)
        assert (report.taken, report.error_count, report.refused) == (taken, 1, not skip_bad)
    assert not Invoice.objects.exists()
    assert not Contact.objects.exists()


def test_rows_of_one_invoice_agree(take: Any) -> None:
    report = take(GOOD, GOOD.replace("Ada Byrne", "Bob Quinn").replace("March,", ","))
    assert [(error.line, error.column) for error in report.errors] == [(3, "*Customer")]
    assert "Differs from line 2" in report.errors[0].reason


def test_one_mistake_is_told_once(take: Any) -> None:
    report = take(GOOD.replace("1,900.00,900.00", ",,-5"), GOOD.replace("1,900.00,900.00", ",,five"))
    assert [(error.line, error.column) for error in report.errors] == [(3, "*ItemAmount")]


def test_rows_of_one_invoice_stand_together(take: Any) -> None:
    report = take(GOOD, GOOD.replace("1001", "1002"), GOOD)
    assert [(error.line, "stand together" in error.reason) for error in report.errors] == [(4, True)]


def test_a_known_customer_is_found_whatever_its_case(take: Any, company: Company) -> None:
    make_contact(company, "ADA  BYRNE")
    report = take(GOOD)
    assert (report.contacts_made, Contact.objects.count()) == (0, 1)


def test_an_inactive_item_or_customer_is_refused_by_name(take: Any, company: Company) -> None:
    Item.objects.filter(name="Rent").update(archived=True)
    make_contact(company, "Ada Byrne")
    Contact.objects.update(archived=True)
    reasons = {error.column: error.reason for error in take(GOOD).errors}
    assert "“Rent” is inactive" in reasons["Item(Product/Service)"]
    assert "“Ada Byrne” is inactive" in reasons["*Customer"]


def test_a_missing_rate_follows_from_the_amount(take: Any) -> None:
    take(GOOD.replace("1,900.00,900.00", "3,,100.00"))
    line = Invoice.objects.get().lines.get()
    assert (line.quantity, line.rate, line.amount) == (Decimal(3), Decimal("33.3333333"), Decimal(100))


def test_dates_may_be_written_otherwise(take: Any) -> None:
    row = GOOD.replace("2026-03-01", "1/3/2026").replace("2026-03-15", "15/03/2026")
    for form in ("DD/MM/YYYY", "%d/%m/%Y"):
        report = take(row, date_format=form)
        assert report.error_count == 0
    assert Invoice.objects.get().date == date(2026, 3, 1)


def test_columns_may_stand_in_any_order_and_the_optional_be_left_out(take: Any) -> None:
    header = "*itemamount, *INVOICENO ,*Customer,*InvoiceDate,*DueDate,Item (Product/Service)"
    report = take("900.00,1001,Ada Byrne,2026-03-01,2026-03-15,Rent", header=header)
    assert (report.taken, report.error_count) == (1, 0)


def test_formulas_are_only_text(take: Any) -> None:
    take(GOOD.replace("March rent", "=1+1").replace("Ada Byrne", "@Byrne"))
    made = Invoice.objects.get()
    assert (made.contact.name, made.lines.get().description) == ("@Byrne", "=1+1")


def test_the_closed_period_refuses_approved_invoices(take: Any, company: Company) -> None:
    company.closed_until = date(2026, 3, 1)
    company.save()
    assert "closed up to" in take(GOOD, approve=True).errors[0].reason


def test_another_companys_invoices_do_not_matter(take: Any, other_company: Company) -> None:
    invoice(make_contact(other_company, "Ada Byrne"), number="1001")
    assert take(GOOD).taken == 1


def test_more_than_a_chunk_comes_in(take: Any) -> None:
    rows = [GOOD.replace("1001", str(number)).replace("Ada", f"Ada{number % 7}") for number in range(5000, 6203)]
    report = take(*rows, approve=True)
    assert (report.taken, report.contacts_made) == (1203, 7)
    versions = list(Invoice.objects.values_list("version", flat=True))
    assert len(set(versions)) == 1203
    assert take(*rows).already_there == 1203
