from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tieout import clock
from tieout.jobs import running
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.sync.models import Cursor, Only, Policy, Trigger

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class StoppedClock:
    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def time() -> Iterator[StoppedClock]:
    stopped = StoppedClock()
    with clock.using(stopped):
        yield stopped


def company(name: str, status: str = Connection.Status.CONNECTED, **cursor: object) -> Company:
    made = Company.objects.create(name=name)
    Connection.objects.create(company=made, realm_id=str(made.pk), status=status, client_id="ours")
    Policy.objects.create(company=made, sync_from=date(2026, 1, 1))
    Cursor.objects.create(company=made, **{"next_run_at": NOON + timedelta(minutes=5)} | cursor)
    return made


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Takes the place of the engine; a company called Broken breaks it."""
    made: list[tuple[str, str, str]] = []

    def sync(company: Company, trigger: Trigger, by: str, *, only: Only) -> None:
        made.append((company.name, trigger, by))
        if company.name == "Broken":
            raise RuntimeError("as if by a bug")

    monkeypatch.setattr(running, "turn", sync)
    return made
