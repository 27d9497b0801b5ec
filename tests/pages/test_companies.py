"""B2: all companies with their status."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Role, User
from tieout.sync.models import Run


@pytest.fixture
def every_status(company: Company, owner: Client) -> Client:
    def of_mine(name: str, **connection: str) -> Company:
        made = make.company(name)
        make.person(of=made)
        make.connection(made, **connection)
        return made

    make.run(of_mine("Agreed"))
    make.run(of_mine("Running"), ending=Run.Ending.RUNNING)
    failing = of_mine("Failing")
    make.run(failing, found_error=True)
    make.failed(make.contact(failing), "Refused.")
    of_mine("Lost", status=Connection.Status.NEEDS_RECONNECTING)
    of_mine("Half-way", status=Connection.Status.SET_UP_UNFINISHED)
    of_mine("Never run")
    of_mine("Off", status=Connection.Status.DISABLED)
    make.connection(make.company("Of somebody else"))
    return owner


def shown(page: str) -> list[str]:
    return re.findall(r'data-label="Company"><a data-open href="[^"]+">([^<]+)', page)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("synced", ["Agreed"]),
        ("in_progress", ["Running"]),
        ("has_errors", ["Failing"]),
        ("needs_reconnecting", ["Lost"]),
        ("set_up_unfinished", ["Half-way"]),
        ("not_connected", ["Harbour Lettings"]),
        ("not_started", ["Never run"]),
        ("switched_off", ["Off"]),
        ("nonsense", ["Agreed", "Failing", "Half-way", "Harbour Lettings", "Lost", "Never run", "Off", "Running"]),
    ],
)
def test_b2_companies_by_status(every_status: Client, status: str, names: list[str]) -> None:
    assert shown(every_status.get("/", {"status": status}).text) == names


def test_b2_each_status_says_how_many_there_are(every_status: Client) -> None:
    page = every_status.get("/").text
    assert "Needs reconnecting 1" in page
    assert "All 8" in page


def test_each_company_that_waits_for_a_step_leads_to_it(every_status: Client) -> None:
    cells = re.findall(r'data-label="Status">([^<]+)<a href="([^"]+)">([^<]+)', every_status.get("/").text)
    found = {(words, address.rsplit("/", 2)[-2], step) for words, address, step in cells}
    assert found == {
        ("Needs reconnecting. ", "reconnect", "Reconnect"),
        ("Set-up unfinished. ", "quickbooks", "Finish the set-up"),
        ("Not connected. ", "quickbooks", "Connect"),
        ("Switched off. ", "switch-on", "Switch it on again"),
        ("Connected, first sync not started. ", "quickbooks", "Start it"),
    }


def test_whoever_may_not_take_the_step_is_not_led_to_it(every_status: Client, client: Client) -> None:
    for company in Company.objects.exclude(name="Of somebody else"):
        make.person("vera@example.com", Role.VIEWER, company)
    client.force_login(User.objects.get(email="vera@example.com"))
    page = client.get("/").text
    assert len(shown(page)) == 8
    assert "first sync not started" in page
    assert "Start it" not in page


def test_whoever_has_one_company_goes_straight_to_it(company: Company, owner: Client) -> None:
    assert owner.get("/").headers["Location"] == f"/c/{company.pk}/"
