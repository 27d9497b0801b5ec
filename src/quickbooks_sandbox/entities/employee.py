"""Employee."""

from quickbooks_sandbox.entities.addresses import number_addresses
from quickbooks_sandbox.entities.people import EMAIL_NOT_QUERYABLE, Person
from quickbooks_sandbox.ledger.fields import HEADER, address, boolean, choice, date, number, phone, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: What answers show of a social security number.
HIDDEN = "XXX-XX-XXXX"


class Employee(Person):
    name = "Employee"
    fields = (
        text("SSN", 100),
        address("PrimaryAddr"),
        boolean("BillableTime"),
        number("BillRate"),
        number("CostRate"),
        text("EmployeeNumber", 100),
        date("BirthDate"),
        choice("Gender", "Male", "Female"),
        date("HiredDate"),
        date("ReleasedDate"),
        *HEADER,
        text("Title", 16),
        text("GivenName", 100, queryable=True),
        text("MiddleName", 100, queryable=True),
        text("FamilyName", 100, queryable=True),
        text("Suffix", 16, queryable=True),
        text("DisplayName", 500, queryable=True),
        text("PrintOnCheckName", 100, queryable=True),
        boolean("Active", queryable=True),
        phone("PrimaryPhone", 20),
        phone("Mobile", 20),
        EMAIL_NOT_QUERYABLE,
    )
    dropped = (
        "Organization",
        "V4IDPseudonym",
        "CompanyName",
        "WebAddr",
        "EmployeeType",
        "UseTimeEntry",
        "EmailAddress",
    )
    indexed = ("DisplayName",)
    names_shared_with = ("Customer", "Vendor")
    default_order = "DisplayName"
    order_ignores_case = False
    print_name_limit = 100

    def shown_name(self, object: Object) -> str:
        return str(object["DisplayName"])

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.complete_display_name(work, new, old)
        self.complete_print_name(new)
        number_addresses(work, new, old, "PrimaryAddr")
        new.setdefault("BillableTime", False)
        if "SSN" in new:
            new["SSN"] = HIDDEN
