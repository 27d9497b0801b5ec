from __future__ import annotations

from pathlib import Path

import pytest
from django.core import mail
from django.db import connection

from tieout.filelock import Locked
from tieout.jobs import embedded, tending, wake
from tieout.mails.letter import Letter
from tieout.mails.outbox import post

from .conftest import company

pytestmark = pytest.mark.django_db


def test_it_runs_who_asked_under_their_name(runs: list[tuple[str, str, str]]) -> None:
    wake(company("Alp"), by="anna@example.com")
    runner = embedded.Runner(threads=1)
    assert runner.run_one()
    assert not runner.run_one()
    assert runs == [("Alp", "manual", "anna@example.com")]


def test_a_run_that_breaks_stops_no_other_company(
    runs: list[tuple[str, str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    wake(company("Broken"))
    wake(company("Whole"))
    runner = embedded.Runner(threads=1)
    while runner.run_one():
        pass
    assert sorted(name for name, _, _ in runs) == ["Broken", "Whole"]
    assert "as if by a bug" in caplog.text


def test_a_company_that_broke_is_tried_again_at_its_next_slot_not_at_once(runs: list[tuple[str, str, str]]) -> None:
    wake(company("Broken"))
    runner = embedded.Runner(threads=1)
    assert runner.run_one()
    assert not runner.run_one()
    assert len(runs) == 1


def test_one_runner_per_sqlite_database(tmp_path: Path) -> None:
    first = embedded.alone(tmp_path, "the first")
    if connection.vendor != "sqlite":
        assert first is None
        assert embedded.alone(tmp_path, "the second") is None
        return
    assert first is not None
    with first, pytest.raises(Locked, match="the first"):
        embedded.alone(tmp_path, "the second")


@pytest.mark.django_db(transaction=True)
def test_between_runs_mails_are_sent() -> None:
    post("test:1", ["anna@example.com"], Letter("Subject", ("Words",)))
    tending.tend()
    assert [message.to for message in mail.outbox] == [["anna@example.com"]]
