"""Whatever a client sends, the answer is an object or a Fault, never another error, and the books agree."""

from contextlib import suppress
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from tests.quickbooks_sandbox.books.making import Body, credit_memo, invoice, payment, sample_company

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.entities import ENTITIES
from quickbooks_sandbox.faults import Fault

_BOOKS = sample_company()
_KNOWN: dict[str, Body] = {
    "Customer": {"DisplayName": "Any Body"},
    "Vendor": {"DisplayName": "Any Vendor"},
    "Account": {"Name": "Any Account", "AccountType": "Bank"},
    "Item": {"Name": "Any Item", "Type": "Service", "IncomeAccountRef": {"value": "1"}},
    "Class": {"Name": "Any Class"},
    "Term": {"Name": "Any Term", "DueDays": 5},
    "PaymentMethod": {"Name": "Any Method"},
    "Invoice": invoice(_BOOKS, "1"),
    "CreditMemo": credit_memo(_BOOKS, "1"),
    "Payment": payment(_BOOKS, "1", 10),
    "CompanyInfo": {},
    "Preferences": {},
}
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-1000, 1000, places=3)
    | st.text(max_size=8)
    | st.sampled_from(["", "1", "2", "2026-05-20", "2026-13-40", "TAX", "x@example.com", "http://x", "NaN"])
)
_REFS = st.fixed_dictionaries({"value": st.sampled_from(["1", "2", "84", "999", "", None, 5, "x"])})
_LINES = st.lists(
    st.fixed_dictionaries(
        {"DetailType": st.sampled_from(["SalesItemLineDetail", "DiscountLineDetail", "DescriptionOnly", "x", ""])},
        optional={
            "Amount": _SCALARS,
            "Id": _SCALARS,
            "Description": _SCALARS,
            "SalesItemLineDetail": st.dictionaries(
                st.sampled_from(["ItemRef", "Qty", "UnitPrice", "TaxCodeRef", "ServiceDate"]), _SCALARS | _REFS
            ),
            "DiscountLineDetail": st.dictionaries(
                st.sampled_from(["PercentBased", "DiscountPercent", "Discount", "DiscountAccountRef"]),
                _SCALARS | _REFS,
            ),
            "LinkedTxn": st.lists(st.dictionaries(st.sampled_from(["TxnId", "TxnType"]), _SCALARS), max_size=2),
        },
    ),
    max_size=3,
)
_TAX = st.dictionaries(st.sampled_from(["TotalTax", "TxnTaxCodeRef", "TaxLine"]), _SCALARS | _REFS)
_ANY = _SCALARS | _REFS | _LINES | _TAX | st.lists(_SCALARS, max_size=2) | st.lists(_REFS, max_size=2)


@pytest.mark.parametrize("name", _KNOWN)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_body_gets_an_answer_or_a_fault(name: str, data: st.DataObject) -> None:
    entity = ENTITIES[name]
    fields = st.sampled_from([field.name for field in entity.fields])
    body: dict[str, Any] = data.draw(st.dictionaries(fields, _ANY, max_size=4))
    operation = data.draw(st.sampled_from(sorted(entity.operations & {"create", "update"})))
    if operation == "create":
        attempt = {**_KNOWN[name], **body}
    else:
        row = next(iter(_BOOKS.tables[name].rows.values()))
        current = {"Id": row.id, "SyncToken": row.object["SyncToken"], "sparse": data.draw(st.booleans())}
        attempt = {**_KNOWN[name], **body, **current}
    with suppress(Fault):
        answer = getattr(_BOOKS, operation)(name, attempt)
        assert _BOOKS.read(name, answer["Id"]) == answer
    assert problems(_BOOKS) == []
