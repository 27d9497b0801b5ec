"""What XML cannot say and JSON does: which elements are lists, numbers, truth values or references.

After Intuit's schema of version 3 (its SDKs carry it); a name means the same wherever it stands.
"""

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

LISTS = frozenset(
    [
        "AttachableRef",
        "AttachableResponse",
        "BatchItemRequest",
        "BatchItemResponse",
        "BudgetDetail",
        "CDCResponse",
        "ColData",
        "Column",
        "CustomField",
        "EffectiveTaxRate",
        "Error",
        "ItemGroupLine",
        "Line",
        "LinkedTxn",
        "NameValue",
        "Option",
        "OtherAddr",
        "OtherContactInfo",
        "POCustomField",
        "Row",
        "TaxLine",
        "TaxRateDetail",
        "TaxRateDetails",
        "invoiceStatusLog",
    ]
)

BOOLEANS = frozenset(
    [
        "Active",
        "Adjustment",
        "AllowDeposit",
        "AllowDiscount",
        "AllowEstimates",
        "AllowIPNPayment",
        "AllowOnlineACHPayment",
        "AllowOnlineCreditCardPayment",
        "AllowOnlinePayment",
        "AllowServiceDate",
        "AllowShipping",
        "ApplyTaxAfterDiscount",
        "AutoApplyCredit",
        "AutoDocNumber",
        "BillCustomers",
        "BillWithParent",
        "BillableExpenseTracking",
        "BillableTime",
        "BooleanValue",
        "CalcAgingReportFromTxnDate",
        "ClassTrackingPerTxn",
        "ClassTrackingPerTxnLine",
        "Credit",
        "CustomTxnNumbers",
        "DeferredRevenue",
        "ETransactionAttachPDF",
        "ETransactionPaymentEnabled",
        "EmailCopyToCompany",
        "ForPurchase",
        "ForSales",
        "FreeFormAddress",
        "GratuityEnabled",
        "HasBeenInvoiced",
        "HasTPAR",
        "Hidden",
        "IPNSupportEnabled",
        "IncludeInAnnualTPAR",
        "IncludeOnSend",
        "IsProject",
        "Job",
        "ManuallyClosed",
        "MarkTimeEntriesBillable",
        "MultiCurrencyEnabled",
        "OnlineBankingEnabled",
        "Organization",
        "PartnerTaxEnabled",
        "PercentBased",
        "PrintGroupedItems",
        "ProcessBillPayment",
        "ProcessPayment",
        "PurchaseTaxIncluded",
        "QuantityOnHand",
        "QuantityWithPriceAndRate",
        "Refund",
        "RevenueRecognitionEnabled",
        "SalesTaxIncluded",
        "ShowBillRateToAll",
        "SubAccount",
        "SubClass",
        "SubDepartment",
        "SubItem",
        "T4AEligible",
        "T5018Eligible",
        "TPAREnabled",
        "TaxGroup",
        "TaxTrackedOnPurchases",
        "TaxTrackedOnSales",
        "Taxable",
        "TrackDepartments",
        "TrackQtyOnHand",
        "TrackingByCustomer",
        "UseAccountNumbers",
        "UseServices",
        "UsingPriceLevels",
        "UsingProgressInvoicing",
        "UsingSalesTax",
        "Vendor1099",
        "sparse",
    ]
)

NUMBERS = frozenset(
    [
        "AbatementRate",
        "Amount",
        "Balance",
        "BalanceWithJobs",
        "BillRate",
        "BreakHours",
        "BreakMinutes",
        "CcExpiryMonth",
        "CcExpiryYear",
        "CostRate",
        "CurrentBalance",
        "CurrentBalanceWithSubAccounts",
        "DayOfMonth",
        "DayOfMonthDue",
        "DaysBefore",
        "DefaultMarkup",
        "Deposit",
        "DiscountAmt",
        "DiscountDayOfMonth",
        "DiscountDays",
        "DiscountPercent",
        "DiscountRate",
        "DueDays",
        "DueNextMonthDays",
        "ExchangeRate",
        "HomeBalance",
        "HomeTotalAmt",
        "HourlyRate",
        "Hours",
        "LessCIS",
        "Level",
        "LineNum",
        "MaxOccurrences",
        "Minutes",
        "NetAmountTaxable",
        "NumInterval",
        "NumberValue",
        "OpeningBalance",
        "OverrideDeltaAmount",
        "Percent",
        "PurchaseCost",
        "Qty",
        "QtyOnHand",
        "Quantity",
        "Rate",
        "RateValue",
        "Received",
        "RemainingCredit",
        "RemindDays",
        "ReorderPoint",
        "ReverseChargeRate",
        "Seconds",
        "Size",
        "TaxAmount",
        "TaxInclusiveAmount",
        "TaxInclusiveAmt",
        "TaxOrder",
        "TaxPercent",
        "TotalAmt",
        "TotalTax",
        "UnappliedAmt",
        "UnitPrice",
        "WeekOfMonth",
        "maxResults",
        "startPosition",
        "totalCount",
    ]
)

#: References whose names do not end in Ref.
_OTHER_REFERENCES = frozenset(
    [
        "CustomerMemo",
        "DefaultAPAccount",
        "DefaultARAccount",
        "DefaultItem",
        "DefaultMarkupAccount",
        "DefaultTerms",
        "DefaultTimeItem",
        "DropShipToEntity",
        "HomeCurrency",
        "OriginalTaxRate",
        "ShipTo",
    ]
)

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
