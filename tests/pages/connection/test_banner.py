"""What stands above every page while something is the matter with the connection; never two things at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.quickbooks.connecting.causes import WORDS, Cause
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Role
from tieout.sync.models import Run

LOST = Connection.Status.NEEDS_RECONNECTING


def page_of(client: Client, company: Company, role: Role, name: str = "invoices") -> str:
    client.force_login(make.person(f"{role}@example.com", role, company))
    return client.get(reverse(name, args=[company.pk])).text


@pytest.mark.parametrize("cause", list(Cause))
def test_each_cause_is_told_in_its_own_words(cause: Cause, company: Company, client: Client) -> None:
    make.connection(company, status=LOST, cause=cause, since=make.NOON)
    page = page_of(client, company, Role.ADMIN)
    assert WORDS[cause].what in page
    assert f'href="{reverse("reconnect", args=[company.pk])}"' in page
    assert page.count('role="alert"') == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_who_may_not_reconnect_reads_that_documents_wait(role: Role, company: Company, client: Client) -> None:
    make.connection(company, status=LOST, cause=Cause.DISCONNECTED, since=make.NOON)
    page = page_of(client, company, role)
    assert 'role="alert"' not in page
    assert "Reconnect to QuickBooks Online" not in page
    assert "Documents wait until an owner or admin has reconnected QuickBooks. Nothing is lost." in page


def test_an_unfinished_set_up_that_lost_access_is_for_owners(company: Company, client: Client) -> None:
    make.connection(company, status=LOST, cause=Cause.DISCONNECTED, connected_at=None, since=make.NOON)
    assert 'role="alert"' not in page_of(client, company, Role.ADMIN)
    assert 'role="alert"' in page_of(client, company, Role.OWNER)


def test_an_outage_is_a_quiet_note_with_the_next_attempt(company: Company, client: Client) -> None:
    make.connection(
        company,
        outage="QuickBooks is not answering.",
        outage_since=make.NOON,
        retry_at=make.NOON + timedelta(minutes=4),
    )
    page = page_of(client, company, Role.MEMBER)
    assert "QuickBooks is not answering. We try again <time" in page
    assert "12:04" in page
    assert "nothing is needed from you" in page
    assert 'role="alert"' not in page


def test_lost_access_outweighs_an_outage(company: Company, client: Client) -> None:
    make.connection(
        company, status=LOST, cause=Cause.UNUSED, outage="QuickBooks is not answering.", outage_since=make.NOON
    )
    make.run(company, ending=Run.Ending.STOPPED, details="QuickBooks is out of reach.")
    page = page_of(client, company, Role.OWNER)
    assert "not used for 100 days" in page
    assert "not answering" not in page
    assert "out of reach" not in page


@pytest.mark.parametrize(("role", "is_led"), [(Role.ADMIN, True), (Role.MEMBER, False)])
def test_a_sync_that_is_switched_off_is_said_with_the_way_back(
    role: Role, is_led: bool, company: Company, client: Client
) -> None:
    make.connection(company, status=Connection.Status.DISABLED, since=make.NOON)
    client.force_login(make.person(f"{role}@example.com", role, company))
    for name in ("overview", "results", "run"):
        page = client.get(reverse(name, args=[company.pk])).text
        assert "The sync is switched off" in page
        assert (f'href="{reverse("enable", args=[company.pk])}"' in page) == is_led
