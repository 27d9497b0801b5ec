"""The flag, the spinner, and asking for a run: A3 to A5."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.pages import factories as make

from tieout.subledger.models import Company, Role
from tieout.sync.models import Cursor, Run, State, Status

PROGRESS = {"contact": {"done": 40, "total": 40}, "invoice": {"done": 3, "total": 12}}


def get(client: Client, company: Company, name: str, fragment: bool = False) -> str:
    headers = {"HX-Request": "true"} if fragment else {}
    return client.get(reverse(name, args=[company.pk]), headers=headers).text


def test_starting_a_sync_asks_for_a_run_and_goes_back(company: Company, owner: Client) -> None:
    make.connection(company)
    back = reverse("invoices", args=[company.pk])
    answer = owner.post(reverse("start-sync", args=[company.pk]), {"back": back})
    assert answer.headers["Location"] == back
    cursor = Cursor.objects.get(company=company)
    assert (cursor.wanted, cursor.wanted_by) == (True, "mara@example.com")
    assert "Sync asked for" in owner.get(back).text


def test_starting_a_sync_of_a_company_without_quickbooks_says_so(company: Company, owner: Client) -> None:
    page = owner.post(reverse("start-sync", args=[company.pk]), follow=True).text
    assert "Nothing was started" in page
    assert not Cursor.objects.get(company=company).wanted


def test_starting_a_sync_never_leads_to_another_site(company: Company, owner: Client) -> None:
    answer = owner.post(reverse("start-sync", args=[company.pk]), {"back": "//elsewhere.example/"})
    assert answer.headers["Location"] == reverse("results", args=[company.pk])


def test_starting_a_sync_needs_a_post(company: Company, owner: Client) -> None:
    assert owner.get(reverse("start-sync", args=[company.pk])).status_code == 405


def test_a_run_that_is_on_shows_a_spinner_on_every_page(company: Company, owner: Client) -> None:
    make.run(company, ending=Run.Ending.RUNNING, progress=PROGRESS, kind="invoice", by="mara@example.com")
    page = get(owner, company, "invoices")
    assert 'id="spinner"' in page
    assert 'id="flag"' not in page


def test_a_sync_that_was_asked_for_shows_until_it_starts(company: Company, owner: Client) -> None:
    make.connection(company)
    make.run(company)
    assert 'hx-trigger="every 20s"' in get(owner, company, "sync-state")
    owner.post(reverse("start-sync", args=[company.pk]))
    state = get(owner, company, "sync-state")
    assert "Starting" in state
    assert 'hx-trigger="every 2s"' in state


def test_the_spinner_opens_what_is_syncing_with_done_of_total(company: Company, owner: Client) -> None:
    make.run(company, ending=Run.Ending.RUNNING, progress=PROGRESS, kind="invoice", by="mara@example.com")
    panel = " ".join(get(owner, company, "run", fragment=True).split())
    assert "40 of 40" in panel
    assert '<li aria-current="step"> <span>Invoices</span> <span class="number">3 of 12</span>' in panel
    assert "by mara@example.com" in panel


@pytest.mark.parametrize(
    ("ending", "found_error", "colour_and_word"),
    [
        (Run.Ending.DONE, False, ("blue", "No errors")),
        (Run.Ending.DONE, True, ("red", "Errors")),
        (Run.Ending.STOPPED, False, ("red", "Stopped")),
        (Run.Ending.RUNNING, True, ("orange", "Error found")),
    ],
)
def test_the_flag_has_a_colour_and_a_word(
    company: Company, owner: Client, ending: Run.Ending, found_error: bool, colour_and_word: tuple[str, str]
) -> None:
    make.run(company, ending=ending, found_error=found_error)
    if found_error:
        make.failed(make.contact(company), "Refused.")
    state = " ".join(get(owner, company, "sync-state").split())
    assert re.findall(r'class="flag flag-(\w+)"><svg.*?</svg><span>([^<]+)', state) == [colour_and_word]


def test_the_flag_opens_view_sync_results_first_then_messages_by_cause(company: Company, owner: Client) -> None:
    make.run(company, found_error=True)
    for number in range(3):
        make.failed(make.invoice(make.contact(company), str(number)), f"It was deleted: {number}.", "deleted_there")
    alone = make.failed(make.contact(company, "A: B"), "Its name has a colon.", "name_characters")
    make.link(make.contact(company, "W"), Status.NOT_SYNCED, state=State.WAITING, details="Waits for it.")
    make.link(make.contact(company, "S"), Status.NOT_SYNCED, state=State.UNLINKED, details="Unlinked.")
    panel = get(owner, company, "flag", fragment=True)
    assert panel.index("View Sync Results") < panel.index("4 records need you") < panel.index("3 invoices")
    assert "It was deleted in QuickBooks." in panel
    assert "Waits for it." in panel
    assert "Unlinked." not in panel
    address = f"?kind=contact&amp;reason=name_characters&amp;open={alone.pk}"
    assert address in panel
    opened = owner.get(reverse("results", args=[company.pk]) + address.replace("&amp;", "&")).text
    assert "What to do" in opened


def test_lost_access_is_said_on_every_page_to_those_who_can_mend_it(company: Company, owner: Client) -> None:
    make.connection(company, status="needs_reconnecting", reason="the app was disconnected there", since=make.NOON)
    assert "Reconnect to QuickBooks Online" in get(owner, company, "invoices")
    owner.force_login(make.person("viewer@example.com", Role.VIEWER, company))
    page = get(owner, company, "invoices")
    assert "Documents wait" in page
    assert "Reconnect to QuickBooks Online" not in page


def test_an_outage_is_a_quiet_notice(company: Company, owner: Client) -> None:
    make.connection(company)
    make.run(company, ending=Run.Ending.STOPPED, details="QuickBooks is not answering.")
    page = get(owner, company, "overview")
    assert '<p class="notice notice-info">QuickBooks is not answering.' in page
    assert "banner-red" not in page


def test_the_runs_page_says_who_started_which(company: Company, owner: Client) -> None:
    make.run(company, trigger="manual", by="mara@example.com", writes=7)
    page = get(owner, company, "run")
    assert "Manual" in page
    assert "mara@example.com" in page


def test_no_page_asks_more_than_a_few_queries_for_its_frame(
    company: Company, owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.connection(company)
    make.run(company)
    with django_assert_max_num_queries(8):
        get(owner, company, "integrations")
