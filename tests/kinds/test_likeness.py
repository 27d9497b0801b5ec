"""When two records that nothing links are taken for one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tieout.kinds.contact import CUSTOMER, Address, Contact
from tieout.kinds.invoice import INVOICE, Invoice
from tieout.kinds.kind import Kind, Likeness
from tieout.kinds.payment import PAYMENT, Allocation, Payment

ADA = Contact(name="Ada Tenant", email="ada@example.com", phone="(555) 0101", address=Address(postal_code="19901"))
DAY = date(2026, 3, 1)
INV = Invoice(contact="1", date=DAY, number="1001", total=Decimal(100))
PAID = Payment(
    contact="1",
    date=DAY,
    total=Decimal(100),
    reference="CHQ",
    allocations=(Allocation(entity="Invoice", id="5", amount=Decimal(100)),),
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Likeness.SURE),
        ({"name": "ADA  tenant"}, Likeness.SURE),
        ({"email": "", "phone": "", "address": Address()}, Likeness.SURE),
        ({"email": "other@example.com"}, Likeness.SURE),  # the phone agrees
        ({"email": "x@example.com", "phone": "1", "address": Address(postal_code="2")}, Likeness.CANDIDATE),
        ({"active": False}, Likeness.CANDIDATE),
        ({"name": "Ada Tenants"}, Likeness.NONE),
    ],
)
def test_contacts(change: dict[str, object], expected: Likeness) -> None:
    assert CUSTOMER.likeness(ADA, msgspec.structs.replace(ADA, **change)) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Likeness.SURE),
        ({"memo": "differs"}, Likeness.SURE),
        ({"total": Decimal(101)}, Likeness.CANDIDATE),
        ({"date": DAY + timedelta(1)}, Likeness.CANDIDATE),
        ({"number": "1002"}, Likeness.CANDIDATE),
        ({"number": "1002", "date": DAY + timedelta(1)}, Likeness.NONE),
        ({"contact": "2"}, Likeness.NONE),
        ({"void": True, "contact": "2"}, Likeness.NONE),
    ],
)
def test_invoices(change: dict[str, object], expected: Likeness) -> None:
    assert INVOICE.likeness(INV, msgspec.structs.replace(INV, **change)) is expected


@pytest.mark.parametrize(("kind", "values"), [(INVOICE, INV), (PAYMENT, PAID)])
def test_what_is_void_here_resembles_what_it_was_before(kind: Kind[Any], values: Any) -> None:
    void = msgspec.structs.replace(values, void=True)
    assert kind.likeness(void, values) is Likeness.SURE


@pytest.mark.parametrize(("kind", "values"), [(INVOICE, INV), (PAYMENT, PAID)])
def test_what_is_void_there_is_known_by_its_number(kind: Kind[Any], values: Any) -> None:
    theirs = msgspec.structs.replace(values, void=True, total=Decimal(0))
    without = {"number" if kind is INVOICE else "reference": ""}
    unnumbered = [msgspec.structs.replace(each, **without) for each in (values, theirs)]
    assert kind.likeness(values, theirs) is Likeness.CANDIDATE
    assert kind.likeness(msgspec.structs.replace(values, void=True), theirs) is Likeness.SURE
    assert kind.likeness(*unnumbered) is Likeness.NONE


def test_of_a_carrier_that_is_void_nothing_is_left_to_know_it_by() -> None:
    carrier = msgspec.structs.replace(PAID, total=Decimal(0))
    void = msgspec.structs.replace(carrier, void=True, allocations=())
    assert PAYMENT.likeness(void, carrier) is Likeness.NONE


def test_a_number_that_only_its_paper_bears_is_asked_about() -> None:
    renumbered = msgspec.structs.replace(INV, number="A-7", former_numbers=("999", "1001"))
    other_day = msgspec.structs.replace(INV, date=DAY + timedelta(1))
    assert INVOICE.likeness(renumbered, INV) is Likeness.CANDIDATE
    assert INVOICE.likeness(renumbered, other_day) is Likeness.CANDIDATE
    assert INVOICE.likeness(renumbered, msgspec.structs.replace(other_day, number="")) is Likeness.NONE


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Likeness.SURE),
        ({"reference": "other"}, Likeness.CANDIDATE),
        ({"date": DAY + timedelta(6)}, Likeness.CANDIDATE),
        ({"date": DAY + timedelta(7)}, Likeness.NONE),  # weekly rent
        ({"total": Decimal(99)}, Likeness.NONE),
        ({"contact": "2"}, Likeness.NONE),
    ],
)
def test_payments(change: dict[str, object], expected: Likeness) -> None:
    assert PAYMENT.likeness(PAID, msgspec.structs.replace(PAID, **change)) is expected
