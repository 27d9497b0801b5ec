"""Turns whatever ended a command into one sentence and an exit code; the only place that does."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from .exits import Exit, Problem

FULL = Problem(
    Exit.NOT_NOW,
    "the disk is full, or the file may not grow further; nothing that was agreed is lost. Make room and try again.",
)

# Exceptions whose message is a sentence already; by name, so that a start needs to import none of them.
EXITS = {
    "BadEnvironment": Exit.WRONG_USE,
    "BadFile": Exit.WRONG_USE,
    "Refused": Exit.WRONG_USE,
    "NotConnected": Exit.RECONNECT,
    "AccessLost": Exit.RECONNECT,
    "WrongKeys": Exit.RECONNECT,
    "RealmTaken": Exit.WRONG_USE,
    "Unreachable": Exit.NOT_NOW,
    "Outage": Exit.NOT_NOW,
    "Throttled": Exit.NOT_NOW,
    "ReadFailed": Exit.NOT_NOW,
    "LeaseLost": Exit.NOT_NOW,
    "Busy": Exit.NOT_NOW,
}

SQLITE = {
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR_WRITE": FULL,
    "SQLITE_BUSY": Problem(Exit.NOT_NOW, "the database is in use by another process; try again."),
    "SQLITE_LOCKED": Problem(Exit.NOT_NOW, "the database is in use by another process; try again."),
    "SQLITE_CANTOPEN": Problem(Exit.WRONG_USE, "the database file can't be opened; check the data folder."),
    "SQLITE_READONLY": Problem(Exit.WRONG_USE, "the database may only be read; check who owns the data folder."),
    "SQLITE_NOTADB": Problem(Exit.WRONG_USE, "the file tieout.sqlite3 in the data folder is no SQLite database."),
    "SQLITE_CORRUPT": Problem(Exit.WRONG_USE, "the database is damaged; restore a backup with `tieout restore`."),
}


def problem_of(error: BaseException) -> Problem:
    for cause in causes(error):
        if found := known(cause):
            return found
    return bug(error)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def known(error: BaseException) -> Problem | None:
    name = type(error).__name__
    if isinstance(error, Problem):
        return error
    for kind in type(error).__mro__:
        if kind.__module__.startswith("tieout.") and kind.__name__ in EXITS:
            return Problem(EXITS[kind.__name__], sentence(by_field(error) or str(error) or name))
    if type(error).__module__.startswith("psycopg") and name == "OperationalError":
        return Problem(Exit.NOT_NOW, f"PostgreSQL can't be used now: {sentence(str(error))}")
    if isinstance(error, OSError):
        return of_file(error)
    return SQLITE.get(sqlite_name(error))


def by_field(error: BaseException) -> str:
    """A refusal of the subledger says what is wrong beside each field."""
    fields: dict[str, str] = getattr(error, "errors", {})
    return " ".join(f"{field}: {told}" if field else told for field, told in fields.items())


def sqlite_name(error: BaseException) -> str:
    """The primary code, but for a failed write, which is how a limit on a file's size shows."""
    full = getattr(error, "sqlite_errorname", "")
    return full if full in SQLITE else "_".join(full.split("_")[:2])


def of_file(error: OSError) -> Problem | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FULL
    if error.filename is None or error.errno is None:
        return None
    return Problem(Exit.WRONG_USE, f"{os.fsdecode(error.filename)}: {os.strerror(error.errno).lower()}.")


def sentence(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if one_line.endswith((".", "!", "?", "`")) else f"{one_line}."


def bug(error: BaseException) -> Problem:
    told = f"stopped by an error in Tieout itself ({type(error).__name__}: {sentence(str(error))[:200]})"
    if os.environ.get("TIEOUT_DEBUG") == "true":
        traceback.print_exception(error)
        return Problem(Exit.NOT_NOW, f"{told} Nothing that was agreed is lost.")
    log = Path(os.environ.get("TIEOUT_DATA", "data")) / "tieout.log"
    return Problem(Exit.NOT_NOW, f"{told} Nothing that was agreed is lost; {where_logged(error, log)}")


def where_logged(error: BaseException, log: Path) -> str:
    try:
        with log.open("a", encoding="utf-8") as out:
            out.write(f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return "set TIEOUT_DEBUG=true to see where."
    return f"where it happened is in {log}."
