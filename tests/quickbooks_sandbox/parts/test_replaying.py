"""Calls kept and made again: on the same books the same answers, and every other answer is told."""

from pathlib import Path
from typing import Any

import pytest

from quickbooks_sandbox import json
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.parts.replaying import replay
from quickbooks_sandbox.recording.reading import BadRecording, read
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.testing import START, QuickBooks

UPLOAD = b'--X\r\nContent-Disposition: form-data; name="file_content_01"; filename="a.txt"\r\n\r\n\xff\x00\r\n--X--'


def work(quickbooks: QuickBooks) -> None:
    """Of every form: reads, writes, faults, a file, XML, and time that passes."""
    customer = quickbooks.api("POST", "customer", {"DisplayName": "Smith"}, requestid="r").json()["Customer"]
    quickbooks.clock.advance(3600)
    quickbooks.api("POST", "customer", {"DisplayName": "Smith"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    quickbooks.api("POST", "invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line]})
    quickbooks.api("GET", "query", query="select * from Invoice where Balance > '1'")
    quickbooks.api("GET", "cdc", entities="Customer", changedSince="2026-01-01")
    quickbooks.api("POST", "upload", UPLOAD)
    quickbooks.clock.advance(24 * 3600)
    quickbooks.api("GET", "customer/1", format="xml")
    quickbooks.api("GET", "invoice/1/pdf")


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    file = tmp_path / "calls.jsonl"
    quickbooks = QuickBooks()
    quickbooks.sandbox.close()
    settings = Settings(limits_on=False)
    quickbooks.sandbox = Sandbox(company="empty", clock=quickbooks.clock, settings=settings, record=file)
    work(quickbooks)
    quickbooks.sandbox.close()
    return file


def again(file: Path, company: Any = "empty", **settings: Any) -> list[Any]:
    sandbox = Sandbox(company=company, clock=Clock(START), settings=Settings(limits_on=False, **settings))
    found = list(replay(sandbox, read(file)))
    sandbox.close()
    return found


def test_on_the_same_books_everything_is_answered_as_then(recorded: Path) -> None:
    found = again(recorded)
    assert [each.uri.partition("?")[0] for each in found][:3] == ["customer", "customer", "invoice"]
    assert [each.status for each in found] == [200, 400, 200, 200, 200, 200, 200, 200]
    assert [each.differences for each in found] == [[]] * 8


def test_what_is_answered_otherwise_is_told(recorded: Path) -> None:
    found = again(recorded, line_without_item="refuse")
    assert found[2].status == 400
    assert found[2].differences[0] == "the status is 400, and was 200"
    assert "Invoice is missing" in found[2].differences
    assert found[3].differences == [
        "QueryResponse.Invoice is missing",
        "QueryResponse.startPosition is missing",
        "QueryResponse.maxResults is missing",
        "QueryResponse.totalCount is missing",
    ]


def test_no_token_is_written_down(recorded: Path) -> None:
    assert "authorization" not in recorded.read_text().lower()


def test_calls_are_recorded_and_replayed_by_the_controls() -> None:
    quickbooks = QuickBooks()
    quickbooks.call("POST", "/sandbox/snapshots", {"name": "before"})
    quickbooks.api("POST", "customer", {"DisplayName": "not kept"})
    quickbooks.call("POST", "/sandbox/restore", {"name": "before"})
    quickbooks.call("PUT", "/sandbox/recording", {"on": True})
    work(quickbooks)
    quickbooks.call("PUT", "/sandbox/recording", {"on": False})
    quickbooks.api("POST", "customer", {"DisplayName": "not kept either"})
    exchanges = quickbooks.call("GET", "/sandbox/recording").body
    quickbooks.call("POST", "/sandbox/restore", {"name": "before"})
    found = quickbooks.call("POST", "/sandbox/replay", exchanges).json()
    assert len(found) == 8
    assert [each["differences"] for each in found] == [[]] * 8
    quickbooks.sandbox.close()


@pytest.mark.parametrize("content", [None, "x", '{"at": 1}\n', '{"method": "GET"}\n'])
def test_a_file_that_is_no_recording_is_said_in_one_sentence(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "calls.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadRecording, match=r"^[^\n]+\.$"):
        read(file)


def test_amounts_are_kept_exactly(recorded: Path) -> None:
    line = next(line for line in recorded.read_bytes().splitlines() if b'"uri":"invoice"' in line)
    assert b'"TotalAmt":10.0' in line
    assert json.loads(line)["response"]["Invoice"]["TotalAmt"] == 10
