"""Limits, snapshots, and the description of all controls."""

from pathlib import Path
from typing import Any

import pytest


def send(served: Any, method: str, path: str, body: Any) -> Any:
    return served.http.request(method, f"{served.url}/sandbox/{path}", json=body)


def test_limits_are_lowered_and_counted_anew(serve: Any) -> None:
    served = serve(limits=True)
    shown = send(served, "PUT", "limits", {"company_a_minute": 2}).json()
    assert shown["company_a_minute"] == 2
    assert shown["app_in_company_a_second"] == 10
    assert [served.api_get("preferences").status_code for _ in range(3)] == [200, 200, 429]
    send(served, "PUT", "limits", {"company_a_minute": 500})
    assert served.api_get("preferences").status_code == 200
    assert send(served, "PUT", "limits", {"company_a_minute": -1}).status_code == 400


@pytest.mark.parametrize("kept", [False, True])
def test_a_snapshot_brings_back_books_and_files_as_they_were(serve: Any, tmp_path: Path, kept: bool) -> None:
    served = serve(data=tmp_path if kept else None)
    books = served.sandbox.companies.first()
    before = served.create("Customer", {"DisplayName": "A"})
    body = b'--X\r\nContent-Disposition: form-data; name="file_content_01"; filename="a.txt"\r\n\r\nhello\r\n--X--'
    headers = {**served.auth(), "Content-Type": "multipart/form-data; boundary=X"}
    uploaded = served.http.post(served.company("upload"), data=body, headers=headers).json()["AttachableResponse"][0]
    assert send(served, "POST", "snapshots", {"name": "early"}).json() == ["early"]
    books.update("Customer", {**before, "Notes": "later"})
    after = served.create("Customer", {"DisplayName": "B"})
    other = served.sandbox.companies.create("empty", "Other")
    assert send(served, "POST", "restore", {"name": "early"}).status_code == 200
    assert served.sandbox.companies.get(other.realm_id) is None
    assert served.api_get(f"customer/{before['Id']}").json()["Customer"] == before
    assert served.api_get(f"customer/{after['Id']}").status_code == 400
    again = served.api_get(f"attachable/{uploaded['Attachable']['Id']}").json()["Attachable"]
    assert served.http.get(again["TempDownloadUri"]).content == b"hello"
    # Ids go on from where they were.
    assert served.create("Customer", {"DisplayName": "C"})["Id"] == after["Id"]


def test_what_was_restored_outlives_the_process(serve: Any, tmp_path: Path) -> None:
    first = serve(data=tmp_path)
    send(first, "POST", "snapshots", {})
    first.create("Customer", {"DisplayName": "A"})
    send(first, "POST", "restore", {})
    first.sandbox.close()
    second = serve(data=tmp_path)
    assert second.query("select * from Customer") == {}
    assert send(second, "GET", "snapshots", None).json() == ["snapshot"]


def test_a_snapshot_that_was_never_taken_is_named(served: Any) -> None:
    response = send(served, "POST", "restore", {"name": "late"})
    assert (response.status_code, response.json()) == (404, {"error": "There is no snapshot 'late'."})


def test_every_control_is_described(served: Any) -> None:
    description = served.get("/sandbox/openapi.json").json()
    described = {f"{method.upper()} {path}" for path, methods in description["paths"].items() for method in methods}
    assert described == set(served.get("/sandbox/").json())


def test_every_reference_in_the_description_leads_somewhere(served: Any) -> None:
    description = served.get("/sandbox/openapi.json").json()

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*(references(each) for each in value.values()))
        return set().union(*(references(each) for each in value)) if isinstance(value, list) else set()

    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert references(description) <= known
    assert "#/components/schemas/Credentials" in references(description)
