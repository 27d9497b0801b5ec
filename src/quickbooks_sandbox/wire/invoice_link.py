"""`include=invoiceLink`: the address under which an invoice's customer can see and pay it."""

from typing import Any

from quickbooks_sandbox.wire.exchange import Request
from quickbooks_sandbox.wire.operations import Content

NOWHERE = "https://quickbooks-sandbox.invalid"


def with_links(content: Content, request: Request) -> Content:
    """Adds links to the invoices of an answer, where they are asked for and there are any."""
    if "invoicelink" not in request.query.get("include", "").lower().split(","):
        return content
    if "Invoice" in content:
        return {**content, "Invoice": _linked(content["Invoice"], request)}
    response = content.get("QueryResponse", {})
    if "Invoice" in response:
        invoices = [_linked(invoice, request) for invoice in response["Invoice"]]
        return {**content, "QueryResponse": {**response, "Invoice": invoices}}
    return content


def _linked(invoice: dict[str, Any], request: Request) -> dict[str, Any]:
    # Only an invoice that can be paid online and has someone to be sent to has a link.
    payable = invoice.get("AllowOnlineCreditCardPayment") or invoice.get("AllowOnlineACHPayment")
    if not payable or not invoice.get("BillEmail"):
        return invoice
    # Clients expect https, and nothing must lead out of the sandbox: the name is reserved to lead nowhere.
    return {**invoice, "InvoiceLink": f"{NOWHERE}/t/scs-v1-{request.realm_id}-{invoice['Id']}?locale=en_US"}
