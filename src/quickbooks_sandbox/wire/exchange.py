"""One request to the accounting API and its answer, free of any web framework."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.types import Scope

JSON = "application/json;charset=utf-8"


@dataclass(slots=True)
class Request:
    method: str
    path: str
    """Decoded, without the query."""
    query: dict[str, str]
    headers: dict[bytes, bytes]
    body: bytes
    origin: str = "http://localhost"

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def segments(self) -> list[str]:
        """What follows /v3/company/, the realm first."""
        return [part for part in self.path.split("/")[3:] if part]

    @property
    def realm_id(self) -> str:
        return "".join(self.segments[:1])

    @property
    def resource(self) -> str:
        """The entity or service after the realm, in lower case; "" where the path ends before it."""
        return "".join(self.segments[1:2]).lower()


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes
    content_type: str = JSON
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)


def request_from(scope: Scope, body: bytes) -> Request:
    headers = dict(scope["headers"])
    query = scope["query_string"].decode("latin-1")
    host = headers.get(b"host", b"localhost").decode("latin-1")
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=dict(parse_qsl(query, keep_blank_values=True)),
        headers=headers,
        body=body,
        origin=f"{scope.get('scheme', 'http')}://{host}",
    )
