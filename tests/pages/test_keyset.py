from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.pages import factories as make

from tieout.pages import listing as lists
from tieout.pages.keyset import Mark, Order, address
from tieout.pages.listing import Listing, Section, listing
from tieout.subledger.models import Company, Contact, Invoice
from tieout.sync.models import Link

BY_NAME = Order("name", descending=False)
NEWEST = Order("attempted_at")


@pytest.fixture
def links(company: Company) -> list[Link]:
    """130 results with many equal times, in the order of the page."""
    seconds = random.Random(7)
    contact = make.contact(company)
    Link.objects.bulk_create(
        Link(
            company=company,
            kind="contact",
            entity=f"Customer{number}",
            record_id=contact.pk,
            attempted_at=make.NOON + timedelta(seconds=seconds.randrange(20)),
        )
        for number in range(130)
    )
    return list(Link.objects.order_by("-attempted_at", "-id"))


def walk(found: Listing[Link], way: str, sections: Sequence[Section[Link]], per: str = "25") -> list[Link]:
    rows = list(found.rows)
    while part := getattr(found, way):
        found = listing(sections, NEWEST, QueryDict(f"per={per}&{part}"))
        rows = [*rows, *found.rows] if way == "next" else [*found.rows, *rows]
    return rows


def test_going_forward_shows_every_row_once_and_in_order(links: list[Link]) -> None:
    sections = [[Link.objects.all()]]
    assert walk(listing(sections, NEWEST, QueryDict("per=25")), "next", sections) == links


def test_going_back_shows_them_again(links: list[Link]) -> None:
    sections = [[Link.objects.all()]]
    last = Mark(130, links[-1].pk, links[-1].attempted_at)
    found = listing(sections, NEWEST, QueryDict(f"per=25&before={str(last).replace('+', '%2B')}"))
    assert walk(found, "previous", sections) == links[:-1]
    assert found.last == 129


def test_sections_follow_each_other_as_if_they_were_one_list(links: list[Link]) -> None:
    border = make.NOON + timedelta(seconds=11)
    sections = [[Link.objects.filter(attempted_at__gte=border)], [Link.objects.filter(attempted_at__lt=border)]]
    found = listing(sections, NEWEST, QueryDict("per=25"))
    assert walk(found, "next", sections) == links
    assert found.total.number == 130


def test_parts_of_a_section_are_merged_into_their_order(links: list[Link]) -> None:
    odd, even = [Link.objects.filter(pk__in=[each.pk for each in links if each.pk % 2 == rest]) for rest in (1, 0)]
    sections = [[odd, even]]
    assert walk(listing(sections, NEWEST, QueryDict("per=25")), "next", sections) == links
    last = listing(sections, NEWEST, QueryDict(f"per=25&{_after(links[-2], 129)}"))
    assert last.rows == [links[-1]]
    assert walk(last, "previous", sections) == links


def _after(link: Link, number: int) -> str:
    return address("after", Mark.of(link, number, NEWEST))


def test_a_page_says_where_in_the_list_it_is(links: list[Link]) -> None:
    sections = [[Link.objects.all()]]
    first = listing(sections, NEWEST, QueryDict("per=50"))
    second = listing(sections, NEWEST, QueryDict(f"per=50&{first.next}"))
    assert (first.first, first.last, first.previous) == (1, 50, "")
    assert (second.first, second.last) == (51, 100)
    assert listing(sections, NEWEST, QueryDict(f"per=50&{second.previous}")).rows == first.rows


def test_counting_stops_early_and_says_so(links: list[Link], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNTED_TO", 100)
    assert str(listing([[Link.objects.all()]], NEWEST, QueryDict("")).total) == "more than 100"


def test_names_are_ordered_from_a_to_z(company: Company) -> None:
    for name in ["Elm & Co", "Alder", "Elm & Co", "Birch=1"]:
        make.contact(company, name)
    first = listing([[Contact.objects.all()]], BY_NAME, QueryDict("per=25"))
    assert [row.name for row in first.rows] == ["Alder", "Birch=1", "Elm & Co", "Elm & Co"]
    after = address("after", Mark.of(first.rows[2], 3, BY_NAME))
    rest = listing([[Contact.objects.all()]], BY_NAME, QueryDict(after))
    assert [row.pk for row in rest.rows] == [first.rows[3].pk]
    assert parse_qs(after)["after"][0].endswith("Elm & Co")


@pytest.mark.django_db
@given(st.text())
def test_a_mistyped_address_starts_at_the_beginning(text: str) -> None:
    mark = Mark.parse(text, Invoice, Order("date"))
    assert mark is None or str(Mark.parse(str(mark), Invoice, Order("date"))) == str(mark)


@given(st.integers(0, 10**17), st.integers(0, 10**17), st.text().filter(lambda name: "\0" not in name))
def test_a_place_in_a_list_survives_the_address(number: int, row_id: int, name: str) -> None:
    mark = Mark(number, row_id, name)
    assert Mark.parse(str(mark), Contact, BY_NAME) == mark
