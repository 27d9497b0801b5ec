"""The command as people run it: in a process of its own."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from quickbooks_sandbox.cli import main

COMMAND = [sys.executable, "-m", "quickbooks_sandbox.cli"]
#: For what takes a moment, on a machine that may be busy.
PATIENCE_S = 120


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, check=False)


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*COMMAND, "serve", "--port", "0", "--no-limits", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", line)
        assert found, line
        try:
            yield process, found[0]
        finally:
            process.kill()


def create(url: str, keys: dict[str, str], name: str, request_id: str) -> requests.Response:
    return requests.post(
        f"{url}/v3/company/{keys['realm_id']}/customer?requestid={request_id}",
        json={"DisplayName": name},
        headers={"Authorization": f"Bearer {keys['access_token']}"},
        timeout=PATIENCE_S,
    )


def names(url: str, keys: dict[str, str]) -> set[str]:
    response = requests.get(
        f"{url}/v3/company/{keys['realm_id']}/query",
        params={"query": "select * from Customer maxresults 1000"},
        headers={"Authorization": f"Bearer {keys['access_token']}", "Accept": "application/json"},
        timeout=PATIENCE_S,
    )
    return {row["DisplayName"] for row in response.json()["QueryResponse"].get("Customer", [])}


def keys_of(url: str) -> dict[str, Any]:
    keys: dict[str, Any] = requests.get(f"{url}/sandbox/credentials", timeout=PATIENCE_S).json()
    return keys


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_its_address_and_ends_cleanly_when_told(stop: signal.Signals) -> None:
    with serving("--company", "empty") as (process, url):
        assert keys_of(url)["base_url"] == url
        process.send_signal(stop)
        assert process.wait(PATIENCE_S) == 0


def test_a_client_that_waits_for_a_lost_answer_does_not_hold_up_the_end() -> None:
    with serving("--company", "empty") as (process, url):
        requests.put(f"{url}/sandbox/faults", json=[{"cut": "lost", "entity": "Customer"}], timeout=PATIENCE_S)
        keys = keys_of(url)
        waiting = threading.Thread(target=_ignore_failure, args=(url, keys))
        waiting.start()
        wait_for_calls(url, 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
        waiting.join(PATIENCE_S)


def wait_for_calls(url: str, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while len(requests.get(f"{url}/sandbox/calls", timeout=PATIENCE_S).json()) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def _ignore_failure(url: str, keys: dict[str, str]) -> None:
    with pytest.raises(requests.exceptions.ConnectionError):
        create(url, keys, "A", "r")


def test_help_teaches_and_version_tells() -> None:
    for command in ((), ("serve",), ("build",), ("replay",)):
        assert "quickbooks-sandbox serve" in run(*command, "--help").stdout
    assert "/sandbox/credentials" in run("serve", "--help").stdout
    assert re.fullmatch(r"quickbooks-sandbox \d\S*\n", run("--version").stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["serve", "--port", "many"],
        ["serve", "--port", "0", "--company", "huge"],
        ["serve", "--port", "0", "--consent", "maybe"],
        ["serve", "--port", "0", "--nonsense"],
        ["serve", "--port", "0", "--manner", "kind"],
        ["serve", "--port", "0", "--build", "customers"],
        ["serve", "--port", "0", "--record", "/no/such/folder/calls.jsonl"],
        ["build", "customers=5"],
        ["build", "--data", "/proc/nowhere", "customers=5,invoices=5"],
        ["replay", "/no/such/file"],
        ["serve", "--port", "0", "--host", "no.such.host.invalid"],
        [],
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert in_this_process(*arguments) == 2
    assert capsys.readouterr().err


def in_this_process(*arguments: str) -> int:
    """What ends before anything is served needs no process of its own."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def test_an_error_shows_no_traceback() -> None:
    result = run("serve", "--port", "0", "--record", "/no/such/folder/calls.jsonl")
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(r"Cannot write to .*\.\n", result.stderr)


def test_a_port_in_use_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 2
    assert re.fullmatch(r"Cannot listen on 127\.0\.0\.1 port \d+: Address already in use\.\n", result.stderr)


def test_data_in_use_is_exit_code_4(tmp_path: Path) -> None:
    with serving("--company", "empty", "--data", str(tmp_path)):
        result = run("serve", "--port", "0", "--data", str(tmp_path))
    assert result.returncode == 4
    assert result.stderr == f"{tmp_path} is in use by another quickbooks-sandbox.\n"


def test_data_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "sandbox.sqlite3").write_text("not a database" * 100)
    for data in ("file", "folder"):
        result = run("serve", "--port", "0", "--data", str(tmp_path / data))
        assert result.returncode == 2
        assert re.fullmatch(r"Cannot use .* for data: .*\.\n", result.stderr)


def test_books_and_connections_outlive_a_restart_and_win_over_the_company_asked_for(tmp_path: Path) -> None:
    with serving("--company", "empty", "--data", str(tmp_path)) as (process, url):
        keys = keys_of(url)
        create(url, keys, "A", "r1")
        requests.post(f"{url}/sandbox/clock", json={"advance_s": 1000}, timeout=PATIENCE_S)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)
    with serving("--company", "sample", "--data", str(tmp_path)) as (_, url):
        assert names(url, keys) == {"A"}
        assert create(url, keys, "A", "r1").status_code == 200
        assert {**keys_of(url), "base_url": ""} == {**keys, "base_url": ""}
        assert len(requests.get(f"{url}/sandbox/calls", timeout=PATIENCE_S).json()) == 3


def test_nothing_that_was_answered_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    answered: set[str] = set()
    keys: dict[str, str] = {}
    for round_ in range(3):
        with serving("--company", "empty", "--data", str(tmp_path)) as (process, url):
            keys = keys or keys_of(url)
            assert answered <= names(url, keys)
            killer = threading.Timer(0.05, process.kill)
            for n in range(10_000):
                if n == 10:
                    killer.start()
                name = f"C{round_}-{n}"
                try:
                    if create(url, keys, name, name).status_code == 200:
                        answered.add(name)
                except requests.exceptions.RequestException:
                    break
            killer.join()
            process.wait(PATIENCE_S)
    with serving("--data", str(tmp_path)) as (_, url):
        found = names(url, keys)
        assert answered <= found
        assert len(answered) >= 30
        # What was done but not answered is answered now, and not done a second time.
        for name in found - answered:
            assert create(url, keys, name, name).json()["Customer"]["DisplayName"] == name


def test_a_seed_file_fills_the_first_company(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text('[{"Customer": {"DisplayName": "Seeded"}}]')
    with serving("--company", "empty", "--records", str(seed)) as (_, url):
        assert names(url, keys_of(url)) == {"Seeded"}
        requests.post(f"{url}/sandbox/reset", timeout=PATIENCE_S)
        assert names(url, keys_of(url)) == {"Seeded"}


@pytest.mark.parametrize("content", [None, "[", '{"Customer": {}}', '[{"Customer": {}}]'])
def test_a_seed_file_that_cannot_be_used_is_said_in_one_sentence(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = tmp_path / "seed.json"
    if content is not None:
        seed.write_text(content)
    assert in_this_process("serve", "--port", "0", "--records", str(seed)) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_built_company_is_served(tmp_path: Path) -> None:
    made = run("build", "--data", str(tmp_path), "--name", "Large", "customers=7,invoices=9,years=0.1")
    assert (made.returncode, made.stderr) == (0, "")
    assert re.fullmatch(r"Company \d+ in .*: .*7 Customer, .*9 Invoice.*\.\n", made.stdout)
    with serving("--data", str(tmp_path)) as (_, url):
        assert len(names(url, keys_of(url))) == 7
    with serving("--build", "customers=3,invoices=0") as (_, url):
        assert len(names(url, keys_of(url))) == 3


def test_what_was_recorded_is_replayed_and_what_differs_is_shown(tmp_path: Path) -> None:
    calls = str(tmp_path / "calls.jsonl")
    with serving("--company", "empty", "--record", calls) as (process, url):
        keys = keys_of(url)
        create(url, keys, "A", "r1")
        create(url, keys, "A", "r2")
        assert names(url, keys) == {"A"}
        process.kill()
    same = run("replay", calls, "--company", "empty")
    assert (same.returncode, same.stdout) == (0, "3 calls, 0 answered otherwise\n")
    other = run("replay", calls, "--company", "sample")
    assert other.returncode == 1
    assert "Customer.Id is " in other.stdout
    assert other.stdout.endswith("3 calls, 2 answered otherwise\n")


def test_a_strict_sandbox_refuses_what_the_usual_one_lets_through() -> None:
    with serving("--company", "empty", "--manner", "strict") as (_, url):
        assert create(url, keys_of(url), "A" * 101, "r").status_code == 400
    with serving("--company", "empty") as (_, url):
        assert create(url, keys_of(url), "A" * 101, "r").status_code == 200
