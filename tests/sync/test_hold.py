"""One run per company at a time, anywhere, whoever freezes or dies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from pytest_django import Settings
from tests.sync.conftest import World

from tieout import clock
from tieout.subledger.models import Company
from tieout.sync.hold import Busy, Lease, LeaseLost, hold, take
from tieout.sync.models import Cursor, Run


class Frozen:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def company(db: None) -> Company:
    made = Company.objects.create(name="Harbour Lettings")
    Cursor.objects.create(company=made)
    return made


@pytest.fixture(autouse=True)
def time(request: pytest.FixtureRequest) -> Iterator[Frozen | None]:
    if "world" in request.fixturenames:
        yield None
        return
    with clock.using(frozen := Frozen()):
        yield frozen


def test_a_second_run_is_told_that_one_is_on(company: Company) -> None:
    with hold(company, wait=False), pytest.raises(Busy), hold(company, wait=False):
        pass


def test_a_run_may_begin_when_the_one_before_has_ended(company: Company) -> None:
    with hold(company, wait=False) as first:
        pass
    with hold(company, wait=False) as second:
        assert second.fence == first.fence + 1


def test_a_run_of_everything_is_what_was_asked_for_until_it_began(company: Company) -> None:
    Cursor.objects.update(wanted=True)
    take(company)
    assert not Cursor.objects.get().wanted


def test_what_is_asked_for_before_a_run_of_some_records_alone_begins_stays_asked_for(company: Company) -> None:
    Cursor.objects.update(wanted=True)
    take(company, for_all=False)
    assert Cursor.objects.get().wanted


def test_a_run_whose_process_died_is_taken_over_after_its_lease(
    company: Company, time: Frozen, settings: Settings
) -> None:
    take(company)
    with pytest.raises(Busy):
        take(company)
    time.sleep(settings.LEASE_S + 1)
    take(company)


def test_one_that_froze_past_its_lease_can_store_nothing_when_it_wakes_up(
    company: Company, time: Frozen, settings: Settings
) -> None:
    frozen = take(company)
    time.sleep(settings.LEASE_S + 1)
    taker = take(company)
    with pytest.raises(LeaseLost), frozen.transaction():
        Company.objects.update(name="Overwritten")
    with taker.transaction():
        pass
    company.refresh_from_db()
    assert company.name == "Harbour Lettings"


def test_renewing_keeps_others_out(company: Company, time: Frozen, settings: Settings) -> None:
    lease = take(company)
    for _ in range(3):
        time.sleep(settings.LEASE_S - 1)
        lease.renew()
    with pytest.raises(Busy):
        take(company)


def test_a_database_that_is_busy_for_a_moment_does_not_stop_the_renewing(
    company: Company, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEASE_S = 0.03
    tries: list[Lease] = []
    renewed = threading.Event()

    def renew(lease: Lease) -> None:
        tries.append(lease)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        renewed.set()

    monkeypatch.setattr(Lease, "renew", renew)
    with hold(company, wait=False):
        assert renewed.wait(30)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_it_at_once_one_gets_it(company: Company) -> None:
    got: list[int] = []
    begin = threading.Barrier(4)

    def compete() -> None:
        begin.wait()
        try:
            got.append(take(company).fence)
        except Busy:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=compete) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1


def test_a_run_that_was_left_running_is_shown_as_broken_by_the_next(world: World) -> None:
    abandoned = Run.objects.create(company=world.company, trigger="manual")
    world.sync()
    abandoned.refresh_from_db()
    assert (abandoned.ending, abandoned.ended_at is not None) == (Run.Ending.BROKEN, True)
