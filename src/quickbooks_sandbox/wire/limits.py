"""Request limits, as in "Limits and throttles": sliding windows on the Clock."""

from collections import deque
from datetime import datetime, timedelta

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
PER_REALM_A_MINUTE = 500
PER_REALM_AND_APP_A_SECOND = 10
BATCHES_PER_REALM_AND_APP_A_MINUTE = 40
BATCHES_PER_REALM_A_MINUTE = 120


class Window:
    """At most `most` events in any stretch of `length`."""

    def __init__(self, most: int, length: timedelta) -> None:
        self._most, self._length = most, length
        self._events: deque[datetime] = deque()

    def full(self, now: datetime) -> bool:
        # An event that lies ahead was counted before the clock was set back; it says nothing about now.
        while self._events and not now - self._length < self._events[0] <= now:
            self._events.popleft()
        return len(self._events) >= self._most

    def count(self, now: datetime) -> None:
        self._events.append(now)


class Limits:
    def __init__(self) -> None:
        self._windows: dict[tuple[str, ...], Window] = {}

    def admit(self, realm_id: str, client_id: str, now: datetime, *, batch: bool) -> bool:
        """Counts the request and answers True, or answers False; a refused request does not count."""
        windows = [
            self._window(PER_REALM_A_MINUTE, MINUTE, "realm", realm_id),
            self._window(PER_REALM_AND_APP_A_SECOND, SECOND, "app", realm_id, client_id),
        ]
        if batch:
            windows += [
                self._window(BATCHES_PER_REALM_AND_APP_A_MINUTE, MINUTE, "app batch", realm_id, client_id),
                self._window(BATCHES_PER_REALM_A_MINUTE, MINUTE, "realm batch", realm_id),
            ]
        if any(window.full(now) for window in windows):
            return False
        for window in windows:
            window.count(now)
        return True

    def clear(self) -> None:
        self._windows.clear()

    def _window(self, most: int, length: timedelta, *key: str) -> Window:
        return self._windows.setdefault(key, Window(most, length))
