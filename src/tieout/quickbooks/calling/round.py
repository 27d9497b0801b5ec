"""Requests sent side by side until all are answered, or something happens that makes going on senseless."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings

from tieout import clock, logs
from tieout.quickbooks.connecting.causes import Cause
from tieout.quickbooks.wire.answers import Answer, Batched, NotSent, Refused, Unknown, parse
from tieout.quickbooks.wire.faults import EXPIRED, NO_RIGHTS, NOT_COVERED, OUT_OF_SERVICE, SUBSCRIPTION_ENDED, THROTTLED
from tieout.quickbooks.wire.requests import Request

from .calls import Calls, all_calls
from .limits import Limits
from .session import Session
from .transport import AnswerLost, HttpRequest, HttpResponse, NothingSent

log = logs.logger(__name__)

# Intuit: wait 60 seconds after a 429.
THROTTLE_WAIT_S = 60.0
# So many writes of unknown outcome in a row are no accident of single records.
TOO_MANY_UNKNOWN = 10

ACCESS_ENDED = {
    NOT_COVERED: Cause.NOT_COVERED,
    NO_RIGHTS: Cause.NO_LONGER_ADMIN,
    SUBSCRIPTION_ENDED: Cause.SUBSCRIPTION_ENDED,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a round ended early. `failure`: try again after a pause; `outage`: not now."""

    kind: Literal["token", "access", "throttle", "failure", "outage"]
    words: str = ""
    wait_s: float = 0.0
    cause: Cause | None = None  # of `access`


class Round:
    def __init__(self, base_url: str, token: str, session: Session, limits: Limits | None, calls: Calls) -> None:
        self._base_url, self._session, self._limits, self._calls = base_url, session, limits, calls
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._writing_headers = {**self._headers, "Content-Type": "application/json"}
        self._log = log.bind()  # the lazy one would look its set-up up for each line
        self._unknown_in_a_row = 0
        self.answers: dict[int, Answer] = {}
        self.settled: set[int] = set()  # not to be sent again
        self.stop: Stop | None = None

    async def send(self, requests: Sequence[Request], waiting: Sequence[int], at_once: int) -> None:
        left = iter(waiting)
        try:
            async with asyncio.TaskGroup() as workers:
                for _ in range(min(at_once, len(waiting))):
                    workers.create_task(self._work(requests, left))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None  # what went wrong, not that it went wrong side by side

    async def _work(self, requests: Sequence[Request], left: Iterator[int]) -> None:
        while self.stop is None and (index := next(left, None)) is not None:
            request = requests[index]
            await self._wait_for_turn(request)
            if self.stop is None:
                self._take(index, request, *await self._call(request))

    async def _wait_for_turn(self, request: Request) -> None:
        if self._limits is None:
            return
        wait = self._limits.reserve(clock.now(), batch=request.act == "batch")
        if wait > 0:
            await self._session.pause(wait)

    async def _call(self, request: Request) -> tuple[Answer, Mapping[str, str]]:
        headers = self._headers if request.body is None else self._writing_headers
        sent = HttpRequest(request.method, self._base_url + request.target, headers, request.body)
        started = clock.now()
        try:
            response = await self._session.transport.send(sent)
        except NothingSent as error:
            self._log_failure(request, started, error)
            return NotSent(str(error)), {}
        except AnswerLost as error:
            self._log_failure(request, started, error)
            return Unknown(f"The answer was lost: {error}."), {}
        self._count(request, response)
        tid = response.headers.get("intuit_tid", "")
        self._log.debug("quickbooks_call", **_facts(request, started), status=response.status, tid=tid)
        return parse(request, response.status, response.headers, response.body), response.headers

    def _log_failure(self, request: Request, started: datetime, error: Exception) -> None:
        failed = type(error).__name__
        self._log.warning("quickbooks_call", **_facts(request, started), failed=failed, why=str(error))

    def _count(self, request: Request, response: HttpResponse) -> None:
        if 200 <= response.status < 300:
            number = len(request.items) if request.items and settings.BATCH_METERED_BY == "item" else 1
            self._calls.count(request.klass, number)
            all_calls.count(request.klass, number)

    def _take(self, index: int, request: Request, answer: Answer, headers: Mapping[str, str]) -> None:
        stop, again = self._judge(request, answer, headers)
        self.stop = self.stop or stop
        if not isinstance(answer, NotSent) and not (again and isinstance(answer, Unknown)):
            self.answers[index] = answer
        if not again:
            self.settled.add(index)

    def _judge(self, request: Request, answer: Answer, headers: Mapping[str, str]) -> tuple[Stop | None, bool]:
        """Whether the round must stop, and whether this request is to be sent again."""
        if isinstance(answer, NotSent):
            return Stop("failure", answer.why), True
        if isinstance(answer, Unknown):
            return self._judge_unknown(request, answer)
        self._unknown_in_a_row = 0
        if cause := _ended(answer):
            return Stop("access", cause=cause), False
        if not isinstance(answer, Refused):
            return None, False
        fault = answer.fault
        if fault.code in OUT_OF_SERVICE:
            return Stop("outage", OUT_OF_SERVICE[fault.code]), False
        if fault.status == 429 or fault.code == THROTTLED:
            return Stop("throttle", wait_s=_retry_after(headers)), True
        if fault.status == 401 or fault.code == EXPIRED:
            return Stop("token"), True
        return None, False

    def _judge_unknown(self, request: Request, answer: Unknown) -> tuple[Stop | None, bool]:
        if answer.code in OUT_OF_SERVICE:
            return Stop("outage", OUT_OF_SERVICE[answer.code]), not request.is_write
        if not request.is_write:
            return Stop("failure", answer.why), True
        self._unknown_in_a_row += 1
        if self._unknown_in_a_row >= TOO_MANY_UNKNOWN:
            return Stop("outage", answer.why), False
        return None, False


def _ended(answer: Answer) -> Cause | None:
    """Of one answer, or of any item of a batch."""
    answers = answer.answers if isinstance(answer, Batched) else (answer,)
    codes = [each.fault.code for each in answers if isinstance(each, Refused)]
    return next((ACCESS_ENDED[code] for code in codes if code in ACCESS_ENDED), None)


def _retry_after(headers: Mapping[str, str]) -> float:
    told = headers.get("Retry-After", "")
    return float(told) if told.isdecimal() else THROTTLE_WAIT_S


def _facts(request: Request, started: datetime) -> dict[str, object]:
    ms = round((clock.now() - started).total_seconds() * 1000)
    return {"method": request.method, "path": request.path, "ms": ms}
