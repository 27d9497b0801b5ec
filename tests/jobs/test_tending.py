from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from tieout.jobs import late, tending
from tieout.mails.letter import Letter
from tieout.mails.outbox import post
from tieout.quickbooks.connecting import notices
from tieout.quickbooks.models import Connection
from tieout.quickbooks.webhooks.models import WebhookEvent
from tieout.subledger.models import Membership, Role, User

from .conftest import NOON, StoppedClock, company

pytestmark = pytest.mark.django_db


def test_owners_hear_of_a_company_whose_runs_come_to_no_end(
    time: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tending, "AWAKE", late.Awake())
    here = company("Alp")
    Connection.objects.filter(company=here).update(connected_at=NOON)
    Membership.objects.create(company=here, user=User.objects.create_user("owner@example.com"), role=Role.OWNER)
    for _ in range(85):
        tending.tend()
        time.sleep(60)
    assert [message.to for message in mail.outbox] == [["owner@example.com"]]


def test_old_hints_are_thrown_away(time: StoppedClock) -> None:
    here = company("Alp")
    WebhookEvent.objects.create(company=here, event_id="old", changed_at=NOON, received_at=NOON - timedelta(days=31))
    WebhookEvent.objects.create(company=here, event_id="new", changed_at=NOON, received_at=NOON)
    tending.tend()
    assert [event.event_id for event in WebhookEvent.objects.all()] == ["new"]


def test_what_goes_wrong_keeps_nothing_else_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError("as if by a bug")

    monkeypatch.setattr(notices, "check", broken)
    post("test:1", ["anna@example.com"], Letter("Subject", ("Words",)))
    tending.tend()
    assert "as if by a bug" in caplog.text
    assert [message.to for message in mail.outbox] == [["anna@example.com"]]
