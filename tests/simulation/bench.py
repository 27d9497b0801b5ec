"""The table a history is laid out on: Django without pytest, a database in memory's file system, patched seams.

Import it before anything of tieout that needs settings.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

_SHM = Path("/dev/shm")

_numbers = itertools.count()


def set_up() -> None:
    """A data folder of its own; a person's TIEOUT_DATA is never touched."""
    folder = tempfile.mkdtemp(prefix="tieout-simulation-", dir=_SHM if _SHM.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TIEOUT_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    os.environ["TIEOUT_LOG"] = "error"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tieout.settings"
    # People act while a request is on its way, which is inside an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    _make_fast()


def _make_fast() -> None:
    """Nothing here must outlive the process."""
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    options["timeout"] = 2
    options["cached_statements"] = 2000  # more than a history has, so that each is prepared once
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def file() -> Path:
    from django.db import connection

    return Path(connection.settings_dict["NAME"])


def copy_out(to: Path) -> None:
    """The database as it stands, as a backup of it would be."""
    source, target = sqlite3.connect(file()), sqlite3.connect(to)
    with source, target:
        source.backup(target)
    source.close()
    target.close()


def kept() -> Path:
    """A copy of the database, for as long as the process lives."""
    copy = Path(tempfile.mkstemp(dir=file().parent, suffix=".kept")[1])
    copy_out(copy)
    return copy


def copy_in(kept: Path) -> None:
    """In a file of its own, since nothing may be left over from the history before."""
    from django.db import connection, connections

    connection.close()
    old = file()
    new = old.with_name(f"{next(_numbers)}.sqlite3")
    shutil.copyfile(kept, new)
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = new
    for suffix in ("", "-wal", "-shm"):
        Path(f"{old}{suffix}").unlink(missing_ok=True)
