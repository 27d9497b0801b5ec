"""Bodies of requests: objects in JSON or XML, and query statements, refused with the service's own faults."""

from quickbooks_sandbox import json
from quickbooks_sandbox.faults import Fault, fault, not_modelled
from quickbooks_sandbox.wire.exchange import Request
from quickbooks_sandbox.wire.operations import Content

LARGEST = 20 * 1024 * 1024
#: The elements that bodies in XML are, where they are not called like the resource.
_ROOTS = {"batch": "IntuitBatchRequest", "taxservice": "TaxService"}


def sent_object(request: Request) -> Content:
    _check_size(request)
    if "xml" in request.header(b"content-type").lower():
        return _from_xml(request)
    return _from_json(request)


def _from_xml(request: Request) -> Content:
    # Imported on use: most clients send JSON, and all should start fast.
    from quickbooks_sandbox.wire.xml_reading import BadXml, read

    try:
        root, content = read(request.body)
    except BadXml as error:
        raise fault("2010", text=str(error)) from None
    expected = _ROOTS.get(request.resource, request.resource)
    # The body of a CreditCardPayment is called CreditCardPaymentTxn.
    if root.removesuffix("Txn").lower() != expected.lower():
        raise fault("2010", text=f"unexpected element {root}: the body of {request.resource} is another")
    return content


def _from_json(request: Request) -> Content:
    try:
        value = json.loads(request.body)
    except json.BadJson as error:
        raise _bad_json(request.body, str(error)) from None
    if not isinstance(value, dict):
        raise fault("2010", text="the body is not a JSON object")
    return value


def statement(request: Request) -> str:
    """In the address, or as the body, whatever its content type."""
    _check_size(request)
    if text := request.query.get("query"):
        return text
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(str(error)) from None
    if not text.strip():
        raise fault("2020", field="query")
    return text


def _check_size(request: Request) -> None:
    if len(request.body) > LARGEST:
        refused = not_modelled(f"a body of {len(request.body)} bytes (this sandbox takes {LARGEST})")
        raise Fault(refused.errors, refused.type, 413)


def _bad_json(body: bytes, reason: str) -> Fault:
    try:
        body.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(str(error))
    return fault("2010", text=reason)


def _not_utf8(reason: str) -> Fault:
    return not_modelled(f"com.sun.org.apache.xerces.internal.impl.io.MalformedByteSequenceException: {reason}")
