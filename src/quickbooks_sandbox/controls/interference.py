"""Carries a fault rule out on a real connection, or tells an in-process caller what would have happened."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import Message, Receive, Scope, Send

from quickbooks_sandbox.parts.fault_plan import Cut, Rule
from quickbooks_sandbox.wire.exchange import Answer

Handler = Callable[[Send], Awaitable[None]]

LOST_AT_MOST_S = 300.0
"""How long a lost answer holds its connection if the client never gives up."""


class ConnectionCut(Exception):
    """Raised in place of cutting, when the app is called in process and there is no connection to cut.

    `cut` says what the caller should take it for: "before", nothing was done; "after" and "truncated", done and
    the connection broke; "lost", done and the answer never comes, so the caller's time-out strikes.
    """

    def __init__(self, cut: Cut) -> None:
        super().__init__(f"connection cut: {cut}")
        self.cut = cut


@dataclass(frozen=True)
class Connection:
    scope: Scope
    receive: Receive
    send: Send

    async def cut(self, cut: Cut) -> None:
        transport = self.scope.get("state", {}).get("transport")
        if transport is None:
            raise ConnectionCut(cut)
        if cut == "lost":
            await self._gone(LOST_AT_MOST_S)
        if cut == "truncated":
            transport.close()  # flushes the half that was written, unlike abort
        else:
            transport.abort()
        # The server must see the connection gone before this returns, or it would answer 500 itself.
        await self._gone(LOST_AT_MOST_S)

    async def _gone(self, at_most_s: float) -> None:
        try:
            async with asyncio.timeout(at_most_s):
                while (await self.receive())["type"] != "http.disconnect":
                    pass
        except (TimeoutError, asyncio.CancelledError):
            pass  # Cancelled when the server ends: then the connection is cut at once.


async def carry_out(rule: Rule, connection: Connection, handler: Handler, planned: Answer) -> None:
    """`handler` handles the request as if nothing were the matter; `planned` is what a rule with a status says."""
    match rule.cut:
        case "before":
            await connection.cut("before")
        case "after" if rule.status is not None:
            await handler(_swallow)
            await _answer(rule, connection.send, handler, planned)
        case "after" | "lost" as cut:
            await handler(_swallow)
            await connection.cut(cut)
        case "truncated":
            answer: list[Message] = []
            await _answer(rule, _keep_in(answer), handler, planned)
            await _send_half(answer, connection.send)
            await connection.cut("truncated")
        case None:
            await _answer(rule, connection.send, handler, planned)


async def _answer(rule: Rule, send: Send, handler: Handler, planned: Answer) -> None:
    if rule.status is None:
        await handler(send)
        return
    headers = [
        (b"content-type", planned.content_type.encode()),
        (b"content-length", str(len(planned.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": rule.status, "headers": headers})
    await send({"type": "http.response.body", "body": planned.body})


async def _send_half(answer: list[Message], send: Send) -> None:
    start, *rest = answer
    body = b"".join(message.get("body", b"") for message in rest)
    await send(start)
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


async def _swallow(_message: Message) -> None:
    pass


def _keep_in(answer: list[Message]) -> Send:
    async def keep(message: Message) -> None:
        answer.append(message)

    return keep
