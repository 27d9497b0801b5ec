"""The books beside real answers of QuickBooks (see the licences beside the recordings).

Ids, times and the sample's names differ; members, their types, and fault codes and texts do not.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.quickbooks_sandbox.books.making import Body, customer, invoice, item_line, named, sample_company

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault

_RECORDED = Path(__file__).parent.parent / "recorded"
_PAIRS = json.loads((_RECORDED / "qbo_api" / "interactions.json").read_text("utf-8"))
#: Members that answers of recent years have and those of 2020 had not.
_NEWER = {"IsProject", "ItemAccountRef", "CustomExtensions", "LastModifiedByRef"}


def recorded(file: str, place: int = 0) -> Body:
    found: Body = [pair for pair in _PAIRS if pair["file"] == file][place]
    return found


def exquickbooks(file: str) -> Body:
    found: Body = json.loads((_RECORDED / "exquickbooks" / file).read_text("utf-8"))
    return found


@pytest.fixture
def books() -> Books:
    return sample_company()


def shape(value: Any) -> Any:
    """Members and types; of a list the shapes that occur."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items() if name not in _NEWER}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    return "number" if isinstance(value, int | float | Decimal) else type(value).__name__


def error_of(fault: Fault) -> Body:
    error = fault.errors[0]
    found: Body = {"Message": error.message, "Detail": error.detail, "code": error.code}
    return found if error.element is None else {**found, "element": error.element}


def test_a_new_customer_looks_as_recorded(books: Books) -> None:
    pair = recorded("create/customer.yml")
    answer = books.create("customer", pair["request"])
    assert shape(answer) == shape(pair["response"]["Customer"])
    assert list(shape(answer)) == list(pair["response"]["Customer"])


def test_a_full_update_clears_and_defaults_as_recorded(books: Books) -> None:
    pair = recorded("update/customer.yml")
    old = customer(books, "Doe2, Jane", Notes="cleared by the update")
    answer = books.update("customer", {**pair["request"], **named(books, "Customer", old)})
    expected = pair["response"]["Customer"]
    assert shape(answer) == shape(expected)
    same = ("DisplayName", "FullyQualifiedName", "PrintOnCheckName", "PrimaryPhone", "SyncToken", "Taxable")
    assert {name: answer[name] for name in same} == {name: expected[name] for name in same}


def test_a_new_invoice_looks_as_recorded(books: Books) -> None:
    pair = recorded("create/invoice.yml")
    answer = books.create("invoice", json.loads(json.dumps(pair["request"]), parse_float=Decimal))
    expected = json.loads(json.dumps(pair["response"]["Invoice"]), parse_float=Decimal)
    assert shape(answer["Line"]) == shape(expected["Line"])
    del expected["BillAddr"]["Lat"], expected["BillAddr"]["Long"]
    del expected["ShipAddr"]["Lat"], expected["ShipAddr"]["Long"]
    assert shape(answer) == shape(expected)
    for name in ("TotalAmt", "Balance", "CustomField", "TxnTaxDetail", "EmailStatus", "PrintStatus", "LinkedTxn"):
        assert answer[name] == expected[name], name


def test_a_voided_invoice_looks_as_recorded(books: Books) -> None:
    pair = recorded("void/invoice.yml")
    old = invoice(books, "1")
    answer = books.void("invoice", named(books, "Invoice", old))
    expected = pair["response"]["Invoice"]
    assert answer["PrivateNote"] == expected["PrivateNote"] == "Voided"
    for name in ("TotalAmt", "Balance", "LinkedTxn", "SyncToken", "TxnTaxDetail"):
        assert answer[name] == expected[name], name
    assert [line["Amount"] for line in answer["Line"]] == [line["Amount"] for line in expected["Line"]]


def test_a_deleted_invoice_is_answered_as_recorded(books: Books) -> None:
    old = invoice(books, "1")
    answer = books.delete("invoice", named(books, "Invoice", old))
    assert {**answer, "Id": "266"} == recorded("delete/invoice.yml")["response"]["Invoice"]


def test_deactivating_an_inactive_account_changes_nothing_as_recorded(books: Books) -> None:
    pair = recorded("deactivate/account.yml")
    account = books.read("Account", "5")
    first = books.update("Account", {"Id": "5", "SyncToken": "0", "sparse": True, "Active": False})
    books.clock.advance(60)
    again = books.update("Account", {**pair["request"], "SyncToken": first["SyncToken"]})
    assert again == first
    assert shape(again) == shape(pair["response"]["Account"])
    assert again["Name"] == again["FullyQualifiedName"] == f"{account['Name']} (deleted)"


@pytest.mark.parametrize("place", range(5))
def test_queries_for_ids_are_paged_as_recorded(books: Books, place: int) -> None:
    pair = recorded("all/alt_select.yml", place)
    statement = parse_qs(urlsplit(unquote(pair["uri"])).query)["query"][0]
    answer = books.query(statement)
    expected = pair["response"]["QueryResponse"]
    if "totalCount" in expected:
        assert (answer.rows, answer.total_count) == (None, expected["totalCount"])
    else:
        assert len(answer.rows or []) == len(expected.get("Customer", []))


def test_a_quote_is_escaped_with_a_backslash_as_recorded(books: Books) -> None:
    customer(books, "Amy's Bird Sanctuary")
    statement = parse_qs(urlsplit(unquote(recorded("get/display_name.yml")["uri"])).query)["query"][0]
    assert [row["DisplayName"] for row in books.query(statement).rows or []] == ["Amy's Bird Sanctuary"]


def test_an_unknown_entity_is_refused_as_recorded(books: Books) -> None:
    pair = recorded("error/400.yml")
    with pytest.raises(Fault) as caught:
        books.query("SELECT * FROM Custmoer")
    assert error_of(caught.value) == pair["response"]["Fault"]["Error"][0]


def test_an_unknown_property_is_refused_as_recorded(books: Books) -> None:
    expected = recorded("error/400_json.yml")["response"]["Fault"]["Error"][0]
    with pytest.raises(Fault) as caught:
        books.create("Invoice", {"BadJson": True})
    answer = error_of(caught.value)
    assert (answer["code"], answer["Message"]) == (expected["code"], expected["Message"])
    assert answer["Detail"].split(" (")[:2] == expected["Detail"].split(" (")[:2]
    ending = " [truncated]])\n specified is unsupported or invalid"
    assert answer["Detail"].endswith(ending)
    assert expected["Detail"].endswith(ending)


def test_every_property_that_the_recorded_fault_lists_is_known(books: Books) -> None:
    detail = recorded("error/400_json.yml")["response"]["Fault"]["Error"][0]["Detail"]
    listed = detail[detail.index("properties: ") :].split('"')[1::2]
    customer_id = customer(books)["Id"]
    for name in listed:
        body: Body = {name: None, "CustomerRef": {"value": customer_id}, "Line": []}
        with pytest.raises(Fault) as caught:
            books.create("Invoice", body)
        assert caught.value.code != "2010", name


def test_an_id_that_is_no_number_is_refused_as_recorded(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.read("customer", "1.5")
    assert error_of(caught.value) == recorded("error/500.yml")["response"]["Fault"]["Error"][0]


def test_a_name_in_use_is_refused_as_recorded(books: Books) -> None:
    expected = recorded("error/validation.yml")["response"]["Fault"]["Error"][0]
    with pytest.raises(Fault) as caught:
        customer(books, "zeller consulting")
    answer = error_of(caught.value)
    assert (answer["code"], answer["Message"]) == (expected["code"], expected["Message"])
    assert answer["Detail"].startswith("The name supplied already exists. : ")


def test_an_unknown_id_is_refused_as_recorded(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.read("Item", "999")
    assert error_of(caught.value) == exquickbooks("read_item_error.json")["Fault"]["Error"][0]


def test_a_missing_name_is_refused_as_recorded(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.create("Item", {"Type": "Service"})
    assert error_of(caught.value) == exquickbooks("create_item_error.json")["Fault"]["Error"][0]


def test_an_old_token_is_refused_as_recorded(books: Books) -> None:
    expected = exquickbooks("update_item_error.json")["Fault"]["Error"][0]
    with pytest.raises(Fault) as caught:
        books.update("Item", {"Id": "4", "SyncToken": "7", "Name": "Design"})
    answer = error_of(caught.value)
    # The recorded text names who had changed the item.
    assert answer["Detail"].replace(books.user, "Leo Nikkilä") == expected["Detail"]
    assert (answer["code"], answer["Message"], answer["element"]) == ("5010", expected["Message"], "")


def test_a_query_that_does_not_parse_is_refused_as_recorded(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.query("select * from NULL")
    assert error_of(caught.value) == exquickbooks("query_error.json")["Fault"]["Error"][0]


def test_a_new_inventory_item_looks_as_recorded(books: Books) -> None:
    expected = exquickbooks("create_item.json")["Item"]
    body = {name: value for name, value in expected.items() if name not in ("FullyQualifiedName", "MetaData", "Id")}
    answer = books.create("Item", body)
    assert {*shape(expected)} == {*shape(answer)} - {"DeferredRevenue"}
    for name in ("IncomeAccountRef", "ExpenseAccountRef", "AssetAccountRef", "QtyOnHand", "UnitPrice", "Taxable"):
        assert answer[name] == expected[name], name


def sales_receipt(books: Books, **fields: Any) -> Body:
    return books.create("SalesReceipt", {"Line": [item_line(10, "4")], **fields})


def test_a_full_update_of_a_sales_receipt_answers_as_recorded(books: Books) -> None:
    pair = recorded("update/sales_receipt.yml")
    old = sales_receipt(books, CustomerRef={"value": "4"}, CustomerMemo={"value": "cleared by the update"})
    request = json.loads(json.dumps(pair["request"]), parse_float=Decimal)
    answer = books.update("salesreceipt", {**request, **named(books, "SalesReceipt", old)})
    expected = pair["response"]["SalesReceipt"]
    assert shape(answer) == shape(expected)
    for name in (
        "TotalAmt",
        "Balance",
        "PrintStatus",
        "EmailStatus",
        "DepositToAccountRef",
        "CustomField",
        "CurrencyRef",
    ):
        assert answer[name] == expected[name], name
    # The line was sent without its id: it is a new one.
    assert answer["Line"][0]["Id"] != old["Line"][0]["Id"]


def test_a_deposited_sales_receipt_shows_its_deposit_as_recorded(books: Books) -> None:
    held = recorded("all/sales_receipts.yml")["response"]["QueryResponse"]["SalesReceipt"]
    expected = next(shape(one["LinkedTxn"]) for one in held if "LinkedTxn" in one)
    ours = books.query("select * from SalesReceipt").rows or []
    assert next(shape(one["LinkedTxn"]) for one in ours if "LinkedTxn" in one) == expected
    assert any("LinkedTxn" not in one for one in ours)
    assert any("LinkedTxn" not in one for one in held)


def test_a_discount_on_a_sales_receipt_comes_after_the_subtotal_as_recorded(books: Books) -> None:
    listed = recorded("all/sales_receipts.yml")["response"]["QueryResponse"]["SalesReceipt"]
    expected = next(one["Line"] for one in listed if len(one["Line"]) == 3)
    ours = books.query("select * from SalesReceipt").rows or []
    answer = next(one["Line"] for one in ours if len(one["Line"]) == 3)
    assert shape(answer) == shape(expected)


def test_a_voided_sales_receipt_looks_as_recorded(books: Books) -> None:
    expected = exquickbooks("void_sales_receipt.json")["SalesReceipt"]
    created = exquickbooks("create_sales_receipt.json")["SalesReceipt"]
    old = sales_receipt(books)
    assert set(old) - {"CustomField"} == set(created) - {"CustomField"} | {"TxnTaxDetail"}
    answer = books.void("SalesReceipt", named(books, "SalesReceipt", old))
    for name in (
        "TotalAmt",
        "Balance",
        "PrivateNote",
        "SyncToken",
        "PrintStatus",
        "EmailStatus",
        "ApplyTaxAfterDiscount",
    ):
        assert answer[name] == expected[name], name
    assert [line["Amount"] for line in answer["Line"]] == [line["Amount"] for line in expected["Line"]]


def test_a_sales_receipt_line_without_its_kind_is_refused_as_recorded(books: Books) -> None:
    with pytest.raises(Fault) as caught:
        books.create("SalesReceipt", {"Line": [{"Amount": 1}]})
    assert error_of(caught.value) == exquickbooks("create_sales_receipt_error.json")["Fault"]["Error"][0]


def test_deactivating_an_employee_answers_as_recorded(books: Books) -> None:
    pair = recorded("deactivate/employee.yml")
    old = books.create("Employee", {"GivenName": "Emily", "FamilyName": "Platt"})
    answer = books.update("Employee", {**pair["request"], **named(books, "Employee", old)})
    expected = pair["response"]["Employee"]
    assert shape(answer) == shape(expected)
    assert list(answer) == list(expected)
    for name in ("DisplayName", "PrintOnCheckName", "Active", "BillableTime"):
        assert answer[name] == expected[name], name


def test_employees_look_as_recorded(books: Books) -> None:
    listed = recorded("all/employees_including_active.yml")["response"]["QueryResponse"]["Employee"]
    full = next(one for one in listed if "HiredDate" in one)
    body = {name: value for name, value in full.items() if name not in ("Id", "MetaData", "SyncToken")}
    answer = books.create("Employee", body)
    assert shape(answer) == shape(full)
    assert list(answer) == list(full)


def test_a_new_vendor_looks_as_recorded(books: Books) -> None:
    pair = recorded("batch/basic.yml")
    expected = pair["response"]["BatchItemResponse"][0]["Vendor"]
    answer = books.create("Vendor", pair["request"]["BatchItemRequest"][0]["Vendor"])
    assert shape(answer) == shape(expected)
    assert list(answer) == list(expected)


def test_preferences_have_every_group_and_member_recorded(books: Books) -> None:
    expected = exquickbooks("read_preferences.json")["Preferences"]
    answer = books.read("Preferences", "1")
    for group, members in expected.items():
        if isinstance(members, dict):
            assert {*members} <= {*answer[group]}, group
            for name, value in members.items():
                assert type(answer[group][name]) is type(value), name
        else:
            assert group in answer
