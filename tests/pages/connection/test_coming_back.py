"""The address QuickBooks sends people back to: what it refuses, and what it leaves in no history."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.pages import factories as make
from tests.quickbooks.conftest import ServedSandbox, sandbox

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Role

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

__all__ = ["sandbox"]


@pytest.fixture(autouse=True)
def noon() -> None:
    """The sandbox tells real times, so these tests do too."""


@pytest.fixture
def state(company: Company, owner: Client, sandbox: ServedSandbox, settings: Settings) -> str:
    settings.QUICKBOOKS_SANDBOX = sandbox.origin
    answer = owner.post(reverse("connect-to-quickbooks", args=[company.pk]))
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["redirect_uri"] == ["http://testserver/quickbooks/connected/"]
    return query["state"][0]


def code(sandbox: ServedSandbox) -> str:
    from quickbooks_sandbox.oauth.clients import BUILT_IN
    from quickbooks_sandbox.people import OWNER
    from tieout.quickbooks.connecting.oauth import SCOPE

    redirect = "http://testserver/quickbooks/connected/"
    return sandbox.sandbox.connections.consent(BUILT_IN.client_id, redirect, sandbox.realms[0], [SCOPE], OWNER.sub)


def back(client: Client, sandbox: ServedSandbox, state: str, **more: str) -> _MonkeyPatchedWSGIResponse:
    query = {"code": code(sandbox), "state": state, "realmId": sandbox.realms[0]} | more
    return client.get(reverse("quickbooks-came-back"), query)


def test_who_comes_back_is_led_on_without_the_code(
    company: Company, owner: Client, sandbox: ServedSandbox, state: str
) -> None:
    answer = back(owner, sandbox, state)
    assert answer.headers["Location"] == reverse("set-up-company", args=[company.pk])
    assert Connection.objects.get().status == Connection.Status.SET_UP_UNFINISHED


def test_the_same_answer_twice_connects_once(owner: Client, sandbox: ServedSandbox, state: str) -> None:
    back(owner, sandbox, state)
    Connection.objects.all().delete()
    assert back(owner, sandbox, state).headers["Location"] == reverse("companies")
    assert not Connection.objects.exists()


def test_someone_elses_browser_is_refused(company: Company, sandbox: ServedSandbox, state: str) -> None:
    other = Client()
    other.force_login(make.person("other@example.com", Role.OWNER, company))
    assert back(other, sandbox, state).headers["Location"] == reverse("companies")
    assert not Connection.objects.exists()


def test_who_lost_the_right_meanwhile_is_refused(
    company: Company, owner: Client, sandbox: ServedSandbox, state: str
) -> None:
    company.memberships.update(role=Role.ADMIN)
    back(owner, sandbox, state)
    assert not Connection.objects.exists()


def test_a_browser_that_is_logged_out_is_sent_to_log_in(sandbox: ServedSandbox, state: str) -> None:
    assert back(Client(), sandbox, state).headers["Location"].startswith("/log-in/")
    assert not Connection.objects.exists()


def test_a_realm_that_the_code_is_not_for_is_not_bound(
    company: Company, owner: Client, sandbox: ServedSandbox, state: str
) -> None:
    other = sandbox.sandbox.companies.create("empty").realm_id
    back(owner, sandbox, state, realmId=other)
    assert not Connection.objects.exists()


def test_the_page_lets_the_form_go_to_quickbooks_and_nowhere_else(
    company: Company, owner: Client, sandbox: ServedSandbox, settings: Settings
) -> None:
    settings.QUICKBOOKS_SANDBOX = sandbox.origin
    answer = owner.get(reverse("connect-to-quickbooks", args=[company.pk]))
    policy = answer.headers["Content-Security-Policy"]
    assert f"form-action 'self' {sandbox.origin};" in policy
    assert "script-src" not in policy
    assert owner.get(reverse("connect", args=[company.pk])).headers["Content-Security-Policy"] != policy
