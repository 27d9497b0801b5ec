"""Strict reading of environment variables: a value that makes no sense stops the start with a sentence that says so."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadEnvironment(Exception):
    """The message is one sentence for the person who set the variable."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def words(name: str, default: str) -> list[str]:
    return [word for word in text(name, default).split(",") if word]


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "true" if default else "false").lower()
    if value not in ("true", "false"):
        raise BadEnvironment(f"{name} is {value!r}; set it to true or false.")
    return value == "true"


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in among:
        raise BadEnvironment(f"{name} is {value!r}; set it to one of {', '.join(among)}.")
    return value


def number(name: str, default: int, least: int | None = None) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or (least is not None and int(value) < least):
        at_least = f" of at least {least}" if least is not None else ""
        raise BadEnvironment(f"{name} is {value!r}; set it to a whole number{at_least}.")
    return int(value)


def secret(name: str, file: Path) -> str:
    """From the variable, else from the file, which is made with a new random value when it is not there."""
    if value := os.environ.get(name):
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def _write_once(file: Path, value: str) -> None:
    """Two processes that start together must end up with the same value."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(value)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def database(data: Path) -> dict[str, Any]:
    """SQLite under the data folder, or PostgreSQL by DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(data / "tieout.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadEnvironment(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; leave it out to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": _postgres_options(parts.query),
        "CONN_MAX_AGE": 60,
    }


def _postgres_options(query: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # A transaction that will write takes the lock at once; one that upgrades later could fail at any point.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "CONN_MAX_AGE": 60,
    }
