"""What every control is: a request under /sandbox/, what it takes and gives, and plain words when it goes wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quickbooks_sandbox.clock import BadMoment
from quickbooks_sandbox.conditions import BadCondition
from quickbooks_sandbox.parts.fault_plan import BadRule
from quickbooks_sandbox.parts.state import BadSetting
from quickbooks_sandbox.webhooks.webhooks import BadWebhook

T = TypeVar("T")
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Control:
    method: str
    path: str
    """After /sandbox/, with parts in braces."""
    do: Endpoint
    says: str
    takes: Any = None
    """The type of the body, None for no body."""
    gives: Any = None
    """The type of the answer's body, None for any object."""
    query: tuple[str, ...] = ()

    def route(self) -> Route:
        return Route(f"/sandbox/{self.path}", said_plainly(self.do), methods=[self.method])


class BadInput(ValueError):
    pass


class NotThere(LookupError):
    pass


async def body(request: Request, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise BadInput(f"The body does not fit: {error}.") from None


def json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def said_plainly(endpoint: Endpoint) -> Endpoint:
    """Bad input is answered with one sentence, never a traceback."""

    @wraps(endpoint)
    async def said(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (BadInput, BadRule, BadSetting, BadWebhook, BadCondition, BadMoment) as error:
            return json({"error": str(error)}, 400)
        except NotThere as error:
            return json({"error": str(error)}, 404)

    return said
