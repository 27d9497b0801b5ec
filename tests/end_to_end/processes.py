"""The two commands as a person starts them: `tieout` and `quickbooks-sandbox`, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

BIN = Path(sys.executable).parent
LONGEST_S = 300  # only ends what hangs


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out.splitlines()[-1])


@dataclass(frozen=True)
class Tieout:
    """The command with a data folder and an environment of its own."""

    data: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    command: Path = BIN / "tieout"

    def __call__(self, *words: str | Path) -> Done:
        process = self.start(*words)
        try:
            out, err = process.communicate(timeout=LONGEST_S)
        finally:
            process.kill()
        return Done(process.returncode, out, err)

    def start(self, *words: str | Path, log: IO[str] | None = None) -> subprocess.Popen[str]:
        """A process that nobody listens to writes to a file, since a pipe would fill up."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TIEOUT_", "DJANGO_"))}
        return subprocess.Popen(
            [self.command, *words],
            env=inherited | {"TIEOUT_DATA": str(self.data)} | dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=log or subprocess.PIPE,
            stderr=log or subprocess.PIPE,
            text=True,
            cwd=self.data.parent,
        )


@dataclass(frozen=True)
class Sandbox:
    url: str

    def credentials(self, realm_id: str | None = None) -> dict[str, str]:
        asked: dict[str, str] = self.ask("GET", f"/sandbox/credentials{f'?realm_id={realm_id}' if realm_id else ''}")
        return asked

    def companies(self) -> list[dict[str, str]]:
        listed: list[dict[str, str]] = self.ask("GET", "/sandbox/companies")
        return listed

    def calls(self) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = self.ask("GET", "/sandbox/calls")
        return made

    def ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read() or b"null")


@contextmanager
def sandbox(*options: str | Path, port: int = 0) -> Iterator[Sandbox]:
    process = subprocess.Popen(
        [BIN / "quickbooks-sandbox", "serve", "--port", str(port), *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://[\w.\[\]:]+", said)
        assert found, f"the sandbox did not tell its address but {said!r}"
        yield Sandbox(found[0])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """kill -9; whether it was still running."""
    time.sleep(seconds)
    was_running = process.poll() is None
    process.kill()
    process.communicate()
    return was_running
