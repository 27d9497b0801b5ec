"""Whatever goes wrong: one clear sentence, the promised exit code, no traceback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .processes import BIN, Done, Sandbox, Tieout, sandbox

pytestmark = pytest.mark.slow
FROM = ("--sync-from", "2020-01-01")


@pytest.fixture(scope="module")
def quickbooks() -> Iterator[Sandbox]:
    with sandbox("--company", "empty", "--no-limits") as running:
        yield running


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, quickbooks: Sandbox) -> Tieout:
    """One connected company, `Alp`."""
    tieout = Tieout(tmp_path_factory.mktemp("bad-input") / "data")
    done = tieout("connect", "--sandbox", quickbooks.url, "--company", "Alp", *FROM)
    assert done.code == 0, done.err
    return tieout


def check(done: Done, code: int, sentence: str) -> None:
    assert done.code == code, done.err
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert not done.err.strip().endswith("..")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([], 2, "COMMAND"),
        (["--fast", "status"], 2, "unrecognized arguments: --fast"),
        (["unknown"], 2, "invalid choice: 'unknown'"),
        (["sync", "--fast"], 2, "unrecognized arguments: --fast"),
        (["sync", "--company"], 2, "--company: expected one argument"),
        (["sync", "--company", "Nobody"], 2, "there is no company 'Nobody'; there are: Alp."),
        (["tie-out", "--company", "Nobody"], 2, "there is no company 'Nobody'"),
        (["import", "bills", "x.csv", "--company", "Alp"], 2, "invalid choice: 'bills'"),
        (["import", "contacts", "x.csv"], 2, "--company"),
        (["import", "contacts", "not-there.csv", "--company", "Alp"], 2, "not-there.csv"),
        (["import", "contacts", "/", "--company", "Alp"], 2, "/"),
        (["import", "invoices", "x.csv", "--company", "Nobody"], 2, "there is no company 'Nobody'"),
        (["connect", "--sandbox", "http://127.0.0.1:1", "--company", "Alp"], 2, "--sync-from"),
        (["connect", "--sandbox", "http://127.0.0.1:1", "--company", "Alp", "--sync-from", "1.2.26"], 2, "YYYY-MM-DD"),
        (["connect", "--sandbox", "http://127.0.0.1:1", "--company", "New", *FROM], 4, "http://127.0.0.1:1"),
        (["connect", "--sandbox", "no address", "--company", "New", *FROM], 2, "no address"),
        (["connect", "--sandbox", "http://127.0.0.1:1", "--company", "", *FROM], 2, "name"),
        (["user", "add", "nobody", "--company", "Alp", "--role", "owner"], 2, "e-mail"),
        (["user", "add", "a@example.com", "--company", "Alp", "--role", "king"], 2, "invalid choice: 'king'"),
        (["user", "add", "a@example.com", "--company", "Nobody", "--role", "owner"], 2, "there is no company"),
        (["restore", "not-there.tar"], 2, "not-there.tar"),
        (["backup", "not-there/copy.tar.gz"], 2, "not-there is no folder"),
        (["serve", "--port", "x"], 2, "--port"),
        (["serve", "--port", "70000"], 2, "70000"),
        (["serve", "--host", "192.0.2.1"], 2, "192.0.2.1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_told_in_one_sentence(company: Tieout, words: list[str], code: int, sentence: str) -> None:
    check(company(*words), code, sentence)


@pytest.mark.parametrize("command", ["tie-out", "sync"])
def test_a_company_that_was_never_connected_agrees_with_nothing(tmp_path: Path, command: str) -> None:
    tieout = Tieout(tmp_path)
    assert tieout("company", "add", "Fresh").code == 0
    check(tieout(command, "--company", "Fresh"), 3, "Fresh is not connected to QuickBooks")


def test_a_realm_that_is_bound_already_is_refused(company: Tieout, quickbooks: Sandbox) -> None:
    realm_id = quickbooks.credentials()["realm_id"]
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Second", *FROM)
    check(company(*words, "--realm", realm_id), 2, f"{realm_id} belongs to Alp already")
    check(company(*words), 2, "bound already")
    check(company("sync", "--company", "Second"), 2, "there is no company 'Second'")


def test_a_company_does_not_move_to_another_realm(company: Tieout, quickbooks: Sandbox) -> None:
    other = quickbooks.ask("POST", "/sandbox/companies", {"name": "Other", "seed": "empty"})["realm_id"]
    done = company("connect", "--sandbox", quickbooks.url, "--company", "Alp", *FROM, "--realm", other)
    check(done, 2, "cannot be moved")


def test_a_sandbox_that_went_away_is_told_and_nothing_is_lost(tieout: Tieout, tmp_path: Path) -> None:
    with sandbox("--company", "empty", "--data", tmp_path / "quickbooks") as there:
        assert tieout("connect", "--sandbox", there.url, "--company", "Alp", *FROM).code == 0
    check(tieout("sync"), 4, "Alp: QuickBooks is out of reach")
    port = int(there.url.rsplit(":", 1)[1])
    with sandbox("--data", tmp_path / "quickbooks", port=port):
        assert tieout("sync").code == 0


def test_an_environment_that_makes_no_sense_is_told(company: Tieout) -> None:
    for name, value in {"TIEOUT_LEASE_S": "0", "TIEOUT_DEBUG": "perhaps", "DATABASE_URL": "mysql://x"}.items():
        check(Tieout(company.data, {name: value})("status"), 2, name)


def test_data_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check(Tieout(tmp_path / "file")("status"), 2, "is not a folder")


def test_sync_before_any_connection_says_how_to_begin(tieout: Tieout) -> None:
    check(tieout("sync"), 3, "tieout connect")


def test_wrong_client_keys_are_told_as_such(quickbooks: Sandbox, tieout: Tieout) -> None:
    realm_id = quickbooks.ask("POST", "/sandbox/companies", {"name": "Keys", "seed": "empty"})["realm_id"]
    words = ("connect", "--sandbox", quickbooks.url, "--company", "Keys", *FROM, "--realm", realm_id)
    refusal = {"path": "/oauth2/v1/tokens/bearer", "status": 401, "body": {"error": "invalid_client"}}
    quickbooks.ask("PUT", "/sandbox/faults", [refusal])
    try:
        check(tieout(*words), 3, "client id and secret")
    finally:
        quickbooks.ask("PUT", "/sandbox/faults", [])
    assert tieout(*words).code == 0


def test_a_second_worker_on_the_same_data_is_refused(tieout: Tieout) -> None:
    first = tieout.start("worker")
    try:
        assert first.stderr is not None
        assert "Running" in first.stderr.readline()
        check(tieout("worker"), 4, f"process {first.pid}")
        check(tieout("serve", "--port", "0"), 4, "tieout worker")
        assert tieout("status").code == 0
    finally:
        first.terminate()
        first.communicate(timeout=30)
    assert first.returncode == 0


def test_a_port_in_use_is_told(tieout: Tieout) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        check(tieout("serve", "--port", str(port)), 4, f"port {port} is in use")


def test_a_disk_that_takes_no_more_loses_nothing(company: Tieout, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: SQLite meets both at the same place."""
    contacts = tmp_path / "contacts.csv"
    rows = "\n".join(f"Contact {n},,client,,,,,,{'x' * 400},,,," for n in range(3000))
    header = "Name,Company,Customer type,Email,Phone,Mobile,Fax,Website,Street,City,State,ZIP,Country"
    contacts.write_text(f"{header}\n{rows}\n")
    size = sum(file.stat().st_size for file in company.data.iterdir())
    script = tmp_path / "limited"
    script.write_text(f'#!/bin/sh\nulimit -f {size // 512}\nexec {BIN / "tieout"} "$@"\n')
    script.chmod(0o755)
    limited = Tieout(company.data, command=script)
    check(limited("import", "contacts", contacts, "--company", "Alp"), 4, "disk is full")
    assert company("import", "contacts", contacts, "--company", "Alp").code == 0
