"""One call and its answer, as JSON can hold them. Tokens are left out."""

import base64
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from quickbooks_sandbox import json
from quickbooks_sandbox.wire.exchange import Answer, Request

#: What else of a request decides its answer.
_HEADERS = ("accept", "content-type")


class Exchange(msgspec.Struct, forbid_unknown_fields=True):
    at: datetime
    """By the sandbox's clock."""
    realm_id: str
    method: str
    uri: str
    """What follows /v3/company/<realm>/, with its query."""
    headers: dict[str, str]
    request: Any
    """As JSON; what is none is {"$text": ...} or {"$base64": ...}; null for no body."""
    status: int
    response: Any


def exchange(request: Request, answer: Answer, at: datetime) -> Exchange:
    path = "/".join(request.segments[1:])
    return Exchange(
        at=at,
        realm_id=request.realm_id,
        method=request.method,
        uri=f"{path}?{urlencode(request.query)}" if request.query else path,
        headers={name: request.header(name.encode()) for name in _HEADERS if request.header(name.encode())},
        request=held(request.body),
        status=answer.status,
        response=held(answer.body),
    )


def held(body: bytes) -> Any:
    if not body:
        return None
    try:
        if body.lstrip()[:1] in (b"{", b"["):
            return json.loads(body)
    except json.BadJson:
        pass
    try:
        return {"$text": body.decode()}
    except UnicodeDecodeError:
        return {"$base64": base64.b64encode(body).decode()}


def sent(body: Any) -> bytes:
    """The bytes again."""
    match body:
        case None:
            return b""
        case {"$text": str(text)}:
            return text.encode()
        case {"$base64": str(text)}:
            return base64.b64decode(text)
    return json.dumps(body)
