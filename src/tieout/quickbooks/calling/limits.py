"""How fast QuickBooks may be asked. Source: Intuit, "Limits and throttles"."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta


class Window:
    """At most `most` starts in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        # Requests spread out or bunch up on their way, so each window is kept a little longer than asked.
        self._length = timedelta(seconds=seconds * 1.02 + 0.05)
        self._starts: deque[datetime] = deque(maxlen=most)

    def earliest(self, now: datetime) -> datetime:
        if len(self._starts) < (self._starts.maxlen or 0):
            return now
        return max(now, self._starts[0] + self._length)

    def take(self, at: datetime) -> None:
        self._starts.append(at)


class Limits:
    """Of one QuickBooks company, shared by everything in this process that asks it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start(datetime.fromtimestamp(0, UTC))

    def _start(self, now: datetime) -> None:
        self._last = now
        # One below the 10 that are allowed: requests that bunch up on their way would else be refused for a minute,
        # and over a minute the 500 bind anyway.
        self._every = [Window(9, 1), Window(500, 60)]
        self._batches = [*self._every, Window(40, 60)]

    def reserve(self, now: datetime, *, batch: bool = False) -> float:
        """Takes the next free start and answers how many seconds away it is."""
        with self._lock:
            if now < self._last - timedelta(seconds=5):
                self._start(now)  # the clock was set back, so the noted starts lie in no past of its
            self._last = now
            windows = self._batches if batch else self._every
            at = max(window.earliest(now) for window in windows)
            for window in windows:
                window.take(at)
        return (at - now).total_seconds()


_shared: dict[Hashable, Limits] = {}
_shared_lock = threading.Lock()


def shared(key: Hashable) -> Limits:
    with _shared_lock:
        return _shared.setdefault(key, Limits())
