"""B2: all companies with their status."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.pages import factories as make

from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
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
    make.connection(make.company("Of somebody else"))
    return owner


def shown(page: str) -> list[str]:
    return re.findall(r'data-label="Company"><a href="[^"]+">([^<]+)', page)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("synced", ["Agreed"]),
        ("in_progress", ["Running"]),
        ("has_errors", ["Failing"]),
        ("needs_reconnecting", ["Lost"]),
        ("set_up_unfinished", ["Half-way"]),
        ("not_connected", ["Harbour Lettings"]),
        ("nonsense", ["Agreed", "Failing", "Half-way", "Harbour Lettings", "Lost", "Running"]),
    ],
)
def test_b2_companies_by_status(every_status: Client, status: str, names: list[str]) -> None:
    assert shown(every_status.get("/", {"status": status}).text) == names


def test_b2_each_status_says_how_many_there_are(every_status: Client) -> None:
    page = every_status.get("/").text
    assert "Needs reconnecting 1" in page
    assert "All 6" in page


def test_whoever_has_one_company_goes_straight_to_it(company: Company, owner: Client) -> None:
    assert owner.get("/").headers["Location"] == f"/c/{company.pk}/"
