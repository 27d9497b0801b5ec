from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from tieout.cli.errors import problem_of
from tieout.cli.exits import Exit, Problem
from tieout.environment import BadEnvironment
from tieout.quickbooks import errors as quickbooks
from tieout.subledger.services.refusal import refuse
from tieout.sync.hold import Busy, LeaseLost


def full_database(folder: Path) -> Exception:
    """What SQLite really raises when a file may not grow, wrapped as Django wraps it."""
    database = sqlite3.connect(folder / "full.sqlite3")
    database.execute("PRAGMA max_page_count = 2")
    try:
        database.execute("CREATE TABLE filling (x)")
        database.executemany("INSERT INTO filling VALUES (randomblob(4000))", [()] * 10)
    except sqlite3.Error as error:
        wrapped = OperationalError(*error.args)
        wrapped.__cause__ = error
        return wrapped
    finally:
        database.close()
    raise AssertionError("the database was not full")


def test_a_full_database_is_told_as_a_full_disk(tmp_path: Path) -> None:
    problem = problem_of(full_database(tmp_path))
    assert problem.exit == Exit.NOT_NOW
    assert "disk is full" in problem.sentence


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(sqlite3.DatabaseError) as raised:
        sqlite3.connect(tmp_path / "x").execute("SELECT * FROM sqlite_master")
    assert problem_of(raised.value).exit == Exit.WRONG_USE


def test_a_full_disk_is_recognised_behind_the_error_it_caused() -> None:
    error = RuntimeError("could not store the answer")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device", "/data/x")
    assert problem_of(error).exit == Exit.NOT_NOW


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "contacts.csv").read_text()
    problem = problem_of(raised.value)
    assert problem.exit == Exit.WRONG_USE
    assert problem.sentence == f"{tmp_path / 'contacts.csv'}: no such file or directory."


@pytest.mark.parametrize(
    ("error", "exit"),
    [
        (quickbooks.NotConnected("Not connected."), Exit.RECONNECT),
        (quickbooks.AccessLost("Access was revoked."), Exit.RECONNECT),
        (quickbooks.WrongKeys("The keys are wrong."), Exit.RECONNECT),
        (quickbooks.RealmTaken("Bound already."), Exit.WRONG_USE),
        (quickbooks.NoFreeRealm("None is free."), Exit.WRONG_USE),
        (quickbooks.Outage("Down."), Exit.NOT_NOW),
        (quickbooks.Unreachable("Nothing answers."), Exit.NOT_NOW),
        (quickbooks.Throttled("Too many calls."), Exit.NOT_NOW),
        (quickbooks.ReadFailed("QuickBooks refused a read."), Exit.NOT_NOW),
        (LeaseLost(), Exit.NOT_NOW),
        (Busy(), Exit.NOT_NOW),
        (BadEnvironment("TIEOUT_LEASE_S is 'x'; set it to a whole number."), Exit.WRONG_USE),
    ],
)
def test_every_trouble_has_its_exit_code_and_keeps_its_sentence(error: Exception, exit: Exit) -> None:
    problem = problem_of(error)
    assert (problem.exit, problem.sentence) == (exit, str(error))


def test_a_refusal_names_the_field() -> None:
    problem = problem_of(refuse("Is not an e-mail address.", "email"))
    assert (problem.exit, problem.sentence) == (Exit.WRONG_USE, "email: Is not an e-mail address.")


def test_a_problem_stays_what_it_is() -> None:
    problem = Problem(Exit.ATTENTION, "Something waits.")
    assert problem_of(problem) is problem


def test_a_bug_is_one_sentence_and_its_traceback_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIEOUT_DATA", str(tmp_path))
    monkeypatch.delenv("TIEOUT_DEBUG", raising=False)
    problem = problem_of(ZeroDivisionError("division by zero"))
    assert problem.exit == Exit.NOT_NOW
    assert "\n" not in problem.sentence
    assert "ZeroDivisionError" in (tmp_path / "tieout.log").read_text()


def test_a_bug_is_told_even_where_no_log_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEOUT_DATA", str(tmp_path / "not there"))
    monkeypatch.delenv("TIEOUT_DEBUG", raising=False)
    assert "TIEOUT_DEBUG" in problem_of(ZeroDivisionError("division by zero")).sentence
