"""What QuickBooks would refuse is found before a call is spent on it. Lengths are those of Intuit's API reference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tieout.kinds import BY_ENTITY
from tieout.kinds.contact import Address, Contact
from tieout.kinds.documents import Line
from tieout.kinds.invoice import Invoice
from tieout.kinds.payment import Allocation, Payment
from tieout.sync import reasons

LONGEST = {
    "name": 500,
    "company_name": 100,
    "given_name": 100,
    "family_name": 100,
    "phone": 30,
    "mobile": 30,
    "fax": 30,
}
DAY = date(2026, 3, 1)


def problems(entity: str, values: Any) -> list[str]:
    found = BY_ENTITY[entity].problems(values)
    for problem in found:
        assert "{" not in reasons.sentence(problem.reason, problem.facts)
        assert problem.reason in reasons.REASONS
    return [problem.reason for problem in found]


def contact(members: dict[str, Any]) -> Contact:
    return Contact(**members)


@pytest.mark.parametrize("member", LONGEST)
def test_each_text_of_a_contact_has_its_length(member: str) -> None:
    fits, too_long = ({"name": "Ada"} | {member: "x" * (LONGEST[member] + more)} for more in (0, 1))
    assert problems("Customer", contact(fits)) == []
    assert problems("Vendor", contact(too_long)) == ["too_long"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ({"street": "1\n2\n3\n4\n5"}, ""),
        ({"street": "1\n2\n3\n4\n5\n6"}, "street_lines"),
        ({"street": "x" * 501}, "too_long"),
        ({"city": "x" * 256}, "too_long"),
        ({"state": "x" * 256}, "too_long"),
        ({"postal_code": "x" * 31}, "too_long"),
        ({"country": "x" * 256}, "too_long"),
    ],
)
def test_so_has_each_part_of_an_address(address: dict[str, str], reason: str) -> None:
    found = problems("Customer", Contact(name="Ada", address=Address(**address)))
    assert found == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"name": ""}, "name_missing"),
        ({"name": "Ada: and sons"}, "name_characters"),
        ({"name": "Ada\tTenant"}, "name_characters"),
        ({"name": "Ada", "given_name": "A:da"}, "name_characters"),
        ({"name": "Ada\rTenant"}, "name_characters"),
        ({"name": "Ada", "email": "ada"}, "email_form"),
        ({"name": "Ada", "email": "ada@example"}, "email_form"),
        ({"name": "Ada", "email": "a da@example.com"}, "email_form"),
        ({"name": "Ada", "phone": "1\x022"}, "control_characters"),
        ({"name": "Ada", "email": "a@example.com, b@example.com"}, "email_form"),
        ({"name": "Ada", "website": "example.com"}, "website_form"),
    ],
)
def test_forms_that_quickbooks_refuses(members: dict[str, str], reason: str) -> None:
    assert problems("Customer", contact(members)) == [reason]


def invoice(**members: Any) -> Invoice:
    line = Line(item="1", quantity=Decimal(3), rate=Decimal("33.335"), amount=Decimal("100.01"))
    values = {"contact": "1", "date": DAY, "total": Decimal("100.01"), "lines": (line,), **members}
    return Invoice(**values)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, ""),
        ({"number": "x" * 22}, "too_long"),
        ({"memo": "x" * 4001}, "too_long"),
        ({"message": "x" * 1001}, "too_long"),
        ({"lines": (), "total": Decimal(0)}, "no_lines"),
        ({"total": Decimal("100.02")}, "does_not_add_up"),
        ({"lines": (Line(amount=Decimal("100.01")),)}, "line_without_item"),
        ({"lines": (Line(item="1", quantity=Decimal(1), rate=Decimal(1), amount=Decimal("100.01")),)}, "line_amount"),
        ({"lines": (Line(item="1", amount=Decimal("100.01"), description="x" * 4001),)}, "too_long"),
        ({"void": True, "lines": ()}, ""),
        ({"memo": "ring\x07"}, "control_characters"),
        ({"memo": "two\nlines\tand a tab"}, ""),
        ({"lines": (Line(item="1", amount=Decimal("100.01"), description="\x00"),)}, "control_characters"),
        ({"date": date(226, 3, 1)}, "date_mistyped"),
        ({"due_date": date(2206, 3, 1)}, "date_mistyped"),
        ({"lines": (Line(item="1", amount=Decimal("100.01"), service_date=date(26, 3, 1)),)}, "date_mistyped"),
        ({"lines": (Line(item="1", amount=Decimal(-1)),), "total": Decimal(-1)}, "negative_total"),
        ({"lines": (Line(item="1", amount=Decimal(0)),) * 10_000, "total": Decimal(0)}, ""),
        ({"lines": (Line(item="1", amount=Decimal(0)),) * 10_001, "total": Decimal(0)}, "too_many_lines"),
    ],
)
def test_documents(members: dict[str, Any], reason: str) -> None:
    assert problems("Invoice", invoice(**members)) == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("quantity", "rate", "amount", "reason"),
    [
        (1, "99999999999", "99999999999", ""),
        (1, "99999999999.01", "99999999999.01", "too_large"),
        ("NaN", "1", "1", "too_large"),
        ("0.1234567", "100000", "12345.67", ""),
        ("0.12345678", "100000", "12345.68", "too_many_decimals"),
        ("1.00000000", "7", "7", ""),
        (1, "0.00000001", "0", "too_many_decimals"),
    ],
)
def test_quantities_rates_and_amounts_stay_within_what_quickbooks_keeps(
    quantity: str, rate: str, amount: str, reason: str
) -> None:
    line = Line(item="1", quantity=Decimal(quantity), rate=Decimal(rate), amount=Decimal(amount))
    found = problems("Invoice", invoice(lines=(line,), total=line.amount))
    assert found[:1] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, ""),
        ({"total": Decimal(-1)}, "negative_total"),
        ({"date": date(2620, 3, 1)}, "date_mistyped"),
        ({"reference": "a\x1fb"}, "control_characters"),
        ({"allocations": (Allocation(entity="Invoice", id="1", amount=Decimal(0)),)}, "allocation_not_positive"),
        ({"reference": "x" * 22}, "too_long"),
        ({"memo": "x" * 4001}, "too_long"),
        ({"allocations": (Allocation(entity="Invoice", id="1", amount=Decimal("50.01")),)}, "over_applied"),
    ],
)
def test_payments(members: dict[str, Any], reason: str) -> None:
    values = Payment(**{"contact": "1", "date": DAY, "total": Decimal(50), **members})
    assert problems("Payment", values)[:1] == ([reason] if reason else [])
