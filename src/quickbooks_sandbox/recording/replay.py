"""Makes recorded calls again, each at its moment, and tells what is answered otherwise."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

from quickbooks_sandbox.recording.differences import differences
from quickbooks_sandbox.recording.exchange import Exchange, held, sent
from quickbooks_sandbox.wire.exchange import Request

if TYPE_CHECKING:
    from quickbooks_sandbox.server import Sandbox

#: An answer in XML says the moment too.
_TIMES = re.compile(r'(?<= time=")[^"]*|(?<=Time>)[^<]*')


class BadRecording(ValueError):
    """A file that holds no recording, said in one sentence."""


class Replayed(msgspec.Struct):
    method: str
    uri: str
    status: int
    was: int
    """The status then."""
    differences: list[str]
    """Between the answers; none where they agree but for moments."""


def replay(sandbox: "Sandbox", exchanges: Iterable[Exchange]) -> Iterator[Replayed]:
    """The clock is moved to the moment of each call. A company that is not there any more is the first one."""
    for each in exchanges:
        sandbox.clock.set(each.at)
        answer = sandbox.app.service.handle(_request(sandbox, each))
        found = [] if answer.status == each.status else [f"the status is {answer.status}, and was {each.status}"]
        found += differences(_timeless(held(answer.body)), _timeless(each.response))
        yield Replayed(each.method, each.uri, answer.status, each.status, found)


def read(file: Path) -> list[Exchange]:
    decoder = msgspec.json.Decoder(Exchange)
    try:
        return [decoder.decode(line) for line in file.read_bytes().splitlines() if line]
    except OSError as error:
        raise BadRecording(f"Cannot read {file}: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise BadRecording(f"{file} is not a recording: {error}.") from None


def _request(sandbox: "Sandbox", each: Exchange) -> Request:
    known = sandbox.companies.get(each.realm_id) or sandbox.companies.first()
    keys = sandbox.credentials(known.realm_id)
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
