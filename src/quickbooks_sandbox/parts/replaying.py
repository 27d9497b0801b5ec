"""Makes recorded calls again, each at its moment, and tells what is answered otherwise."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from quickbooks_sandbox.parts.parts import Parts
from quickbooks_sandbox.recording.differences import differences
from quickbooks_sandbox.recording.exchange import Exchange, held, sent
from quickbooks_sandbox.wire.exchange import Request

#: An answer in XML says the moment too.
_TIMES = re.compile(r'(?<= time=")[^"]*|(?<=Time>)[^<]*')


class Replayed(msgspec.Struct):
    method: str
    uri: str
    status: int
    was: int
    """The status then."""
    differences: list[str]
    """Between the answers; none where they agree but for moments."""


def replay(parts: Parts, exchanges: Iterable[Exchange]) -> Iterator[Replayed]:
    """The clock is moved to the moment of each call. A company that is not there any more is the first one."""
    for each in exchanges:
        parts.clock.set(each.at)
        answer = parts.service.handle(_request(parts, each))
        found = [] if answer.status == each.status else [f"the status is {answer.status}, and was {each.status}"]
        found += differences(_timeless(held(answer.body)), _timeless(each.response))
        yield Replayed(each.method, each.uri, answer.status, each.status, found)


def _request(parts: Parts, each: Exchange) -> Request:
    known = parts.companies.get(each.realm_id) or parts.companies.first()
    keys = parts.credentials(known.realm_id)
    path, _, query = each.uri.partition("?")
    headers = {name.encode(): value.encode() for name, value in each.headers.items()}
    return Request(
        each.method,
        f"/v3/company/{known.realm_id}/{path}",
        dict(parse_qsl(query, keep_blank_values=True)),
        {**headers, b"authorization": f"Bearer {keys.access_token}".encode()},
        sent(each.request),
    )


def _timeless(response: Any) -> Any:
    match response:
        case {"$text": str(text)}:
            return {"$text": _TIMES.sub("", text)}
    return response
