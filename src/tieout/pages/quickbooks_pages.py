"""Where an object's own page is in QuickBooks."""

from __future__ import annotations

from urllib.parse import urlencode

from tieout.quickbooks.models import Connection

INTUIT = "https://app.qbo.intuit.com"

# Intuit's names of its pages, where they are not the entity's own name in lower case.
INTUIT_PAGES = {
    "Payment": ("recvpayment", "txnId"),
    "Customer": ("customerdetail", "nameId"),
    "Vendor": ("vendordetail", "nameId"),
    "Invoice": ("invoice", "txnId"),
    "CreditMemo": ("creditmemo", "txnId"),
    "Bill": ("bill", "txnId"),
    "VendorCredit": ("vendorcredit", "txnId"),
    "BillPayment": ("billpayment", "txnId"),
}


def object_url(connection: Connection | None, entity: str, qbo_id: str | None) -> str:
    """Empty where QuickBooks has no page for such an object."""
    if connection is None or not qbo_id or entity not in INTUIT_PAGES:
        return ""
    page, parameter = INTUIT_PAGES[entity]
    if connection.sandbox:
        query = urlencode({parameter: qbo_id, "realm": connection.realm_id})
        return f"{connection.sandbox.rstrip('/')}/app/{page}?{query}"
    return f"{INTUIT}/app/{page}?{urlencode({parameter: qbo_id})}"
