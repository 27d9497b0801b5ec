"""Keeps calls while it is switched on, in memory and, if it is given one, in a file of one call a line."""

from pathlib import Path

from quickbooks_sandbox import json
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.recording.exchange import Exchange, exchange
from quickbooks_sandbox.wire.exchange import Answer, Request


class Recorder:
    def __init__(self, clock: Clock, file: Path | None = None) -> None:
        self._clock = clock
        self._file = file.open("ab", buffering=0) if file else None
        self.on = file is not None
        self.exchanges: list[Exchange] = []

    def switch(self, *, on: bool) -> None:
        """What was kept is forgotten when it is switched on, and stays when it is switched off."""
        if on:
            self.exchanges = []
        self.on = on

    def note(self, request: Request, answer: Answer) -> None:
        if not self.on:
            return
        made = exchange(request, answer, self._clock.now())
        if self._file:
            # Unbuffered: a process that is killed has written down every call it answered.
            self._file.write(json.dumps(made) + b"\n")
        else:
            self.exchanges.append(made)

    def close(self) -> None:
        if self._file:
            self._file.close()
