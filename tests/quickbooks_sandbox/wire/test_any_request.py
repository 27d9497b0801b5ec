import json
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.server import Sandbox
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.wire.exchange import Request
from quickbooks_sandbox.wire.xml_names import NAMESPACE

SEGMENTS = [
    *(
        "customer",
        "Invoice",
        "query",
        "batch",
        "cdc",
        "companyinfo",
        "preferences",
        "bill",
        "1",
        "99999",
        "pdf",
        "send",
    ),
    *("attachable", "upload", "download", "reports", "TrialBalance", "taxservice", "taxcode"),
]
NAMES = ["query", "entities", "changedSince", "operation", "include", "requestid", "minorversion", "format"]
VALUES = ["select * from Customer", "Customer,Invoice", "2026-11-01", "delete", "void", "update", "r1", "75", ""]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
#: An upload, or something like one.
uploads = st.binary(max_size=40).map(
    lambda inner: b'--X\nContent-Disposition: form-data; name="file_metadata_01"\n\n' + inner + b"\n--X--"
)
items = st.fixed_dictionaries({"BatchItemRequest": st.lists(anything, max_size=3) | anything})
bodies = st.binary(max_size=40) | uploads | (anything | items).map(lambda value: json.dumps(value).encode())

XML = b"application/xml"
#: Elements of Intuit's, put together anyhow.
elements = st.recursive(
    st.text(max_size=9).map(escape),
    lambda inner: st.tuples(st.sampled_from(["Customer", "BatchItemRequest", "Line", "Id", "CustomerRef"]), inner).map(
        lambda pair: f'<{pair[0]} type="x">{pair[1]}</{pair[0]}>'
    ),
    max_leaves=5,
)
roots = st.sampled_from(["Customer", "Invoice", "IntuitBatchRequest", "TaxService"])
documents = st.tuples(roots, elements).map(
    lambda pair: f'<{pair[0]} xmlns="{NAMESPACE}">{pair[1]}</{pair[0]}>'.encode()
)


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(
        company="empty",
        clock=Clock(datetime(2026, 11, 2, 9, tzinfo=UTC)),
        settings=Settings(limits_on=False),
    )


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    path=st.lists(st.sampled_from(SEGMENTS) | st.text("abc/%.é", max_size=5), max_size=3),
    query=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=60), max_size=4),
    body=bodies.map(lambda sent: (sent, b"application/json")) | (documents | bodies).map(lambda sent: (sent, XML)),
    accept=st.sampled_from([XML, b"application/json"]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_client_sends_is_answered_and_breaks_nothing(
    sandbox: Sandbox, *, method: str, path: list[str], query: dict[str, str], body: tuple[bytes, bytes], accept: bytes
) -> None:
    keys = sandbox.credentials()
    whole = "/".join(["/v3/company", keys.realm_id, *path])
    sent, content_type = body
    headers = {b"authorization": f"Bearer {keys.access_token}".encode(), b"content-type": content_type}
    answer = sandbox.app.service.handle(Request(method, whole, query, {**headers, b"accept": accept}, sent))
    assert answer.status in (200, 400, 413)
    if answer.content_type == "application/pdf":
        return
    if "xml" in answer.content_type:
        names = {child.tag.rpartition("}")[2] for child in fromstring(answer.body)}
    else:
        content: dict[str, Any] = json.loads(answer.body)
        names = set(content)
    assert ("Fault" in names) == (answer.status != 200)
