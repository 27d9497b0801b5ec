"""The way to QuickBooks, with any weather on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from multidict import CIMultiDict
from tests.quickbooks.in_process import scope_of
from tests.simulation import falsified
from tests.simulation.clock import Time
from tests.simulation.steps import AFTER_A_WRITE, BEFORE_A_WRITE

from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.wire import envelope
from tieout.quickbooks.calling.transport import AnswerLost, HttpRequest, HttpResponse, NothingSent

T = TypeVar("T")
REFUSALS = {"refused": "connection refused"}
CUT_BEFORE = "cut before"
STATUSES = ("401", "403", "429", "500", "503")
DONE_ALL_THE_SAME = ("lost", "cut after", "truncated", "half a body", "500 after", "503 after", "slow commit")
NOT_DONE = (*REFUSALS, CUT_BEFORE, "429", "500", "503")
KINDS = (*REFUSALS, CUT_BEFORE, *STATUSES, *DONE_ALL_THE_SAME)
IN_PART, FALSELY_DELETED = "batch in part", "false deletion"
FALSIFIED = {IN_PART: falsified.batch_in_part, FALSELY_DELETED: falsified.false_deletion}
LATEST_COMMIT_S = 110  # the server gives a request up after 120 seconds


@dataclass
class Storm:
    """Strikes so many requests at most."""

    chance: random.Random
    kinds: tuple[str, ...]
    probability: float
    left: int
    reads: bool = True
    writes: bool = True

    def strike(self, request: HttpRequest) -> str:
        if not self._concerns(request) or self.left <= 0 or self.chance.random() >= self.probability:
            return ""
        self.left -= 1
        return self.chance.choice(self.kinds)

    def _concerns(self, request: HttpRequest) -> bool:
        """What falsifies an answer needs an answer that it can falsify."""
        if self.kinds == (IN_PART,):
            return "/batch" in request.url
        if self.kinds == (FALSELY_DELETED,):
            return "/cdc" in request.url or b"CDCQuery" in (request.body or b"")
        return self.writes if request.method == "POST" else self.reads


@dataclass
class Way:
    """From any worker to the sandbox. `point` is called where a worker may die or be held up."""

    sandbox: Sandbox
    time: Time
    point: Callable[[str], None]
    storm: Storm | None = None
    by_api: bool = field(default=False)  # while a request of the engine is carried out
    struck: list[str] = field(default_factory=list)

    def transport(self) -> Transport:
        return Transport(self)

    def carry_out(self, request: HttpRequest) -> HttpResponse:
        self.by_api = True
        try:
            return finish(_ask(self.sandbox, request))
        finally:
            self.by_api = False


class Transport:
    def __init__(self, way: Way) -> None:
        self._way = way

    async def send(self, request: HttpRequest) -> HttpResponse:
        way = self._way
        is_accounting = "/v3/" in request.url
        is_write = is_accounting and request.method == "POST"
        way.point(BEFORE_A_WRITE if is_write else "before a request")
        kind = way.storm.strike(request) if way.storm and is_accounting else ""
        if kind:
            way.struck.append(kind)
        answer = _struck(way, request, kind) if is_accounting else await _ask(way.sandbox, request)
        if is_accounting:  # nobody can save a new token between its arrival and its saving
            way.point(AFTER_A_WRITE if is_write else "after a request")
        return answer

    async def close(self) -> None:
        pass


def _struck(way: Way, request: HttpRequest, kind: str) -> HttpResponse:
    if kind in REFUSALS:
        raise NothingSent(REFUSALS[kind])
    if kind == CUT_BEFORE:
        raise AnswerLost(kind)
    if kind in STATUSES:
        return _standing(way, int(kind))
    if kind == "slow commit":
        way.time.later(way.storm.chance.uniform(1, LATEST_COMMIT_S) if way.storm else 1, lambda: _late(way, request))
        raise AnswerLost(kind)
    if kind in FALSIFIED and way.storm:
        return FALSIFIED[kind](request, way.storm.chance, way.carry_out)
    answer = way.carry_out(request)
    match kind:
        case "":
            return answer
        case "half a body":
            return HttpResponse(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        case "500 after" | "503 after":
            return _standing(way, int(kind.split(maxsplit=1)[0]))
        case "lost":
            way.time.sleep(request.answer_within_s)
    raise AnswerLost(kind)


def _late(way: Way, request: HttpRequest) -> None:
    way.carry_out(request)


def _standing(way: Way, status: int) -> HttpResponse:
    answer = envelope.unavailable() if status == 503 else envelope.standing_for(status, way.time.theirs.now())
    return HttpResponse(status, CIMultiDict({"content-type": answer.content_type}), answer.body)


async def _ask(sandbox: Sandbox, request: HttpRequest) -> HttpResponse:
    status, headers, body = 0, CIMultiDict[str](), b""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": request.body or b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = CIMultiDict((name.decode(), value.decode()) for name, value in message["headers"])
        body += message.get("body", b"")

    await sandbox.app(scope_of(request), receive, send)
    return HttpResponse(status, headers, body)


def finish(work: Coroutine[Any, Any, T]) -> T:
    """The sandbox never waits for anything, so it needs no event loop; a request may come inside another's."""
    try:
        work.send(None)
    except StopIteration as done:
        answer: T = done.value
        return answer
    raise RuntimeError("the sandbox waited")
