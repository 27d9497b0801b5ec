"""Attachable: a note or a file, tied to any number of documents and names, all of which it outlives."""

from typing import Any

from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, choice, objects, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: Added to a counter of its own, as recordings show.
_FIRST_ID = 5_000_000_000_000_000_000
#: What nothing can be attached to.
_SETTINGS = frozenset({"Attachable", "CompanyInfo", "Preferences", "TaxAgency", "TaxCode", "TaxRate"})
#: Entities of QuickBooks that a company here may lack: attaching to one fails as for an id that is not there.
_MAY_LACK = frozenset(
    {
        *("bill", "billpayment", "creditcardpayment", "department", "employee", "estimate", "inventoryadjustment"),
        *("journalentry", "purchase", "purchaseorder", "refundreceipt", "salesreceipt", "timeactivity", "transfer"),
        "vendorcredit",
    }
)


class Attachable(Entity):
    name = "Attachable"
    fields = (
        text("FileName", 1000, queryable=True),
        shown_only("FileAccessUri"),
        shown_only("TempDownloadUri"),
        shown_only("Size", queryable=True),
        text("ContentType", 100, queryable=True),
        choice(
            "Category",
            *("Image", "Signature", "Contact Photo", "Receipt", "Document", "Sound", "Other"),
            queryable=True,
        ),
        text("Note", 2000, queryable=True),
        text("PlaceName", 2000, queryable=True),
        text("Lat", 100, queryable=True),
        text("Long", 100, queryable=True),
        text("Tag", 2000, queryable=True),
        shown_only("ThumbnailFileAccessUri"),
        shown_only("ThumbnailTempDownloadUri", queryable=True),
        *HEADER,
        objects("AttachableRef"),
    )
    operations = frozenset({"create", "read", "update", "delete", "query"})
    deletes_without_sync_token = True

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if not new.get("Note") and "Size" not in new:
            raise business("You must have at least a note string or file attachment")
        if old is None:
            new["Id"] = str(_FIRST_ID + work.count("attachables"))
        if "Size" in new:
            new["FileAccessUri"] = f"/v3/company/{work.books.realm_id}/download/{new['Id']}"
        before = (old or {}).get("AttachableRef", [])
        if "AttachableRef" in new:
            new["AttachableRef"] = [_reference(work, ref, before) for ref in new["AttachableRef"]]

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        """Whether a document counts as changed by what is tied to it."""
        if work.settings.attachment_moves_document == "no":
            return
        for entity, id in sorted(_tied(new) ^ _tied(old)):
            document = work.get(entity, id)
            if document is not None:
                (work.edit if work.settings.attachment_moves_document == "token" else work.move)(entity, document)


def _tied(attachable: Object | None) -> set[tuple[str, str]]:
    refs = (each["EntityRef"] for each in (attachable or {}).get("AttachableRef", []))
    return {(ref["type"], ref["value"]) for ref in refs}


def _reference(work: Work, ref: Object, before: list[Object]) -> Object:
    """What was tied before may be gone by now; what is tied anew must be there."""
    entity_ref = ref.get("EntityRef")
    if not isinstance(entity_ref, dict) or not entity_ref.get("value"):
        raise fault("2020", field="AttachableRef.EntityRef")
    named, id = str(entity_ref.get("type", "")), str(entity_ref["value"])
    entity = next((name for name in work.books.registry if name.lower() == named.lower()), named)
    found: dict[str, Any] = {"EntityRef": {"value": id, "type": entity}}
    if not any(found["EntityRef"] == each["EntityRef"] for each in before):
        _refuse_missing(work, entity, id)
    return {**found, "IncludeOnSend": ref.get("IncludeOnSend") in (True, "true")}


def _refuse_missing(work: Work, entity: str, id: str) -> None:
    known = entity in work.books.registry
    if entity in _SETTINGS or not (known or entity.lower() in _MAY_LACK):
        raise fault("6050")
    if not known or work.get(entity, id) is None:
        text = f"The entity {entity} {id} that you are trying to link does not exist. {entity} {id}"
        raise fault("6000.element", text=text)
