"""Where the sandbox keeps what must outlive the process: one SQLite file, or nowhere.

Truth is in memory; storage is written through before a request is answered and read only at start.
Two tables are enough: `objects` for the books, `entries` for everything else (companies, grants, replays...),
each entry in a named space.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

Row = tuple[str, str, bytes | None]

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    realm TEXT NOT NULL, entity TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (realm, entity, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (space, key)
) WITHOUT ROWID;
"""


class DataInUse(Exception):
    """Another process serves the same data folder."""


class Storage(Protocol):
    keeps: bool
    """False when nothing outlives the process, so callers may skip the encoding too."""

    def transaction(self) -> AbstractContextManager[None]: ...
    def save_objects(self, realm: str, rows: Iterable[Row]) -> None: ...
    def objects(self, realm: str) -> Iterator[tuple[str, str, bytes]]: ...
    def forget_objects(self, realm: str) -> None: ...
    def put(self, space: str, key: str, value: bytes) -> None: ...
    def remove(self, space: str, key: str) -> None: ...
    def clear(self, space: str) -> None: ...
    def get(self, space: str, key: str) -> bytes | None: ...
    def entries(self, space: str) -> list[tuple[str, bytes]]: ...
    def close(self) -> None: ...


class Nowhere:
    """Storage for a sandbox that lives in memory only."""

    keeps = False

    def transaction(self) -> AbstractContextManager[None]:
        return nullcontext()

    def save_objects(self, realm: str, rows: Iterable[Row]) -> None:
        pass

    def objects(self, realm: str) -> Iterator[tuple[str, str, bytes]]:
        return iter(())

    def forget_objects(self, realm: str) -> None:
        pass

    def put(self, space: str, key: str, value: bytes) -> None:
        pass

    def remove(self, space: str, key: str) -> None:
        pass

    def clear(self, space: str) -> None:
        pass

    def get(self, space: str, key: str) -> bytes | None:
        return None

    def entries(self, space: str) -> list[tuple[str, bytes]]:
        return []

    def close(self) -> None:
        pass


class Folder:
    """Storage in a folder, which one process at a time may hold."""

    keeps = True

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._depth = 0
        # No waiting for a lock: whoever holds this file holds it until it ends.
        self._db = sqlite3.connect(folder / "sandbox.sqlite3", timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._open()
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" not in str(error):
                raise
            raise DataInUse(f"{folder} is in use by another quickbooks-sandbox.") from error

    def _open(self) -> None:
        # With the file kept locked, SQLite itself sees to it that one process has the folder, on any system.
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        # WAL with NORMAL survives the death of the process at any moment, which is what a test bench is put
        # through; a power cut may lose the last moments, but never tears a transaction.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Joins the transaction that is open, so that books and replay memory are kept together or not at all."""
        if self._depth == 0:
            self._db.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self._db.execute("COMMIT")

    def save_objects(self, realm: str, rows: Iterable[Row]) -> None:
        with self.transaction():
            for entity, id_, body in rows:
                if body is None:
                    self._db.execute("DELETE FROM objects WHERE realm=? AND entity=? AND id=?", (realm, entity, id_))
                else:
                    self._db.execute("REPLACE INTO objects VALUES (?, ?, ?, ?)", (realm, entity, id_, body))

    def objects(self, realm: str) -> Iterator[tuple[str, str, bytes]]:
        return self._db.execute("SELECT entity, id, body FROM objects WHERE realm=?", (realm,))

    def forget_objects(self, realm: str) -> None:
        self._db.execute("DELETE FROM objects WHERE realm=?", (realm,))

    def put(self, space: str, key: str, value: bytes) -> None:
        self._db.execute("REPLACE INTO entries VALUES (?, ?, ?)", (space, key, value))

    def remove(self, space: str, key: str) -> None:
        self._db.execute("DELETE FROM entries WHERE space=? AND key=?", (space, key))

    def clear(self, space: str) -> None:
        self._db.execute("DELETE FROM entries WHERE space=?", (space,))

    def get(self, space: str, key: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM entries WHERE space=? AND key=?", (space, key)).fetchone()
        return row[0] if row else None

    def entries(self, space: str) -> list[tuple[str, bytes]]:
        return self._db.execute("SELECT key, value FROM entries WHERE space=? ORDER BY key", (space,)).fetchall()

    def close(self) -> None:
        self._db.close()


def open_storage(folder: Path | None) -> Storage:
    return Folder(folder) if folder else Nowhere()
