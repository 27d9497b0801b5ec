"""Where an object's own page is in QuickBooks."""

from __future__ import annotations

from urllib.parse import quote_plus

from tieout.quickbooks.models import Connection

INTUIT = "https://app.qbo.intuit.com"
# Page names that are not the entity's own in lower case.
PAGES = {"Payment": "recvpayment", "Customer": "customerdetail", "Vendor": "vendordetail"}
BY_NAME = {"Customer", "Vendor"}
TRANSACTIONS = {"Invoice", "CreditMemo", "Payment", "Bill", "VendorCredit", "BillPayment"}


def object_url(connection: Connection | None, entity: str, qbo_id: str | None) -> str:
    """Empty where QuickBooks has no page for such an object; a sandbox has one for each."""
    if connection is None or not qbo_id:
        return ""
    # Put together by hand, since a list has many: `urlencode` takes five times as long.
    page = f"app/{PAGES.get(entity, entity.lower())}?{'nameId' if entity in BY_NAME else 'txnId'}={quote_plus(qbo_id)}"
    if connection.sandbox:
        return f"{connection.sandbox}/{page}&realmId={quote_plus(connection.realm_id)}"
    return f"{INTUIT}/{page}" if entity in BY_NAME | TRANSACTIONS else ""
