"""Both books as plain values, by a mapping of their own: what equality means is said here once more.

A group's value is comparable once `Refs` has carried its references from our ids to theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from tests.simulation.chronicle import Key, Values

from tieout.subledger.models import Allocation, Contact, CreditNote, CreditNoteLine, Invoice, InvoiceLine, Payment

ENTITIES = {"Customer": "contact", "Invoice": "invoice", "CreditMemo": "credit_note", "Payment": "payment"}
KINDS = {kind: entity for entity, kind in ENTITIES.items()}
MONEY = {"money", "allocations", "void"}
VOID = "void"
Object = Mapping[str, Any]

# Theirs


def theirs(entity: str, obj: Object) -> Values:
    return THEIRS[entity](obj)


def _customer(obj: Object) -> Values:
    address = obj.get("BillAddr") or {}
    lines = [_text(address.get(f"Line{n}")) for n in range(1, 6)]
    return {
        "name": _text(obj.get("DisplayName")).removesuffix(" (deleted)"),
        "person": (_text(obj.get("GivenName")), _text(obj.get("FamilyName"))),
        "company": _text(obj.get("CompanyName")),
        "email": _text((obj.get("PrimaryEmailAddr") or {}).get("Address")),
        "phone": _text((obj.get("PrimaryPhone") or {}).get("FreeFormNumber")),
        "mobile": _text((obj.get("Mobile") or {}).get("FreeFormNumber")),
        "address": (
            "\n".join(filter(None, lines)),
            _text(address.get("City")),
            _text(address.get("CountrySubDivisionCode")),
            _text(address.get("PostalCode")),
        ),
        "active": obj.get("Active", True),
    }


def _document(obj: Object) -> dict[str, Any]:
    lines = tuple(_their_line(line) for line in obj["Line"] if line["DetailType"] != "SubTotalLineDetail")
    tax = (obj.get("TxnTaxDetail") or {}).get("TotalTax") or Decimal(0)
    return {
        "money": (obj["CustomerRef"]["value"], lines, Decimal(tax), Decimal(obj["TotalAmt"])),
        "date": obj["TxnDate"],
        "number": _text(obj.get("DocNumber")),
        "memo": _text(obj.get("PrivateNote")),
        "message": _text((obj.get("CustomerMemo") or {}).get("value")),
        VOID: _is_void(obj),
    }


def _their_line(line: Object) -> tuple[Any, ...]:
    detail = line.get("SalesItemLineDetail") or {}
    return (
        (detail.get("ItemRef") or {}).get("value"),
        _text(line.get("Description")),
        Decimal(line.get("Amount") or 0),
        detail.get("Qty"),
        detail.get("UnitPrice"),
    )


def _is_void(obj: Object) -> bool:
    return Decimal(obj["TotalAmt"]) == 0 and _text(obj.get("PrivateNote")).startswith("Voided")


def _invoice(obj: Object) -> Values:
    return {**_document(obj), "due date": obj.get("DueDate")}


def _payment(obj: Object) -> Values:
    return {
        "money": (obj["CustomerRef"]["value"], Decimal(obj["TotalAmt"]), obj["TxnDate"]),
        "reference": _text(obj.get("PaymentRefNum")),
        "memo": _text(obj.get("PrivateNote")),
        "allocations": _sums(
            (linked["TxnType"], linked["TxnId"], line["Amount"])
            for line in obj.get("Line") or []
            for linked in line.get("LinkedTxn") or []
        ),
        VOID: _is_void(obj) and not obj.get("Line"),
        "deposited": any(linked["TxnType"] == "Deposit" for linked in obj.get("LinkedTxn") or []),
    }


THEIRS: Mapping[str, Callable[[Object], Values]] = {
    "Customer": _customer,
    "Invoice": _invoice,
    "CreditMemo": _document,
    "Payment": _payment,
}

# Ours; references are ("Customer", our id) and the like until `Refs` has carried them over


def ours(company: int) -> dict[Key, Values]:
    """Every record that takes part: no drafts, no suppliers."""
    found: dict[Key, Values] = {}
    for row in Contact.objects.filter(company=company).exclude(type="supplier").values():
        found["contact", str(row["id"])] = _our_contact(row)
    for model, lines in ((Invoice, InvoiceLine), (CreditNote, CreditNoteLine)):
        by_document = _lines_by_document(lines, company)
        for row in model.objects.filter(company=company).exclude(status="draft").values():
            found[model.kind, str(row["id"])] = _our_document(row, by_document[row["id"]])
    parts = _allocations(company)
    for row in Payment.objects.filter(company=company).exclude(status="draft").values():
        found["payment", str(row["id"])] = _our_payment(row, parts[row["id"]])
    return found


def _our_contact(row: Object) -> Values:
    return {
        "name": row["name"],
        "person": (row["given_name"], row["family_name"]),
        "company": row["company_name"],
        "email": row["email"],
        "phone": row["phone"],
        "mobile": row["mobile"],
        "address": (row["street"], row["city"], row["state"], row["postal_code"]),
        "active": not row["archived"],
    }


def _lines_by_document(model: Any, company: int) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = model.objects.filter(document__company=company).order_by("document", "position")
    for document, item, *rest in rows.values_list("document", "item", "description", "amount", "quantity", "rate"):
        found[document].append((("Item", str(item)), *rest))
    return found


def _our_document(row: Object, lines: list[tuple[Any, ...]]) -> Values:
    values = {
        "money": (("Customer", str(row["contact_id"])), tuple(lines), row["tax"], row["total"]),
        "date": row["date"].isoformat(),
        "number": row["number"],
        "memo": row["memo"],
        "message": row["message"],
        VOID: row["status"] == "void",
    }
    if "due_date" in row:
        values["due date"] = row["due_date"] and row["due_date"].isoformat()
    return values


def _allocations(company: int) -> dict[int, list[tuple[str, str, Decimal]]]:
    found: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    rows = Allocation.objects.filter(payment__company=company)
    for payment, invoice, credit, other, amount in rows.values_list(
        "payment", "invoice", "credit_note", "other", "amount"
    ):
        entity, _, id_ = other.partition(" ")
        if invoice or credit:
            entity, id_ = ("Invoice", str(invoice)) if invoice else ("CreditMemo", str(credit))
        found[payment].append((entity, id_, amount))
    return found


def _our_payment(row: Object, parts: list[tuple[str, str, Decimal]]) -> Values:
    return {
        "money": (("Customer", str(row["contact_id"])), row["total"], row["date"].isoformat()),
        "reference": row["reference"],
        "memo": row["memo"],
        "allocations": _sums(parts),
        VOID: row["status"] == "void",
        "deposited": row["deposited"],
    }


def _sums(parts: Iterable[tuple[str, str, Decimal]]) -> tuple[tuple[str, str, Decimal], ...]:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entity, id_, amount in parts:
        sums[entity, id_] += Decimal(amount)
    return tuple(sorted((entity, id_, amount) for (entity, id_), amount in sums.items()))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


# Carried over


class Refs:
    """Which of their objects a record of ours is, as the results show it."""

    def __init__(self, pairs: Mapping[Key, str]) -> None:
        self._pairs = pairs  # (entity, our id) -> their id

    def there(self, kind: str, group: str, value: Any) -> Any:
        """In their ids; a reference that has no counterpart equals nothing there is."""
        if group == "money" and kind == "payment":
            contact, *rest = value
            return (self._id(contact), *rest)
        if group == "money":
            contact, lines, *rest = value
            return (self._id(contact), tuple((self._id(item), *line) for item, *line in lines), *rest)
        if group == "allocations":
            return tuple(sorted((entity, self._id((entity, id_)), amount) for entity, id_, amount in value))
        return value

    def _id(self, key: Key) -> str:
        if key[0] not in ("Customer", "Item", "Invoice", "CreditMemo"):
            return key[1]  # what settles it is no record of ours, and is kept by its id there
        return self._pairs.get(key, f"no {key[0]} there for {key[1]}")


def void_values(kind: str, values: Values) -> Values:
    """Of what is void only that counts: theirs has no amounts any more, ours keeps them as history."""
    return {VOID: True} if values.get(VOID) else values


def equal(refs: Refs, kind: str, mine: Values, other: Values) -> list[str]:
    """The groups in which they differ."""
    mine, other = void_values(kind, mine), void_values(kind, other)
    if mine.get(VOID) != other.get(VOID):
        return [VOID]
    return [group for group in other if group in mine and refs.there(kind, group, mine[group]) != other[group]]
