"""Customer, and under a parent: sub-customer or job."""

from quickbooks_sandbox.entities.addresses import number_addresses
from quickbooks_sandbox.entities.opening import open_customer
from quickbooks_sandbox.entities.people import CONTACT, EMAIL, NAMES, WEB, Person, refuse_open_balance
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    address,
    boolean,
    choice,
    date,
    number,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class Customer(Person):
    name = "Customer"
    fields = (
        boolean("Taxable", queryable=True),
        address("BillAddr"),
        address("ShipAddr"),
        text("Notes", 2000),
        boolean("Job", queryable=True),
        boolean("BillWithParent", queryable=True),
        ref("ParentRef", queryable=True),
        shown_only("Level", queryable=True),
        ref("SalesTermRef", "Term"),
        ref("PaymentMethodRef", "PaymentMethod"),
        ref("CustomerTypeRef"),
        ref("ARAccountRef", "Account"),
        number("Balance", queryable=True),
        shown_only("BalanceWithJobs", queryable=True),
        date("OpenBalanceDate"),
        ref("CurrencyRef"),
        choice("PreferredDeliveryMethod", "Print", "Email", "None"),
        text("ResaleNum", 16),
        text("PrimaryTaxIdentifier"),
        text("SecondaryTaxIdentifier"),
        text("BusinessNumber", 10),
        text("GSTIN", 15),
        text("GSTRegistrationType", 15),
        text("TaxExemptionReasonId"),
        text("Source"),
        shown_only("IsProject", queryable=True),
        *HEADER,
        *NAMES,
        shown_only("FullyQualifiedName", queryable=True),
        text("CompanyName", 100, queryable=True),
        text("DisplayName", 500, queryable=True),
        text("PrintOnCheckName", 110, queryable=True),
        boolean("Active", queryable=True),
        *CONTACT,
        EMAIL,
        WEB,
        ref("DefaultTaxCodeRef", "TaxCode", named=False),
    )
    dropped = ("ClientEntityId", "V4IDPseudonym", "ContactName", "AltContactName", "OtherAddr", "AcctNum")
    indexed = ("DisplayName", "FullyQualifiedName", "ParentRef", "PrimaryEmailAddr")
    names_shared_with = ("Vendor", "Employee")
    default_order = "FullyQualifiedName"
    sub_flag = "Job"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if new.get("Job") and "ParentRef" not in new and not (old and old["Job"]):
            raise fault("6150")
        self.complete_opening_balance(work, new, old, open_customer)
        self.complete_display_name(work, new, old)
        self.complete_print_name(new)
        self.complete_currency(work, new, old)
        self._refuse_other_currency_than_parent(work, new)
        self._fill_defaults(work, new)
        self.resolve_references(work, new, old)
        number_addresses(work, new, old, "BillAddr", "ShipAddr")
        if old is not None and new["BillWithParent"] != old["BillWithParent"] and old["Balance"]:
            raise fault("6130")
        if old is not None and old["Active"] and not new["Active"]:
            if work.settings.deactivate_with_balance == "write_off" and not work.by_person:
                from quickbooks_sandbox.entities.write_off import write_off

                write_off(work, old)
            refuse_open_balance(work, new)
            _refuse_unbilled(work, new["Id"])

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        super().settle(work, new, old)
        if new is not None and old is not None and new.get("ParentRef") != old.get("ParentRef"):
            _carry_balance_to_new_parent(work, new, old)

    def _refuse_other_currency_than_parent(self, work: Work, new: Object) -> None:
        parent = work.get("Customer", new["ParentRef"]["value"]) if "ParentRef" in new else None
        if parent and parent["CurrencyRef"]["value"] != new["CurrencyRef"]["value"]:
            raise business("A sub-customer has the currency of its parent.")

    def _fill_defaults(self, work: Work, new: Object) -> None:
        new.setdefault("Taxable", True)
        new.setdefault("BillWithParent", False)
        new.setdefault("PreferredDeliveryMethod", "Print")
        new.setdefault("IsProject", False)
        new.setdefault("BalanceWithJobs", ZERO)
        default_code = work.preference("TaxPrefs", "TaxGroupCodeRef")
        if new["Taxable"] and default_code:
            new.setdefault("DefaultTaxCodeRef", default_code)


def _refuse_unbilled(work: Work, customer: str) -> None:
    if work.settings.deactivate_with_balance != "refuse":
        return
    for entity in ("Bill", "VendorCredit", "Purchase"):
        for document in work.all(entity):
            if any(_is_unbilled(line, customer) for line in document["Line"]):
                raise fault("6280")


def _is_unbilled(line: Object, customer: str) -> bool:
    detail = line[line["DetailType"]]
    billable = detail.get("BillableStatus") == "Billable"
    return billable and bool(detail.get("CustomerRef", {}).get("value") == customer)


def _carry_balance_to_new_parent(work: Work, new: Object, old: Object) -> None:
    from quickbooks_sandbox.ledger.balances import ancestors, move_jobs_balance

    amount = new["BalanceWithJobs"]
    if "ParentRef" in old:
        id = old["ParentRef"]["value"]
        for left in [id, *(each["Id"] for each in ancestors(work, "Customer", id))]:
            move_jobs_balance(work, left, -amount)
    for joined in ancestors(work, "Customer", new["Id"]):
        move_jobs_balance(work, joined["Id"], amount)
