from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.pages import factories as make

from tieout.pages import narrowing
from tieout.subledger.models import Allocation, Company
from tieout.sync.models import Attempt, Status


def get(client: Client, company: Company, name: str, *args: int, query: str = "") -> str:
    answer = client.get(f"{reverse(name, args=[company.pk, *args])}?{query}")
    assert answer.status_code == 200
    return answer.text


def first_column(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a data-open href="[^"]+">([^<]+)', page)


def test_the_accounts_list_has_a_quickbooks_column_with_the_reason(company: Company, owner: Client) -> None:
    make.link(make.contact(company, "Agreed Ltd"))
    make.failed(make.contact(company, "Colon: Ltd"), "Its name has a colon.")
    make.contact(company, "Never looked at")
    page = get(owner, company, "accounts")
    assert first_column(page) == ["Agreed Ltd", "Colon: Ltd", "Never looked at"]
    assert re.findall(r"(Synced|Not synced|Failed)</span>", page) == ["Synced", "Failed", "Not synced"]
    assert 'title="Both books agree." aria-label="Synced: Both books agree."' in page
    assert 'title="No sync has looked at it yet."' in page
    assert 'title="Its name has a colon." aria-label="Failed: Its name has a colon."' in page


@pytest.mark.parametrize(("status", "names"), [("synced", ["A"]), ("failed", ["B"]), ("not_synced", ["C", "D"])])
def test_accounts_by_what_became_of_them(company: Company, owner: Client, status: str, names: list[str]) -> None:
    make.link(make.contact(company, "A"))
    make.failed(make.contact(company, "B"), "Refused.")
    make.link(make.contact(company, "C"), Status.NOT_SYNCED)
    make.contact(company, "D")
    assert first_column(get(owner, company, "accounts", query=f"sync={status}")) == names


def test_few_that_failed_long_ago_are_shown_at_once_among_many(
    company: Company, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "GLANCED", 1)
    monkeypatch.setattr(narrowing, "WALKED", 5)
    monkeypatch.setattr(narrowing, "NAMED", 2)
    contact = make.contact(company)
    for day in range(1, 4):
        make.failed(make.invoice(contact, f"OLD-{day}", date=f"2020-01-0{day}"), "Refused.")
    for day in range(10, 30):
        make.link(make.invoice(contact, f"NEW-{day}", date=f"2026-10-{day}"))
    page = get(owner, company, "invoices", query="sync=failed")
    assert first_column(page) == ["OLD-3", "OLD-2", "OLD-1"]
    assert "of 3" in page
    assert first_column(get(owner, company, "invoices", query="sync=failed&status=draft")) == []
    assert first_column(get(owner, company, "invoices", query="sync=failed&q=OLD-2")) == ["OLD-2"]


def test_what_failed_is_turned_page_by_page(company: Company, owner: Client) -> None:
    contact = make.contact(company)
    for number in range(60):
        make.failed(make.invoice(contact, f"{number:02}", date=f"2026-10-{1 + number // 10:02}"), "Refused.")
        make.link(make.invoice(contact, f"S-{number}", date="2026-10-03"))
    shown, query = [], "sync=failed&per=25"
    while query:
        page = get(owner, company, "invoices", query=query)
        shown += first_column(page)
        following = re.search(r'rel="next" href="\?([^"]+)"', page)
        query = following[1].replace("&amp;", "&") if following else ""
    assert shown == [f"{number:02}" for number in reversed(range(60))]


def test_what_is_not_synced_and_what_no_run_has_looked_at_stand_in_one_order_on_all_pages(
    company: Company, owner: Client
) -> None:
    contact = make.contact(company, "A")
    for number in range(1, 61):
        invoice = make.invoice(contact, str(number), date=date(2026, 1, 1) + timedelta(days=number))
        if number % 4:
            make.link(invoice, Status.SYNCED if number % 4 == 1 else Status.NOT_SYNCED)
    wanted = [str(number) for number in range(60, 0, -1) if number % 4 != 1]
    first = get(owner, company, "invoices", query="sync=not_synced&per=25")
    assert first_column(first) == wanted[:25]
    after = re.findall(r'rel="next" href="\?([^"]+)"', first)[0].replace("&amp;", "&")
    second = get(owner, company, "invoices", query=after)
    assert first_column(second) == wanted[25:]
    before = re.findall(r'rel="prev" href="\?([^"]+)"', second)[0].replace("&amp;", "&")
    assert first_column(get(owner, company, "invoices", query=before)) == wanted[:25]
    assert first_column(get(owner, company, "invoices", query="sync=not_synced&q=A&status=draft")) == []
    assert first_column(get(owner, company, "invoices", query="sync=not_synced&q=59")) == ["59"]


def test_a_customer_who_is_a_vendor_too_is_listed_once_for_what_became_of_both(company: Company, owner: Client) -> None:
    both = make.contact(company, "Both Ltd")
    make.failed(both, "Refused.")
    make.failed(both, "Refused.", entity="Vendor")
    assert first_column(get(owner, company, "accounts", query="sync=failed")) == ["Both Ltd"]
    assert first_column(get(owner, company, "accounts", query="sync=failed&type=supplier")) == []


def test_records_of_other_companies_are_not_listed(company: Company, owner: Client) -> None:
    make.invoice(make.contact(make.company("Another company")), "7")
    make.failed(make.contact(make.company("Yet another company")), "Refused.")
    for name in ("accounts", "invoices", "credit-notes", "payments"):
        assert first_column(get(owner, company, name)) == []
        assert first_column(get(owner, company, name, query="sync=failed")) == []


def test_invoices_are_listed_newest_first_and_found_by_number_and_customer(company: Company, owner: Client) -> None:
    smith, barrow = make.contact(company), make.contact(company, "Imogen Barrow")
    make.invoice(smith, "1", date="2026-11-01")
    make.invoice(barrow, "2", date="2026-11-03")
    make.invoice(smith, "3", date="2026-11-02", former_numbers="A-77")
    assert first_column(get(owner, company, "invoices")) == ["2", "3", "1"]
    assert first_column(get(owner, company, "invoices", query="q=barrow")) == ["2"]
    assert first_column(get(owner, company, "invoices", query="q=A-77")) == ["3"]
    assert first_column(get(owner, company, "invoices", query="status=draft")) == []


def test_an_invoice_shows_its_lines_what_paid_it_and_what_is_open(company: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(company), "1042", "1240.00")
    payment = make.payment(invoice, "500.00")
    page = get(owner, company, "invoice", invoice.pk)
    for text in ("Invoice 1042", "Rent", "1,240.00", "-500.00", "740.00", "USD"):
        assert text in page
    assert reverse("payment", args=[company.pk, payment.pk]) in page


def test_a_records_sync_line_says_what_happened_and_leads_to_quickbooks(company: Company, owner: Client) -> None:
    make.connection(company)
    invoice = make.invoice(make.contact(company))
    link = make.failed(invoice, "The books are closed.", qbo_id="145")
    make.refused_operation(link, code="6210")
    page = get(owner, company, "invoice", invoice.pk)
    assert "The books are closed." in page
    assert "/app/invoice?txnId=145" in page
    assert reverse("result", args=[company.pk, link.pk]) in page
    assert "because edit by mara@example.com" in page


def test_a_record_that_no_run_has_seen_says_so(company: Company, owner: Client) -> None:
    page = get(owner, company, "credit-note", make.credit_note(make.contact(company)).pk)
    assert "No sync has looked at it yet." in page


def test_a_contact_that_is_both_shows_both_ends(company: Company, owner: Client) -> None:
    contact = make.contact(company)
    make.link(contact, qbo_id="58")
    vendor = make.link(contact, Status.FAILED, entity="Vendor", qbo_id="61", details="Name taken.")
    Attempt.objects.create(link=vendor, status=Status.FAILED, details="Name taken.")
    page = get(owner, company, "account", contact.pk)
    assert page.count('class="sync-line"') == 2


def test_a_payment_shows_what_it_pays_and_what_it_takes_up(company: Company, owner: Client) -> None:
    invoice = make.invoice(make.contact(company), "1042", "100.00")
    payment = make.payment(invoice, "70.00")
    Allocation.objects.create(payment=payment, credit_note=make.credit_note(invoice.contact), amount=Decimal("20.00"))
    Allocation.objects.create(payment=payment, other="JournalEntry 71", amount=Decimal("10.00"))
    page = get(owner, company, "payment", payment.pk)
    for text in ("Invoice 1042", "Credit note C-7", "JournalEntry 71", "20.00", "10.00"):
        assert text in page


def test_a_list_costs_the_same_few_queries_however_long_it_is(
    company: Company, owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        make.link(make.invoice(make.contact(company, f"Contact {number}"), f"{number}"))
    with django_assert_max_num_queries(9):
        assert len(first_column(get(owner, company, "invoices", query="per=100"))) == 60


def test_an_empty_list_says_how_records_arrive(company: Company, owner: Client) -> None:
    assert "tieout import contacts FILE.csv" in get(owner, company, "accounts")
    assert "Take all filters away" in get(owner, company, "accounts", query="q=nobody")


def test_search_finds_names_numbers_and_ids_of_either_book(company: Company, owner: Client) -> None:
    contact = make.contact(company, "Imogen Barrow")
    make.link(make.invoice(contact, "1042"), qbo_id="9914")
    assert "Imogen Barrow</a>" in get(owner, company, "search", query="q=barrow")
    assert ">1042</a>" in get(owner, company, "search", query="q=1042")
    assert "Invoice 9914</a>" in get(owner, company, "search", query="q=9914")
    assert "No record of Harbour Lettings" in get(owner, company, "search", query="q=nothing")


def test_the_overview_counts_records_by_status(company: Company, owner: Client) -> None:
    make.link(make.contact(company))
    make.failed(make.invoice(make.contact(company, "B")), "Refused.")
    page = get(owner, company, "overview")
    assert "?from=&amp;kind=contact&amp;status=synced" in page
    assert "?from=&amp;kind=invoice&amp;status=failed" in page
