"""Vendor."""

from quickbooks_sandbox.entities.addresses import number_addresses
from quickbooks_sandbox.entities.opening import open_vendor
from quickbooks_sandbox.entities.people import CONTACT, EMAIL_NOT_QUERYABLE, NAMES, WEB, Person, refuse_open_balance
from quickbooks_sandbox.ledger.fields import HEADER, address, anything, boolean, number, ref, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Vendor(Person):
    name = "Vendor"
    fields = (
        address("BillAddr"),
        text("TaxIdentifier", 20),
        ref("TermRef", "Term"),
        ref("APAccountRef", "Account"),
        number("Balance", queryable=True),
        number("BillRate"),
        number("CostRate"),
        text("AcctNum", 100, queryable=True),
        boolean("Vendor1099", queryable=True),
        boolean("T4AEligible"),
        boolean("T5018Eligible"),
        boolean("HasTPAR"),
        text("TaxReportingBasis", 100),
        text("BusinessNumber", 10),
        text("GSTIN", 15),
        text("GSTRegistrationType", 15),
        text("Source", 100),
        anything("VendorPaymentBankDetail"),
        anything("OtherContactInfo"),
        ref("CurrencyRef"),
        *HEADER,
        *NAMES,
        text("CompanyName", 100, queryable=True),
        text("DisplayName", 500, queryable=True),
        text("PrintOnCheckName", 100, queryable=True),
        boolean("Active", queryable=True),
        *CONTACT,
        EMAIL_NOT_QUERYABLE,
        WEB,
    )
    dropped = ("ClientEntityId", "V4IDPseudonym", "ContactName", "AltContactName", "OtherAddr", "Notes")
    indexed = ("DisplayName",)
    names_shared_with = ("Customer", "Employee")
    default_order = "DisplayName"
    order_ignores_case = False
    print_name_limit = 100

    def shown_name(self, object: Object) -> str:
        return str(object["DisplayName"])

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.complete_opening_balance(work, new, old, open_vendor)
        self.complete_display_name(work, new, old)
        self.complete_print_name(new)
        self.complete_currency(work, new, old)
        self.resolve_references(work, new, old)
        new.setdefault("Vendor1099", False)
        number_addresses(work, new, old, "BillAddr")
        if old and old["Active"] and not new["Active"]:
            refuse_open_balance(work, new)
