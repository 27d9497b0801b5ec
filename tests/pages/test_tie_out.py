"""The tie-out's page: the last comparison on its three levels, and asking for the next."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import Protocol

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.pages import factories as make

from tieout.jobs.behind import comparing, running
from tieout.subledger.models import Company, Invoice
from tieout.sync.models import Link, State, Status, Task
from tieout.sync.tie_out.statement import OpenItem, Statement


def owed(entity: str, id_: str, amount: str, number: str = "", customer: str = "58") -> OpenItem:
    return OpenItem("Customer", customer, "Smith Ltd", entity, id_, number, Decimal(amount), make.NOON.date())


def stated(*items: OpenItem, receivable: str | None = None) -> Statement:
    total = sum((item.amount for item in items), Decimal(0))
    return Statement([*items], {"Customer": Decimal(receivable or total), "Vendor": Decimal(0)}, make.NOON)


@pytest.fixture
def invoice(company: Company) -> Link:
    """Smith owes 120 here, and is customer 58 there."""
    make.connection(company)
    smith = make.contact(company)
    make.link(smith, qbo_id="58")
    make.seen(make.link(make.invoice(smith), qbo_id="145"))
    return Link.objects.get(kind="invoice")


class Compare(Protocol):
    def __call__(self, statement: Statement | None, trouble: str = "") -> str: ...


@pytest.fixture
def compare(
    company: Company,
    owner: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Compare:
    def compared(statement: Statement | None, trouble: str = "") -> str:
        monkeypatch.setattr(comparing, "_statement", lambda company: (statement, trouble))
        with django_capture_on_commit_callbacks(execute=True):
            owner.post(reverse("compare", args=[company.pk]))
        return owner.get(reverse("tie-out", args=[company.pk])).text

    monkeypatch.setattr(running, "spawn", running.carry_out)
    return compared


def test_before_the_first_comparison_the_page_says_so(company: Company, owner: Client) -> None:
    make.connection(company)
    assert "Not compared yet" in owner.get(reverse("tie-out", args=[company.pk])).text
    assert "Compare both books" in owner.get(reverse("overview", args=[company.pk])).text


def test_without_a_connection_there_is_nothing_to_compare(company: Company, owner: Client) -> None:
    page = owner.get(reverse("tie-out", args=[company.pk])).text
    assert "There is only one book" in page
    assert reverse("compare", args=[company.pk]) not in page
    assert "Compare both books" not in owner.get(reverse("overview", args=[company.pk])).text


def test_a_line_says_that_there_is_no_difference(invoice: Link, compare: Compare, owner: Client) -> None:
    page = compare(stated(owed("Invoice", "145", "120.00")))
    assert "What is owed differs" not in page
    assert "1 contact has the same balance in both books" in page
    assert page.count(">Agrees<") == 2  # receivables and payables


def test_an_item_that_only_quickbooks_has_is_named_with_its_reason(invoice: Link, compare: Compare) -> None:
    page = compare(stated(owed("Invoice", "145", "120.00"), owed("JournalEntry", "9", "15.00", "J-4")))
    for text in ("J-4", "a journal entry is of a kind that is not synced", "-15.00", ">Explained<"):
        assert text in page


def test_an_unlinked_invoice_explains_the_difference(company: Company, invoice: Link, compare: Compare) -> None:
    Link.objects.filter(pk=invoice.pk).update(
        state=State.UNLINKED, status=Status.NOT_SYNCED, details="Unlinked by Ann."
    )
    page = compare(stated(owed("Invoice", "145", "100.00", "1042")))
    assert "Unlinked by Ann." in page
    assert "20.00" in page


def test_what_has_no_reason_is_a_difference(invoice: Link, compare: Compare) -> None:
    page = compare(stated(owed("Invoice", "145", "100.00", "1042")))
    assert "No reason is known: this is a difference." in page
    assert ">Differs<" in page


def test_a_failed_record_says_why_it_differs_and_leads_to_its_result(
    company: Company, invoice: Link, compare: Compare, owner: Client
) -> None:
    Link.objects.filter(pk=invoice.pk).update(status=Status.FAILED, details="The books are closed up to 31 Mar.")
    Invoice.objects.update(total="99.00")
    page = compare(stated(owed("Invoice", "145", "120.00", "1042")))
    not_equal = page[page.index("Not equal in both books") :]
    assert "The books are closed up to 31 Mar." in not_equal
    assert f'href="{reverse("result", args=[company.pk, invoice.pk])}"' in not_equal
    lines = owner.get(reverse("tie-out-csv", args=[company.pk])).getvalue().decode("utf-8-sig")
    assert "Differs. The books are closed up to 31 Mar." in lines


def test_what_is_posted_under_no_customer_is_said(invoice: Link, compare: Compare) -> None:
    page = compare(stated(owed("Invoice", "145", "120.00"), receivable="127.50"))
    assert "7.50 is posted to the account under no customer" in page


def test_balances_that_could_not_be_read_are_said_and_records_are_still_compared(
    invoice: Link, compare: Compare
) -> None:
    page = compare(None, "QuickBooks is not answering.")
    assert "QuickBooks is not answering." in page
    assert "Record by record" in page


def test_it_comes_as_csv(company: Company, invoice: Link, compare: Compare, owner: Client) -> None:
    compare(stated(owed("Invoice", "145", "100.00", "1042")))
    answer = owner.get(reverse("tie-out-csv", args=[company.pk]))
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    levels = {row["Level"] for row in rows}
    assert {"Control account", "Contact", "Open item"} <= levels
    item = next(row for row in rows if row["Level"] == "Open item")
    assert (item["Tieout"], item["QuickBooks"], item["Difference"]) == ("120.0000", "100.00", "20.0000")


def test_it_is_compared_once_at_a_time(company: Company, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "spawn", lambda task: None)
    for _ in range(2):
        owner.post(reverse("compare", args=[company.pk]))
    assert Task.objects.count() == 1
    assert "Comparing both books" in owner.get(reverse("tie-out", args=[company.pk])).text
