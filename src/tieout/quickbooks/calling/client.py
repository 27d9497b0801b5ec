"""Sends requests to one QuickBooks company: several at once, within its limits, with what failed in passing
tried again and what must not be sent twice sent once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from types import TracebackType
from typing import NoReturn, Self

from tieout import clock
from tieout.quickbooks.connecting.access import Access
from tieout.quickbooks.connecting.causes import Cause
from tieout.quickbooks.errors import AccessLost, ConnectionTrouble, Outage, ReadFailed, Throttled
from tieout.quickbooks.wire.answers import Answer, Batched, Done, NotSent, Refused, per_item
from tieout.quickbooks.wire.requests import Request, batch

from .calls import Calls
from .limits import Limits
from .round import Round, Stop
from .session import Session

MAX_TRIES = 3
LONGEST_WAIT_S = 120.0


class Client:
    """For one run and one thread. `send` always answers; `check` says whether more can be sent."""

    def __init__(
        self, base_url: str, access: Access, session: Session, limits: Limits | None, at_once: int = 10
    ) -> None:
        """`base_url` ends in the realm. Without `limits` it sends as fast as it can."""
        self._base_url, self._access, self._session = base_url, access, session
        self._limits, self._at_once = limits, at_once
        self._trouble: ConnectionTrouble | None = None
        self._has_waited = False  # for a throttle; once in a run is enough
        self._failures = 0  # rounds in a row that brought nothing
        self._renewed = ""  # the token that came of the last renewal
        self.calls = Calls()

    def send(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer per request, in the same order. What could not be sent is answered NotSent."""
        answers: list[Answer | None] = [None] * len(requests)
        waiting = list(range(len(requests)))
        while waiting and self._trouble is None:
            try:
                waiting = self._send_round(requests, waiting, answers)
            except ConnectionTrouble as trouble:
                self._trouble = trouble
        return [self._final(request, answer) for request, answer in zip(requests, answers, strict=True)]

    def get(self, request: Request) -> Done:
        """For reads, which are of use only when they succeed."""
        (answer,) = self.send([request])
        return self._succeeded(answer)

    def get_together(self, requests: Sequence[Request]) -> list[Done]:
        """The same in one call; up to 30."""
        return [self._succeeded(each) for each in self.ask_together(requests)]

    def ask_together(self, requests: Sequence[Request]) -> Sequence[Answer]:
        """Where some may be refused and others still be of use."""
        (answer,) = self.send([batch(requests, uuid.uuid4().hex)])
        return answer.answers if isinstance(answer, Batched) else [self._succeeded(answer)]

    def _succeeded(self, answer: Answer) -> Done:
        if isinstance(answer, Done):
            return answer
        self.check()
        if isinstance(answer, Refused):
            fault = answer.fault
            raise ReadFailed(f"QuickBooks refused a read ({fault.code}): {fault.detail or fault.message}")
        raise ReadFailed("QuickBooks gave no usable answer to a read.")

    def check(self) -> None:
        """Raises what keeps the connection as a whole from going on."""
        if self._trouble is not None:
            raise self._trouble

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send_round(self, requests: Sequence[Request], waiting: list[int], answers: list[Answer | None]) -> list[int]:
        token = self._access.token()
        sending = Round(self._base_url, token, self._session, self._limits, self.calls)
        self._session.run(sending.send(requests, waiting, self._at_once))
        for index, answer in sending.answers.items():
            answers[index] = answer
        if sending.settled:
            self._failures = 0
        if sending.stop is not None:
            self._recover(sending.stop, token)
        return [index for index in waiting if index not in sending.settled]

    def _recover(self, stop: Stop, token: str) -> None:
        """What must happen before the next round; raises when there can be none."""
        if stop.cause is not None:
            self._lose(stop.cause)
        if stop.kind == "token":
            self._renew(token)
        elif stop.kind == "throttle":
            self._wait_out_throttle(stop)
        else:
            self._wait_out_failure(stop)

    def _renew(self, token: str) -> None:
        if token == self._renewed:
            self._lose(Cause.REFUSED)
        self._access.renew(token)
        self._renewed = self._access.token()

    def _lose(self, cause: Cause) -> NoReturn:
        self._access.lost(cause)
        raise AccessLost.because(cause)

    def _wait_out_throttle(self, stop: Stop) -> None:
        if self._has_waited or stop.wait_s > LONGEST_WAIT_S:
            raise Throttled("QuickBooks accepts no more requests for now. The next run goes on.")
        self._has_waited = True
        clock.sleep(stop.wait_s)

    def _wait_out_failure(self, stop: Stop) -> None:
        self._failures += 1
        if stop.kind == "outage" or self._failures >= MAX_TRIES:
            raise Outage(f"QuickBooks is out of reach: {stop.words}")
        clock.sleep(2.0 ** (self._failures - 1))

    def _final(self, request: Request, answer: Answer | None) -> Answer:
        return per_item(request, NotSent(str(self._trouble)) if answer is None else answer)
