"""A connection's whole life, and then a search for every secret of it in all that Tieout keeps, says and shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from structlog.testing import capture_logs
from tests.pages.test_access import PAGES, address, view_of
from tests.quickbooks.conftest import ServedSandbox, sandbox

from quickbooks_sandbox.oauth.clients import BUILT_IN
from quickbooks_sandbox.people import OWNER
from tieout import jobs, logs
from tieout.jobs import due, running, tending
from tieout.quickbooks.connecting.keys import Tokens
from tieout.quickbooks.connecting.oauth import SCOPE, OAuth
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Policy, Run
from tieout.sync.setting_up import set_up

__all__ = ["sandbox"]

REDIRECT = "http://testserver/quickbooks/connected/"


@pytest.fixture(autouse=True)
def noon() -> None:
    """In real time, as the sandbox is."""


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Whatever was received while the test ran, with the app's own secret."""
    found, receive = {BUILT_IN.client_secret}, OAuth._tokens

    def noted(self: OAuth, form: str) -> Tokens:
        tokens = receive(self, form)
        found.update({tokens.access, tokens.refresh})
        return tokens

    monkeypatch.setattr(OAuth, "_tokens", noted)
    return found


def live(company: Company, owner: Client, sandbox: ServedSandbox) -> list[str]:
    """Connects in the browser, syncs, renews, loses access and is told of it. The codes and states of it."""
    went = owner.post(reverse("connect-to-quickbooks", args=[company.pk])).headers["Location"]
    state, realm = parse_qs(urlsplit(went).query)["state"][0], sandbox.realms[0]
    code = sandbox.sandbox.connections.consent(BUILT_IN.client_id, REDIRECT, realm, [SCOPE], OWNER.sub)
    owner.get(reverse("quickbooks-came-back"), {"code": code, "state": state, "realmId": realm})
    Policy.objects.all().delete()
    Cursor.objects.all().delete()
    set_up.choose_date(company, date(2026, 1, 1), open_items=True)
    set_up.start(company, company.memberships.get().user)
    sandbox.sandbox.settings.rotate_refresh_token = "always"
    work(company)
    sandbox.sandbox.clock.advance(2 * 3600)
    work(company)
    grant = next(grant for grant in sandbox.sandbox.connections.grants() if not grant.own)
    sandbox.sandbox.connections.end(grant.id)
    work(company)
    tending.tend()
    return [code, state]


def work(company: Company) -> None:
    jobs.wake(company)
    while job := due.claim():
        running.run(job)


def stored() -> bytes:
    rows = (row for model in apps.get_models(include_auto_created=True) for row in model._base_manager.values_list())
    values = (value for row in rows for value in row)
    return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)


def shown(company: Company, owner: Client) -> str:
    plain = [pattern for pattern in PAGES if not pattern.pattern.converters]
    gets = [pattern for pattern in plain if "GET" in view_of(pattern).methods]
    answers = [owner.get(address(pattern, company)) for pattern in gets]
    assert len(answers) > 20
    return "\n".join(f"{answer.headers}{answer.getvalue().decode(errors='replace')}" for answer in answers)


@pytest.fixture
def said(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """All that is logged or printed, at the level that tells most."""
    with caplog.at_level(logging.DEBUG), capture_logs() as events:
        monkeypatch.setattr("tieout.quickbooks.calling.round.log", logs.logger("tieout.quickbooks.calling.round"))
        yield lambda: f"{events}{caplog.text}{''.join(capfd.readouterr())}"
    logs.logger("as before")


def test_no_token_secret_code_or_state_shows_in_the_database_logs_mails_or_pages(
    owner: Client, sandbox: ServedSandbox, secrets: set[str], settings: Settings, said: Callable[[], str]
) -> None:
    settings.QUICKBOOKS_SANDBOX, company = sandbox.origin, Company.objects.get()
    passing = live(company, owner, sandbox)
    pages, told = shown(company, owner), said()
    row = Connection.objects.get()
    assert row.status == Connection.Status.NEEDS_RECONNECTING
    assert Run.objects.filter(ending=Run.Ending.DONE).count() == 2
    assert len(secrets) >= 5, "the app's secret, and two pairs of tokens"
    assert row.unseal("client_secret") == BUILT_IN.client_secret, "the search would find it, were it not sealed"
    letters = [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives)]
    assert letters == mail.outbox
    mails = "".join(f"{letter.body}{letter.alternatives}" for letter in letters)
    assert mails
    assert "quickbooks_call" in told
    everything = stored() + f"{told}{mails}{pages}".encode()
    assert [secret for secret in (*secrets, *passing) if secret.encode() in everything] == []


def test_no_secret_shows_when_things_are_printed_for_debugging(
    owner: Client, sandbox: ServedSandbox, secrets: set[str], settings: Settings
) -> None:
    settings.QUICKBOOKS_SANDBOX, company = sandbox.origin, Company.objects.get()
    live(company, owner, sandbox)
    row = Connection.objects.get()
    printed = f"{row!r} {row} {vars(row)} {row.keys!r}"
    assert [secret for secret in secrets if secret in printed] == []
