from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Count, Sum
from tests.sample.lists import TODAY

from tieout import sample
from tieout.subledger.models import Allocation, Company, Contact, CreditNote, Invoice, Payment, Property

pytestmark = pytest.mark.django_db


def test_it_is_large_enough_to_look_like_a_business(loaded: list[Company]) -> None:
    assert Contact.objects.count() >= 40
    assert Property.objects.count() >= 25
    assert Invoice.objects.count() >= 150
    assert CreditNote.objects.count() >= 15
    assert Payment.objects.filter(total__gt=0).count() >= 100
    assert {*Contact.objects.values_list("type", flat=True)} == {"tenant", "client", "supplier"}
    assert {*Invoice.objects.values_list("status", flat=True)} == {"draft", "approved", "void"}


def test_its_payments_are_of_every_sort(loaded: list[Company]) -> None:
    paid = Payment.objects.exclude(status="void").annotate(parts=Count("allocations"))
    assert paid.filter(total__gt=0, parts__gte=2).exists(), "several invoices by one payment"
    assert paid.filter(unapplied__gt=0).exists(), "an overpayment"
    assert paid.filter(total=0, allocations__credit_note__isnull=False).count() >= 8, "carriers"
    assert Payment.objects.filter(status="void").exists(), "a bounced one"
    partly = Invoice.objects.filter(status="approved", balance__gt=0, allocations__isnull=False)
    assert partly.exists(), "part payments"


def test_balances_follow_from_the_allocations(loaded: list[Company]) -> None:
    applied = dict(Allocation.objects.filter(invoice__isnull=False).values_list("invoice").annotate(Sum("amount")))
    for invoice in Invoice.objects.exclude(status="void"):
        assert invoice.balance == invoice.total - applied.get(invoice.pk, Decimal(0)) >= 0
    assert not Payment.objects.filter(unapplied__lt=0).exists()


def test_nothing_lies_in_the_future_or_before_the_first_day(loaded: list[Company]) -> None:
    for model in (Invoice, CreditNote, Payment):
        assert not model.objects.filter(date__gt=TODAY).exists()
        assert not model.objects.filter(date__lt=sample.first_day(TODAY)).exists()


def test_it_is_the_same_at_every_call(loaded: list[Company]) -> None:
    company = loaded[0]
    first = sample.already_in_quickbooks(company, TODAY)
    assert sample.already_in_quickbooks(company, TODAY) == first


def test_what_stands_in_quickbooks_beforehand_is_ours_too(loaded: list[Company]) -> None:
    for company in loaded:
        existing = sample.already_in_quickbooks(company, TODAY)
        for contact in existing["contacts"]:
            assert Contact.objects.filter(company=company, **contact).exists()
        for invoice in existing["invoices"]:
            ours = Invoice.objects.get(company=company, number=invoice["number"])
            assert (ours.contact.name, ours.date, ours.due_date, ours.memo, ours.total) == tuple(
                invoice[name] for name in ("contact", "date", "due_date", "memo", "total")
            )
            lines = [
                (line.item and line.item.name, line.description, line.quantity, line.rate, line.amount)
                for line in ours.lines.all()
            ]
            assert lines == [tuple(line.values()) for line in invoice["lines"]]
        assert len(existing["invoices"]) >= 8


def test_numbers_are_given_once(loaded: list[Company]) -> None:
    for company in loaded:
        numbers = Counter(
            number
            for model in (Invoice, CreditNote)
            for number in model.objects.filter(company=company).exclude(number="").values_list("number", flat=True)
        )
        assert max(numbers.values()) == 1
