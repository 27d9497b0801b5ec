"""The members of nested objects, after Intuit's schema: what is not among them is refused, as at the top of objects."""

from collections.abc import Iterable
from typing import Any

from quickbooks_sandbox.faults import Faults

REFERENCE = "ReferenceType"

_ITEM_DETAIL = (
    "ItemRef ClassRef UnitPrice RatePercent PriceLevelRef Qty UOMRef ItemAccountRef InventorySiteRef TaxCodeRef "
    "TaxClassificationRef MarkupInfo TaxInclusiveAmt ServiceDate DiscountRate DiscountAmt"
)
_MEMBERS = {
    name: frozenset(members.split())
    for name, members in {
        REFERENCE: "value name type",
        "PhysicalAddress": "Id Line1 Line2 Line3 Line4 Line5 City Country CountryCode County CountrySubDivision "
        "CountrySubDivisionCode PostalCode PostalCodeSuffix Lat Long Tag Note",
        "TelephoneNumber": "Id DeviceType CountryCode AreaCode ExchangeCode Extension FreeFormNumber Default Tag",
        "EmailAddress": "Id Address Default Tag",
        "WebSiteAddress": "Id URI Default Tag",
        "MemoRef": "value name id type",
        "LinkedTxn": "TxnId TxnType TxnLineId",
        "Line": "Id LineNum Description Amount Received LinkedTxn DetailType PaymentLineDetail DiscountLineDetail "
        "TaxLineDetail SalesItemLineDetail ItemBasedExpenseLineDetail AccountBasedExpenseLineDetail DepositLineDetail "
        "PurchaseOrderItemLineDetail SalesOrderItemLineDetail ItemReceiptLineDetail JournalEntryLineDetail "
        "GroupLineDetail DescriptionLineDetail SubTotalLineDetail SubtotalLineDetail TDSLineDetail ReimburseLineDetail "
        "InventoryAdjustmentLineDetail CustomField LineEx ProjectRef CustomExtensions",
        "SalesItemLineDetail": f"{_ITEM_DETAIL} DeferredRevenue BillableStatus SalesItemLineDetailEx",
        "ItemBasedExpenseLineDetail": f"{_ITEM_DETAIL} CustomerRef BillableStatus ItemBasedExpenseLineDetailEx",
        "AccountBasedExpenseLineDetail": "CustomerRef ClassRef AccountRef BillableStatus MarkupInfo TaxAmount "
        "TaxCodeRef TaxInclusiveAmt ExpenseDetailLineDetailEx AccountBasedExpenseLineDetailEx",
        "DiscountLineDetail": "Discount ServiceDate ClassRef TaxCodeRef DiscountRef PercentBased DiscountPercent "
        "DiscountAccountRef DiscountLineDetailEx",
        "DescriptionLineDetail": "ServiceDate TaxCodeRef DescriptionLineDetailEx",
        "GroupLineDetail": "GroupItemRef Quantity UOMRef ServiceDate Line GroupLineDetailEx",
        "JournalEntryLineDetail": "PostingType Entity AccountRef ClassRef DepartmentRef TaxCodeRef TaxRateRef "
        "TaxApplicableOn TaxAmount TaxInclusiveAmt BillableStatus JournalCodeRef JournalEntryLineDetailEx",
        "DepositLineDetail": "Entity ClassRef AccountRef PaymentMethodRef CheckNum TxnType TaxCodeRef "
        "TaxApplicableOn DepositLineDetailEx",
    }.items()
}
#: Members that are not called after their type.
_TYPES = {
    "PrimaryEmailAddr": "EmailAddress",
    "BillEmail": "EmailAddress",
    "BillEmailCc": "EmailAddress",
    "BillEmailBcc": "EmailAddress",
    "WebAddr": "WebSiteAddress",
    "CustomerMemo": "MemoRef",
    **dict.fromkeys(("PrimaryPhone", "AlternatePhone", "Mobile", "Fax"), "TelephoneNumber"),
    **dict.fromkeys(
        ("BillAddr", "ShipAddr", "ShipFromAddr", "PrimaryAddr", "CompanyAddr", "LegalAddr", "VendorAddr"),
        "PhysicalAddress",
    ),
}


def type_of(path: str) -> str:
    """The type of the member at the end of the path."""
    name = path.rpartition(".")[2]
    return _TYPES.get(name, name)


def refuse_unknown(type: str, members: Iterable[Any], faults: Faults) -> None:
    known = _MEMBERS.get(type)
    for name in members:
        if known is not None and name not in known:
            listed = ", ".join(f'"{one}"' for one in sorted(known))
            faults.add(
                "2010",
                text=f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.{type}), not marked as '
                f"ignorable ({len(known)} known properties: {listed}])\n",
            )
            return
