"""Locks between processes of one machine, held by an open file and so let go when its process dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO


class Locked(Exception):
    """Someone else holds it; `holder` is what they wrote into the file about themselves."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


def hold(file: Path, *, shared: bool = False, wait: bool = False, label: str = "") -> IO[str]:
    """Keep the returned file open as long as the lock is to be held."""
    file.parent.mkdir(parents=True, exist_ok=True)
    opened = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(opened, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        holder = opened.read().strip()
        opened.close()
        raise Locked(holder) from None
    if label:
        _sign(opened, label)
    return opened


def _sign(opened: IO[str], label: str) -> None:
    opened.truncate(0)
    opened.write(f"{label}, process {os.getpid()}")
    opened.flush()
