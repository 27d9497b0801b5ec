"""How fast `tieout serve` answers QuickBooks' notifications, alone and while it syncs. On SQLite, or DATABASE_URL."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent
TOKEN = "bench"
NOTIFICATIONS = 500
EVENTS_OF_A_FLOOD = 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        os.environ |= {"TIEOUT_DATA": str(data), "QUICKBOOKS_WEBHOOK_TOKENS": TOKEN}
        command = ["quickbooks-sandbox", "serve", "--port", "0", "--no-limits", "--company", "sample"]
        with served(command, "stdout") as sandbox:
            words = ["connect", "--sandbox", sandbox, "--company", "Bench", "--sync-from", "2000-01-01"]
            subprocess.run([BIN / "tieout", *words], check=True, stdout=subprocess.DEVNULL)
            realm = json.loads(urllib.request.urlopen(f"{sandbox}/sandbox/credentials").read())["realm_id"]
            with served(["tieout", "serve", "--port", "0"], "stderr") as tieout:
                print("| notifications | median, ms | 95 of 100 within, ms |\n|---|---:|---:|")
                measure("one event each, of no company of ours", tieout, "0", 1, NOTIFICATIONS)
                measure("one event each, each wakes a run", tieout, realm, 1, NOTIFICATIONS)
                measure(f"{EVENTS_OF_A_FLOOD} events each", tieout, realm, EVENTS_OF_A_FLOOD, 20)


@contextmanager
def served(command: list[str], stream: str) -> Iterator[str]:
    pipes = {stream: subprocess.PIPE}
    process = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]], text=True, stdout=pipes.get("stdout"), stderr=pipes.get("stderr")
    )
    try:
        found = re.search(r"http://[\d.:]+", getattr(process, stream).readline())
        assert found, "it did not tell its address"
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def measure(label: str, origin: str, realm: str, events: int, times: int) -> None:
    taken = sorted(one(origin, body(realm, events)) for _ in range(times))
    print(f"| {label} | {statistics.median(taken):.1f} | {taken[int(times * 0.95)]:.1f} |", flush=True)


def one(origin: str, body: bytes) -> float:
    signature = base64.b64encode(hmac.digest(TOKEN.encode(), body, hashlib.sha256)).decode()
    headers = {"intuit-signature": signature, "Content-Type": "application/json"}
    began = time.perf_counter()
    connection = http.client.HTTPConnection(origin.removeprefix("http://"))
    connection.request("POST", "/webhooks/quickbooks", body, headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    connection.close()
    return (time.perf_counter() - began) * 1000


def body(realm: str, events: int) -> bytes:
    return json.dumps([event(realm, number) for number in range(events)]).encode()


def event(realm: str, number: int) -> dict[str, str]:
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "intuit.bench",
        "type": "qbo.invoice.updated.v1",
        "time": "2026-03-02T12:00:00Z",
        "intuitentityid": str(number),
        "intuitaccountid": realm,
    }


if __name__ == "__main__":
    main()
