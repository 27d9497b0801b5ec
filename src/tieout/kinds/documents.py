"""What an invoice and a credit note have in common."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from .fields import (
    amount,
    day,
    iso,
    number,
    of_groups,
    ref,
    round_half_up,
    text,
    to_ref,
    without_blanks,
    without_nothing,
)
from .kind import Likeness, Object, Problem, RefMapper, Traits, Values
from .limits import beyond_calendars, control_characters, too_fine, too_large, too_long, too_many

NOT_TAXED = "NON"  # the pseudo code of companies in the United States
LONGEST = {"number": 21, "memo": 4000, "message": 1000}
LONGEST_DESCRIPTION = 4000


class Line(msgspec.Struct, frozen=True, kw_only=True):
    type: str = "item"
    item: str | None = None
    description: str = ""
    quantity: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal
    tax_code: str | None = None  # None: not taxed
    klass: str | None = None
    service_date: date | None = None


class Document(Values, frozen=True, kw_only=True):
    contact: str | None
    currency: str = ""  # empty: the company's own
    date: date
    number: str = ""
    former_numbers: tuple[str, ...] = ()  # only of ours: what it was called before QuickBooks renumbered it
    memo: str = ""
    message: str = ""
    tax_code: str | None = None
    tax: Decimal = Decimal(0)
    total: Decimal
    lines: tuple[Line, ...] = ()
    void: bool = False

    @property
    def plain(self) -> bool:
        """Only lines that we can write; QuickBooks' other lines are taken in to be read."""
        return all(line.type == "item" for line in self.lines)


D = TypeVar("D", bound=Document)


def _item_line(line: Object) -> Line:
    detail = line.get("SalesItemLineDetail") or {}
    taxed = ref(detail.get("TaxCodeRef"))
    return Line(
        item=ref(detail.get("ItemRef")),
        description=text(line.get("Description")),
        quantity=number(detail.get("Qty")),
        rate=number(detail.get("UnitPrice")),
        amount=amount(line.get("Amount")),
        tax_code=None if taxed == NOT_TAXED else taxed,
        klass=ref(detail.get("ClassRef")),
        service_date=day(detail.get("ServiceDate")),
    )


def _line(line: Object) -> Line | None:
    value, words = amount(line.get("Amount")), text(line.get("Description"))
    match line.get("DetailType"):
        case "SalesItemLineDetail":
            return _item_line(line)
        case "DiscountLineDetail":
            return Line(type="discount", description=words, amount=value)
        case "GroupLineDetail":
            return Line(type="bundle", description=words, amount=value)
        case "SubTotalLineDetail":
            # The last one has no Id: QuickBooks adds it to every answer.
            return Line(type="subtotal", description=words, amount=value) if "Id" in line else None
        case _:
            return Line(type="text", description=words, amount=value)


def is_void(obj: Object) -> bool:
    """Zero amounts alone are an edit; QuickBooks marks a void in the private note."""
    return amount(obj.get("TotalAmt")) == 0 and text(obj.get("PrivateNote")).casefold().startswith("voided")


def parse_members(obj: Object) -> dict[str, Any]:
    lines = tuple(line for line in map(_line, obj.get("Line") or []) if line is not None)
    tax_detail = obj.get("TxnTaxDetail") or {}
    tax = amount(tax_detail.get("TotalTax"))
    taxed = tax != 0 or any(line.tax_code for line in lines)
    return {
        "contact": ref(obj.get("CustomerRef")),
        "currency": ref(obj.get("CurrencyRef")) or "",
        "date": day(obj["TxnDate"]),
        "number": text(obj.get("DocNumber")),
        "memo": text(obj.get("PrivateNote")),
        "message": text((obj.get("CustomerMemo") or {}).get("value")),
        "tax_code": ref(tax_detail.get("TxnTaxCodeRef")) if taxed else None,
        "tax": tax,
        "total": amount(obj.get("TotalAmt")),
        "lines": lines,
        "void": is_void(obj),
    }


def _money(doc: Document) -> object:
    if doc.void:
        return "void"
    return (doc.contact, doc.lines, doc.tax_code, doc.tax, doc.total)


GROUPS = {
    "money": _money,
    "date": lambda doc: doc.date,
    "number": lambda doc: doc.number,
    "memo": lambda doc: "" if doc.void else doc.memo,
    "message": lambda doc: doc.message,
    "void": lambda doc: doc.void,
}

FIELDS = {
    "money": ("contact", "currency", "lines", "tax_code", "tax", "total"),
    "date": ("date",),
    "number": ("number",),
    "memo": ("memo",),
    "message": ("message",),
    "void": ("void",),
}


def map_refs(doc: D, map_ref: RefMapper) -> D:
    lines = tuple(
        msgspec.structs.replace(
            line,
            item=map_ref("Item", line.item),
            tax_code=map_ref("TaxCode", line.tax_code),
            klass=map_ref("Class", line.klass),
        )
        for line in doc.lines
    )
    return msgspec.structs.replace(
        doc,
        contact=map_ref("Customer", doc.contact),
        tax_code=map_ref("TaxCode", doc.tax_code),
        lines=lines,
    )


def _write_line(line: Line, before: Object) -> Object:
    """Our values over the line as last read, so that its Id and whatever we do not map stay."""
    body = copy.deepcopy(before)
    body.pop("LineEx", None)
    detail = body.pop("SalesItemLineDetail", {})
    detail |= {
        "ItemRef": to_ref(line.item),
        "TaxCodeRef": to_ref(line.tax_code or NOT_TAXED),
        "Qty": line.quantity,
        "UnitPrice": line.rate,
        "ClassRef": to_ref(line.klass),
        "ServiceDate": iso(line.service_date),
    }
    body |= {
        "DetailType": "SalesItemLineDetail",
        "Amount": line.amount,
        "Description": line.description or None,
        "SalesItemLineDetail": without_nothing(detail),
    }
    return without_nothing(body)


def _paired(lines: Iterable[Line], before: list[Object]) -> list[Object]:
    """For each line the one it was: the equal one, else the first that nobody claims."""
    left = list(before)
    wanted = list(lines)
    found: list[Object | None] = []
    for line in wanted:
        same = next((old for old in left if _item_line(old) == line), None)
        found.append(same)
        if same is not None:
            left.remove(same)
    return [old if old is not None else (left.pop(0) if left else {}) for old in found]


def write_lines(doc: Document, latest: Object | None) -> list[Object]:
    before = [line for line in (latest or {}).get("Line", []) if line.get("DetailType") == "SalesItemLineDetail"]
    return [_write_line(line, old) for line, old in zip(doc.lines, _paired(doc.lines, before), strict=True)]


def body(values: Document, groups: Collection[str], latest: Object | None, *, their_tax: bool) -> Object:
    writers: dict[str, Object] = {}
    if "money" in groups:
        writers["money"] = {"CustomerRef": to_ref(values.contact), "Line": write_lines(values, latest)}
        if taxes := _tax(values, latest, their_tax=their_tax):
            writers["money"]["TxnTaxDetail"] = taxes
    writers |= {
        "date": {"TxnDate": values.date.isoformat()},
        "number": {"DocNumber": values.number},
        "memo": {"PrivateNote": values.memo},
        "message": {"CustomerMemo": {"value": values.message}},
    }
    written = of_groups(writers, groups)
    return written if latest else without_blanks(written)


def _tax(doc: Document, latest: Object | None, *, their_tax: bool) -> Object | None:
    if doc.tax == 0 and not any(line.tax_code for line in doc.lines):
        # Tax that was there stays though its lines are gone, unless it is taken away by name.
        had = amount(((latest or {}).get("TxnTaxDetail") or {}).get("TotalTax"))
        return {"TotalTax": Decimal(0)} if had else None
    return without_nothing({"TxnTaxCodeRef": to_ref(doc.tax_code), "TotalTax": None if their_tax else doc.tax})


def fill(sent: D, answer: D, *, their_tax: bool) -> D:
    """What was sent, completed by what QuickBooks assigns: a number where we had none, tax where it computes it."""
    changes: dict[str, Any] = {"currency": answer.currency}
    if not sent.number:
        changes["number"] = answer.number
    if their_tax and sent.lines == answer.lines:
        changes |= {"tax_code": answer.tax_code, "tax": answer.tax, "total": answer.total}
    elif sent.tax_code is None:
        changes["tax_code"] = answer.tax_code
    return msgspec.structs.replace(sent, **changes)


def zeroed(doc: D) -> D:
    """As QuickBooks leaves what it voids: every amount 0, and its word for it before the note."""
    lines = tuple(_zero(line) for line in doc.lines)
    memo = f"Voided - {doc.memo}"[: LONGEST["memo"]] if doc.memo else "Voided"
    return msgspec.structs.replace(doc, lines=lines, tax=Decimal(0), total=Decimal(0), memo=memo, void=True)


def _zero(line: Line) -> Line:
    rate = None if line.rate is None else Decimal(0)
    return msgspec.structs.replace(line, amount=Decimal(0), rate=rate)


def traits(doc: Document) -> Traits:
    return Traits(
        number=doc.number,
        former_numbers=doc.former_numbers,
        contact=doc.contact or "",
        date=doc.date,
        total=doc.total,
    )


def likeness(ours: Document, theirs: Document) -> Likeness:
    """What is void here still shows what it was; of what is void there no amount is left."""
    if ours.contact != theirs.contact:
        return Likeness.NONE
    if theirs.void:
        return like_void(ours, theirs, is_named=ours.number != "" and ours.number == theirs.number)
    same_figures = (ours.date, ours.total) == (theirs.date, theirs.total)
    if ours.number and ours.number == theirs.number:
        return Likeness.SURE if same_figures else Likeness.CANDIDATE
    was_called_so = theirs.number != "" and theirs.number in ours.former_numbers
    return Likeness.CANDIDATE if same_figures or was_called_so else Likeness.NONE


def like_void(ours: Any, theirs: Any, *, is_named: bool) -> Likeness:
    if not is_named:
        return Likeness.NONE
    return Likeness.SURE if ours.void and ours.date == theirs.date else Likeness.CANDIDATE


def line_problems(doc: Document) -> list[Problem]:
    found = [] if doc.lines else [Problem(reason="no_lines")]
    for position, line in enumerate(doc.lines, 1):
        found += _line_problems(line, position)
    return found + too_many(doc.lines)


def _line_problems(line: Line, position: int) -> Iterator[Problem]:
    where, of_line = {"line": str(position)}, f"of line {position}"
    numbers = {f"quantity {of_line}": line.quantity, f"rate {of_line}": line.rate}
    if line.item is None:
        yield Problem(reason="line_without_item", facts=where)
    if problems := too_large({f"amount {of_line}": line.amount, **numbers}) + too_fine(numbers):
        yield from problems
    elif line.quantity and line.rate and round_half_up(line.quantity * line.rate) != line.amount:
        yield Problem(reason="line_amount", facts=where | {"amount": str(line.amount)})
    if len(line.description) > LONGEST_DESCRIPTION:
        facts = {"field": f"description {of_line}", "longest": str(LONGEST_DESCRIPTION)}
        yield Problem(reason="too_long", facts=facts)
    yield from beyond_calendars({f"service date {of_line}": line.service_date})


def problems(doc: Document) -> list[Problem]:
    if doc.void:
        return []
    found = line_problems(doc)
    found += too_long(doc, LONGEST) + control_characters(doc, FIELDS)
    found += too_large({"total": doc.total, "tax": doc.tax}) + beyond_calendars({"date": doc.date})
    if doc.total < 0:
        found.append(Problem(reason="negative_total", facts={"total": str(doc.total)}))
    if not adds_up(doc):
        found.append(Problem(reason="does_not_add_up", facts={"total": str(doc.total)}))
    return found


def adds_up(doc: Document) -> bool:
    signs = {"item": 1, "bundle": 1, "discount": -1}
    lines = sum((signs.get(line.type, 0) * line.amount for line in doc.lines), Decimal(0))
    return lines + doc.tax == doc.total


def doubts(doc: Document) -> list[Problem]:
    """Of a document in QuickBooks that is to be taken in."""
    if doc.void or adds_up(doc):
        return []
    return [Problem(reason="does_not_add_up", facts={"total": str(doc.total)})]


def read_only(_ours: Document, theirs: Document | None, groups: Collection[str]) -> Problem | None:
    if theirs is not None and "money" in groups and not theirs.plain:
        return Problem(reason="lines_read_only")
    return None
