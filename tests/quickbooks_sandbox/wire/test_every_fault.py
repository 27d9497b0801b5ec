"""Every row of the table of faults that the wire causes: what makes it occur, or why nothing here does.

Those that the rules of the books cause are in `books/test_every_fault.py`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.test_every_fault import OF_THE_WIRE

from quickbooks_sandbox.faults import fault_table
from quickbooks_sandbox.testing import QuickBooks, Response, quickbooks
from quickbooks_sandbox.wire import upload

__all__ = ["quickbooks"]

Cause = Callable[[QuickBooks, pytest.MonkeyPatch], Response]


def condition(**changes: Any) -> Cause:
    def cause(quickbooks: QuickBooks, _: pytest.MonkeyPatch) -> Response:
        quickbooks.sandbox.conditions.change(quickbooks.books.realm_id, changes)
        return quickbooks.api("POST", "customer", {"DisplayName": "A"})

    return cause


def uploaded(metadata: bytes) -> Cause:
    def cause(quickbooks: QuickBooks, _: pytest.MonkeyPatch) -> Response:
        head = b'--X\r\nContent-Disposition: form-data; name="file_metadata_01"\r\n\r\n'
        content = b'\r\n--X\r\nContent-Disposition: form-data; name="file_content_01"\r\n\r\nx\r\n--X--'
        return quickbooks.api("POST", "upload", head + metadata + content)

    return cause


def ref(entity: str) -> bytes:
    return b'{"EntityRef": {"type": "%s", "value": "9"}}' % entity.encode()


def too_large_an_upload(quickbooks: QuickBooks, patch: pytest.MonkeyPatch) -> Response:
    patch.setattr(upload, "LARGEST", 10)
    return quickbooks.api("POST", "upload", b"more than ten bytes")


def a_failure_of_the_sandbox(quickbooks: QuickBooks, patch: pytest.MonkeyPatch) -> Response:
    def fail(*_: object) -> None:
        raise RuntimeError("on purpose")

    patch.setattr(quickbooks.books, "read", fail)
    return quickbooks.api("GET", "preferences")


def a_repeated_request_id(quickbooks: QuickBooks, _: pytest.MonkeyPatch) -> Response:
    quickbooks.sandbox.settings.repeated_request_id = "refuse"
    quickbooks.api("POST", "customer", {"DisplayName": "A"}, requestid="r")
    return quickbooks.api("POST", "customer", {"DisplayName": "B"}, requestid="r")


def too_long_a_request_id(quickbooks: QuickBooks, _: pytest.MonkeyPatch) -> Response:
    return quickbooks.api("POST", "customer", {"DisplayName": "A"}, requestid="r" * 51)


def too_large_a_batch(quickbooks: QuickBooks, _: pytest.MonkeyPatch) -> Response:
    return quickbooks.api("POST", "batch", {"BatchItemRequest": [{}] * 31})


CAUSES: dict[str, Cause] = {
    "120": condition(roles={"owner@example.com": "none"}),
    "140": condition(locked_out=True),
    "150": condition(maintenance=True),
    "600": a_repeated_request_id,
    "1040": too_large_a_batch,
    "2130": too_long_a_request_id,
    "6000.element": uploaded(
        b'{"FileName": "a.txt", "AttachableRef": [{"EntityRef": {"type": "Bill", "value": "9"}}]}'
    ),
    "6030": too_large_an_upload,
    "6040": uploaded(b"nonsense"),
    "6041": uploaded(b'{"FileName": "a.exe"}'),
    "6050": uploaded(b'{"FileName": "a.txt", "AttachableRef": [%s]}' % ref("Preferences")),
    "6190": condition(subscription="lapsed"),
    "10000": a_failure_of_the_sandbox,
}
NOT_CAUSED = {
    "a body of another content type is read as JSON, since it is not known which types QuickBooks refuses": {"1050"},
    "an upload in chunks has no length and works, as published clients show": {"6020"},
    "only OAuth 1 knew it": {"3202"},
}


@pytest.mark.parametrize("key", CAUSES)
def test_the_fault_occurs(quickbooks: QuickBooks, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    response = CAUSES[key](quickbooks, monkeypatch)
    content = response.json()
    fault = content["AttachableResponse"][0]["Fault"] if "AttachableResponse" in content else content["Fault"]
    row = fault_table()[key]
    assert (fault["Error"][0]["code"], fault["Error"][0]["Message"]) == (row["code"], row["message"])
    if "AttachableResponse" not in content:
        assert (response.status, fault["type"]) == (int(row["status"]), row["type"])


def test_every_row_of_the_wire_is_caused_or_explained() -> None:
    explained: set[str] = set().union(*NOT_CAUSED.values())
    assert set(CAUSES) | explained == OF_THE_WIRE
    assert not set(CAUSES) & explained
