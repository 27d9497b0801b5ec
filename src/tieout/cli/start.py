"""What every command does first: find its data, start Django, bring the database's tables up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from tieout.filelock import Locked, hold

from .exits import Exit, Problem

MIGRATING = 0x7465696F7574  # any number that nothing else locks

# Held until the process ends.
_held: list[IO[str]] = []


def start(data: Path | None, *, default: str = "data", log: str = "error") -> Path:
    """After this the models can be imported and used. What goes wrong in a command that ends is told at its end."""
    os.environ.setdefault("TIEOUT_LOG", log)
    folder = settle(data, default)
    in_use(folder, shared=True)
    set_up_django()
    migrate(folder)
    return folder


def settle(data: Path | None, default: str = "data") -> Path:
    """The data folder, made if it is new, for this process and those it starts."""
    folder = (data or Path(os.environ.get("TIEOUT_DATA") or default)).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as error:
        raise Problem(Exit.WRONG_USE, f"{folder} is not a folder; give one with --data.") from error
    os.environ["TIEOUT_DATA"] = str(folder)
    return folder


def in_use(folder: Path, *, shared: bool) -> None:
    """Everything that works with the data shares this lock; restoring a backup must have it alone."""
    try:
        _held.append(hold(folder / "in-use.lock", shared=shared))
    except Locked as error:
        why = "a backup is being restored into it" if shared else "another tieout is working with it; stop it"
        raise Problem(Exit.NOT_NOW, f"{folder} is in use: {why}, then try again.") from error


def set_up_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tieout.settings"
    import django

    django.setup()


def migrate(folder: Path) -> None:
    """Under a lock, since two commands may meet a new version of Tieout at the same moment."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with hold(folder / "migrate.lock", wait=True):
        if connection.vendor == "postgresql":  # other machines may share it
            connection.cursor().execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        connection.close()  # lets go of the advisory lock too
