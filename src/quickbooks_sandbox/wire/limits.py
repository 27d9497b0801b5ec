"""Request limits, as in "Limits and throttles": sliding windows on the Clock."""

from collections import deque
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

MINUTE, SECOND, DAY = timedelta(minutes=1), timedelta(seconds=1), timedelta(days=1)
Count = Annotated[int, msgspec.Meta(ge=0)]


class Caps(msgspec.Struct, forbid_unknown_fields=True):
    company_a_minute: Count = 500
    app_in_company_a_second: Count = 10
    batches_of_app_in_company_a_minute: Count = 40
    batches_in_company_a_minute: Count = 120
    mails_of_company_a_day: Count = 40
    """Of sandbox companies."""


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
        self.caps = Caps()
        self._windows: dict[tuple[str, ...], Window] = {}

    def cap(self, caps: Caps) -> None:
        self.caps = caps
        self._windows.clear()

    def admit(self, realm_id: str, client_id: str, now: datetime, *, batch: bool = False, mail: bool = False) -> bool:
        """Counts the request and answers True, or answers False; a refused request does not count."""
        caps = self.caps
        windows = [
            self._window(caps.company_a_minute, MINUTE, "realm", realm_id),
            self._window(caps.app_in_company_a_second, SECOND, "app", realm_id, client_id),
        ]
        if batch:
            windows += [
                self._window(caps.batches_of_app_in_company_a_minute, MINUTE, "app batch", realm_id, client_id),
                self._window(caps.batches_in_company_a_minute, MINUTE, "realm batch", realm_id),
            ]
        if mail:
            windows.append(self._window(caps.mails_of_company_a_day, DAY, "mail", realm_id))
        if any(window.full(now) for window in windows):
            return False
        for window in windows:
            window.count(now)
        return True

    def clear(self) -> None:
        self.cap(Caps())

    def _window(self, most: int, length: timedelta, *key: str) -> Window:
        return self._windows.setdefault(key, Window(most, length))
