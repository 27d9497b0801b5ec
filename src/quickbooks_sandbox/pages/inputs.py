"""Forms made from an entity's rules: an input for each plain field, and what a filled-in form changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.entities import Entity
from quickbooks_sandbox.ledger import fields
from quickbooks_sandbox.ledger.fields import Field

Object = dict[str, Any]
Form = dict[str, str]

_KINDS = {
    fields.text("").read: "text",
    fields.number("").read: "number",
    fields.boolean("").read: "boolean",
    fields.date("").read: "date",
    fields.choice("").read: "choice",
    fields.ref("").read: "ref",
    fields.email("").read: "Address",
    fields.web("").read: "URI",
}
_WORDS = {"text", "number", "date"}
_USUAL = (
    "DisplayName",
    "Name",
    "CompanyName",
    "GivenName",
    "FamilyName",
    "PrimaryEmailAddr",
    "PrimaryPhone",
    "CustomerRef",
    "VendorRef",
    "AccountRef",
    "DocNumber",
    "TxnDate",
    "DueDate",
    "SalesTermRef",
    "AccountType",
    "Type",
    "UnitPrice",
    "PrivateNote",
)
OFFERED = 500
"""How many entries of a list a reference is offered."""


@dataclass(frozen=True)
class Input:
    name: str
    kind: str
    value: str
    choices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def named(self) -> str:
        """What a reference's id stands for."""
        return dict(self.choices).get(self.value, "")


def by_use(entity: Entity, found: list[Input]) -> tuple[list[Input], list[Input]]:
    """What is filled in and what people mostly fill in, in the order of `_USUAL`; and the rest."""
    named = {one.name: one for one in found}
    usual = [named[name] for name in _USUAL if name in named]
    usual += [
        one for one in found if one not in usual and (one.value not in ("", "false") or one.name in entity.required)
    ]
    return usual, [one for one in found if one not in usual]


def inputs(books: Books, entity: Entity, record: Object) -> list[Input]:
    return [_input(books, one, record.get(one.name)) for one in entity.fields if _kind(one)]


def changes(entity: Entity, record: Object, form: Form) -> Object:
    """The fields that the form fills in differently from the record; emptied ones as an empty string."""
    found: Object = {}
    for one in entity.fields:
        kind = _kind(one)
        if kind and one.name in form and form[one.name].strip() != _shown(kind, record.get(one.name)):
            found[one.name] = _sent(kind, form[one.name].strip())
    return found


def line_changes(record: Object, form: Form) -> list[Object] | None:
    """All lines as the form has them; None if it changes none."""
    lines = [line for line in record.get("Line", []) if line.get("DetailType") != "SubTotalLineDetail"]
    edited = [_edited(line, position, form) for position, line in enumerate(lines)]
    return None if edited == lines else edited


def new_line(entity: Entity, form: Form) -> list[Object]:
    """The one line of a new form, of the kind that the entity's lines have."""
    if not form.get("new_amount"):
        return []
    expense = entity.name in ("Bill", "Purchase", "VendorCredit")
    detail = "AccountBasedExpenseLineDetail" if expense else "SalesItemLineDetail"
    ref = "AccountRef" if expense else "ItemRef"
    named = {ref: {"value": form["new_ref"]}} if form.get("new_ref") else {}
    return [
        {
            "DetailType": detail,
            "Amount": form["new_amount"],
            "Description": form.get("new_description", ""),
            detail: named,
        }
    ]


def _kind(one: Field) -> str:
    if one.read_only:
        return ""
    if one.limit == 30 and one.name != "PostalCode" and _KINDS.get(one.read) is None:
        return "FreeFormNumber"
    return "value" if one.name.endswith("Memo") else _KINDS.get(one.read, "")


def _input(books: Books, one: Field, value: Any) -> Input:
    kind = _kind(one)
    shown = _shown(kind, value)
    if kind == "ref":
        return Input(one.name, kind if one.refers_to else "text", shown, list(_entries(books, one.refers_to)))
    if kind == "choice":
        return Input(one.name, kind, shown, [(each, each) for each in ("", *one.choices)])
    if kind == "boolean":
        return Input(one.name, "choice", shown, [("", ""), ("true", "yes"), ("false", "no")])
    return Input(one.name, kind if kind in _WORDS else "text", shown)


def _entries(books: Books, entity: str) -> Iterator[tuple[str, str]]:
    if not entity:
        return
    rows = books.query(f"select * from {entity} maxresults {OFFERED}").rows or []  # noqa: S608
    for row in rows:
        name = row.get("FullyQualifiedName") or row.get("DisplayName") or row.get("Name") or row.get("DocNumber", "")
        yield row["Id"], name


def _shown(kind: str, value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value" if kind == "ref" else kind)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _sent(kind: str, text: str) -> Any:
    if not text:
        return ""
    if kind == "ref":
        return {"value": text}
    return text if kind in _WORDS | {"boolean", "choice"} else {kind: text}


def _edited(line: Object, position: int, form: Form) -> Object:
    amount = form.get(f"amount_{position}", "").strip()
    description = form.get(f"description_{position}", "").strip()
    edited = dict(line)
    if description != line.get("Description", ""):
        edited["Description"] = description
    if amount and Decimal(amount) != line.get("Amount"):
        edited["Amount"] = Decimal(amount)
        detail = line.get(line["DetailType"], {})
        if "UnitPrice" in detail or "Qty" in detail:
            # The amount is what the person means; a price that does not give it would be refused.
            edited[line["DetailType"]] = {**detail, "Qty": 1, "UnitPrice": Decimal(amount)}
    return edited
