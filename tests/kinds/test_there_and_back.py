"""What is written in QuickBooks' form reads back as what was meant."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.kinds import strategies

from tieout.kinds.contact import CUSTOMER, VENDOR, Contact
from tieout.kinds.invoice import INVOICE, Invoice
from tieout.kinds.kind import Kind, decode, encode
from tieout.kinds.payment import PAYMENT, Payment
from tieout.quickbooks.wire.json import dumps, loads


def written(kind: Kind[Any], values: Any, latest: dict[str, Any] | None = None) -> dict[str, Any]:
    groups = set(kind.groups) - kind.inward_groups - {"void"}
    body: dict[str, Any] = loads(dumps(kind.body(values, groups, latest, their_tax=False)))
    total = {"TotalAmt": values.total} if isinstance(values, Invoice) else {}
    return {"Id": "1", **(latest or {}), **body, **total}


@given(strategies.contacts)
def test_a_contact(values: Contact) -> None:
    assert CUSTOMER.parse(written(CUSTOMER, values)) == values
    assert VENDOR.parse(written(VENDOR, values)) == values


@given(strategies.invoices())
def test_an_invoice(values: Invoice) -> None:
    assert INVOICE.changed(values, INVOICE.parse(written(INVOICE, values))) == set()
    assert INVOICE.problems(values) == []


@given(strategies.payments)
def test_a_payment(values: Payment) -> None:
    assert PAYMENT.changed(values, PAYMENT.parse(written(PAYMENT, values))) == set()


@given(strategies.invoices(), strategies.invoices())
def test_an_edited_invoice(before: Invoice, after: Invoice) -> None:
    latest = written(INVOICE, before)
    assert INVOICE.changed(after, INVOICE.parse(written(INVOICE, after, latest))) == set()


@given(strategies.contacts, strategies.contacts)
def test_an_edited_contact_whose_fields_were_emptied(before: Contact, after: Contact) -> None:
    latest = written(CUSTOMER, before)
    assert CUSTOMER.changed(after, CUSTOMER.parse(written(CUSTOMER, after, latest))) == set()


@given(strategies.contacts | strategies.invoices() | strategies.payments)
def test_a_base_is_stored_exactly(values: Any) -> None:
    kinds: dict[type, Kind[Any]] = {Contact: CUSTOMER, Invoice: INVOICE, Payment: PAYMENT}
    kind = kinds[type(values)]
    assert decode(kind, encode(values)) == values


@given(strategies.invoices(), st.data())
def test_only_the_chosen_groups_are_written(values: Invoice, data: st.DataObject) -> None:
    groups = data.draw(st.sets(st.sampled_from(["money", "number", "memo", "message", "date"]), min_size=1))
    body = INVOICE.body(values, groups, {"Id": "1", "Line": []}, their_tax=False)
    members = {
        "money": "Line",
        "number": "DocNumber",
        "memo": "PrivateNote",
        "message": "CustomerMemo",
        "date": "TxnDate",
    }
    assert {group for group, member in members.items() if member in body} == groups


def test_lines_keep_their_ids_and_what_is_not_mapped_when_one_is_taken_out() -> None:
    def line(id_: str, amount: int) -> dict[str, Any]:
        detail = {"ItemRef": {"value": "1"}, "TaxCodeRef": {"value": "NON"}, "ItemAccountRef": {"value": "9"}}
        return {"Id": id_, "DetailType": "SalesItemLineDetail", "Amount": amount, "SalesItemLineDetail": detail}

    latest: dict[str, Any] = {"Line": [line("1", 10), line("2", 20)], "TxnDate": "2026-01-01", "TotalAmt": 30}
    values = INVOICE.parse({**latest, "Line": [latest["Line"][1]], "TotalAmt": 20})
    (left,) = INVOICE.body(values, {"money"}, latest, their_tax=False)["Line"]
    assert left["Id"] == "2"
    assert left["SalesItemLineDetail"]["ItemAccountRef"] == {"value": "9"}


def test_an_inactive_name_is_no_rename() -> None:
    there = CUSTOMER.parse({"DisplayName": "Smith (deleted)", "Active": False})
    assert (there.name, there.active) == ("Smith", False)


def test_a_void_is_told_from_an_edit_to_zero() -> None:
    zero = {"TxnDate": "2026-01-01", "TotalAmt": 0, "Line": []}
    assert not INVOICE.parse(zero).void
    assert INVOICE.parse({**zero, "PrivateNote": "Voided"}).void
    assert INVOICE.parse({**zero, "PrivateNote": "Voided: rent for May"}).void


def test_payments_with_several_lines_for_one_document_are_compared_by_their_sums() -> None:
    def part(amount: int) -> dict[str, Any]:
        return {"Amount": amount, "LinkedTxn": [{"TxnId": "7", "TxnType": "Invoice"}]}

    base = {"TxnDate": "2026-01-01", "TotalAmt": 30, "CustomerRef": {"value": "1"}}
    split = PAYMENT.parse({**base, "Line": [part(10), part(20)]})
    whole = PAYMENT.parse({**base, "Line": [part(30)]})
    assert PAYMENT.changed(split, whole) == set()


def test_nothing_that_moves_money_mail_or_other_peoples_books_is_ever_written() -> None:
    never = {"EmailStatus", "PrintStatus", "ProcessPayment", "ParentRef", "Active", "BillableStatus"}
    values = msgspec.structs.replace(INVOICE.parse({"TxnDate": "2026-01-01"}), contact="1")
    both: list[tuple[Kind[Any], Any]] = [(INVOICE, values), (CUSTOMER, Contact(name="A"))]
    for kind, each in both:
        body = kind.body(each, set(kind.groups), None, their_tax=True)
        assert never.isdisjoint(body)
