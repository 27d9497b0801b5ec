"""The sandbox over HTTP: reads and creates a second with 10 connections, and what 100,000 invoices change.

The server has one core to itself, the client another. Figures go to standard output.
"""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from quickbooks_sandbox.server import Sandbox

CONNECTIONS = 10
REQUESTS = 3000
CHANGED_LATELY = timedelta(minutes=1)


@contextmanager
def served(*, invoices: int = 0) -> Iterator[tuple[str, float]]:
    command = [sys.executable, __file__, "serve", str(invoices)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = re.findall(r"http://\S+?:\d+", process.stdout.readline())[0]
        try:
            yield url, time.perf_counter() - began
        finally:
            process.kill()


def serve(invoices: int) -> None:
    os.sched_setaffinity(0, {0})
    import socket

    from quickbooks_sandbox.server import Sandbox
    from quickbooks_sandbox.serving import run
    from quickbooks_sandbox.settings import Settings

    sandbox = Sandbox(company="empty", settings=Settings(limits_on=False))
    fill(sandbox, invoices)
    listener = socket.create_server(("127.0.0.1", 0))
    run(sandbox.app, listener, lambda: print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True))


def fill(sandbox: "Sandbox", invoices: int) -> None:
    books = sandbox.companies.first()
    customer = books.create("Customer", {"DisplayName": "Smith"})
    for _ in range(invoices):
        books.create("Invoice", invoice_for(customer["Id"]))
    if invoices:
        sandbox.clock.advance(3600)
        books.create("Invoice", invoice_for(customer["Id"]))


def invoice_for(customer_id: str) -> dict[str, object]:
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    return {"CustomerRef": {"value": customer_id}, "Line": [line]}


async def rate(call: Callable[[], Awaitable[None]], requests: int = REQUESTS) -> float:
    """Requests a second, over all connections together."""
    left = iter(range(requests))

    async def worker() -> None:
        for _ in left:
            await call()

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))
    return requests / (time.perf_counter() - began)


async def measure(url: str) -> dict[str, float]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as http:
        keys = await (await http.get(f"{url}/sandbox/credentials")).json()
        headers = {"Authorization": f"Bearer {keys['access_token']}", "Accept": "application/json"}
        company = f"{url}/v3/company/{keys['realm_id']}"
        query = {"query": "select * from Customer"}
        async with http.get(f"{company}/query", params=query, headers=headers) as answer:
            customer = (await answer.json())["QueryResponse"]["Customer"][0]["Id"]

        made = ""

        async def create() -> None:
            async with http.post(f"{company}/invoice", json=invoice_for(customer), headers=headers) as answer:
                answer.raise_for_status()
                nonlocal made
                made = (await answer.json())["Invoice"]["Id"]

        async def read() -> None:
            async with http.get(f"{company}/invoice/{made}", headers=headers) as answer:
                answer.raise_for_status()
                await answer.read()

        async def changes() -> None:
            now = datetime.fromisoformat((await (await http.get(f"{url}/sandbox/clock")).json())["now"])
            since = (now.astimezone(UTC) - CHANGED_LATELY).isoformat()
            params = {"entities": "Customer,Item", "changedSince": since}
            async with http.get(f"{company}/cdc", params=params, headers=headers) as answer:
                answer.raise_for_status()
                await answer.read()

        await create()
        return {
            "reads a second": await rate(read),
            "changes of the last minute, a second": await rate(changes, REQUESTS // 10),
            "creates a second": await rate(create),
        }


def main() -> None:
    for invoices in (0, 100_000):
        with served(invoices=invoices) as (url, up):
            figures = asyncio.run(measure(url))
        print(f"{invoices} invoices before (up after {up:.1f} s, filling included)")
        for name, figure in figures.items():
            print(f"  {name}: {figure:.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        os.sched_setaffinity(0, {1})
        main()
