"""What every new company has before anyone enters anything."""

from typing import Any

from quickbooks_sandbox.books.countries import Country, accounts_of, furnish_taxes, info_of, preferences_of
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.times import today
from quickbooks_sandbox.ledger.work import Work

#: Ids of objects that clients make start far above those a company begins with.
FIRST_MADE_ACCOUNT = 1150040000

#: (id, name, type, detail type)
ACCOUNTS = (
    ("1", "Services", "Income", "ServiceFeeIncome"),
    ("2", "Retained Earnings", "Equity", "RetainedEarnings"),
    ("3", "Uncategorized Expense", "Expense", "OtherMiscellaneousServiceCost"),
    ("4", "Undeposited Funds", "Other Current Asset", "UndepositedFunds"),
    ("30", "Uncategorized Income", "Income", "ServiceFeeIncome"),
    ("32", "Uncategorized Asset", "Other Current Asset", "OtherCurrentAssets"),
    ("33", "Accounts Payable (A/P)", "Accounts Payable", "AccountsPayable"),
    ("34", "Opening Balance Equity", "Equity", "OpeningBalanceEquity"),
    ("35", "Checking", "Bank", "Checking"),
    ("79", "Sales of Product Income", "Income", "SalesOfProductIncome"),
    ("80", "Cost of Goods Sold", "Cost of Goods Sold", "SuppliesMaterialsCogs"),
    ("81", "Inventory Asset", "Other Current Asset", "Inventory"),
    ("84", "Accounts Receivable (A/R)", "Accounts Receivable", "AccountsReceivable"),
    ("86", "Discounts given", "Income", "DiscountsRefundsGiven"),
    ("89", "Sales Tax Payable", "Other Current Liability", "SalesTaxPayable"),
)
#: (id, name, days)
TERMS = (
    ("1", "Due on receipt", 0),
    ("2", "Net 15", 15),
    ("3", "Net 30", 30),
    ("4", "Net 60", 60),
)
#: (id, name, type)
PAYMENT_METHODS = (
    ("1", "Cash", "NON_CREDIT_CARD"),
    ("2", "Check", "NON_CREDIT_CARD"),
    ("3", "Visa", "CREDIT_CARD"),
    ("4", "MasterCard", "CREDIT_CARD"),
    ("5", "Discover", "CREDIT_CARD"),
    ("6", "American Express", "CREDIT_CARD"),
    ("7", "Diners Club", "CREDIT_CARD"),
)


def furnish(books: Ledger, name: str, country: Country | None = None) -> None:
    """`country` is for companies outside the United States."""
    work = Work(books)
    work.by_person = True
    work.add("Preferences", preferences(name) if country is None else preferences_of(country, preferences(name)))
    work.add("CompanyInfo", company_info(work, name) if country is None else info_of(country, company_info(work, name)))
    for id, account, type, sub_type in ACCOUNTS if country is None else accounts_of(country, ACCOUNTS):
        add(work, "Account", id, Name=account, AccountType=type, AccountSubType=sub_type)
    for id, term, days in TERMS:
        add(work, "Term", id, Name=term, DueDays=days)
    for id, method, kind in PAYMENT_METHODS:
        add(work, "PaymentMethod", id, Name=method, Type=kind)
    if country is None:
        for code in ("TAX", "NON"):
            work.add("TaxCode", _pseudo_code(code))
    else:
        furnish_taxes(work, country)
    add(work, "Item", "1", Name="Services", Type="Service", IncomeAccountRef={"value": "1"})
    add(work, "Item", "2", Name="Hours", Type="Service", IncomeAccountRef={"value": "1"})
    for sequence, last in (("terms", 4), ("payment methods", 7), ("items", 2), ("accounts", FIRST_MADE_ACCOUNT)):
        work.set_counter(sequence, last)
    work.commit()


def add(work: Work, entity: str, id: str, **fields: Any) -> Object:
    """An object with a chosen id, completed by the rules of its entity."""
    rules = work.entity(entity)
    new = rules.merge(rules.read(fields), None, sparse=False)
    rules.complete(work, new, None)
    return work.add(entity, {**new, "Id": id}, rules.internals(new, None))


def company_info(work: Work, name: str) -> Object:
    street = {"Line1": "123 Sierra Way", "City": "San Pablo", "CountrySubDivisionCode": "CA", "PostalCode": "87999"}
    values = {
        "NeoEnabled": "true",
        "IndustryType": "Landscaping Services",
        "SubscriptionStatus": "PAID",
        "OfferingSku": f"QuickBooks Online {work.settings.plan}",
        "PayrollFeature": "false",
        "AccountantFeature": "false",
        "IsQbdtMigrated": "false",
        "ItemCategoriesFeature": "true",
    }
    return {
        "Id": "1",
        "CompanyName": name,
        "LegalName": name,
        "CompanyAddr": {"Id": work.next_id("address"), **street},
        "CustomerCommunicationAddr": {"Id": work.next_id("address"), **street},
        "LegalAddr": {"Id": work.next_id("address"), **street},
        "CompanyStartDate": today(work.now).isoformat(),
        "FiscalYearStartMonth": "January",
        "Country": "US",
        "Email": {"Address": "office@example.com"},
        "WebAddr": {},
        "SupportedLanguages": "en",
        "DefaultTimeZone": "America/Los_Angeles",
        "NameValue": [{"Name": key, "Value": value} for key, value in values.items()],
    }


def preferences(name: str) -> Object:
    def message(form: str, text: str) -> Object:
        return {"Subject": f"{form} from {name}", "Message": f"{text}\n\nKind regards,\n{name}"}

    return {
        "Id": "1",
        "AccountingInfoPrefs": {
            "FirstMonthOfFiscalYear": "January",
            "TaxYearMonth": "January",
            "UseAccountNumbers": False,
            "TrackDepartments": False,
            "ClassTrackingPerTxn": False,
            "ClassTrackingPerTxnLine": False,
            "CustomerTerminology": "Customers",
        },
        "ProductAndServicesPrefs": {
            "ForSales": True,
            "ForPurchase": True,
            "QuantityWithPriceAndRate": True,
            "QuantityOnHand": True,
        },
        "SalesFormsPrefs": {
            "CustomField": [
                {
                    "CustomField": [
                        {
                            "Name": f"SalesFormsPrefs.UseSalesCustom{n}",
                            "Type": "BooleanType",
                            "BooleanValue": False,
                        }
                        for n in (3, 2, 1)
                    ]
                }
            ],
            "CustomTxnNumbers": False,
            "AllowDeposit": False,
            "AllowDiscount": True,
            "DefaultDiscountAccount": "86",
            "AllowEstimates": True,
            "EstimateMessage": "Thank you for your business and have a great day!",
            "ETransactionEnabledStatus": "NotApplicable",
            "ETransactionAttachPDF": False,
            "ETransactionPaymentEnabled": False,
            "IPNSupportEnabled": False,
            "AllowServiceDate": False,
            "AllowShipping": False,
            "AutoApplyCredit": False,
            "DefaultTerms": {"value": "3"},
            "UsingPriceLevels": False,
            "UsingProgressInvoicing": False,
            "DefaultCustomerMessage": "Thank you for your business and have a great day!",
        },
        "EmailMessagesPrefs": {
            "InvoiceMessage": message("Invoice", "Your invoice is attached."),
            "EstimateMessage": message("Estimate", "Please look through the attached estimate."),
            "SalesReceiptMessage": message("Sales Receipt", "Your sales receipt is attached."),
            "StatementMessage": message("Statement", "Your statement is attached."),
        },
        "VendorAndPurchasesPrefs": {
            "TrackingByCustomer": True,
            "BillableExpenseTracking": True,
            "POCustomField": [
                {
                    "CustomField": [
                        {
                            "Name": f"PurchasePrefs.UsePurchaseCustom{n}",
                            "Type": "BooleanType",
                            "BooleanValue": False,
                        }
                        for n in (3, 2, 1)
                    ]
                }
            ],
        },
        "TimeTrackingPrefs": {
            "UseServices": True,
            "BillCustomers": True,
            "ShowBillRateToAll": False,
            "WorkWeekStartDate": "Monday",
            "MarkTimeEntriesBillable": True,
        },
        "TaxPrefs": {"UsingSalesTax": False, "PartnerTaxEnabled": False},
        "CurrencyPrefs": {"MultiCurrencyEnabled": False, "HomeCurrency": {"value": "USD"}},
        "ReportPrefs": {"ReportBasis": "Accrual", "CalcAgingReportFromTxnDate": False},
        "OtherPrefs": {"NameValue": _other_preferences()},
    }


def _other_preferences() -> list[Object]:
    values = {
        "SalesFormsPrefs.DefaultCustomerMessage": "Thank you for your business and have a great day!",
        "SalesFormsPrefs.DefaultItem": "1",
        "DTXCopyMemo": "true",
        "UncategorizedAssetAccountId": "32",
        "UncategorizedIncomeAccountId": "30",
        "UncategorizedExpenseAccountId": "3",
        "SFCEnabled": "true",
        "DataPartner": "false",
        "Vendor1099Enabled": "true",
        "TimeTrackingFeatureEnabled": "true",
    }
    return [{"Name": name, "Value": value} for name, value in values.items()]


def _pseudo_code(code: str) -> Object:
    """The two codes that lines of a United States company carry."""
    return {
        "Id": code,
        "Name": code,
        "Description": code,
        "Active": True,
        "Hidden": False,
        "Taxable": code == "TAX",
        "TaxGroup": False,
    }
