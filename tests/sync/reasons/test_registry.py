"""Whatever QuickBooks answers, people read what happened, why, what to do, and who can."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.quickbooks import errors
from tieout.quickbooks.wire.faults import Fault, Next, next_step
from tieout.sync import reasons
from tieout.sync.carrying_out.confirm import facts_of, refused
from tieout.sync.carrying_out.results import STATUS
from tieout.sync.reasons import FALL_BACK, REASONS, Click

CODES = {
    row["code"]
    for row in csv.DictReader(
        (files("quickbooks_sandbox") / "faults.tsv").read_text().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
}
IN_ORDER = sorted(CODES, key=int)
EXPLAINED_AS_A_WHOLE = {Next.RETRY_LATER, Next.RECONNECT, Next.STALE}


def fault(code: str, detail: str = "", element: str = "") -> Fault:
    return Fault(code, "ValidationFault", "Some words", detail, element, 400, "tid-1")


@pytest.mark.parametrize("code", IN_ORDER)
def test_every_code_of_quickbooks_has_an_explanation_of_its_own(code: str) -> None:
    met = fault(code)
    assert next_step(met) in EXPLAINED_AS_A_WHOLE or reasons.for_fault(met) != FALL_BACK


@pytest.mark.parametrize("key", sorted(key for key in REASONS if key))
def test_every_reason_says_who_acts_and_what_the_next_click_is(key: str) -> None:
    reason = REASONS[key]
    assert reason.title
    assert reason.who
    assert reason.click in Click
    if reason.click is not Click.NOTHING and key != "before_sync_from":
        assert reason.steps


@pytest.mark.parametrize("key", sorted(REASONS))
def test_no_text_breaks_where_a_fact_is_missing(key: str) -> None:
    for text in (REASONS[key].title, REASONS[key].why, *REASONS[key].steps):
        assert "{" not in reasons.filled(text, {})


def test_every_trouble_of_a_connection_is_explained() -> None:
    troubles = {kind.__name__ for kind in vars(errors).values() if _is_trouble(kind)} - {"ConnectionTrouble"}
    assert troubles | {"ReadFailed"} <= REASONS.keys()


def _is_trouble(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, errors.ConnectionTrouble)


@pytest.mark.parametrize(
    ("code", "detail", "element", "key"),
    [
        ("610", "Object Not Found : Another user has deleted this transaction.", "", "quickbooks_610_deleted"),
        ("610", "Object Not Found : Something you're trying to use has been made inactive.", "", "quickbooks_610"),
        ("2500", "Invalid Reference Id : ...", "Line.SalesItemLineDetail.ItemRef", "quickbooks_2500_item"),
        ("6000", "Business Validation Error: All transactions need a GST rate", "", "quickbooks_6000_tax"),
        ("6000", "Business Validation Error: You must set a transaction amount", "", "quickbooks_6000_amount"),
        ("6000", "Business Validation Error: Applied is greater than the payment", "", "quickbooks_6000_applied"),
        ("6000", "Business Validation Error: Something new", "", "quickbooks_6000"),
        ("6210", "This number has already been used.", "", "quickbooks_6140"),
        ("6210", "The account period has closed", "", "quickbooks_6200"),
        ("6999", "Nobody has met this yet", "", FALL_BACK),
    ],
)  # fmt: skip
def test_the_detail_tells_cases_of_one_code_apart(code: str, detail: str, element: str, key: str) -> None:
    assert reasons.for_fault(fault(code, detail, element)) == key


def test_quickbooks_own_words_and_the_id_of_the_call_are_kept() -> None:
    verdict = refused(fault("6999", "A rule nobody knows", "Line"))
    assert verdict.facts["detail"] == "A rule nobody knows"
    assert verdict.facts["intuit_tid"] == "tid-1"
    assert "A rule nobody knows" in reasons.sentence(verdict.reason, verdict.facts)


def test_a_taken_number_names_the_document_that_has_it() -> None:
    detail = (
        "Duplicate Document Number Error : You must specify a different number. This number has already been used. "
        "DocNumber=1042 is assigned to TxnType=Sales Receipt with TxnId=71"
    )
    facts = facts_of(fault("6140", detail))
    assert facts["clash"] == {"number": "1042", "type": "Sales Receipt", "id": "71"}
    assert "Sales Receipt 1042" in reasons.sentence("quickbooks_6140", facts)


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=40))
def test_whatever_is_answered_gives_a_verdict_with_words(code: str, detail: str, element: str) -> None:
    verdict = refused(fault(code, detail, element))
    assert verdict.state in STATUS
    assert reasons.sentence(verdict.reason, verdict.facts)


def test_texts_name_only_facts_that_exist() -> None:
    """A slip in a placeholder would leave a hole in a sentence for ever."""
    known = set(re.findall(r"\w+", KNOWN))
    named = {
        name for reason in REASONS.values() for text in (reason.title, reason.why, *reason.steps)
        for _, name, _, _ in Formatter().parse(text) if name
    }  # fmt: skip
    assert named <= known


KNOWN = """
    what why_words labels said by_clash by on with done act groups chosen open applied amount date closed currency home
    field longest largest decimals email website line total element into count kinds change book limit sum label whom
    holder parent deposit
"""


def test_days_are_said_in_words_and_numbers_as_they_are() -> None:
    facts = {"date": "2026-02-28", "closed": "2026-03-31", "name": "2026-01-02"}
    assert reasons.filled("{date}, {closed}, {name}", facts) == "28 Feb 2026, 31 Mar 2026, 2026-01-02"
    assert reasons.filled("{date}", {"date": "0202-02-28"}) == "0202-02-28"
    assert reasons.filled("{date}", {"date": "28 Feb"}) == "28 Feb"
