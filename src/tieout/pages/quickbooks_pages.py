"""Where an object's own page is in QuickBooks."""

from __future__ import annotations

from urllib.parse import urlencode

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
    query = {"nameId" if entity in BY_NAME else "txnId": qbo_id}
    page = PAGES.get(entity, entity.lower())
    if connection.sandbox:
        return f"{connection.sandbox}/app/{page}?{urlencode(query | {'realmId': connection.realm_id})}"
    return f"{INTUIT}/app/{page}?{urlencode(query)}" if entity in BY_NAME | TRANSACTIONS else ""
