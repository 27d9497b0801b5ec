from typing import Any


def batch(served: Any, *items: dict[str, Any]) -> list[dict[str, Any]]:
    response = served.api_post("batch", {"BatchItemRequest": list(items)})
    assert response.status_code == 200, response.text
    answers: list[dict[str, Any]] = response.json()["BatchItemResponse"]
    return answers


def test_items_are_done_or_refused_each_for_itself(served: Any) -> None:
    customer = served.create("Customer", {"DisplayName": "A"})
    stale = {"Id": customer["Id"], "SyncToken": "7", "sparse": True, "Notes": "x"}
    answers = batch(
        served,
        {"bId": "bid1", "operation": "create", "Customer": {"DisplayName": "B"}},
        {"bId": "bid2", "operation": "update", "Customer": stale},
        {"bId": "bid3", "Query": "select * from Customer where DisplayName = 'A'"},
        {"bId": "bid4", "operation": "delete", "Invoice": {"Id": "999", "SyncToken": "0"}},
    )
    assert [answer["bId"] for answer in answers] == ["bid1", "bid2", "bid3", "bid4"]
    assert answers[0]["Customer"]["DisplayName"] == "B"
    assert answers[1]["Fault"]["Error"][0]["code"] == "5010"
    assert answers[2]["QueryResponse"]["maxResults"] == 1
    assert answers[3]["Fault"]["Error"][0]["code"] == "610"


def test_without_operation_an_item_is_created_and_without_bid_it_is_answered_without(served: Any) -> None:
    (answer,) = batch(served, {"Customer": {"DisplayName": "A"}})
    assert answer["Customer"]["DisplayName"] == "A"
    assert "bId" not in answer


def test_an_item_that_says_nothing_or_too_much_is_refused(served: Any) -> None:
    answers = batch(
        served,
        {"bId": "1", "operation": "create"},
        {"bId": "2", "Nonsense": {}},
        {"bId": "3", "ReportQuery": {}},
        {"bId": "4", "Customer": "x"},
    )
    codes = [answer["Fault"]["Error"][0]["code"] for answer in answers]
    assert codes == ["2020", "2000", "500", "2010"]


def test_a_batch_reads_what_changed_beside_a_query(served: Any) -> None:
    customer = served.create("Customer", {"DisplayName": "A"})
    changed, preferences = batch(
        served,
        {"bId": "1", "CDCQuery": {"Entities": "Customer,Invoice", "ChangedSince": customer["MetaData"]["CreateTime"]}},
        {"bId": "2", "Query": "select * from Preferences"},
    )
    customers, invoices = changed["CDCResponse"][0]["QueryResponse"]
    assert ([row["Id"] for row in customers["Customer"]], invoices) == ([customer["Id"]], {})
    assert len(preferences["QueryResponse"]["Preferences"]) == 1


def test_a_change_query_without_its_moment_is_refused_alone(served: Any) -> None:
    refused, done = batch(
        served, {"bId": "1", "CDCQuery": {"Entities": "Customer"}}, {"bId": "2", "Customer": {"DisplayName": "A"}}
    )
    assert refused["Fault"]["Error"][0]["code"] == "2020"
    assert done["Customer"]["DisplayName"] == "A"


def test_thirty_items_are_taken_and_thirty_one_refused_whole(served: Any) -> None:
    items = [{"bId": str(n), "Customer": {"DisplayName": f"C{n}"}} for n in range(31)]
    refused = served.api_post("batch", {"BatchItemRequest": items})
    assert refused.status_code == 400
    assert refused.json()["Fault"]["Error"][0]["code"] == "1040"
    assert served.query("select count(*) from Customer") == {"totalCount": 0}
    assert len(batch(served, *items[:30])) == 30


def test_a_body_without_items_is_refused(served: Any) -> None:
    assert served.api_post("batch", {}).json()["Fault"]["Error"][0]["code"] == "2020"


def test_an_update_item_with_optionsdata_void_voids(serve: Any) -> None:
    served = serve(company="sample")
    invoice = served.query("select * from Invoice where Balance > '0' maxresults 1")["Invoice"][0]
    version = {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"], "sparse": True}
    (answer,) = batch(served, {"bId": "1", "operation": "update", "optionsData": "void", "Invoice": version})
    assert answer["Invoice"]["TotalAmt"] == 0
    assert "Voided" in answer["Invoice"]["PrivateNote"]
