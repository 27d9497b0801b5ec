"""What a notification says and whether it is genuine, in the old form and as CloudEvents 1.0 (Intuit: "Webhooks")."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated

import msgspec

# What Intuit tells of ("Configuring webhooks"). CloudEvents name them in lower case.
TOLD = """
    Account Bill BillPayment Budget Class CompanyCurrency CreditMemo Currency Customer Department
    Deposit Employee Estimate Invoice Item JournalCode JournalEntry Payment PaymentMethod Preferences
    Purchase PurchaseOrder RefundReceipt SalesReceipt TaxAgency Term TimeActivity Transfer Vendor
    VendorCredit
"""
ENTITIES = {name.lower(): name for name in TOLD.split()}

# The new form's words; of "void" both spellings are in use.
OPERATIONS = {
    "created": "create",
    "updated": "update",
    "deleted": "delete",
    "merged": "merge",
    "emailed": "email",
    "voided": "void",
}


Id = Annotated[str, msgspec.Meta(max_length=40)]
Word = Annotated[str, msgspec.Meta(max_length=60)]


class BadNotification(Exception):
    """It is genuine, yet in neither form."""


class Event(msgspec.Struct, frozen=True):
    id: str
    realm_id: str
    entity: str
    qbo_id: str
    operation: str  # create, update, delete, void, merge, email, or a word that we don't know yet
    changed_at: datetime
    merged_id: str = ""  # of a merge: who is gone


class _Data(msgspec.Struct):
    deletedid: Id = ""


class _CloudEvent(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(max_length=100)]
    type: Word
    time: datetime
    intuitentityid: Id
    intuitaccountid: Id
    data: _Data | None = None


class _Change(msgspec.Struct):
    id: Id
    operation: Word
    name: Word
    lastUpdated: datetime  # noqa: N815 - Intuit's name
    deletedId: Id = ""  # noqa: N815


class _Changes(msgspec.Struct):
    entities: list[_Change]


class _OfRealm(msgspec.Struct):
    realmId: Id  # noqa: N815
    dataChangeEvent: _Changes  # noqa: N815


class _Old(msgspec.Struct):
    eventNotifications: list[_OfRealm]  # noqa: N815


_EITHER = msgspec.json.Decoder(list[_CloudEvent] | _Old)


def is_signed(body: bytes, signature: str, tokens: Iterable[str]) -> bool:
    """By any of the verifier tokens: while one is replaced by another, both hold."""
    given = signature.encode()
    return any(hmac.compare_digest(signature_of(body, token), given) for token in tokens)


def signature_of(body: bytes, token: str) -> bytes:
    return base64.b64encode(hmac.digest(token.encode(), body, hashlib.sha256))


def events_of(body: bytes) -> Sequence[Event]:
    """Raises BadNotification."""
    try:
        notification = _EITHER.decode(body)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadNotification(str(error)) from error
    if isinstance(notification, _Old):
        return [
            _of_old(part.realmId, c) for part in notification.eventNotifications for c in part.dataChangeEvent.entities
        ]
    return [_of_cloud_event(event) for event in notification if event.type.startswith("qbo.")]


def _of_cloud_event(event: _CloudEvent) -> Event:
    entity, operation = [*event.type.split("."), ""][1:3]
    return Event(
        event.id,
        event.intuitaccountid,
        ENTITIES.get(entity, entity),
        event.intuitentityid,
        OPERATIONS.get(operation, operation),
        _aware(event.time),
        event.data.deletedid if event.data else "",
    )


def _of_old(realm_id: str, change: _Change) -> Event:
    """The old form has no ids; the same event repeated says the same."""
    said = (realm_id, change.name, change.id, change.operation, change.lastUpdated.isoformat(), change.deletedId)
    id = hashlib.sha256("\n".join(said).encode()).hexdigest()
    operation = "email" if change.operation == "Emailed" else change.operation.lower()
    return Event(id, realm_id, change.name, change.id, operation, _aware(change.lastUpdated), change.deletedId)


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)
