"""The same commands on PostgreSQL: sync, backup, restore."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from .processes import Tieout, sandbox

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_a_restored_backup_brings_back_the_books_and_writes_nothing(on_postgres: Tieout, tmp_path: Path) -> None:
    tieout, backup = on_postgres, tmp_path / "backup.tar.gz"
    with sandbox("--company", "sample", "--no-limits") as quickbooks:
        words = ("connect", "--sandbox", quickbooks.url, "--company", "Ours", "--sync-from", "2000-01-01")
        assert tieout(*words).code == 0
        first = tieout("sync", "--json")
        assert first.code == 0, first.err
        done = tieout("backup", backup)
        assert done.code == 0, done.err

        emptied = urlsplit(tieout.environment["DATABASE_URL"])
        with psycopg.connect(urlunsplit(emptied)) as database:
            database.execute("TRUNCATE subledger_company CASCADE")
        assert tieout("sync").code == 3

        done = tieout("restore", backup)
        assert done.code == 0, done.err
        again = tieout("sync", "--json")
        assert again.code == 0, again.err
        assert again.json["writes"] == 0
        assert again.json["records"] == first.json["records"]


def test_a_backup_of_the_other_store_is_refused(on_postgres: Tieout, tmp_path: Path) -> None:
    backup = tmp_path / "sqlite.tar.gz"
    assert Tieout(tmp_path / "sqlite", {"DATABASE_URL": ""})("backup", backup).code == 0
    done = on_postgres("restore", backup)
    assert done.code == 2
    assert "SQLite" in done.err
