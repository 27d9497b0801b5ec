"""B1 and B3: the Sync Results page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.pages import factories as make

from tieout.subledger.models import Company
from tieout.sync.models import Link, Run, State, Status

EARLIER = make.NOON - timedelta(days=3)


def show(client: Client, company: Company, query: str = "") -> str:
    answer = client.get(f"{reverse('results', args=[company.pk])}?{query}")
    assert answer.status_code == 200
    return answer.text


def shown(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<tbody id="link-(\d+)"', page)]


@pytest.fixture
def smith(company: Company) -> Link:
    make.connection(company)
    return make.link(make.contact(company))


def test_b1_a_row_has_all_its_columns(company: Company, owner: Client) -> None:
    make.connection(company, realm_id="77")
    invoice = make.invoice(make.contact(company))
    link = make.failed(invoice, "The books are closed up to 31 Mar.", qbo_id="145")
    page = show(owner, company)
    headers = re.findall(r'<th scope="col">(?:<span[^>]*>)?([^<]+)', page)
    assert headers == [
        *("Date", "Type", "Tieout ID", "External ID", "Direction", "Status", "Details", "Link status", "More detail"),
    ]
    assert f'href="{reverse("invoice", args=[company.pk, invoice.pk])}"' in page
    assert 'href="http://127.0.0.1:8080/app/invoice?txnId=145&amp;realmId=77"' in page
    for text in ("12:00", "Outgoing", "Failed", "The books are closed up to 31 Mar.", "Linked", str(link.record_id)):
        assert text in page


def test_b1_an_id_at_intuit_links_to_intuits_own_page(company: Company, owner: Client) -> None:
    make.connection(company, sandbox="")
    make.link(make.contact(company), qbo_id="58")
    assert 'href="https://app.qbo.intuit.com/app/customerdetail?nameId=58"' in show(owner, company)


def test_b1_the_arrow_opens_what_happened_why_and_what_to_do(company: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(company), total="1240.00")
    facts = {"date": "28 Feb", "closed": "31 Mar"}
    link = make.failed(invoice, "It is dated 28 Feb.", "closed_period", facts=facts)
    make.seen(link, total="1140.00")
    make.refused_operation(link, code="6210", intuit_tid="1-65a1")
    opened = owner.get(reverse("result", args=[company.pk, link.pk]), headers={"HX-Request": "true"}).text
    assert "<html" not in opened
    for text in ("What happened", "It is dated 28 Feb.", "Change its date", "1,240.00", "1,140.00", "1-65a1", "6210"):
        assert text in opened
    assert len(re.findall('class="differs"', opened)) == 2  # total and balance


def test_b1_what_agrees_is_not_marked_as_different(company: Company, owner: Client) -> None:
    link = make.link(make.invoice(make.contact(company)))
    make.seen(link)
    opened = owner.get(reverse("result", args=[company.pk, link.pk])).text
    assert "differs" not in opened


def test_b1_a_row_that_was_asked_for_is_shown_wherever_it_is(company: Company, owner: Client, smith: Link) -> None:
    make.run(company)
    Link.objects.filter(pk=smith.pk).update(attempted_at=EARLIER)
    page = show(owner, company, f"open={smith.pk}")
    assert shown(page) == []
    assert "The record you asked for" in page


def test_b3_the_date_begins_with_the_last_successful_run(company: Company, owner: Client, smith: Link) -> None:
    make.run(company, make.NOON - timedelta(hours=1))
    make.run(company, make.NOON + timedelta(hours=1), found_error=True)
    make.run(company, make.NOON + timedelta(hours=2), ending=Run.Ending.STOPPED)
    old = make.link(make.contact(company, "Old"), attempted_at=EARLIER)
    assert shown(show(owner, company)) == [smith.pk]
    assert shown(show(owner, company, "from=")) == [smith.pk, old.pk]
    assert shown(show(owner, company, "from=2026-11-17")) == [smith.pk, old.pk]
    assert shown(show(owner, company, "from=2026-11-18")) == [smith.pk]


def test_b3_what_failed_or_waits_is_shown_whatever_its_date(company: Company, owner: Client) -> None:
    make.run(company)
    failed = make.failed(make.contact(company, "A"), "Refused.", attempted_at=EARLIER)
    earlier = EARLIER - timedelta(1)
    waits = make.link(make.contact(company, "B"), Status.NOT_SYNCED, state=State.WAITING, attempted_at=earlier)
    make.link(make.contact(company, "C"), Status.NOT_SYNCED, state=State.UNLINKED, attempted_at=EARLIER)
    make.link(make.contact(company, "D"), attempted_at=EARLIER)
    assert shown(show(owner, company)) == [failed.pk, waits.pk]


def test_b3_linked_and_unlinked(company: Company, owner: Client, smith: Link) -> None:
    apart = make.link(make.contact(company, "Apart"), Status.NOT_SYNCED, state=State.UNLINKED)
    make.failed(make.contact(company, "New"), "Refused.", qbo_id=None)
    assert shown(show(owner, company, "link=linked")) == [smith.pk]
    assert shown(show(owner, company, "link=unlinked")) == [apart.pk]
    assert len(shown(show(owner, company, "link="))) == 3


def test_b3_kind_and_status(company: Company, owner: Client, smith: Link) -> None:
    invoice = make.failed(make.invoice(make.contact(company, "B")), "Refused.")
    assert shown(show(owner, company, "kind=invoice")) == [invoice.pk]
    assert shown(show(owner, company, "status=synced")) == [smith.pk]
    assert shown(show(owner, company, "kind=contact&status=failed")) == []
    assert len(shown(show(owner, company, "status=nonsense"))) == 2


@pytest.mark.parametrize("text", ["2291", "barrow", "INV-77", "closed up to", "{ours}"])
def test_b3_search_looks_at_ids_number_name_and_details(company: Company, owner: Client, text: str) -> None:
    make.link(make.contact(company, "Somebody else"), qbo_id="1")
    contact = make.contact(company, "Imogen Barrow")
    invoice = make.invoice(contact, "INV-77", id=4711)
    link = make.failed(invoice, "The books are closed up to 31 Mar.", qbo_id="2291")
    assert shown(show(owner, company, f"q={text.format(ours=invoice.pk)}")) == [link.pk]


def test_b3_every_active_filter_is_a_chip_that_can_be_taken_away(company: Company, owner: Client, smith: Link) -> None:
    make.run(company)
    page = show(owner, company, "kind=contact&q=smith&per=25")
    chips = re.findall(r'<li><a href="(\?[^"]*)">([^<]+)', page)
    assert [text.strip() for _, text in chips] == [
        "Since 20 Nov 2026, and older ones still open",
        "Contacts",
        "“smith”",
    ]
    without_kind = {text.strip(): link for link, text in chips}["Contacts"]
    assert without_kind == "?q=smith&amp;per=25"


def test_rows_per_page_and_the_arrows(company: Company, owner: Client) -> None:
    contact = make.contact(company)
    for number in range(60):
        make.link(contact, entity=f"E{number}")
    first = show(owner, company, "per=25")
    assert "Showing 1–25 of 60" in first
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after
    second = show(owner, company, after[1].replace("&amp;", "&").lstrip("?"))
    assert "Showing 26–50 of 60" in second
    assert not set(shown(first)) & set(shown(second))
    assert len(shown(show(owner, company, "per=all"))) == 60


def test_all_comes_in_parts_that_are_asked_for_when_they_are_reached(
    company: Company, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieout.pages.listing.PART", 20)
    contact = make.contact(company)
    for number in range(30):
        make.link(contact, entity=f"E{number}")
    first = show(owner, company, "per=all")
    more = re.search(r'<tbody id="more" hx-get="([^"]+)" hx-trigger="revealed"', first)
    assert more
    rest = show(owner, company, more[1].replace("&amp;", "&").lstrip("?"))
    assert len(shown(first) + shown(rest)) == 30
    assert 'id="more"' not in rest


def test_a_page_costs_the_same_few_queries_however_long_it_is(
    company: Company, owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.connection(company)
    make.run(company)
    for number in range(100):
        make.link(make.invoice(make.contact(company, f"Contact {number}"), f"{number}"))
    with django_assert_max_num_queries(13):
        assert len(shown(show(owner, company, "per=100"))) == 100


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "not connected to QuickBooks yet"),
        ("status=failed", "No errors."),
        ("q=nothing", "No result matches these filters."),
    ],
)
def test_an_empty_page_says_why_and_what_next(company: Company, owner: Client, query: str, text: str) -> None:
    assert text in show(owner, company, query)


def test_what_people_wrote_cannot_become_markup(company: Company, owner: Client) -> None:
    make.failed(make.contact(company, "<script>alert(1)</script>"), "<b>bold</b>")
    page = show(owner, company, "q=%3Cscript")
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_another_companys_results_are_not_among_them(company: Company, owner: Client, smith: Link) -> None:
    make.link(make.contact(make.company("Another company")))
    assert shown(show(owner, company)) == [smith.pk]
