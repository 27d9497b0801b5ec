"""Over real sockets: what each way of failing is taken for."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tieout.quickbooks.calling.session import Session
from tieout.quickbooks.calling.transport import AnswerLost, HttpRequest, HttpResponse, NothingSent
from tieout.quickbooks.errors import Outage, Unreachable


@contextmanager
def serving(reply: bytes | None) -> Iterator[str]:
    """Reads one request, answers with these very bytes and closes; None: never answers."""
    loop, ready, ports = asyncio.new_event_loop(), threading.Event(), []
    stop = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if reply is None:
            await stop.wait()
        writer.write(reply or b"")
        writer.close()

    async def serve() -> None:
        async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
            ports.append(server.sockets[0].getsockname()[1])
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    ready.wait(5)
    try:
        yield f"http://127.0.0.1:{ports[0]}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()


def get(url: str, within_s: float = 5) -> HttpResponse:
    with Session() as session:
        return session.run(session.transport.send(HttpRequest("GET", url, {}, answer_within_s=within_s)))


def test_an_answer_comes_with_headers_found_in_any_case() -> None:
    reply = b"HTTP/1.1 200 OK\r\nIntuit_Tid: t-1\r\nContent-Length: 2\r\n\r\nok"
    with serving(reply) as origin:
        response = get(f"{origin}/x?a=%2B%20b")
    assert (response.status, response.body, response.headers["intuit_tid"]) == (200, b"ok", "t-1")


def test_a_redirect_is_answered_and_not_followed() -> None:
    reply = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/elsewhere\r\nContent-Length: 0\r\n\r\n"
    with serving(reply) as origin:
        assert get(origin).status == 302


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
        b"nonsense\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_or_makes_no_sense_is_lost(reply: bytes) -> None:
    with serving(reply) as origin, pytest.raises(AnswerLost):
        get(origin)


def test_an_answer_that_does_not_come_in_time_is_lost() -> None:
    with serving(None) as origin, pytest.raises(AnswerLost, match="in time"):
        get(origin, within_s=0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_where_nothing_listens_nothing_is_sent() -> None:
    with pytest.raises(NothingSent):
        get(f"http://127.0.0.1:{free_port()}")


def test_the_words_for_people_name_the_address_and_no_more() -> None:
    origin = f"http://127.0.0.1:{free_port()}"
    with Session() as session, pytest.raises(Unreachable, match=f"Nothing answers at {origin}:"):
        session.fetch(HttpRequest("GET", f"{origin}/secret?token=x", {}))
    with serving(b"") as origin, Session() as session, pytest.raises(Outage, match=f"No answer came from {origin}:"):
        session.fetch(HttpRequest("GET", f"{origin}/secret", {}))
