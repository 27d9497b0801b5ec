from typing import Any

import pytest


def customers(served: Any) -> int:
    found: int = served.query("select count(*) from Customer")["totalCount"]
    return found


def test_a_request_that_comes_again_gets_the_first_answer_and_is_not_done_again(served: Any) -> None:
    first = served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    again = served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    assert again.content == first.content
    assert customers(served) == 1


def test_another_body_under_the_same_id_gets_the_first_answer_too(served: Any) -> None:
    first = served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    assert served.api_post("customer", {"DisplayName": "B"}, requestid="r1").content == first.content


def test_ids_belong_to_one_company(served: Any) -> None:
    other = served.sandbox.companies.create("empty", "Other")
    served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    token = served.sandbox.credentials(other.realm_id).access_token
    url = f"{served.url}/v3/company/{other.realm_id}/customer?requestid=r1"
    headers = {"Authorization": f"Bearer {token}"}
    assert served.http.post(url, json={"DisplayName": "B"}, headers=headers).json()["Customer"]["DisplayName"] == "B"


def test_a_fault_is_tried_anew_unless_the_setting_says_otherwise(served: Any) -> None:
    assert served.api_post("customer", {}, requestid="r1").status_code == 400
    assert served.api_post("customer", {"DisplayName": "A"}, requestid="r1").status_code == 200
    served.sandbox.settings.replay_faults = True
    first = served.api_post("customer", {}, requestid="r2")
    assert served.api_post("customer", {"DisplayName": "B"}, requestid="r2").content == first.content


def test_an_id_is_forgotten_after_its_time(served: Any) -> None:
    served.sandbox.settings.request_id_memory_s = 60
    served.api_post("customer", {"DisplayName": "A"}, requestid="r1")
    served.sandbox.clock.advance(60)
    assert served.api_post("customer", {"DisplayName": "B"}, requestid="r1").json()["Customer"]["DisplayName"] == "B"


@pytest.mark.parametrize(("length", "status"), [(50, 200), (51, 400)])
def test_an_id_has_at_most_fifty_characters(served: Any, length: int, status: int) -> None:
    response = served.api_post("customer", {"DisplayName": "A"}, requestid="r" * length)
    assert response.status_code == status
    if status == 400:
        assert response.json()["Fault"]["Error"][0]["code"] == "2130"


def test_delete_and_void_are_remembered_too(served: Any) -> None:
    customer = served.create("Customer", {"DisplayName": "A"})
    change = {"Id": customer["Id"], "SyncToken": "0", "sparse": True, "Notes": "x"}
    first = served.api_post("customer", change, requestid="r1")
    assert served.api_post("customer", change, requestid="r1").content == first.content
    assert served.api_post("customer", change, requestid="r2").json()["Fault"]["Error"][0]["code"] == "5010"


def test_batch_items_are_remembered_one_by_one(served: Any) -> None:
    def item(b_id: str, name: str) -> dict[str, Any]:
        return {"bId": b_id, "operation": "create", "Customer": {"DisplayName": name}}

    first = served.api_post("batch", {"BatchItemRequest": [item("1", "A"), item("2", "B")]}, requestid="r1").json()
    again = served.api_post("batch", {"BatchItemRequest": [item("2", "B"), item("3", "C")]}, requestid="r1").json()
    assert again["BatchItemResponse"][0] == first["BatchItemResponse"][1]
    assert customers(served) == 3


def test_request_id_and_bid_together_have_at_most_fifty_characters(served: Any) -> None:
    items = [{"bId": "b" * 14, "Customer": {"DisplayName": "A"}}, {"bId": "b" * 15, "Customer": {"DisplayName": "B"}}]
    answers = served.api_post("batch", {"BatchItemRequest": items}, requestid="r" * 36).json()["BatchItemResponse"]
    assert "Customer" in answers[0]
    assert "50 characters" in answers[1]["Fault"]["Error"][0]["Detail"]
