"""How long to wait before trying again what failed in passing. Pauses double, and differ from record to record, so
that what failed together does not come back together."""

from __future__ import annotations

import random
from datetime import timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
SPREAD = 0.2  # of a pause, either way


def pause(tries: int, key: str) -> timedelta:
    """After so many failures in a row, from 1. The same key and number give the same pause."""
    wait: timedelta = min(FIRST * 2 ** min(tries - 1, 20), LONGEST)
    return wait * random.Random(f"{key} {tries}").uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret
