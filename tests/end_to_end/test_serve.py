"""The long-running commands: they answer, sync what is due, and end quickly with all they started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from .processes import Sandbox, Tieout, sandbox

pytestmark = pytest.mark.slow
WITHIN_S = 60  # only ends what hangs


@pytest.fixture(scope="module")
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "sample", "--no-limits") as running:
        yield running


@pytest.fixture
def connected(tieout: Tieout, quickbooks: Sandbox) -> Tieout:
    realm_id = quickbooks.ask("POST", "/sandbox/companies", {"name": "Served", "seed": "empty"})["realm_id"]
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Served", "--sync-from", "2020-01-01")
    assert tieout(*words, "--realm", realm_id).code == 0
    return tieout


def address_said(process: subprocess.Popen[str], stream: str = "stderr") -> str:
    for line in getattr(process, stream):
        if found := re.search(r"http://127\.0\.0\.1:\d+(?!\S*/app)", line):
            return found[0]
    raise AssertionError(f"it ended without telling its address: {process.communicate()}")


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def last_run(tieout: Tieout) -> dict[str, str] | None:
    run: dict[str, str] | None = tieout("status", "--json").json["companies"][0]["last_run"]
    return run


def wait_for_a_run(tieout: Tieout, trigger: str) -> dict[str, str]:
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        run = last_run(tieout)
        if run and run["trigger"] == trigger and run["ending"] == "done":
            return run
    raise AssertionError(f"no {trigger} run came: {last_run(tieout)}")


def make_due(tieout: Tieout) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tieout.data / "tieout.sqlite3", timeout=30)) as database:
        database.execute("UPDATE sync_cursor SET next_run_at = '2000-01-01 00:00:00'")
        database.commit()


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("worker",)], ids=["serve", "worker"])
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_runs_what_is_due_and_ends_when_told(connected: Tieout, command: tuple[str, ...], stop: int) -> None:
    make_due(connected)
    process = connected.start(*command)
    try:
        wait_for_a_run(connected, "automatic")
        process.send_signal(stop)
        process.communicate(timeout=WITHIN_S)
    finally:
        process.kill()
    assert process.returncode == 0


def test_the_pages_answer_and_a_sync_beside_them_is_normal(connected: Tieout) -> None:
    process = connected.start("serve", "--port", "0")
    try:
        url = address_said(process)
        assert status_of(f"{url}/healthz") == 200
        assert status_of(f"{url}/log-in/") == 200
        assert status_of(f"{url}/nothing-here/") == 404
        assert connected("sync").code == 0
    finally:
        process.terminate()
        process.communicate(timeout=WITHIN_S)
    with pytest.raises(urllib.error.URLError):
        status_of(f"{url}/healthz")


@pytest.mark.parametrize(
    "stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda stop: signal.Signals(stop).name
)
def test_the_demo_leaves_no_process_behind(tmp_path: Path, stop: int) -> None:
    tieout = Tieout(tmp_path / "data")
    process = tieout.start("demo", "--port", "0")
    try:
        url = address_said(process, "stdout")
        assert status_of(f"{url}/healthz") == 200
        assert len(processes_naming(tieout.data)) > 0
        process.send_signal(stop)
        process.communicate(timeout=WITHIN_S)
    finally:
        process.kill()
    until = time.monotonic() + WITHIN_S
    while processes_naming(tieout.data) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_naming(tieout.data) == []
    assert process.returncode == (-signal.SIGKILL if stop == signal.SIGKILL else 0)


def processes_naming(folder: Path) -> list[str]:
    """Those whose command line or data folder it is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in told and int(process.name) != os.getpid():
            found.append((process / "cmdline").read_text().replace("\0", " "))
    return found
