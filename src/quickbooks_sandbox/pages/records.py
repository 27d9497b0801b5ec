"""How an object of the books is laid out on a page: facts, lines, links."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from quickbooks_sandbox.entities import Entity, entity_named

Object = dict[str, Any]

# The addresses QuickBooks gives its own pages, where they are not just the entity's name.
SLUGS = {"Customer": "customerdetail", "Vendor": "vendordetail", "Payment": "recvpayment"}
ENTITIES = {slug: entity for entity, slug in SLUGS.items()}
ID_PARAMETERS = ("txnId", "nameId", "id")
# What a reader looks for first, in words; all other fields stand folded below.
FIRST = {
    "CustomerRef": "Customer",
    "VendorRef": "Vendor",
    "TxnDate": "Date",
    "DueDate": "Due",
    "SalesTermRef": "Terms",
    "TotalAmt": "Total",
    "Balance": "Balance",
    "UnappliedAmt": "Not applied",
    "RemainingCredit": "Credit left",
    "DepositToAccountRef": "Deposited to",
    "PrimaryEmailAddr": "E-mail",
    "BillAddr": "Billing address",
    "Active": "Active",
    "AccountType": "Type",
    "Type": "Type",
    "UnitPrice": "Price",
    "PrivateNote": "Note",
}
SHOWN_APART = {"Line", "LinkedTxn", "MetaData", "domain", "sparse", "CustomField"}


@dataclass(frozen=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True)
class Line:
    description: str
    detail: str
    amount: Decimal | int | None
    links: list[Link]


def entity_of(slug: str) -> Entity | None:
    return entity_named(ENTITIES.get(slug.lower(), slug))


def record_address(realm_id: str, entity: str, id_: str) -> str:
    parameter = "nameId" if entity in ("Customer", "Vendor") else "txnId"
    slug = SLUGS.get(entity, entity.lower())
    return f"/app/{slug}?{urlencode({parameter: id_, 'realmId': realm_id})}"


def title_of(entity: Entity, record: Object) -> str:
    return f"{entity.name} {name_of(record)}"


def name_of(record: Object) -> str:
    return str(record.get("DocNumber") or record.get("DisplayName") or record.get("Name") or record["Id"])


def first_facts(record: Object) -> Iterator[tuple[str, str]]:
    for name, words in FIRST.items():
        value = record.get(name)
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            yield words, f"{value:,.2f}"
        elif name == "BillAddr" and isinstance(value, dict):
            yield words, ", ".join(str(part) for field, part in value.items() if field not in ("Id", "Lat", "Long"))
        elif isinstance(value, dict) and "Address" in value:
            yield words, str(value["Address"])
        elif text := _text(value):
            yield words, text


def facts(record: Object) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if name not in SHOWN_APART and (text := _text(value)):
            yield name, text


def lines(realm_id: str, record: Object) -> list[Line]:
    return [_line(realm_id, line) for line in record.get("Line", [])]


def links(realm_id: str, record: Object) -> list[Link]:
    found = (_link(realm_id, linked) for linked in record.get("LinkedTxn", []))
    return [link for link in found if link]


def _line(realm_id: str, line: Object) -> Line:
    detail_type = line.get("DetailType", "")
    found = (_link(realm_id, linked) for linked in line.get("LinkedTxn", []))
    return Line(
        description=line.get("Description", ""),
        detail=_text(line.get(detail_type, {})) or detail_type,
        amount=line.get("Amount"),
        links=[link for link in found if link],
    )


def _link(realm_id: str, linked: Object) -> Link | None:
    entity = entity_named(linked["TxnType"])
    text = f"{linked['TxnType']} {linked['TxnId']}"
    return Link(text, record_address(realm_id, entity.name, linked["TxnId"]) if entity else "")


def _text(value: Any) -> str:
    """A value in words: references by name, addresses and details as their parts."""
    if isinstance(value, dict):
        if "value" in value:
            return str(value.get("name") or value["value"])
        parts = ((name, _text(part)) for name, part in value.items())
        return ", ".join(f"{name} {part}" for name, part in parts if part)
    if isinstance(value, list):
        return "; ".join(filter(None, (_text(part) for part in value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
