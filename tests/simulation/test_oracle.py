"""The oracle sees each promise broken, and none where all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.simulation.books import Refs, equal, still_void
from tests.simulation.chronicle import ENGINE, PEOPLE, RESTORED, Change, Chronicle, Decision, Shown, Values
from tests.simulation.oracle import Oracle

AT = datetime(2026, 3, 15, 12, tzinfo=UTC)
HERE, THERE = ("invoice", "1"), ("Invoice", "9")
LINKED = Shown("invoice", "Invoice", "1", "9", "synced", "", {})
CUSTOMER = Shown("contact", "Customer", "5", "50", "synced", "", {})
ITEM = Shown("item", "Item", "3", "30", "synced", "", {})


@pytest.fixture
def oracle() -> Oracle:
    return Oracle(Chronicle())


def invoice(contact: Any, amount: str = "10.00", memo: str = "", day: str = "2026-03-01") -> Values:
    item = ("Item", "3") if isinstance(contact, tuple) else "30"
    lines = ((item, "T1", Decimal(amount), None, None),)
    money = (contact, lines, Decimal(0), Decimal(amount))
    return {"money": money, "date": day, "number": "7", "memo": memo, "message": "", "void": False}


def ours(**values: str) -> Values:
    return invoice(("Customer", "5"), **values)


def theirs(**values: str) -> Values:
    return invoice("50", **values)


def happens(
    oracle: Oracle, who: str, book: str, before: Values | None, after: Values | None, *, at: datetime = AT
) -> None:
    oracle.chronicle.note(Change(at, who, book, HERE if book == "here" else THERE, before, after))


def look(oracle: Oracle, *lines: Shown) -> list[str]:
    contacts = {"name": "Ada", "person": ("", ""), "active": True}
    if ("here", ("contact", "5")) not in oracle.now:
        oracle.chronicle.note(Change(AT, PEOPLE, "here", ("contact", "5"), None, contacts))
        oracle.chronicle.note(Change(AT, ENGINE, "there", ("Customer", "50"), None, contacts))
    oracle.look([ITEM, CUSTOMER, *lines])
    return [broken.promise for broken in oracle.broken]


def synced(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle, LINKED) == []


def test_what_a_person_enters_and_changes_may_cross(oracle: Oracle) -> None:
    synced(oracle)
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="new"))
    assert look(oracle, LINKED) == []
    happens(oracle, ENGINE, "here", ours(), ours(memo="new"))
    assert look(oracle, LINKED) == []
    assert not any(oracle.pending.values())


def test_who_enters_a_document_has_not_said_that_it_must_never_be_void(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle) == []  # its answer was lost
    happens(oracle, PEOPLE, "there", theirs(), {**theirs(amount="0.00", memo="Voided"), "void": True})
    happens(oracle, ENGINE, "here", ours(), {**ours(), "void": True})
    assert look(oracle, LINKED) == []


def test_what_arrived_before_anybody_was_told_may_be_changed_there(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle) == []  # its answer was lost
    happens(oracle, PEOPLE, "there", theirs(), theirs(amount="11.00"))
    happens(oracle, ENGINE, "here", ours(), ours(amount="11.00"))
    assert look(oracle, LINKED) == []


def test_so_it_may_be_when_the_results_show_the_two_as_one_before_the_change_crosses(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    happens(oracle, PEOPLE, "there", theirs(), theirs(amount="11.00"))
    assert look(oracle) == []
    assert look(oracle, replace(LINKED, status="syncing")) == []
    happens(oracle, ENGINE, "here", ours(), ours(amount="11.00"))
    assert look(oracle, LINKED) == []


def test_what_was_edited_before_it_ever_arrived_may_not_be_overwritten(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle) == []
    happens(oracle, PEOPLE, "here", ours(), ours(amount="12.00"))
    happens(oracle, PEOPLE, "there", theirs(), theirs(amount="11.00"))
    happens(oracle, ENGINE, "here", ours(amount="12.00"), ours(amount="11.00"))
    assert look(oracle, LINKED) == ["S2"]


def test_a_second_copy_breaks_s1(oracle: Oracle) -> None:
    synced(oracle)
    oracle.chronicle.note(Change(AT, ENGINE, "there", ("Invoice", "10"), None, theirs()))
    assert look(oracle, LINKED) == ["S1"]


def test_a_copy_that_was_deleted_before_anybody_was_told_of_it_may_be_made_once_more(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs())
    happens(oracle, PEOPLE, "there", theirs(), None)
    assert look(oracle) == []
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle, LINKED) == []
    happens(oracle, ENGINE, "there", None, theirs())
    assert look(oracle, LINKED) == ["S1"]


def test_two_that_were_entered_apart_are_one_only_when_people_say_so(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, PEOPLE, "there", None, theirs())
    oracle.decided(Decision(AT, "same", "invoice", "1", "9"))
    assert look(oracle) == []
    assert look(oracle, LINKED) == []


def test_two_that_were_entered_apart_and_are_linked_break_s1(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, PEOPLE, "there", None, theirs())
    assert look(oracle, LINKED) == ["S1"]


def test_a_lost_edit_breaks_s2(oracle: Oracle) -> None:
    synced(oracle)
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="theirs"))
    happens(oracle, PEOPLE, "here", ours(), ours(memo="ours"))
    happens(oracle, ENGINE, "there", theirs(memo="theirs"), theirs(memo="ours"))
    assert look(oracle, LINKED) == ["S2"]


def test_a_policy_may_let_one_side_lose_but_never_of_money(oracle: Oracle) -> None:
    synced(oracle)
    oracle.decided(Decision(AT, "policy", facts={"conflicts": "ours"}))
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="theirs", amount="11.00"))
    happens(oracle, PEOPLE, "here", ours(), ours(memo="ours", amount="12.00"))
    happens(oracle, ENGINE, "there", theirs(memo="theirs", amount="11.00"), theirs(memo="ours", amount="12.00"))
    look(oracle, LINKED)
    assert [str(broken)[:16] for broken in oracle.broken] == ["S2: a person's m"]
    assert "money" in oracle.broken[0].words


def test_a_value_that_nobody_gave_breaks_s3(oracle: Oracle) -> None:
    synced(oracle)
    happens(oracle, ENGINE, "there", theirs(), theirs(day="2026-02-28"))
    assert "S3" in look(oracle, LINKED)


def test_what_a_void_left_in_the_note_is_news_once_there_are_amounts_again(oracle: Oracle) -> None:
    synced(oracle)
    void = {**theirs(amount="0.00", memo="Voided"), "void": True}
    happens(oracle, PEOPLE, "there", theirs(), void)
    happens(oracle, PEOPLE, "there", void, theirs(amount="11.00", memo="Voided"))
    assert look(oracle, LINKED) == []


def test_a_change_of_what_is_unlinked_breaks_s4(oracle: Oracle) -> None:
    synced(oracle)
    oracle.decided(Decision(AT, "unlink", "invoice", "1", "9"))
    happens(oracle, PEOPLE, "here", ours(), ours(memo="new"))
    assert look(oracle) == []
    happens(oracle, ENGINE, "there", theirs(), theirs(memo="new"))
    assert look(oracle) == ["S4"]


@pytest.mark.parametrize(("closed_s", "broken"), [(600, ["S5"]), (60, [])])
def test_a_change_in_a_period_that_is_known_to_be_closed_breaks_s5(
    oracle: Oracle, closed_s: int, broken: list[str]
) -> None:
    synced(oracle)
    oracle.chronicle.closed.append((AT, date(2026, 3, 1)))
    happens(oracle, PEOPLE, "here", ours(), ours(memo="new"))
    happens(oracle, ENGINE, "there", theirs(), theirs(memo="new"), at=AT + timedelta(seconds=closed_s))
    assert look(oracle, LINKED) == broken


def test_a_cent_between_two_that_are_shown_as_synced_breaks_s8(oracle: Oracle) -> None:
    happens(oracle, PEOPLE, "here", None, ours())
    happens(oracle, ENGINE, "there", None, theirs(amount="10.01"))
    assert look(oracle) == []
    # Entered with other values than it was made with: nobody's edit is waiting.
    oracle.pending.clear()
    assert look(oracle, LINKED) == ["S8"]


def test_what_is_taken_back_after_a_run_had_read_it_is_unread_and_then_breaks_s8(oracle: Oracle) -> None:
    synced(oracle)
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="new"))
    happens(oracle, PEOPLE, "there", theirs(memo="new"), theirs())
    happens(oracle, ENGINE, "here", ours(), ours(memo="new"))
    assert look(oracle, LINKED) == []
    oracle.all_is_read(AT)
    assert look(oracle, LINKED) == ["S8"]


def test_what_quickbooks_does_not_show_yet_no_run_has_read(oracle: Oracle) -> None:
    synced(oracle)
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="new"))
    happens(oracle, PEOPLE, "there", theirs(memo="new"), theirs())
    happens(oracle, ENGINE, "here", ours(), ours(memo="new"))
    oracle.all_is_read(AT - timedelta(seconds=1))
    assert look(oracle, LINKED) == []
    oracle.all_is_read(AT)
    assert look(oracle, LINKED) == ["S8"]


def test_what_is_shown_as_deleted_and_is_there_breaks_s8(oracle: Oracle) -> None:
    synced(oracle)
    gone = replace(LINKED, status="failed", reason="deleted_there")
    happens(oracle, PEOPLE, "there", theirs(), None)
    assert look(oracle, gone) == []
    happens(oracle, PEOPLE, "there", None, theirs())
    assert look(oracle, gone) == ["S8"]


def test_a_void_whose_note_was_written_over_equals_a_void_and_what_has_no_amounts() -> None:
    there = {**theirs(amount="0.00", memo="entered twice"), "void": True}
    for here in ({**ours(), "void": True}, ours(amount="0.00", memo="entered twice")):
        assert equal(Refs({("Customer", "5"): "50", ("Item", "3"): "30"}), "invoice", here, there) == []
    assert equal(Refs({}), "invoice", ours(), {**there, "memo": "Voided"}) == ["void"]


def test_what_was_void_is_void_until_it_has_amounts_again() -> None:
    assert still_void(theirs(amount="0.00"))["void"]
    assert not still_void(theirs(amount="1.00"))["void"]


def take_back(oracle: Oracle, act: str) -> None:
    oracle.decided(Decision(AT, "take back", *HERE, THERE[1], {"act": act}))


VOIDED = {**theirs(amount="0.00", memo="Voided"), "void": True}


@pytest.mark.parametrize(("act", "after"), [("void", VOIDED), ("delete", None)])
def test_what_was_made_is_voided_or_deleted_there_only_where_a_person_takes_it_back(
    oracle: Oracle, act: str, after: Values | None
) -> None:
    synced(oracle)
    undone = replace(LINKED, status="failed", reason="undone")
    take_back(oracle, act)
    happens(oracle, ENGINE, "there", theirs(), after)
    assert look(oracle, undone) == []
    other = Oracle(Chronicle())
    synced(other)
    happens(other, ENGINE, "there", theirs(), after)
    assert look(other, undone) == ["S3"]


def test_who_takes_back_an_edit_gives_the_values_from_before_and_no_others(oracle: Oracle) -> None:
    synced(oracle)
    take_back(oracle, "update")
    happens(oracle, ENGINE, "there", theirs(), theirs(memo="of nobody"))
    assert look(oracle, LINKED)[0] == "S3"


def test_what_is_shown_as_undone_is_left_alone_until_somebody_decides(oracle: Oracle) -> None:
    synced(oracle)
    undone = replace(LINKED, status="failed", reason="undone")
    happens(oracle, PEOPLE, "here", ours(), ours(memo="new"))
    assert look(oracle, undone) == []
    oracle.decided(Decision(AT, "choose", *HERE, THERE[1], {"memo": "ours"}))
    happens(oracle, ENGINE, "there", theirs(), theirs(memo="new"))
    assert look(oracle, undone) == []
    happens(oracle, ENGINE, "there", theirs(memo="new"), theirs())
    assert look(oracle, undone) == ["S3"]


def a_copy_comes_back(oracle: Oracle, before: Values, after: Values | None) -> None:
    happens(oracle, RESTORED, "here", before, after)
    oracle.decided(Decision(AT, "restore"))


def test_what_crossed_before_a_copy_came_back_may_come_home_once(oracle: Oracle) -> None:
    oracle.decided(Decision(AT, "back up"))
    synced(oracle)
    a_copy_comes_back(oracle, ours(), None)
    happens(oracle, ENGINE, "here", None, ours())
    assert look(oracle, LINKED) == []
    oracle.chronicle.note(Change(AT, ENGINE, "here", ("invoice", "2"), None, ours()))
    assert look(oracle, LINKED) == ["S1"]


def test_what_quickbooks_got_after_the_copy_is_not_overwritten_from_it(oracle: Oracle) -> None:
    synced(oracle)
    oracle.decided(Decision(AT, "back up"))
    assert look(oracle, LINKED) == []
    happens(oracle, PEOPLE, "there", theirs(), theirs(memo="new"))
    happens(oracle, ENGINE, "here", ours(), ours(memo="new"))
    assert look(oracle, LINKED) == []
    a_copy_comes_back(oracle, ours(memo="new"), ours())
    assert look(oracle, LINKED) == []
    happens(oracle, ENGINE, "there", theirs(memo="new"), theirs())
    assert look(oracle, LINKED) == ["S2"]
