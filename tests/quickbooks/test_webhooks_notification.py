"""Both forms of a notification, and its signature."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.quickbooks.webhooks.notification import BadNotification, Event, events_of, is_signed, signature_of

AT = datetime(2025, 9, 10, 21, 31, 25, tzinfo=UTC)
CLOUD_EVENT = {
    "specversion": "1.0",
    "id": "88cd52aa",
    "source": "intuit.dsnHBO=",
    "type": "qbo.creditmemo.created.v1",
    "time": "2025-09-10T21:31:25.000000017Z",
    "intuitentityid": "1234",
    "intuitaccountid": "310687",
    "data": {},
}


def cloud_events(*changed: dict[str, object]) -> bytes:
    return json.dumps([CLOUD_EVENT | each for each in changed]).encode()


def old(**changed: str) -> bytes:
    entity = {"id": "1234", "operation": "Create", "name": "CreditMemo", "lastUpdated": "2025-09-10T21:31:25.000Z"}
    part = {"realmId": "310687", "dataChangeEvent": {"entities": [entity | changed]}}
    return json.dumps({"eventNotifications": [part]}).encode()


def test_a_cloud_event_says_what_changed_in_which_company() -> None:
    assert events_of(cloud_events({})) == [Event("88cd52aa", "310687", "CreditMemo", "1234", "create", AT)]


def test_the_old_form_says_the_same() -> None:
    (event,) = events_of(old())
    assert (event.realm_id, event.entity, event.qbo_id, event.operation) == ("310687", "CreditMemo", "1234", "create")
    assert event.changed_at == AT


@pytest.mark.parametrize("word", ["void", "voided"])
def test_both_spellings_of_a_void_are_one(word: str) -> None:
    assert events_of(cloud_events({"type": f"qbo.invoice.{word}.v1"}))[0].operation == "void"


@pytest.mark.parametrize(
    "body",
    [
        cloud_events({"type": "qbo.customer.merged.v1", "data": {"deletedid": "77"}}),
        old(name="Customer", operation="Merge", deletedId="77"),
    ],
)
def test_a_merge_names_who_is_gone(body: bytes) -> None:
    (event,) = events_of(body)
    assert (event.entity, event.operation, event.qbo_id, event.merged_id) == ("Customer", "merge", "1234", "77")


def test_what_may_be_missing_may_be_missing() -> None:
    bare = {name: value for name, value in CLOUD_EVENT.items() if name not in ("data", "specversion", "source")}
    assert len(events_of(json.dumps([bare]).encode())) == 1


def test_an_entity_and_an_operation_that_we_do_not_know_yet_are_kept_as_they_are() -> None:
    (event,) = events_of(cloud_events({"type": "qbo.spaceship.launched.v1"}))
    assert (event.entity, event.operation) == ("spaceship", "launched")


def test_events_of_other_products_are_nothing_to_us() -> None:
    assert events_of(cloud_events({"type": "payroll.run.created.v1"})) == []


def test_an_old_event_repeated_is_known_by_what_it_says() -> None:
    assert events_of(old())[0].id == events_of(old())[0].id
    assert events_of(old())[0].id != events_of(old(lastUpdated="2025-09-10T21:31:26Z"))[0].id


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"id": "1"}]', b"\xff", b'{"eventNotifications": 3}'])
def test_what_is_in_neither_form_is_said_to_be_so(body: bytes) -> None:
    with pytest.raises(BadNotification):
        events_of(body)


@given(st.binary(max_size=300))
def test_no_body_breaks_it_otherwise(body: bytes) -> None:
    with suppress(BadNotification):
        events_of(body)


@given(st.binary(max_size=300), st.text(min_size=1, max_size=40), st.text(max_size=60))
def test_only_the_signature_of_a_verifier_token_holds(body: bytes, token: str, other: str) -> None:
    right = signature_of(body, token).decode()
    assert is_signed(body, right, ["another token", token])
    assert not is_signed(body + b" ", right, [token])
    assert is_signed(body, other, [token]) == (other == right)
    assert not is_signed(body, right, [])
