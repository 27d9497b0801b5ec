from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from tieout.jobs import due, wake
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Policy, Trigger

from .conftest import NOON, StoppedClock, company

pytestmark = pytest.mark.django_db


def claimed() -> due.Job:
    job = due.claim()
    assert job is not None
    return job


def test_nothing_is_due_before_its_time() -> None:
    company("Early")
    assert due.claim() is None


def test_a_company_whose_slot_has_come_runs_automatically() -> None:
    here = company("Due", next_run_at=NOON)
    assert claimed() == due.Job(here, Trigger.AUTOMATIC, "")


def test_many_missed_slots_make_one_run(time: StoppedClock) -> None:
    company("Long off", next_run_at=NOON - timedelta(days=3))
    due.finished(claimed().company)
    assert due.claim() is None
    time.sleep(20 * 60)
    assert due.claim() is not None


def test_who_is_woken_runs_at_once_and_before_those_that_are_only_due() -> None:
    company("Only due", next_run_at=NOON - timedelta(hours=1))
    woken = company("Woken")
    wake(woken, by="anna@example.com")
    assert claimed() == due.Job(woken, Trigger.MANUAL, "anna@example.com")


def test_waking_twice_before_the_run_begins_makes_one_run() -> None:
    woken = company("Woken")
    wake(woken)
    wake(woken)
    due.finished(claimed().company)
    assert due.claim() is None


def test_a_notification_does_not_take_the_place_of_a_persons_wish() -> None:
    woken = company("Woken")
    wake(woken, by="anna@example.com")
    wake(woken, trigger=Trigger.WEBHOOK)
    assert claimed() == due.Job(woken, Trigger.MANUAL, "anna@example.com")


def test_a_persons_wish_takes_the_place_of_a_notification() -> None:
    woken = company("Woken")
    wake(woken, trigger=Trigger.WEBHOOK)
    wake(woken, by="anna@example.com")
    assert claimed() == due.Job(woken, Trigger.MANUAL, "anna@example.com")


def test_waking_during_a_run_makes_one_more_after_it() -> None:
    woken = company("Woken")
    wake(woken)
    first = claimed()
    wake(woken, by="late@example.com")
    wake(woken, by="later@example.com")
    assert due.claim(busy={first.company.pk}) is None
    due.finished(first.company)
    assert claimed().by == "later@example.com"
    due.finished(first.company)
    assert due.claim() is None


FIRST, SECOND = (("invoice", 1),), (("payment", 2),)


def test_edits_of_some_records_make_one_run_of_these_alone() -> None:
    here = company("Alp")
    wake(here, by="anna@example.com", trigger=Trigger.ON_DEMAND, only=FIRST)
    wake(here, by="ben@example.com", trigger=Trigger.ON_DEMAND, only=SECOND)
    wake(here, by="ben@example.com", trigger=Trigger.ON_DEMAND, only=SECOND)
    assert claimed() == due.Job(here, Trigger.ON_DEMAND, "ben@example.com", only=(*FIRST, *SECOND))
    assert due.claim() is None


@pytest.mark.parametrize("first", [True, False])
def test_who_asks_for_everything_gets_everything_whatever_was_edited_before_or_after(first: bool) -> None:
    here = company("Alp")
    for only in ((), FIRST) if first else (FIRST, ()):
        wake(here, trigger=Trigger.ON_DEMAND if only else Trigger.MANUAL, only=only)
    assert claimed().only == ()
    assert due.claim() is None


def test_an_edit_during_a_run_makes_one_more_of_that_record(time: StoppedClock) -> None:
    here = company("Alp")
    wake(here)
    first = claimed()
    wake(here, trigger=Trigger.ON_DEMAND, only=FIRST)
    assert due.claim(busy={here.pk}) is None
    due.finished(first.company, first.slot)
    assert claimed().only == FIRST


def test_a_run_of_some_records_leaves_the_company_its_next_slot(time: StoppedClock) -> None:
    here = company("Alp", next_run_at=NOON + timedelta(minutes=5))
    for _ in range(2):
        wake(here, trigger=Trigger.ON_DEMAND, only=FIRST)
        job = claimed()
        time.sleep(120)
        due.finished(job.company, job.slot)
    assert due.claim() is None
    time.sleep(60)
    assert claimed() == due.Job(here, Trigger.AUTOMATIC, "")


def test_when_the_slot_has_come_everything_is_synced_and_the_edit_with_it() -> None:
    here = company("Alp", next_run_at=NOON)
    wake(here, by="anna@example.com", trigger=Trigger.ON_DEMAND, only=FIRST)
    assert claimed() == due.Job(here, Trigger.ON_DEMAND, "anna@example.com")


def test_should_the_process_die_over_some_records_everything_is_due_after_the_lease(time: StoppedClock) -> None:
    wake(company("Died"), trigger=Trigger.ON_DEMAND, only=FIRST)
    claimed()
    time.sleep(31)
    assert claimed().only == ()


def test_many_edits_before_a_run_begins_make_it_one_of_everything() -> None:
    here = company("Busy")
    for number in range(due.MOST_ALONE + 1):
        wake(here, trigger=Trigger.ON_DEMAND, only=(("invoice", number),))
    assert claimed().only == ()


def test_a_company_that_another_process_holds_is_left_to_it() -> None:
    wake(company("Held", held_until=NOON + timedelta(seconds=10)))
    assert due.claim() is None


def test_a_claim_whose_process_died_is_due_again_after_the_lease(time: StoppedClock) -> None:
    wake(company("Died"))
    claimed()
    assert due.claim() is None
    time.sleep(31)
    assert due.claim() is not None


def test_of_two_workers_one_gets_the_run() -> None:
    company("Wanted by both", next_run_at=NOON)
    cursor = Cursor.objects.get()
    assert due.taken(cursor, NOON)
    assert not due.taken(cursor, NOON)


CANNOT_RUN = set(Connection.Status) - {Connection.Status.CONNECTED, Connection.Status.SET_UP_UNFINISHED}


@pytest.mark.parametrize("status", sorted(CANNOT_RUN))
def test_who_is_not_connected_does_not_run(status: str) -> None:
    wake(company("Away", status, next_run_at=NOON))
    assert due.claim() is None


def test_who_is_being_set_up_has_its_turn_only_when_it_is_asked_for() -> None:
    unfinished = company("New", Connection.Status.SET_UP_UNFINISHED, next_run_at=NOON)
    assert due.claim() is None
    wake(unfinished, trigger=Trigger.CONNECT)
    assert claimed().company == unfinished


def paused(minutes: int) -> Company:
    made = company("Out of reach", next_run_at=NOON)
    Connection.objects.update(retry_at=NOON + timedelta(minutes=minutes))
    return made


def test_after_an_outage_it_is_tried_again_when_the_pause_is_over_not_when_the_next_slot_comes(
    time: StoppedClock,
) -> None:
    here = paused(2)
    assert due.claim() is None
    due.finished(here)
    time.sleep(121)
    assert claimed().trigger == Trigger.AUTOMATIC


def test_a_person_need_not_wait_for_the_end_of_the_pause_and_an_edit_does() -> None:
    here = paused(20)
    wake(here, trigger=Trigger.ON_DEMAND)
    assert due.claim() is None
    wake(here, by="anna@example.com")
    assert claimed().by == "anna@example.com"


def test_companies_that_never_ran_begin_at_different_moments_of_the_interval() -> None:
    for number in range(10):
        company(f"New {number}", next_run_at=None)
    due.spread(NOON)
    slots = sorted(cursor.next_run_at - NOON for cursor in Cursor.objects.all() if cursor.next_run_at)
    assert len(slots) == 10
    assert all(timedelta() <= slot <= timedelta(minutes=20) for slot in slots)
    assert all(later - earlier > timedelta(seconds=30) for earlier, later in itertools.pairwise(slots))


def test_each_company_has_its_own_interval(time: StoppedClock) -> None:
    here = company("Hourly", next_run_at=NOON)
    Policy.objects.filter(company=here).update(interval_minutes=60)
    due.finished(claimed().company)
    time.sleep(59 * 60)
    assert due.claim() is None
    time.sleep(60)
    assert due.claim() is not None
