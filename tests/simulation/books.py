"""Both books as plain values, by a mapping of their own: what equality means is said here once more.

A group's value is comparable once `Refs` has carried its references from our ids to theirs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import connection
from tests.simulation.chronicle import Key, Shown, Values

ENTITIES = {"Customer": "contact", "Invoice": "invoice", "CreditMemo": "credit_note", "Payment": "payment"}
KINDS = {kind: entity for entity, kind in ENTITIES.items()}
MONEY = {"money", "allocations", "void"}
VOID = "void"
VOIDED = "Voided"  # how QuickBooks begins the note of what is void
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
    return Decimal(obj["TotalAmt"]) == 0 and _text(obj.get("PrivateNote")).startswith(VOIDED)


def still_void(values: Values) -> Values:
    """Of what was void: it is until there are amounts again, though somebody wrote over the note that marks it."""
    parts = values["allocations"] if "allocations" in values else values["money"][1]
    total = values["money"][1] if "allocations" in values else values["money"][3]
    return values if total or any(part[2] for part in parts) else {**values, VOID: True}


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

# Ours; references are ("Customer", our id) and the like until `Refs` has carried them over.
# By plain SQL, since this is read more often than anything else; and only where something was written since.

MOVED = "simulation_moved"  # a table with the number of writes to each of ours
TABLES = {
    "contact": ("subledger_contact",),
    "invoice": ("subledger_invoice", "subledger_invoiceline"),
    "credit_note": ("subledger_creditnote", "subledger_creditnoteline"),
    "payment": ("subledger_payment", "subledger_allocation"),
}
RESULTS = "sync_link"


def count_writes() -> None:
    """By the database itself, so that nothing that is written to our book escapes."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MOVED} (name TEXT PRIMARY KEY, number INTEGER NOT NULL)")
        for table in (RESULTS, *(table for tables in TABLES.values() for table in tables)):
            cursor.execute(f"INSERT INTO {MOVED} VALUES ('{table}', 0)")
            for event in ("INSERT", "UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER {MOVED}_{table}_{event} AFTER {event} ON {table} "
                    f"BEGIN UPDATE {MOVED} SET number = number + 1 WHERE name = '{table}'; END"
                )


class Ours:
    """Every record that takes part: no drafts, no suppliers."""

    def __init__(self, company: int) -> None:
        self._company = company
        self._moved: dict[str, list[int]] = {}
        self._found: dict[str, dict[Key, Values]] = {}

    def read(self) -> dict[Key, Values]:
        moved = _moved()
        for kind, tables in TABLES.items():
            now = [moved[table] for table in tables]
            if self._moved.get(kind) != now:
                self._moved[kind], self._found[kind] = now, dict(READERS[kind](self._company))
        return {key: values for found in self._found.values() for key, values in found.items()}


class Results:
    """Of one company, as people see them."""

    def __init__(self, company: int) -> None:
        self._company = company
        self._moved = -1
        self._found: list[Shown] = []

    def read(self) -> list[Shown]:
        moved = _moved()[RESULTS]
        if self._moved != moved:
            rows = _asked(f"SELECT * FROM {RESULTS} WHERE company_id = {self._company} ORDER BY id")
            self._moved, self._found = moved, [_line_shown(row) for row in rows]
        return self._found


def _line_shown(row: Object) -> Shown:
    record = None if row["record_id"] is None else str(row["record_id"])
    facts = json.loads(row["facts"])
    return Shown(row["kind"], row["entity"], record, row["qbo_id"], row["status"], row["reason"], facts)


def _moved() -> Mapping[str, int]:
    return {row["name"]: row["number"] for row in _asked(f"SELECT * FROM {MOVED}")}


Read = Iterator[tuple[Key, Values]]


def _contacts(company: int) -> Read:
    for row in _rows("contact", company, "type <> 'supplier'"):
        yield ("contact", str(row["id"])), _our_contact(row)


def _documents(kind: str, table: str, company: int) -> Read:
    rows = _rows(table, company, "status <> 'draft'")
    lines = _lines_by_document(table) if rows else {}
    for row in rows:
        yield (kind, str(row["id"])), _our_document(row, lines.get(row["id"], []))


def _payments(company: int) -> Read:
    rows = _rows("payment", company, "status <> 'draft'")
    parts = _allocations() if rows else {}
    for row in rows:
        yield ("payment", str(row["id"])), _our_payment(row, parts.get(row["id"], []))


READERS: Mapping[str, Callable[[int], Read]] = {
    "contact": _contacts,
    "invoice": partial(_documents, "invoice", "invoice"),
    "credit_note": partial(_documents, "credit_note", "creditnote"),
    "payment": _payments,
}


def _rows(table: str, company: int, where: str) -> list[Object]:
    return _asked(f"SELECT * FROM subledger_{table} WHERE company_id = {company} AND {where}")


def _asked(statement: str) -> list[Object]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _amount(value: Any) -> Decimal:
    """As the database keeps it, to four decimals."""
    return Decimal(str(value)).quantize(Decimal("0.0001"))


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


def _lines_by_document(table: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _asked(f"SELECT * FROM subledger_{table}line ORDER BY document_id, position"):
        numbers = (None if row[name] is None else Decimal(str(row[name])) for name in ("quantity", "rate"))
        line = (("Item", str(row["item_id"])), row["description"], _amount(row["amount"]), *numbers)
        found[row["document_id"]].append(line)
    return found


def _our_document(row: Object, lines: list[tuple[Any, ...]]) -> Values:
    values = {
        "money": (("Customer", str(row["contact_id"])), tuple(lines), _amount(row["tax"]), _amount(row["total"])),
        "date": _day(row["date"]),
        "number": row["number"],
        "memo": row["memo"],
        "message": row["message"],
        VOID: row["status"] == "void",
    }
    if "due_date" in row:
        values["due date"] = _day(row["due_date"])
    return values


def _day(value: Any) -> str | None:
    return None if value is None else str(value)[:10]


def _allocations() -> dict[int, list[tuple[str, str, Decimal]]]:
    found: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for row in _asked("SELECT * FROM subledger_allocation"):
        entity, _, id_ = row["other"].partition(" ")
        if row["invoice_id"]:
            entity, id_ = "Invoice", str(row["invoice_id"])
        elif row["credit_note_id"]:
            entity, id_ = "CreditMemo", str(row["credit_note_id"])
        found[row["payment_id"]].append((entity, id_, _amount(row["amount"])))
    return found


def _our_payment(row: Object, parts: list[tuple[str, str, Decimal]]) -> Values:
    return {
        "money": (("Customer", str(row["contact_id"])), _amount(row["total"]), _day(row["date"])),
        "reference": row["reference"],
        "memo": row["memo"],
        "allocations": _sums(parts),
        VOID: row["status"] == "void",
        "deposited": bool(row["deposited"]),
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
    if other.get(VOID) and not mine.get(VOID) and not _is_marked(other):
        other = {**other, VOID: False}  # nobody who first reads it now can tell
    mine, other = void_values(kind, mine), void_values(kind, other)
    if mine.get(VOID) != other.get(VOID):
        return [VOID]
    return [group for group in other if group in mine and refs.there(kind, group, mine[group]) != other[group]]


def _is_marked(values: Values) -> bool:
    return str(values["memo"]).startswith(VOIDED)
