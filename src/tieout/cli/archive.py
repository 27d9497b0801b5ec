"""A backup: one tar file with the database as it stood at one moment and the keys that open its secrets."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import tieout

from .exits import Exit, Problem

SQLITE = "tieout.sqlite3"
POSTGRES = "tieout.pgdump"
MANIFEST = "manifest.json"
# Made by the settings on a first start; not there where the environment gives the keys.
KEYS = ("secret-key", "sealing-key")


def write(folder: Path, file: Path) -> None:
    if file.exists():
        raise Problem(Exit.WRONG_USE, f"{file} is there already; give a new name.")
    if not file.absolute().parent.is_dir():
        raise Problem(Exit.WRONG_USE, f"{file.parent} is no folder; make it first.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as made:
        work = Path(made)
        names = [dump(folder, work), *copy_keys(folder, work), manifest(work)]
        with tarfile.open(work / "all.tar.gz", "w:gz") as tar:
            for name in names:
                tar.add(work / name, arcname=name)
        (work / "all.tar.gz").chmod(0o600)
        (work / "all.tar.gz").rename(file)


def dump(folder: Path, into: Path) -> str:
    if url := os.environ.get("DATABASE_URL"):
        run_tool("pg_dump", "--format=custom", f"--dbname={url}", f"--file={into / POSTGRES}")
        return POSTGRES
    with closing(sqlite3.connect(folder / SQLITE)) as live, closing(sqlite3.connect(into / SQLITE)) as copy:
        live.backup(copy)
    return SQLITE


def copy_keys(folder: Path, into: Path) -> list[str]:
    there = [name for name in KEYS if (folder / name).exists()]
    for name in there:
        shutil.copy2(folder / name, into / name)
    return there


def manifest(into: Path) -> str:
    about = {"tieout": tieout.__version__, "made_at": datetime.now(UTC).isoformat()}
    (into / MANIFEST).write_text(json.dumps(about))
    return MANIFEST


def restore(folder: Path, file: Path) -> Path | None:
    """Returns where the files that were there before are kept. Needs the folder alone, and no Django."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as made:
        work = Path(made)
        names = extract(file, work)
        if url := os.environ.get("DATABASE_URL"):
            need(names, POSTGRES, f"{file} is a backup of an SQLite database; unset DATABASE_URL to restore it.")
            load_postgres(work / POSTGRES, url)
        else:
            need(names, SQLITE, f"{file} is a backup of a PostgreSQL database; set DATABASE_URL to restore it.")
            check_sqlite(work / SQLITE)
        kept = set_aside(folder)
        for name in names & {SQLITE, *KEYS}:
            (work / name).rename(folder / name)
    return kept


def extract(file: Path, into: Path) -> set[str]:
    wanted = {SQLITE, POSTGRES, *KEYS}
    try:
        with tarfile.open(file) as tar:
            names = set(tar.getnames())
            if MANIFEST not in names:
                raise tarfile.ReadError
            for name in names & wanted:
                copy_out(tar, name, into / name)
    except (tarfile.TarError, EOFError) as error:
        raise Problem(Exit.WRONG_USE, f"{file} is no backup written by `tieout backup`, or not all of it.") from error
    return names & wanted


def copy_out(tar: tarfile.TarFile, name: str, to: Path) -> None:
    """The bytes of a plain file alone: no link, owner or mode of the archive's choosing."""
    source = tar.extractfile(name)
    if source is None:
        raise tarfile.ReadError
    to.touch(mode=0o600)
    with source, to.open("wb") as target:
        shutil.copyfileobj(source, target)


def need(names: set[str], name: str, otherwise: str) -> None:
    if name not in names:
        raise Problem(Exit.WRONG_USE, otherwise)


def check_sqlite(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened:
        found = opened.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise Problem(Exit.WRONG_USE, f"the database in the backup is damaged: {found}.")


def load_postgres(dump: Path, url: str) -> None:
    run_tool("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={url}", str(dump))


def set_aside(folder: Path) -> Path | None:
    there = [name for name in (SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm", *KEYS) if (folder / name).exists()]
    if not there:
        return None
    aside = folder / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir(mode=0o700)
    for name in there:
        (folder / name).rename(aside / name)
    return aside


def run_tool(*command: str) -> None:
    """The URL may hold a password, so what went wrong is told in the tool's words without the command."""
    if shutil.which(command[0]) is None:
        raise Problem(Exit.NOT_NOW, f"{command[0]} is not installed; on Debian: apt-get install postgresql-client.")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise Problem(Exit.NOT_NOW, f"{command[0]} failed: {last[0]}")


def begin_anew() -> None:
    """QuickBooks has gone on since the backup, so both books are matched in full before anything is written."""
    from tieout import clock
    from tieout.sync.models import Cursor, Run

    Cursor.objects.update(in_full=True, owner="", held_until=None)
    running = Run.objects.filter(ending=Run.Ending.RUNNING)
    running.update(ending=Run.Ending.BROKEN, ended_at=clock.now(), details="It was on when the backup was made.")
