"""Uploads in the forms that published clients send, and what becomes of the files."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

PDF = b"%PDF-1.4\n\x00\xff not a real one"


def post(served: Any, body: bytes, content_type: str = "multipart/form-data; boundary=XX") -> dict[str, Any]:
    headers = {**served.auth(), "Content-Type": content_type}
    response = served.http.post(served.company("upload"), data=body, headers=headers)
    assert response.status_code == 200, response.text
    (answer,) = response.json()["AttachableResponse"]
    found: dict[str, Any] = answer
    return found


def content_of(served: Any, attachable: dict[str, Any]) -> bytes:
    content: bytes = served.http.get(attachable["TempDownloadUri"]).content
    return content


def form(metadata: bytes | None, content: bytes, *, end: bytes = b"\r\n", extra: bytes = b"") -> bytes:
    lines = []
    if metadata is not None:
        lines += [b"--XX", b'Content-Disposition: form-data; name="file_metadata_01"', b"", metadata]
    lines += [b"--XX", b'Content-Disposition: form-data; name="file_content_01"; filename="a.pdf"']
    lines += [extra] if extra else []
    return end.join([*lines, b"", content, b"--XX--", b""])


METADATA = b'{"FileName": "b.pdf", "ContentType": "application/pdf"}'


@pytest.mark.parametrize(
    "body",
    [
        form(METADATA, PDF),
        form(METADATA, PDF, end=b"\n"),
        b"\n" + form(METADATA, PDF, end=b"\n"),
        form(METADATA, base64.encodebytes(PDF), extra=b"Content-Transfer-Encoding: base64"),
        form(METADATA, PDF, extra=b"Content-Transfer-Encoding: base64"),
        form(METADATA, PDF).replace(b'"file_metadata_01"', b'"file_metadata_01";'),
        form(METADATA, PDF).replace(b"_01", b"_0"),
        form(METADATA, PDF).replace(b'; filename="a.pdf"', b""),
        form(
            b'<Attachable xmlns="http://schema.intuit.com/finance/v3"><FileName>b.pdf</FileName>'
            b"<ContentType>application/pdf</ContentType></Attachable>",
            PDF,
        ),
    ],
    ids=[
        *("CRLF", "LF", "a blank line first", "base64", "raw labelled base64", "a stray semicolon", "numbered 0"),
        *("no filename", "XML"),
    ],
)
def test_a_file_is_taken_in_every_form_clients_send_it(served: Any, body: bytes) -> None:
    made = post(served, body)["Attachable"]
    assert (made["FileName"], made["ContentType"], made["Size"]) == ("b.pdf", "application/pdf", len(PDF))
    assert made["FileAccessUri"] == f"/v3/company/{served.realm_id}/download/{made['Id']}"
    assert content_of(served, made) == PDF


def test_without_metadata_the_part_says_what_the_file_is(served: Any) -> None:
    made = post(served, form(None, PDF, extra=b"Content-Type: application/pdf"))["Attachable"]
    assert (made["FileName"], made["ContentType"]) == ("a.pdf", "application/pdf")


def test_an_upload_may_come_in_chunks(served: Any) -> None:
    body = form(METADATA, PDF)
    headers = {**served.auth(), "Content-Type": "multipart/form-data; boundary=XX"}
    chunks = iter([body[:40], body[40:]])
    response = served.http.post(served.company("upload"), data=chunks, headers=headers)
    assert content_of(served, response.json()["AttachableResponse"][0]["Attachable"]) == PDF


def test_several_files_are_taken_or_refused_each_for_itself(served: Any) -> None:
    good, bad = form(METADATA, PDF), form(b'{"FileName": "c.exe"}', b"MZ").replace(b"_01", b"_02")
    body = good.removesuffix(b"--XX--\r\n") + bad
    headers = {**served.auth(), "Content-Type": "multipart/form-data; boundary=XX"}
    answers = served.http.post(served.company("upload"), data=body, headers=headers).json()["AttachableResponse"]
    assert "Attachable" in answers[0]
    assert answers[1]["Fault"]["Error"][0]["code"] == "6041"


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        (b'{"FileName": "c.exe"}', "6041"),
        (b"[]", "6040"),
        (b"nonsense", "6040"),
        (b"<Invoice/>", "6040"),
        (b'{"FileName": "a.pdf", "Colour": "red"}', "2010"),
        (b'{"AttachableRef": [{"EntityRef": {"type": "Preferences", "value": "1"}}]}', "6050"),
        (b'{"AttachableRef": [{"EntityRef": {"type": "Nonsense", "value": "1"}}]}', "6050"),
    ],
)
def test_what_cannot_be_attached_is_refused_inside_a_200(served: Any, metadata: bytes, code: str) -> None:
    assert post(served, form(metadata, PDF))["Fault"]["Error"][0]["code"] == code


def test_attaching_to_what_is_not_there_is_refused_in_quickbooks_words(served: Any) -> None:
    metadata = b'{"AttachableRef": [{"EntityRef": {"type": "Estimate", "value": "75"}}]}'
    assert post(served, form(metadata, PDF))["Fault"]["Error"] == [
        {
            "Message": "A business validation error has occurred while processing your request",
            "Detail": "Business Validation Error: The entity Estimate 75 that you are trying to link does not exist."
            " Estimate 75",
            "code": "6000",
            "element": "",
        }
    ]


def test_the_address_of_a_file_is_good_for_15_minutes(served: Any) -> None:
    made = post(served, form(METADATA, PDF))["Attachable"]
    served.sandbox.clock.advance(880)
    assert served.http.get(made["TempDownloadUri"]).status_code == 200
    served.sandbox.clock.advance(21)
    assert served.http.get(made["TempDownloadUri"]).status_code == 403
    again = served.api_get(f"attachable/{made['Id']}").json()["Attachable"]
    assert content_of(served, again) == PDF


def test_an_address_cannot_be_changed_to_that_of_another_file(served: Any) -> None:
    made = post(served, form(METADATA, PDF))["Attachable"]
    other = post(served, form(METADATA, b"secret"))["Attachable"]
    assert served.http.get(made["TempDownloadUri"].replace(made["Id"], other["Id"])).status_code == 403


def test_download_answers_an_address_as_text(served: Any) -> None:
    made = post(served, form(METADATA, PDF))["Attachable"]
    response = served.api_get(f"download/{made['Id']}")
    assert response.headers["content-type"].startswith("text/plain")
    assert served.http.get(response.text).content == PDF


@pytest.fixture
def invoice(served: Any) -> dict[str, Any]:
    customer = served.create("Customer", {"DisplayName": "A"})
    line = {"DetailType": "SalesItemLineDetail", "Amount": 10, "SalesItemLineDetail": {}}
    made: dict[str, Any] = served.create("Invoice", {"CustomerRef": {"value": customer["Id"]}, "Line": [line]})
    return made


def note_on(served: Any, invoice: dict[str, Any]) -> dict[str, Any]:
    ref = {"EntityRef": {"type": "invoice", "value": invoice["Id"]}}
    made: dict[str, Any] = served.create("Attachable", {"Note": "x", "AttachableRef": [ref]})
    return made


def test_a_note_is_found_by_what_it_is_attached_to(served: Any, invoice: dict[str, Any]) -> None:
    made = note_on(served, invoice)
    where = f"AttachableRef.EntityRef.Type = 'invoice' and AttachableRef.EntityRef.value = '{invoice['Id']}'"
    found = served.query(f"select * from attachable where {where}")["Attachable"]
    assert [each["Id"] for each in found] == [made["Id"]]
    assert served.query(f"select * from attachable where {where.replace(invoice['Id'], '0')}") == {}


def test_an_attachment_outlives_its_document(served: Any, invoice: dict[str, Any]) -> None:
    made = note_on(served, invoice)
    served.api_post("invoice", {"Id": invoice["Id"], "SyncToken": "0"}, operation="delete")
    kept = served.api_get(f"attachable/{made['Id']}").json()["Attachable"]
    assert kept["AttachableRef"][0]["EntityRef"] == {"value": invoice["Id"], "type": "Invoice"}
    kept["Note"] = "y"
    assert served.api_post("attachable", kept).status_code == 200


def test_an_upload_is_tied_to_a_document_by_sending_it_back(served: Any, invoice: dict[str, Any]) -> None:
    made = post(served, form(METADATA, PDF))["Attachable"]
    made["AttachableRef"] = [{"EntityRef": {"type": "Invoice", "value": invoice["Id"]}, "IncludeOnSend": True}]
    tied = served.api_post("attachable", made).json()["Attachable"]
    assert tied["AttachableRef"][0]["IncludeOnSend"] is True
    assert content_of(served, tied) == PDF


def test_an_update_replaces_what_an_attachment_is_tied_to(served: Any, invoice: dict[str, Any]) -> None:
    made = note_on(served, invoice)
    changed = served.api_post("attachable", {"Id": made["Id"], "SyncToken": "0", "Note": "y"}).json()["Attachable"]
    assert "AttachableRef" not in changed


def test_neither_note_nor_file_is_refused(served: Any) -> None:
    error = served.api_post("attachable", {"FileName": "a.pdf"}).json()["Fault"]["Error"][0]
    assert (error["code"], "You must have at least a note string" in error["Detail"]) == ("6000", True)


def test_an_attachment_is_deleted_by_its_id_alone(served: Any) -> None:
    made = post(served, form(METADATA, PDF))["Attachable"]
    assert served.api_post("attachable", {"Id": made["Id"]}, operation="delete").status_code == 200
    assert served.http.get(made["TempDownloadUri"]).status_code == 404


def test_files_outlive_the_process(serve: Any, tmp_path: Path) -> None:
    first = serve(data=tmp_path)
    made = post(first, form(METADATA, PDF))["Attachable"]
    first.sandbox.close()
    second = serve(data=tmp_path)
    again = second.api_get(f"attachable/{made['Id']}").json()["Attachable"]
    assert content_of(second, again) == PDF


def test_a_body_that_is_no_form_is_refused(served: Any) -> None:
    headers = {**served.auth(), "Content-Type": "application/json"}
    response = served.http.post(served.company("upload"), data=json.dumps({}), headers=headers)
    assert response.json()["Fault"]["Error"][0]["code"] == "2020"
