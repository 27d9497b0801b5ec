from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.subledger.making import BY, credit_note, draft, invoice, make_contact, make_item, payment

from tieout.subledger.models import Company, Contact, CreditNote, Invoice, Item, LineType, TaxCode, Term
from tieout.subledger.services import documents, payments
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.refusal import Refused


def test_a_draft_has_its_totals_and_a_version(customer: Contact, rent: Item) -> None:
    lines = [
        LineDraft(rent, quantity=Decimal("1.5"), rate=Decimal("33.33"), description="Half a week"),
        LineDraft(rent, Decimal("10.00")),
    ]
    made = draft(customer, lines=lines)
    stored = Invoice.objects.get(pk=made.pk)
    assert [line.amount for line in stored.lines.all()] == [Decimal("50.00"), Decimal("10.00")]
    assert (stored.total, stored.balance, stored.status) == (Decimal("60.00"), Decimal("60.00"), "draft")
    assert stored.version > 0
    assert stored.changed_by == BY


def test_an_amount_that_is_not_quantity_times_rate_is_refused(customer: Contact, rent: Item) -> None:
    line = LineDraft(rent, Decimal("49.99"), quantity=Decimal("1.5"), rate=Decimal("33.33"))
    with pytest.raises(Refused) as refused:
        draft(customer, lines=[line])
    assert "comes to 50.00" in refused.value.errors["lines.1.amount"]


@pytest.mark.parametrize(
    ("amount", "says"), [("0.005", "at most 2 decimals"), ("123456789012.00", "11 digits"), ("NaN", "decimals")]
)
def test_amounts_that_quickbooks_could_not_hold_are_refused(
    customer: Contact, rent: Item, amount: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        draft(customer, lines=[LineDraft(rent, Decimal(amount))])


def test_a_total_below_zero_is_refused(customer: Contact, rent: Item) -> None:
    with pytest.raises(Refused, match="between 0 and"):
        draft(customer, lines=[LineDraft(rent, Decimal("10")), LineDraft(rent, Decimal("-10.01"))])


def test_a_line_marked_taxed_takes_the_rate_of_the_document(company: Company, customer: Contact, rent: Item) -> None:
    taxed, city = TaxCode(company=company, name="TAX"), TaxCode(company=company, name="City", rate=Decimal("8.25"))
    for code in (taxed, city):
        code.save_change("QuickBooks")
    lines = [LineDraft(rent, Decimal("10.10"), tax_code=taxed), LineDraft(rent, Decimal("5"))]
    made = draft(customer, lines=lines, tax_code=city)
    assert (made.tax, made.total) == (Decimal("0.83"), Decimal("15.93"))
    documents.edit(made, BY, tax=Decimal("0.84"))
    assert (made.tax, made.total) == (Decimal("0.84"), Decimal("15.94"))


def test_the_due_date_comes_from_the_terms(company: Company, customer: Contact) -> None:
    net = Term(company=company, name="Net 15", days=15)
    net.save_change("QuickBooks")
    assert draft(customer, term=net).due_date == date(2026, 3, 16)
    assert draft(customer).due_date == date(2026, 3, 1)
    assert draft(customer, term=net, due_date=date(2026, 4, 1)).due_date == date(2026, 4, 1)


def test_another_companys_records_cannot_be_named(customer: Contact, other_company: Company) -> None:
    stranger = make_contact(other_company, "Stranger")
    with pytest.raises(Refused) as refused:
        documents.create(Invoice, customer.company, BY, contact=stranger, date=date(2026, 3, 1), lines=[])
    assert "no such contact" in refused.value.errors["contact"]
    theirs = make_item(other_company, "Theirs")
    with pytest.raises(Refused, match="no such item"):
        draft(customer, lines=[LineDraft(theirs, Decimal(1))])


def test_inactive_references_are_refused_by_name(company: Company, customer: Contact) -> None:
    old = make_item(company, "Old service", archived=True)
    with pytest.raises(Refused, match="“Old service” is inactive"):
        draft(customer, lines=[LineDraft(old, Decimal(1))])


def test_a_draft_with_an_item_that_became_inactive_can_still_be_edited(customer: Contact, rent: Item) -> None:
    made = draft(customer)
    rent.archived = True
    rent.save_change("QuickBooks")
    documents.edit(made, BY, lines=[LineDraft(rent, Decimal("7.00"))])
    assert made.total == Decimal("7.00")


def test_invoices_and_credit_notes_share_their_numbers(customer: Contact) -> None:
    invoice(customer, number="77")
    with pytest.raises(Refused) as refused:
        draft(customer, model=CreditNote, number="77")
    assert "already the number of the invoice of 2026-03-01 for Ada Byrne" in refused.value.errors["number"]


def test_a_number_of_another_company_is_free(customer: Contact, other_company: Company) -> None:
    invoice(customer, number="77")
    invoice(make_contact(other_company, "Stranger"), number="77")


def test_an_edit_replaces_the_lines_and_the_balance(customer: Contact, rent: Item) -> None:
    made = invoice(customer, "100.00")
    payment(customer, "30.00", [(made, "30.00")])
    documents.edit(made, BY, lines=[LineDraft(rent, Decimal("80.00"))])
    stored = Invoice.objects.get(pk=made.pk)
    assert (stored.total, stored.balance, stored.lines.count()) == (Decimal(80), Decimal(50), 1)


def test_an_edit_that_says_the_same_leaves_the_version(customer: Contact, rent: Item) -> None:
    made = invoice(customer, "100.00", memo="March")
    before = made.version
    documents.edit(made, BY, memo="March ", lines=[LineDraft(rent, Decimal("100"))], contact=customer)
    made.refresh_from_db()
    assert made.version == before


def test_a_total_below_what_is_applied_is_refused(customer: Contact, rent: Item) -> None:
    made = invoice(customer, "100.00")
    payment(customer, "30.00", [(made, "30.00")])
    with pytest.raises(Refused, match=r"less than the 30\.0+ applied"):
        documents.edit(made, BY, lines=[LineDraft(rent, Decimal("29.99"))])
    documents.edit(made, BY, lines=[LineDraft(rent, Decimal("30.00"))])
    assert Invoice.objects.get().balance == 0


def test_the_customer_of_a_paid_invoice_cannot_be_changed(company: Company, customer: Contact) -> None:
    made, other = invoice(customer), make_contact(company, "Bob Quinn")
    payment(customer, "30.00", [(made, "30.00")])
    with pytest.raises(Refused) as refused:
        documents.edit(made, BY, contact=other)
    assert "Un-apply" in refused.value.errors["contact"]


def test_lines_that_only_quickbooks_can_change_are_left_to_it(customer: Contact, rent: Item) -> None:
    made = invoice(customer)
    made.lines.create(position=2, type=LineType.DISCOUNT, amount=Decimal(5))
    with pytest.raises(Refused, match="only QuickBooks can change"):
        documents.edit(made, BY, lines=[LineDraft(rent, Decimal(1))])
    documents.edit(made, BY, memo="A header field still goes")


def test_only_a_draft_is_deleted(customer: Contact) -> None:
    documents.delete(draft(customer))
    assert not Invoice.objects.exists()
    with pytest.raises(Refused, match="Void it instead"):
        documents.delete(credit_note(customer))


def test_a_stub_is_for_reading(customer: Contact) -> None:
    made = invoice(customer)
    made.stub = True
    made.save()
    with pytest.raises(Refused, match="for reading only"):
        documents.edit(made, BY, memo="x")


def test_another_currency_is_left_to_quickbooks(customer: Contact) -> None:
    made, paid = invoice(customer), payment(customer, "5.00")
    Invoice.objects.update(currency="EUR")
    with pytest.raises(Refused, match="It is in EUR, and Harbour Lettings keeps its books in USD"):
        documents.edit(made, BY, memo="x")
    with pytest.raises(Refused, match="is in EUR"):
        payments.allocate(paid, made, Decimal(1), BY)


@pytest.mark.parametrize("day", [date(204, 1, 1), date(2620, 1, 1)])
def test_a_mistyped_year_is_noticed(customer: Contact, day: date) -> None:
    with pytest.raises(Refused, match="looks mistyped"):
        draft(customer, date=day)


def test_a_missing_customer_or_date_is_said_beside_the_field(customer: Contact) -> None:
    with pytest.raises(Refused) as refused:
        documents.create(Invoice, customer.company, BY, lines=[], contact=None, date=None)
    assert set(refused.value.errors) == {"contact", "date"}
