from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from .processes import Tieout

# A crash is mended at once, so that a test need not wait for what protects the real QuickBooks.
QUICK = {"TIEOUT_LEASE_S": "1", "TIEOUT_RESEND_AFTER_S": "1"}


@pytest.fixture
def tieout(tmp_path: Path) -> Tieout:
    return Tieout(tmp_path / "data", QUICK)


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Tieout]:
    server = os.environ["DATABASE_URL"]
    name = f"tieout_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield Tieout(
            tmp_path / "data", QUICK | {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        )
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
