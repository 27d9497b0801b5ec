"""B7: what the filter shows, as CSV."""

from __future__ import annotations

import csv
import io

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.pages import factories as make

from tieout.pages.results.download import FORMULA, harmless
from tieout.subledger.models import Company


def rows(client: Client, company: Company, **query: str) -> list[dict[str, str]]:
    answer = client.get(reverse("results-csv", args=[company.pk]), query)
    assert answer.streaming
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sync-results.csv"'
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_b7_every_row_of_the_filter_is_there(company: Company, owner: Client) -> None:
    smith = make.contact(company)
    for number in range(60):
        make.link(make.invoice(smith, f"{number}"))
    make.failed(make.invoice(smith, "77", "1240.00"), "The books are closed.", qbo_id="145")
    found = rows(owner, company)
    assert len(found) == 61
    (failed,) = rows(owner, company, status="failed")
    assert failed["External ID"] == "145"
    assert (failed["Number"], failed["Total"], failed["Status"]) == ("77", "1240.0000", "Failed")
    assert failed["Details"] == "The books are closed."


def test_b7_a_name_that_a_spreadsheet_would_run_is_only_text(company: Company, owner: Client) -> None:
    make.link(make.contact(company, '=HYPERLINK("http://x")'))
    assert rows(owner, company)[0]["Name"] == '\'=HYPERLINK("http://x")'


def test_b7_other_companies_are_not_in_it(company: Company, owner: Client) -> None:
    make.link(make.contact(make.company("Another")))
    assert rows(owner, company) == []


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not str(harmless(text)).lstrip(" ").startswith(FORMULA)
