"""A process that does one thing at a time. One that hangs or dies is followed by a new one, and its work is lost."""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")
CONTEXT = get_context("spawn")


class Lost(Exception):
    """In words, what became of the process."""


class Hand(Generic[T]):
    def __init__(self, work: Callable[..., T], longest_s: float) -> None:
        """Whatever goes on for longer is ended, and where it stood is written to standard error."""
        self._work, self._longest_s = work, longest_s
        self._start()

    def _start(self) -> None:
        self.answers, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, self._work, self._longest_s), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, *arguments: Any) -> None:
        self._began = time.monotonic()
        self.answers.send(arguments)

    def end(self) -> T:
        """Waits. A crash of the work ends the process too."""
        try:
            answer: T = self.answers.recv()
        except EOFError:
            self.close()
            words = self._became()
            self._start()
            raise Lost(words) from None
        return answer

    def _became(self) -> str:
        seconds = time.monotonic() - self._began
        code = self._process.exitcode
        return f"its process ended with code {code} after {seconds:.0f} s; standard error says where it stood"

    def close(self) -> None:
        self.answers.close()
        self._process.join()


def _serve(asked: Connection, work: Callable[..., Any], longest_s: float) -> None:
    with suppress(EOFError, BrokenPipeError):  # nobody wants anything any more
        while True:
            arguments = asked.recv()
            # By a watchdog that no lock holds up.
            faulthandler.dump_traceback_later(longest_s, exit=True)
            answer = work(*arguments)
            faulthandler.cancel_dump_traceback_later()
            asked.send(answer)
