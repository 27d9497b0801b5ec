"""What a worker on PostgreSQL does with what is waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as on_django
from procrastinate.contrib.django.django_connector import DjangoConnector
from pytest_django import Settings

from tieout import clock
from tieout.jobs import due, running, tasks, wake
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Trigger

from .conftest import NOON, company

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Sync = Callable[[Company, Trigger, str], None]


@pytest.fixture(autouse=True)
def empty_queue(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # A worker's threads would keep theirs beyond the test.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with connection.cursor() as cursor:
        for table in ("jobs", "periodic_defers", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")


def a_worker() -> App:
    assert isinstance(on_django.connector, DjangoConnector)
    return tasks.app_on(on_django.connector.get_worker_connector())


def work() -> None:
    """Does what is waiting, and ends."""
    with a_worker().open() as app:
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="always")


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def die_at_work(seconds_ago: int) -> None:
    """As a worker leaves it that was killed with all that waited in its hands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            [seconds_ago],
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone())


def test_it_runs_who_asked_under_their_name(runs: list[tuple[str, str, str]]) -> None:
    wake(company("Alp"), by="anna@example.com")
    work()
    assert runs == [("Alp", "manual", "anna@example.com")]
    assert jobs() == []


def test_a_run_that_breaks_stops_no_other_company(
    runs: list[tuple[str, str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    wake(company("Broken"))
    wake(company("Whole"))
    work()
    assert sorted(name for name, _, _ in runs) == ["Broken", "Whole"]
    assert "as if by a bug" in caplog.text


def test_who_is_due_is_put_in_the_queue_and_run(runs: list[tuple[str, str, str]]) -> None:
    company("Due", next_run_at=NOON)
    company("Later", next_run_at=NOON + timedelta(minutes=1))
    tasks.schedule(0)
    tasks.schedule(0)
    assert len(jobs()) == 1
    work()
    assert runs == [("Due", "automatic", "")]


def test_a_wake_up_that_the_embedded_runner_answered_first_makes_no_second_run(
    runs: list[tuple[str, str, str]],
) -> None:
    wake(company("Alp"))
    job = due.claim()
    assert job is not None
    running.run(job)
    work()
    assert len(runs) == 1


def test_who_is_held_by_another_process_runs_once_that_ends(runs: list[tuple[str, str, str]]) -> None:
    held = company("Held", held_until=clock.now() + timedelta(seconds=10))
    wake(held)
    work()
    assert runs == []
    Cursor.objects.filter(company=held).update(held_until=None)
    tasks.schedule(0)
    work()
    assert len(runs) == 1


def test_what_a_dead_worker_had_in_hand_is_taken_back(runs: list[tuple[str, str, str]], settings: Settings) -> None:
    wake(company("Alp"))
    die_at_work(seconds_ago=2 * settings.LEASE_S)
    take_back_and_work()
    assert len(runs) == 1
    assert jobs() == []


def test_what_a_living_worker_has_in_hand_stays_with_it(runs: list[tuple[str, str, str]]) -> None:
    wake(company("Alp"))
    die_at_work(seconds_ago=1)
    take_back_and_work()
    assert runs == []
    assert ("tieout.run", "doing") in jobs()


def test_what_is_taken_back_while_the_same_waits_becomes_one_run(runs: list[tuple[str, str, str]]) -> None:
    here = company("Alp")
    wake(here)
    die_at_work(seconds_ago=60)
    wake(here)
    take_back_and_work()
    assert len(runs) == 1
    assert jobs() == []


def take_back_and_work() -> None:
    async def take_back() -> None:
        async with a_worker().open_async() as app:
            await tasks.take_back(app.job_manager)

    asyncio.run(take_back())
    work()
