"""Controls of the test bench: calls, faults, the clock, limits, settings, webhooks, snapshots."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from quickbooks_sandbox.controls.control import BadInput, Control, NotThere, body, json
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.parts.fault_plan import Rule
from quickbooks_sandbox.parts.state import change_settings
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.webhooks.webhooks import Attempt, Configuration, Notification
from quickbooks_sandbox.wire.calls import Call
from quickbooks_sandbox.wire.limits import Caps


class Now(msgspec.Struct):
    now: datetime


class ClockChange(msgspec.Struct, forbid_unknown_fields=True):
    """One of the two."""

    advance_s: float | None = None
    now: datetime | None = None


class WebhooksShown(msgspec.Struct):
    configuration: Configuration
    pending: list[Notification]
    attempts: list[Attempt]


class SnapshotName(msgspec.Struct, forbid_unknown_fields=True):
    name: str = "snapshot"


class BenchControls:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def controls(self) -> list[Control]:
        return [
            Control(
                "GET", "calls", self.calls, "Every call to /v3 since the last DELETE, oldest first.", gives=list[Call]
            ),
            Control("DELETE", "calls", self.clear_calls, "Empties the list of calls."),
            Control("GET", "faults", self.faults, "The planned faults.", gives=list[Rule]),
            Control(
                *("PUT", "faults", self.replace_faults, "Plans faults, in place of all there were."),
                takes=list[Rule],
                gives=list[Rule],
            ),
            Control("GET", "clock", self.clock, "The sandbox's time.", gives=Now),
            Control(
                "POST", "clock", self.move_clock, "Moves it by seconds or to a moment.", takes=ClockChange, gives=Now
            ),
            Control("GET", "limits", self.limits, "How much is admitted before 429.", gives=Caps),
            Control(
                "PUT", "limits", self.set_limits, "Changes what is named; counting begins anew.", takes=Caps, gives=Caps
            ),
            Control(
                "GET",
                "settings",
                self.settings,
                "How QuickBooks behaves where its documents leave it open.",
                gives=Settings,
            ),
            Control(
                *("PUT", "settings", self.change_settings, "Changes the settings that are named."),
                takes=Settings,
                gives=Settings,
            ),
            Control(
                *("GET", "webhooks", self.webhooks, "Where notifications go, what waits, and the last attempts."),
                gives=WebhooksShown,
            ),
            Control(
                *("PUT", "webhooks", self.configure_webhooks, "Configures them; what is left out takes its default."),
                takes=Configuration,
                gives=WebhooksShown,
            ),
            Control("GET", "snapshots", self.snapshots, "The names of the snapshots.", gives=list[str]),
            Control(
                *("POST", "snapshots", self.take_snapshot, "Keeps all companies' books and files as they are now."),
                takes=SnapshotName,
                gives=list[str],
            ),
            Control("POST", "restore", self.restore, "Goes back to a snapshot.", takes=SnapshotName),
            Control("POST", "reset", self.reset, "As at the first start."),
        ]

    async def calls(self, _request: Request) -> Response:
        return json(self._parts.calls.calls)

    async def clear_calls(self, _request: Request) -> Response:
        self._parts.calls.clear()
        return Response(status_code=204)

    async def faults(self, _request: Request) -> Response:
        return json(self._parts.faults.rules)

    async def replace_faults(self, request: Request) -> Response:
        self._parts.faults.replace(await request.body())
        return json(self._parts.faults.rules)

    async def clock(self, _request: Request) -> Response:
        return json(Now(self._parts.clock.now()))

    async def move_clock(self, request: Request) -> Response:
        change = await body(request, ClockChange)
        if (change.advance_s is None) == (change.now is None):
            raise BadInput('The clock takes {"advance_s": seconds} or {"now": ISO date-time}, one of them.')
        if change.now is not None:
            if change.now.tzinfo is None:
                raise BadInput("The time needs an offset, such as 2026-11-02T09:00:00Z.")
            self._parts.clock.set(change.now)
        if change.advance_s is not None:
            self._parts.clock.advance(change.advance_s)
        self._parts.keep_state()
        return await self.clock(request)

    async def limits(self, _request: Request) -> Response:
        return json(self._parts.limits.caps)

    async def set_limits(self, request: Request) -> Response:
        before = msgspec.to_builtins(self._parts.limits.caps)
        changes = await body(request, dict[str, Any])
        try:
            self._parts.limits.cap(msgspec.convert({**before, **changes}, Caps))
        except msgspec.ValidationError as error:
            raise BadInput(f"{error}.") from None
        return await self.limits(request)

    async def settings(self, _request: Request) -> Response:
        return json(asdict(self._parts.settings))

    async def change_settings(self, request: Request) -> Response:
        change_settings(self._parts.settings, await body(request, dict[str, Any]))
        self._parts.keep_state()
        return await self.settings(request)

    async def webhooks(self, _request: Request) -> Response:
        webhooks = self._parts.webhooks
        return json(WebhooksShown(webhooks.configuration, webhooks.pending, list(webhooks.attempts)))

    async def configure_webhooks(self, request: Request) -> Response:
        self._parts.webhooks.configure(await body(request, Configuration))
        return await self.webhooks(request)

    async def snapshots(self, _request: Request) -> Response:
        return json(self._parts.snapshots.names())

    async def take_snapshot(self, request: Request) -> Response:
        self._parts.snapshots.take((await body(request, SnapshotName)).name)
        return await self.snapshots(request)

    async def restore(self, request: Request) -> Response:
        name = (await body(request, SnapshotName)).name
        if name not in self._parts.snapshots.names():
            raise NotThere(f"There is no snapshot {name!r}.")
        self._parts.restore(name)
        return json({"status": "ok"})

    async def reset(self, _request: Request) -> Response:
        self._parts.reset()
        return json({"status": "ok"})
