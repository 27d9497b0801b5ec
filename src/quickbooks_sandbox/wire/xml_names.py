"""What XML cannot say and JSON does: which elements are lists, numbers, truth values or references.

After Intuit's schema of version 3 (its SDKs carry it); a name means the same wherever it stands.
"""

import tomllib
from importlib.resources import files

NAMESPACE = "http://schema.intuit.com/finance/v3"

#: Members that XML shows as attributes, wherever they stand. All else is an element.
ATTRIBUTES = frozenset(
    [
        *("domain", "sparse", "status"),  # of an object
        *("startPosition", "maxResults", "totalCount"),  # of an answer to a query
        *("bId", "operation", "optionsData"),  # of an item of a batch
        *("type", "code", "element"),  # of a fault and its errors
        *("name", "type", "originatingGroupId"),  # of a reference, and of a list of tax rates
        *("group", "id", "value", "href"),  # of a report's rows and cells
    ]
)

_NAMES: dict[str, list[str]] = tomllib.loads(
    files("quickbooks_sandbox.wire").joinpath("xml_names.toml").read_text("utf-8")
)
LISTS = frozenset(_NAMES["lists"])
BOOLEANS = frozenset(_NAMES["booleans"])
NUMBERS = frozenset(_NAMES["numbers"])
#: References whose names do not end in Ref.
_OTHER_REFERENCES = frozenset(_NAMES["references"])

#: Where the schema's order is not that of JSON. What is not named follows in JSON's.
ORDERS = {
    "MetaData": ("CreateTime", "LastModifiedByRef", "LastUpdatedTime"),
    "DiscountLineDetail": ("PercentBased", "DiscountPercent", "DiscountAccountRef"),
    "AccountBasedExpenseLineDetail": (
        *("CustomerRef", "ClassRef", "AccountRef", "BillableStatus"),
        *("MarkupInfo", "TaxAmount", "TaxCodeRef", "TaxInclusiveAmt"),
    ),
    "ItemBasedExpenseLineDetail": (
        *("ItemRef", "ClassRef", "UnitPrice", "MarkupInfo", "Qty", "TaxCodeRef"),
        *("CustomerRef", "BillableStatus", "TaxInclusiveAmt"),
    ),
}


def is_reference(name: str) -> bool:
    return name in _OTHER_REFERENCES or (name.endswith("Ref") and name != "AttachableRef")
