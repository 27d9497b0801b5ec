"""What the simulation makes of a tie-out that shows differences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.simulation import tied_out
from tests.simulation.chronicle import Shown

from tieout.subledger.models import Company
from tieout.sync.tie_out import KindReport, Report, Row

OURS_ONLY = Row("invoice", 7, None, "1007", Decimal(5), None, "")
THEIRS_ONLY = Row("invoice", None, "31", "1008", None, Decimal(5), "")
EXPLAINED = Row("invoice", 8, None, "1009", Decimal(5), None, "Unlinked.")


def shown(record: str | None, obj: str | None, status: str = "failed", **facts: object) -> Shown:
    return Shown("invoice", "Invoice", record, obj, status, "", facts)


@pytest.fixture(autouse=True)
def _differences(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report([KindReport("invoice", rows=[OURS_ONLY, THEIRS_ONLY, EXPLAINED])], None)
    monkeypatch.setattr(tied_out, "tie_out", lambda _: report)


def test_a_difference_that_nobody_is_asked_about_breaks_the_promise() -> None:
    said = tied_out.unasked(Company(), [shown("7", None, "synced"), shown("9", "31", "skipped")])
    assert [words.split(" to differ")[0] for words in said] == [
        "the tie-out shows invoice 7 / -",
        "the tie-out shows invoice - / 31",
    ]


def test_who_is_asked_about_one_half_of_a_possible_duplicate_is_asked_about_the_other() -> None:
    assert tied_out.unasked(Company(), [shown("7", None, candidates=[{"id": "31"}])]) == []


def test_the_same_ids_of_another_kind_say_nothing() -> None:
    line = Shown("credit_note", "CreditMemo", "7", "31", "failed", "", {})
    assert len(tied_out.unasked(Company(), [line])) == 2
