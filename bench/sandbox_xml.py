"""What XML costs the sandbox beside JSON: the same requests in process, in processor time.

.venv/bin/python bench/sandbox_xml.py
"""

import time
from statistics import median

from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.testing import QuickBooks
from quickbooks_sandbox.wire.exchange import Request
from quickbooks_sandbox.wire.xml_names import NAMESPACE

_REPEATS = 30
JSON, XML = b"application/json", b"application/xml"
BODIES = {
    JSON: b'{"CustomerRef": {"value": "1"}, "Line": [{"Amount": 10, "DetailType": "SalesItemLineDetail", '
    b'"SalesItemLineDetail": {"ItemRef": {"value": "1"}}}]}',
    XML: f'<Invoice xmlns="{NAMESPACE}"><Line><Amount>10</Amount><DetailType>SalesItemLineDetail</DetailType>'
    "<SalesItemLineDetail><ItemRef>1</ItemRef></SalesItemLineDetail></Line><CustomerRef>1</CustomerRef></Invoice>".encode(),
}


def main() -> None:
    quickbooks = QuickBooks(Plan(customers=50, invoices=1_000, receipts=0, bills=0, expenses=0))
    newest = quickbooks.books.query("select * from Invoice maxresults 1").rows[0]["Id"]
    acts = {
        "read an invoice": ("GET", f"invoice/{newest}", {}),
        "query 1,000 invoices": ("GET", "query", {"query": "select * from Invoice maxresults 1000"}),
        "create an invoice": ("POST", "invoice", {}),
        "a balance sheet": ("GET", "reports/BalanceSheet", {}),
    }
    for name, (method, path, query) in acts.items():
        taken = [_ms(quickbooks, method, path, query, form) for form in (JSON, XML)]
        print(f"  {name:<24} JSON {taken[0]:8.2f} ms   XML {taken[1]:8.2f} ms")


def _ms(quickbooks: QuickBooks, method: str, path: str, query: dict[str, str], form: bytes) -> float:
    keys = quickbooks.sandbox.credentials()
    headers = {b"authorization": f"Bearer {keys.access_token}".encode(), b"accept": form, b"content-type": form}
    request = Request(method, f"/v3/company/{keys.realm_id}/{path}", query, headers, b"")
    request.body = BODIES[form] if method == "POST" else b""
    taken = []
    for _ in range(_REPEATS):
        began = time.process_time()
        answer = quickbooks.sandbox.app.service.handle(request)
        taken.append(time.process_time() - began)
        assert answer.status == 200, answer.body
    return median(taken) * 1000


if __name__ == "__main__":
    main()
