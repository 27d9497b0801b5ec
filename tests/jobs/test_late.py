"""A company for which no run comes to its end is shown, and mailed once to those who should know."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tieout import clock
from tieout.jobs import late
from tieout.mails.models import Mail
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Membership, Role, User
from tieout.sync.models import Policy, Run, Trigger, pack

from .conftest import NOON, StoppedClock, company

pytestmark = pytest.mark.django_db
MINUTES = 60.0
LONG_AGO = NOON - timedelta(days=3)


@pytest.fixture
def alp() -> Company:
    """Connected at noon; its interval is 20 minutes."""
    made = company("Alp")
    Connection.objects.filter(company=made).update(connected_at=NOON)
    return made


def run(of: Company, ending: Run.Ending, details: str = "", only: str = "") -> None:
    now = clock.now()
    Run.objects.create(
        company=of, trigger=Trigger.AUTOMATIC, started_at=now, ended_at=now, ending=ending, details=details, only=only
    )


def person(email: str, of: Company, role: str) -> User:
    user = User.objects.create_user(email)
    Membership.objects.create(user=user, company=of, role=role)
    return user


def told() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("to").values_list("to", "subject"))


def test_a_company_is_late_after_three_intervals_without_an_end(alp: Company, time: StoppedClock) -> None:
    time.sleep(20 * MINUTES)
    run(alp, Run.Ending.DONE)
    time.sleep(59 * MINUTES)
    assert late.late(alp) is None
    time.sleep(1 * MINUTES)
    found = late.late(alp)
    assert found is not None
    assert found.since == NOON + timedelta(minutes=20)


def test_a_run_of_some_records_alone_is_no_end(alp: Company, time: StoppedClock) -> None:
    time.sleep(60 * MINUTES)
    run(alp, Run.Ending.DONE, only=pack((("invoice", 1),)))
    assert late.late(alp) is not None


def test_one_that_never_came_to_an_end_is_late_too(alp: Company, time: StoppedClock) -> None:
    time.sleep(60 * MINUTES)
    assert [each.company for each in late.all_late()] == [alp]


@pytest.mark.parametrize("ending", [Run.Ending.STOPPED, Run.Ending.BROKEN])
def test_an_attempt_that_failed_is_no_end_but_says_why(alp: Company, time: StoppedClock, ending: Run.Ending) -> None:
    time.sleep(50 * MINUTES)
    run(alp, ending, "QuickBooks is out of reach.")
    time.sleep(10 * MINUTES)
    found = late.late(alp)
    assert found is not None
    assert found.trouble == "QuickBooks is out of reach."


def test_a_longer_interval_takes_longer(alp: Company, time: StoppedClock) -> None:
    Policy.objects.filter(company=alp).update(interval_minutes=60)
    time.sleep(179 * MINUTES)
    assert late.late(alp) is None


def test_one_that_is_not_connected_is_not_late(alp: Company, time: StoppedClock) -> None:
    Connection.objects.filter(company=alp).update(status=Connection.Status.NEEDS_RECONNECTING)
    time.sleep(600 * MINUTES)
    assert late.late(alp) is None


def test_after_reconnecting_the_intervals_begin_anew(alp: Company, time: StoppedClock) -> None:
    time.sleep(600 * MINUTES)
    Connection.objects.filter(company=alp).update(connected_at=clock.now())
    assert late.late(alp) is None


def test_owners_and_who_connected_are_mailed_once_each_time(alp: Company, time: StoppedClock) -> None:
    person("owner@example.com", alp, Role.OWNER)
    person("viewer@example.com", alp, Role.VIEWER)
    admin = person("admin@example.com", alp, Role.ADMIN)
    Connection.objects.filter(company=alp).update(connected_by=admin)
    subject = "Alp: no sync has come to its end for a while"
    for _ in range(3):
        time.sleep(60 * MINUTES)
        late.check(LONG_AGO)
    assert told() == [("admin@example.com", subject), ("owner@example.com", subject)]

    run(alp, Run.Ending.DONE)
    time.sleep(60 * MINUTES)
    late.check(LONG_AGO)
    assert len(told()) == 4


def test_who_has_left_is_not_mailed(alp: Company, time: StoppedClock) -> None:
    left = person("left@example.com", alp, Role.ADMIN)
    Connection.objects.filter(company=alp).update(connected_by=left)
    Membership.objects.filter(user=left).delete()
    time.sleep(60 * MINUTES)
    late.check(LONG_AGO)
    assert told() == []


def test_a_machine_that_was_off_over_the_weekend_may_first_catch_up(alp: Company, time: StoppedClock) -> None:
    person("owner@example.com", alp, Role.OWNER)
    time.sleep(48 * 60 * MINUTES)
    up_since = clock.now()
    late.check(up_since)
    time.sleep(19 * MINUTES)
    late.check(up_since)
    assert told() == []
    time.sleep(1 * MINUTES)
    late.check(up_since)
    assert len(told()) == 1


def test_one_that_falls_over_in_each_run_tells_though_it_never_was_up_for_long(
    alp: Company, time: StoppedClock
) -> None:
    person("owner@example.com", alp, Role.OWNER)
    for _ in range(4):
        run(alp, Run.Ending.BROKEN)
        time.sleep(20 * MINUTES)
        late.check(clock.now())
    assert len(told()) == 1


def test_a_process_is_awake_since_its_last_pause(time: StoppedClock) -> None:
    awake = late.Awake()
    assert awake.since() == NOON
    time.sleep(60)
    assert awake.since() == NOON
    time.sleep(8 * 60 * MINUTES)
    woke_up: datetime = clock.now()
    assert awake.since() == woke_up


def test_the_mail_says_what_and_where_to_look(alp: Company, time: StoppedClock) -> None:
    person("owner@example.com", alp, Role.OWNER)
    time.sleep(60 * MINUTES)
    run(alp, Run.Ending.STOPPED, "QuickBooks is out of reach.")
    late.check(LONG_AGO)
    text = Mail.objects.get().text
    assert "Since 02 March 2026, 12:00 (UTC) no sync of Alp" in text
    assert "QuickBooks is out of reach." in text
    assert f"/c/{alp.pk}/sync/run/" in text
