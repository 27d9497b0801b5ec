"""The body and the headers of one notification, in the old form and as CloudEvents 1.0."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec

from quickbooks_sandbox.webhooks.events import Event

Form = Literal["cloudevents", "old"]
VERBS = {"Create": "created", "Update": "updated", "Delete": "deleted", "Merge": "merged", "Emailed": "emailed"}


def body_of(events: Iterable[Event], form: Form, void_word: str) -> bytes:
    content: Any = [_cloud_event(e, void_word) for e in events] if form == "cloudevents" else _old(list(events))
    return msgspec.json.encode(content)


def headers_of(body: bytes, verifier_token: str, form: Form, now: datetime) -> dict[str, str]:
    return {
        "content-type": "application/json",
        "user-agent": "intuit_notification_server/1.0",
        "intuit-signature": signature(body, verifier_token),
        "intuit-t-id": str(uuid.uuid4()),
        "intuit-created-time": _zulu(now),
        "intuit-notification-schema-version": "1.0" if form == "cloudevents" else "0.1",
    }


def signature(body: bytes, verifier_token: str) -> str:
    return base64.b64encode(hmac.digest(verifier_token.encode(), body, hashlib.sha256)).decode()


def _cloud_event(event: Event, void_word: str) -> dict[str, Any]:
    verb = void_word if event.operation == "Void" else VERBS[event.operation]
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": f"intuit.{base64.b64encode(event.realm_id.encode()).decode()}",
        "type": f"qbo.{event.entity.lower()}.{verb}.v1",
        "datacontenttype": "application/json",
        "time": event.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "intuitentityid": event.entity_id,
        "intuitaccountid": event.realm_id,
        "data": {"deletedid": event.deleted_id} if event.deleted_id else {},
    }


def _old(events: list[Event]) -> dict[str, Any]:
    realms = dict.fromkeys(event.realm_id for event in events)
    return {
        "eventNotifications": [
            {"realmId": realm, "dataChangeEvent": {"entities": [_entity(e) for e in events if e.realm_id == realm]}}
            for realm in realms
        ]
    }


def _entity(event: Event) -> dict[str, str]:
    entity = {
        "id": event.entity_id,
        "operation": event.operation,
        "name": event.entity,
        "lastUpdated": _zulu(event.at),
    }
    return {**entity, "deletedId": event.deleted_id} if event.deleted_id else entity


def _zulu(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
