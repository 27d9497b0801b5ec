"""What the demo remembers between its starts, beside the data."""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

import msgspec

from tieout import clock


class Memory(msgspec.Struct):
    # The sample's days count back from it, so a start that was cut short goes on with the same books.
    today: date
    password: str
    port: int = 0  # of the sandbox
    prepared: bool = False


def recall(data: Path) -> Memory:
    file = data / "demo.json"
    if file.exists():
        return msgspec.json.decode(file.read_bytes(), type=Memory)
    return Memory(today=clock.now().date(), password=secrets.token_urlsafe(9))


def keep(data: Path, memory: Memory) -> None:
    fresh = data / "demo.json.new"
    fresh.touch(mode=0o600)
    fresh.write_bytes(msgspec.json.encode(memory))
    os.replace(fresh, data / "demo.json")
