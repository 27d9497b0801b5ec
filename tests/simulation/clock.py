"""One virtual time for both books, each with a clock that may differ; what is due on the way happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from quickbooks_sandbox.clock import Clock as SandboxClock


class Time:
    """Tieout's clock: the sandbox's, and so many seconds off."""

    def __init__(self, theirs: SandboxClock) -> None:
        self.theirs = theirs
        self.skew = timedelta()
        self.passed: list[Callable[[], None]] = []  # told after each move
        self._due: list[tuple[datetime, Callable[[], None]]] = []

    def now(self) -> datetime:
        return self.theirs.now() + self.skew

    def sleep(self, seconds: float) -> None:
        end = self.theirs.now() + timedelta(seconds=seconds)
        while due := self._next(end):
            at, act = due
            self.theirs.set(max(at, self.theirs.now()))
            act()
        self.theirs.set(max(end, self.theirs.now()))
        for tell in self.passed:
            tell()

    async def pause(self, seconds: float) -> None:
        self.sleep(seconds)

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        self._due.append((self.theirs.now() + timedelta(seconds=seconds), act))
        self._due.sort(key=lambda entry: entry[0])

    def _next(self, end: datetime) -> tuple[datetime, Callable[[], None]] | None:
        return self._due.pop(0) if self._due and self._due[0][0] <= end else None
