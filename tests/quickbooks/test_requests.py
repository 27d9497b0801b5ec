from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from tieout.quickbooks.wire import requests


def test_a_create_carries_its_request_id_and_exact_bytes() -> None:
    request = requests.create("Invoice", b'{"Line": []}', "r-1")
    assert (request.method, request.target) == ("POST", "/invoice?requestid=r-1")
    assert request.body == b'{"Line": []}'
    assert request.klass == "Core"


def test_reads_are_metered_and_writes_are_free() -> None:
    reads = [
        requests.read("Customer", "7"),
        requests.query("SELECT * FROM Item"),
        requests.preferences(),
        requests.company_info("99"),
        requests.cdc(["Invoice"], datetime(2026, 1, 1, tzinfo=UTC)),
        requests.batch([requests.create("Term", b"{}", "x")], "b"),
    ]
    assert {request.klass for request in reads} == {"CorePlus"}
    assert requests.delete("Bill", b"{}", "r").klass == "Core"


@pytest.mark.parametrize(
    ("entity", "target"),
    [
        ("Invoice", "/invoice?operation=void&requestid=r"),
        ("Payment", "/payment?operation=update&include=void&requestid=r"),
        ("BillPayment", "/billpayment?operation=update&include=void&requestid=r"),
    ],
)
def test_each_entity_is_voided_in_the_form_quickbooks_wants(entity: str, target: str) -> None:
    assert requests.void(entity, b"{}", "r").target == target


def test_what_quickbooks_cannot_void_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="cannot void a CreditMemo"):
        requests.void("CreditMemo", b"{}", "r")


def test_a_query_is_encoded_with_percents_so_that_a_plus_stays_a_plus() -> None:
    target = requests.query("SELECT * FROM Customer WHERE DisplayName = 'A+B & C'").target
    assert target.endswith("%27A%2BB%20%26%20C%27")


def test_cdc_asks_from_the_whole_second_before_in_utc() -> None:
    since = datetime(2026, 1, 1, 1, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))
    target = requests.cdc(["Invoice", "Customer"], since).target
    assert target == "/cdc?entities=Invoice%2CCustomer&changedSince=2025-12-31T23%3A00%3A00Z"


def test_an_id_cannot_reach_another_path() -> None:
    assert requests.read("Customer", "../preferences").target == "/customer/..%2Fpreferences"


@pytest.mark.parametrize("request_id", ["", "x" * 51])
def test_a_request_id_that_quickbooks_would_refuse_is_a_mistake_here(request_id: str) -> None:
    with pytest.raises(ValueError, match="1 to 50"):
        requests.create("Invoice", b"{}", request_id)


class TestBatch:
    def test_holds_writes_as_they_were_and_queries(self) -> None:
        items = [
            requests.create("Vendor", b'{"DisplayName":"A","Balance":12.30}', "x"),
            requests.void("Invoice", b'{"Id":"1"}', "y"),
            requests.query("SELECT * FROM Item"),
        ]
        batch = requests.batch(items, "b-1")
        assert b'"Vendor":{"DisplayName":"A","Balance":12.30}' in (batch.body or b"")
        assert msgspec.json.decode(batch.body or b"")["BatchItemRequest"][1:] == [
            {"bId": "2", "operation": "update", "optionsData": "void", "Invoice": {"Id": "1"}},
            {"bId": "3", "Query": "SELECT * FROM Item"},
        ]

    def test_can_repeat_single_items_under_their_first_ids(self) -> None:
        batch = requests.batch([requests.create("Vendor", b"{}", "x")], "b-1", ["17"])
        assert msgspec.json.decode(batch.body or b"")["BatchItemRequest"][0]["bId"] == "17"

    @pytest.mark.parametrize("size", [0, 31])
    def test_of_a_size_that_quickbooks_refuses_is_a_mistake_here(self, size: int) -> None:
        with pytest.raises(ValueError, match="1 to 30"):
            requests.batch([requests.query("SELECT * FROM Item")] * size, "b")

    def test_keeps_request_id_and_item_id_within_fifty_characters(self) -> None:
        items = [requests.query("SELECT * FROM Item")]
        requests.batch(items, "b" * 49)
        with pytest.raises(ValueError, match="too long"):
            requests.batch(items, "b" * 50)

    def test_refuses_what_cannot_be_an_item(self) -> None:
        with pytest.raises(ValueError, match="read cannot be an item"):
            requests.batch([requests.read("Item", "1")], "b")

    def test_is_a_write_when_one_of_its_items_is(self) -> None:
        query, create = requests.query("SELECT * FROM Item"), requests.create("Term", b"{}", "x")
        assert not requests.batch([query], "b").is_write
        assert requests.batch([query, create], "b").is_write
