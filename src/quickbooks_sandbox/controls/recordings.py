"""Controls that keep calls and make them again, tell again of what happened, and change many settings at once."""

from dataclasses import asdict
from datetime import datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from quickbooks_sandbox import json as exact
from quickbooks_sandbox.controls.control import BadInput, Control, body, json
from quickbooks_sandbox.manners import Manner
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.parts.replaying import Replayed, replay
from quickbooks_sandbox.recording import Exchange
from quickbooks_sandbox.settings import Settings


class Recording(msgspec.Struct, forbid_unknown_fields=True):
    on: bool


class Span(msgspec.Struct, forbid_unknown_fields=True):
    """By the sandbox's clock; without an end, until now."""

    since: datetime
    until: datetime | None = None


class Queued(msgspec.Struct):
    notifications: int


class MannerTaken(msgspec.Struct, forbid_unknown_fields=True):
    manner: Manner


class RecordingControls:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def controls(self) -> list[Control]:
        return [
            Control(
                *("GET", "recording", self.recorded, "The calls kept since recording was switched on."),
                gives=list[Exchange],
            ),
            Control(
                *("PUT", "recording", self.record, "Switches recording on, with nothing kept yet, or off."),
                takes=Recording,
                gives=Recording,
            ),
            Control(
                *("POST", "replay", self.replay, "Makes recorded calls again; tells what is answered otherwise."),
                takes=list[Exchange],
                gives=list[Replayed],
            ),
            Control(
                *("POST", "webhooks/replay", self.tell_again, "Tells the app again of what happened in a while."),
                takes=Span,
                gives=Queued,
            ),
            Control(
                *("PUT", "manner", self.take_manner, "Changes many settings at once: usual, strict or forgiving."),
                takes=MannerTaken,
                gives=Settings,
            ),
        ]

    async def recorded(self, _request: Request) -> Response:
        return Response(exact.dumps(self._parts.recorder.exchanges), media_type="application/json")

    async def record(self, request: Request) -> Response:
        asked = await body(request, Recording)
        self._parts.recorder.switch(on=asked.on)
        return json(asked)

    async def replay(self, request: Request) -> Response:
        exchanges = await body(request, list[Exchange])
        if any(each.at.tzinfo is None for each in exchanges):
            raise BadInput("Every moment needs an offset, such as 2026-11-02T09:00:00Z.")
        return json(list(replay(self._parts, exchanges)))

    async def tell_again(self, request: Request) -> Response:
        span = await body(request, Span)
        until = span.until or self._parts.clock.now()
        if span.since.tzinfo is None or until.tzinfo is None:
            raise BadInput("Both moments need an offset, such as 2026-11-02T09:00:00Z.")
        webhooks = self._parts.webhooks
        return json(Queued(sum(webhooks.tell_again(books, span.since, until) for books in self._parts.companies)))

    async def take_manner(self, request: Request) -> Response:
        self._parts.take_manner((await body(request, MannerTaken)).manner)
        return json(asdict(self._parts.settings))
