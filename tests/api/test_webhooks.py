"""The address at which QuickBooks tells of changes."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from tieout import jobs
from tieout.api import webhooks as address
from tieout.quickbooks.models import Connection
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.webhooks.models import StrayRealm
from tieout.quickbooks.webhooks.notification import signature_of
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Policy, Trigger

pytestmark = pytest.mark.django_db
REALM, TOKEN = "310687", "verifier"


@pytest.fixture(autouse=True)
def tokens(settings: Settings) -> None:
    settings.QUICKBOOKS_WEBHOOK_TOKENS = [TOKEN]


@pytest.fixture
def company() -> Company:
    made = Company.objects.create(name="Alp")
    Connection.objects.create(company=made, realm_id=REALM, status=Connection.Status.CONNECTED, client_id="ours")
    Policy.objects.create(company=made, sync_from=date(2026, 1, 1))
    Cursor.objects.create(company=made)
    return made


def told(id: str = "a", realm: str = REALM) -> bytes:
    event = {
        "id": id,
        "type": "qbo.invoice.updated.v1",
        "time": "2026-03-02T12:00:00Z",
        "intuitentityid": "7",
        "intuitaccountid": realm,
    }
    return json.dumps([event]).encode()


def post(body: bytes, token: str = TOKEN) -> int:
    signature = signature_of(body, token).decode()
    # As from outside: with no session, and with CSRF checked.
    sender = Client(enforce_csrf_checks=True)
    headers = {"intuit-signature": signature}
    return sender.post("/webhooks/quickbooks", body, "application/json", headers=headers).status_code


def woken() -> list[str]:
    return list(Cursor.objects.filter(wanted=True).values_list("wanted_trigger", flat=True))


def test_a_signed_notification_is_kept_and_wakes_the_company(company: Company) -> None:
    assert post(told()) == 200
    assert inbox.hints(company).objects() == {("Invoice", "7")}
    assert woken() == [Trigger.WEBHOOK]


def test_a_double_is_acknowledged_and_wakes_nobody(company: Company) -> None:
    post(told())
    Cursor.objects.update(wanted=False)
    assert post(told()) == 200
    assert woken() == []


def test_a_wrong_signature_is_refused_and_changes_nothing(company: Company) -> None:
    assert post(told(), token="another") == 401
    assert not inbox.hints(company)
    assert woken() == []


def test_without_a_signature_it_is_refused(company: Company, client: Client) -> None:
    assert client.post("/webhooks/quickbooks", told(), "application/json").status_code == 401


def test_where_no_verifier_token_is_set_nothing_is_genuine(company: Company, settings: Settings) -> None:
    settings.QUICKBOOKS_WEBHOOK_TOKENS = []
    assert post(told(), token="") == 401


def test_while_tokens_change_both_hold(company: Company, settings: Settings) -> None:
    settings.QUICKBOOKS_WEBHOOK_TOKENS = ["new", "old"]
    assert [post(told(word), token=word) for word in ("new", "old", "older")] == [200, 200, 401]


def test_a_company_that_is_none_of_ours_is_acknowledged_and_counted(company: Company) -> None:
    assert post(told(realm="999")) == 200
    assert StrayRealm.objects.get().realm_id == "999"
    assert woken() == []


def test_what_is_too_large_is_not_read(company: Company) -> None:
    assert post(b"[" + b" " * address.LARGEST + b"]") == 413


def test_what_cannot_be_understood_is_acknowledged_lest_all_that_follows_is_held_back(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    assert post(b"[1]") == 200
    assert "could not be read" in caplog.text


def test_the_address_can_only_be_posted_to(client: Client) -> None:
    assert client.get("/webhooks/quickbooks").status_code == 405


def test_the_event_and_the_wake_up_are_stored_together_or_not_at_all(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the process ends here")

    monkeypatch.setattr(jobs, "wake", broken)
    with pytest.raises(RuntimeError):
        post(told())
    assert not inbox.hints(company)
