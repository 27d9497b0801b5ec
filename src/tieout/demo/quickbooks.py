"""The local QuickBooks that the demo starts, as a process that ends with the demo, however that ends."""

from __future__ import annotations

import ctypes
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.cli.exits import Exit, Problem
from tieout.quickbooks.wire.json import dumps, loads

UP_WITHIN_S = 30.0
STOPS_WITHIN_S = 5.0
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def running(data: Path, port: int) -> Iterator[str]:
    """Its address. On the port it had before where that is free, so that links into it keep working."""
    log = data / "quickbooks.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            # Two programs enter hundreds of documents at once here, which Intuit's limits would spread over minutes.
            [command(), "serve", "--port", str(free(port)), "--data", str(data / "quickbooks"), "--no-limits"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            # Ctrl-C in the terminal is for the demo, which then stops this in its own order.
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - nothing else runs in this process yet
        )
    try:
        yield address(process, log)
    finally:
        stop(process)


def command() -> str:
    beside = Path(sys.executable).with_name("quickbooks-sandbox")
    found = str(beside) if beside.exists() else shutil.which("quickbooks-sandbox")
    if found is None:
        raise Problem(Exit.NOT_NOW, "the command quickbooks-sandbox is not installed beside tieout.")
    return found


def end_with_parent() -> None:
    """Only Linux can do that; elsewhere a demo that is killed with -9 leaves its sandbox running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def free(port: int) -> int:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return 0
    return port


def address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < until:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    last = log.read_text().strip().splitlines()[-1:] or ["it said nothing"]
    raise Problem(Exit.NOT_NOW, f"the QuickBooks sandbox did not start: {last[0]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOPS_WITHIN_S)
    process.kill()
    process.wait()


@dataclass(frozen=True)
class Books:
    """One of its companies, as somebody else's program would talk to it."""

    origin: str
    realm_id: str
    token: str

    def post(self, entity: str, body: dict[str, Any], request_id: str) -> dict[str, Any]:
        url = f"{self.origin}/v3/company/{self.realm_id}/{entity.lower()}?requestid={request_id}&minorversion=75"
        created: dict[str, Any] = ask(url, body, self.token)[entity]
        return created

    def query(self, statement: str) -> dict[str, Any]:
        url = f"{self.origin}/v3/company/{self.realm_id}/query?query={urllib.parse.quote(statement)}&minorversion=75"
        found: dict[str, Any] = ask(url, token=self.token)["QueryResponse"]
        return found


def books(origin: str, realm_id: str) -> Books:
    given = ask(f"{origin}/sandbox/credentials?realm_id={realm_id}")
    return Books(origin, realm_id, given["access_token"])


def realm_named(origin: str, name: str) -> str:
    """The company of that name, made if it is not there; a demo that was cut short finds it again."""
    for company in ask(f"{origin}/sandbox/companies"):
        if company["name"] == name:
            return str(company["realm_id"])
    return str(ask(f"{origin}/sandbox/companies", {"name": name, "seed": "empty"})["realm_id"])


def first_realm(origin: str) -> str:
    return str(ask(f"{origin}/sandbox/credentials")["realm_id"])


def ask(url: str, body: object = None, token: str = "") -> Any:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    data = None if body is None else dumps(body)
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as response:  # noqa: S310
                return loads(response.read())
        except urllib.error.HTTPError as error:
            if error.code != 429:  # its limits are QuickBooks' own
                raise Problem(Exit.NOT_NOW, f"the sandbox refused {url}: {error.read().decode()[:300]}") from error
            time.sleep(1)
