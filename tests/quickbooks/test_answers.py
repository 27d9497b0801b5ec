from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Answer, Batched, Done, NotSent, Refused, Unknown, parse, per_item

CREATE = requests.create("Invoice", b"{}", "r")
READ = requests.read("Invoice", "1")
QUERY = requests.query("SELECT * FROM Invoice")
CDC = requests.cdc(["Invoice", "Customer"], datetime(2026, 1, 1, tzinfo=UTC))
FAULT = b'{"Fault":{"Error":[{"Message":"m","Detail":"d","code":"%s"}],"type":"%s"},"time":"x"}'


def fault(code: str, kind: str = "ValidationFault") -> bytes:
    return FAULT % (code.encode(), kind.encode())


def answer(request: requests.Request, body: bytes, status: int = 200, tid: str = "t-1") -> Answer:
    return parse(request, status, {"intuit_tid": tid}, body)


def test_a_write_is_done_when_the_answer_shows_the_object() -> None:
    done = answer(CREATE, b'{"Invoice":{"Id":"5","TotalAmt":10.10},"time":"2026-05-05T02:08:54.543-07:00"}')
    assert isinstance(done, Done)
    assert done.object["Id"] == "5"
    assert done.tid == "t-1"
    assert done.time == datetime(2026, 5, 5, 9, 8, 54, 543000, tzinfo=UTC)


def test_fractions_are_exact() -> None:
    done = answer(READ, b'{"Invoice":{"Id":"5","TotalAmt":0.1000000000000000055,"Balance":100}}')
    assert isinstance(done, Done)
    assert done.object["TotalAmt"] == Decimal("0.1000000000000000055")
    assert done.object["Balance"] == 100


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"Invoice":{"Id":"5"',
        b"<html>",
        b"[]",
        b"null",
        b'{"BatchItemResponse":[],"time":"x"}',
        b'{"Invoice":{}}',
    ],
)
def test_a_write_whose_answer_does_not_show_the_object_is_unknown_though_the_status_is_200(body: bytes) -> None:
    assert isinstance(answer(CREATE, body), Unknown)


def test_a_fault_inside_a_200_is_a_refusal() -> None:
    refused = answer(CREATE, fault("6240"))
    assert isinstance(refused, Refused)
    assert refused.fault.code == "6240"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (502, b"<html>bad gateway</html>"),
        (503, fault("150", "SystemFault")),
        (504, b"{}"),
        (500, fault("10000", "SystemFault")),
        (200, fault("10000", "SystemFault")),
        (400, fault("10000", "SystemFault")),
        (400, fault("600")),
        (400, b""),
        (302, b""),
        (408, b""),
    ],
)
def test_after_a_server_error_or_a_reused_id_nobody_knows_what_was_done(status: int, body: bytes) -> None:
    assert isinstance(answer(CREATE, body, status), Unknown)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, fault("2020"), "2020"),
        (401, fault("3200"), "3200"),
        (401, b"<x>message=AuthenticationFailed; errorCode=003200; statusCode=401", "3200"),
        (403, b"<x>errorCode=003100", "3100"),
        (429, b"", ""),
        (429, b"<x>errorCode=003001", "3001"),
        (404, b"not here", ""),
    ],
)
def test_a_refusal_is_definite(status: int, body: bytes, code: str) -> None:
    refused = answer(CREATE, body, status)
    assert isinstance(refused, Refused)
    assert (refused.fault.status, refused.fault.code) == (status, code)


def test_a_delete_is_done_only_when_quickbooks_says_deleted() -> None:
    delete = requests.delete("Invoice", b"{}", "r")
    assert isinstance(answer(delete, b'{"Invoice":{"Id":"5","status":"Deleted"}}'), Done)
    assert isinstance(answer(delete, b'{"Invoice":{"Id":"5","SyncToken":"1"}}'), Unknown)


def test_a_query_answers_rows_and_an_empty_one_none() -> None:
    rows = answer(QUERY, b'{"QueryResponse":{"Invoice":[{"Id":"1"},{"Id":"2"}],"startPosition":1,"maxResults":2}}')
    assert isinstance(rows, Done)
    assert [row["Id"] for row in rows.rows] == ["1", "2"]
    none = answer(QUERY, b'{"QueryResponse":{}}')
    assert isinstance(none, Done)
    assert none.rows == []
    assert isinstance(answer(QUERY, b"{}"), Unknown)


def test_a_count_query_answers_the_number() -> None:
    counted = answer(QUERY, b'{"QueryResponse":{"totalCount":41}}')
    assert isinstance(counted, Done)
    assert counted.count == 41


def test_changes_are_sorted_by_entity_and_show_deletions() -> None:
    body = b"""{"CDCResponse":[{"QueryResponse":[
        {"Invoice":[{"Id":"1"},{"Id":"2","status":"Deleted"}],"startPosition":1,"maxResults":2},{}]}],
        "time":"2026-05-05T02:08:54.543-07:00"}"""
    done = answer(CDC, body)
    assert isinstance(done, Done)
    assert done.changes == {"Invoice": [{"Id": "1"}, {"Id": "2", "status": "Deleted"}]}


@pytest.mark.parametrize(
    "body",
    [
        b'{"CDCResponse":[{"Fault":{"Error":[{"code":"500"}]}}]}',
        b'{"CDCResponse":[{"QueryResponse":[{},{"Fault":{"Error":[{"code":"500"}]}}]}]}',
    ],
)
def test_changes_with_a_fault_among_them_are_refused_as_a_whole(body: bytes) -> None:
    assert isinstance(answer(CDC, body), Refused)


@pytest.mark.parametrize("body", [b'{"CDCResponse":null}', b'{"CDCResponse":[7]}', b'{"CDCResponse":[{}]}', b"{}"])
def test_changes_of_an_unexpected_shape_are_not_taken_for_none(body: bytes) -> None:
    assert isinstance(answer(CDC, body), Unknown)


class TestBatch:
    ITEMS = (CREATE, requests.create("Customer", b"{}", "r2"), QUERY)
    BATCH = requests.batch(ITEMS, "b")

    def test_answers_each_item_as_if_it_had_been_sent_by_itself(self) -> None:
        body = b"""{"BatchItemResponse":[
            {"bId":"3","QueryResponse":{"Invoice":[{"Id":"9"}]}},
            {"bId":"2","Fault":{"Error":[{"code":"6240"}],"type":"ValidationFault"}},
            {"bId":"1","Invoice":{"Id":"5"}}],"time":"2026-05-05T02:08:54.543-07:00"}"""
        batched = answer(self.BATCH, body)
        assert isinstance(batched, Batched)
        invoice, customer, rows = batched.answers
        assert isinstance(invoice, Done)
        assert invoice.object["Id"] == "5"
        assert invoice.time is not None
        assert isinstance(customer, Refused)
        assert customer.fault.status == 400
        assert isinstance(rows, Done)
        assert rows.rows == [{"Id": "9"}]

    def test_an_item_that_is_left_out_is_unknown(self) -> None:
        batched = answer(self.BATCH, b'{"BatchItemResponse":[{"bId":"1","Invoice":{"Id":"5"}}]}')
        assert isinstance(batched, Batched)
        assert [type(one) for one in batched.answers] == [Done, Unknown, Unknown]

    def test_a_system_failure_of_one_item_leaves_it_unknown(self) -> None:
        item = b'{"bId":"1","Fault":{"Error":[{"code":"10000"}],"type":"SystemFault"}}'
        batched = answer(self.BATCH, b'{"BatchItemResponse":[%s]}' % item)
        assert isinstance(batched, Batched)
        assert isinstance(batched.answers[0], Unknown)

    def test_that_failed_as_a_whole_failed_for_each_item(self) -> None:
        whole = answer(self.BATCH, fault("1040"), 400)
        assert per_item(self.BATCH, whole) == Batched((whole,) * 3)
        assert per_item(CREATE, NotSent("x")) == NotSent("x")


@given(
    st.binary() | st.text().map(str.encode),
    st.integers(200, 599),
    st.sampled_from([CREATE, READ, QUERY, CDC, TestBatch.BATCH]),
)
def test_no_body_and_no_status_breaks_the_parser_or_passes_for_done(
    body: bytes, status: int, request_: requests.Request
) -> None:
    result = answer(request_, body, status)
    assert isinstance(result, Refused | Unknown)
