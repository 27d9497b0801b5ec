"""Answers beside real ones of QuickBooks (see the licence beside the recordings): attachments, and the gateway."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

PAIRS = json.loads((Path(__file__).parent.parent / "recorded" / "qbo_api" / "attachments.json").read_text("utf-8"))


def recorded(file: str) -> dict[str, Any]:
    found: dict[str, Any] = next(pair for pair in PAIRS if pair["file"] == file)
    return found


def shape(value: Any) -> Any:
    """Members in their order, and types."""
    if isinstance(value, dict):
        return [(name, shape(inner)) for name, inner in value.items()]
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


def uploaded(served: Any, body: str) -> Any:
    boundary = re.match(r"--(\S+)", body)
    assert boundary
    headers = {**served.auth(), "Content-Type": f"multipart/form-data; boundary={boundary[1]}"}
    return served.http.post(served.company("upload"), data=body.encode(), headers=headers)


@pytest.fixture
def invoice(served: Any) -> dict[str, Any]:
    customer = served.create("Customer", {"DisplayName": "A"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    made: dict[str, Any] = served.create("Invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line]})
    return made


@pytest.fixture
def attachable(served: Any, invoice: dict[str, Any]) -> dict[str, Any]:
    body = recorded("attachment/create_for_invoice.yml")["request"]
    response = uploaded(served, body.replace('"value":"75"', f'"value":"{invoice["Id"]}"'))
    made: dict[str, Any] = response.json()
    return made


def test_an_upload_is_answered_as_recorded(attachable: dict[str, Any]) -> None:
    pair = recorded("attachment/create_for_invoice.yml")
    assert shape(attachable) == shape(pair["response"])
    made, real = (answer["AttachableResponse"][0]["Attachable"] for answer in (attachable, pair["response"]))
    assert {name: made[name] for name in ("FileName", "ContentType")} == {
        name: real[name] for name in ("FileName", "ContentType")
    }
    assert made["AttachableRef"][0]["IncludeOnSend"] is real["AttachableRef"][0]["IncludeOnSend"]
    assert "X-Amz-Expires=900" in made["TempDownloadUri"]
    assert len(made["Id"]) == len(real["Id"])


def test_an_attachment_is_read_as_recorded(served: Any, attachable: dict[str, Any]) -> None:
    id_ = attachable["AttachableResponse"][0]["Attachable"]["Id"]
    answer = served.api_get(f"attachable/{id_}").json()
    assert shape(answer) == shape(recorded("attachment/read_attachment.yml")["response"])


def test_an_attachment_is_deleted_as_recorded(served: Any, attachable: dict[str, Any]) -> None:
    id_ = attachable["AttachableResponse"][0]["Attachable"]["Id"]
    answer = served.api_post("attachable", {"Id": id_}, operation="delete").json()
    real = recorded("attachment/delete_attachment.yml")["response"]
    assert shape(answer) == shape(real)
    assert answer["Attachable"] == {**real["Attachable"], "Id": id_}


def test_a_document_that_is_not_there_is_told_as_recorded(served: Any) -> None:
    pair = recorded("attachment/error_estimate.yml")
    response = uploaded(served, pair["request"])
    assert response.status_code == pair["status"]
    assert response.json()["AttachableResponse"] == pair["response"]["AttachableResponse"]


def test_a_token_that_expired_is_told_as_recorded(served: Any) -> None:
    pair = recorded("error/401.yml")
    token = "AB01601390262kxzxOlnHYdhtEVRXISU7piPqQrCmmbDN35Yjd"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    response = served.http.get(served.company("customer/1"), headers=headers)
    assert response.status_code == 401
    assert {**response.json(), "time": 0} == {**pair["response"], "time": 0}
    assert shape(response.json()) == shape(pair["response"])
