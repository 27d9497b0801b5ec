"""Conditions that no index serves: the pages show what reading every row would show, each row once and in order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db.models import Q, QuerySet
from django.http import QueryDict
from tests.pages import factories as make

from tieout.pages import narrowing
from tieout.pages.keyset import Order
from tieout.pages.listing import Listing, listing
from tieout.pages.narrowing import Narrowing
from tieout.subledger.models import Company
from tieout.sync.models import Link

NEWEST = Order("attempted_at")
CONDITION = Q(name__contains="x")


@pytest.fixture
def links(company: Company) -> list[Link]:
    """Some of every hundred match, many of them were attempted at one moment."""
    chance, links = random.Random(7), []
    for number in range(160):
        name = "x" if chance.random() < 0.4 else "y"
        at = make.NOON - timedelta(minutes=chance.randrange(40))
        links.append(Link(company=company, kind="contact", entity=f"E{number}", name=name, attempted_at=at))
    Link.objects.bulk_create(links)
    return list(Link.objects.filter(CONDITION).order_by("-attempted_at", "-id"))


Sections = Sequence[Sequence[QuerySet[Link]]]
Ids = Callable[[int], list[int] | None]


def by_index(most: int) -> list[int] | None:
    found = list(Link.objects.filter(CONDITION).values_list("pk", flat=True))
    return found if len(found) <= most else None


def unknown(most: int) -> None:
    return None


def first_pk() -> int:
    return Link.objects.order_by("pk").values_list("pk", flat=True)[0]


SECTIONS = {
    "one": lambda: [[Link.objects.all()]],
    "parts": lambda: [[Link.objects.filter(pk__lt=first_pk() + 90), Link.objects.filter(pk__gte=first_pk() + 90)]],
    "sections": lambda: [
        [Link.objects.filter(attempted_at__gte=make.NOON - timedelta(minutes=20))],
        [Link.objects.filter(attempted_at__lt=make.NOON - timedelta(minutes=20))],
    ],
}


@pytest.fixture(params=SECTIONS)
def sections(request: pytest.FixtureRequest, links: list[Link]) -> Sections:
    return SECTIONS[request.param]()


def walk(sections: Sections, ids: Ids, way: str, **query: str) -> list[Listing[Link]]:
    pages = []
    while True:
        asked = QueryDict(urlencode({"per": "25"} | query))
        pages.append(listing(sections, NEWEST, asked, [Narrowing(CONDITION, ids)]))
        part = getattr(pages[-1], way)
        if not part:
            return pages
        query = QueryDict(part).dict()


@pytest.mark.parametrize("ids", [by_index, unknown])
@pytest.mark.parametrize("walked", [10, 1000])
def test_going_through_all_pages_shows_each_row_once(
    links: list[Link], sections: Sections, ids: Ids, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "GLANCED", 1)
    monkeypatch.setattr(narrowing, "WALKED", walked)
    pages = walk(sections, ids, "next")
    assert [row for page in pages for row in page.rows] == links
    assert next(page.first for page in pages if page.rows) == 1
    assert pages[-1].last == len(links)


@pytest.mark.parametrize("ids", [by_index, unknown])
@pytest.mark.parametrize("walked", [10, 1000])
def test_going_back_shows_them_again(
    links: list[Link], sections: Sections, ids: Ids, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "GLANCED", 1)
    monkeypatch.setattr(narrowing, "WALKED", walked)
    last = walk(sections, ids, "next")[-1]
    pages = walk(sections, ids, "previous", **QueryDict(last.previous).dict())
    assert [row for page in reversed(pages) for row in page.rows] == links[: len(links) - len(last.rows)]


def test_few_rows_are_counted_and_shown_at_once(links: list[Link], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "GLANCED", 1)
    monkeypatch.setattr(narrowing, "WALKED", 10)
    page = listing(SECTIONS["one"](), NEWEST, QueryDict("per=25"), [Narrowing(CONDITION, by_index)])
    assert (len(page.rows), page.total.number, page.partly) == (25, len(links), False)


def test_what_was_not_looked_at_is_said(links: list[Link], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "GLANCED", 1)
    monkeypatch.setattr(narrowing, "WALKED", 10)
    page = listing(SECTIONS["one"](), NEWEST, QueryDict("per=25"), [Narrowing(CONDITION, unknown)])
    assert page.partly
    assert page.next
    assert page.total.capped


def test_several_conditions_hold_together(links: list[Link]) -> None:
    also = Narrowing(Q(pk__lt=first_pk() + 60), unknown)
    page = listing(SECTIONS["one"](), NEWEST, QueryDict("per=100"), [Narrowing(CONDITION, by_index), also])
    assert page.rows == [link for link in links if link.pk < first_pk() + 60]
