"""The small lists: Class, Department, Term, PaymentMethod."""

from typing import ClassVar

from quickbooks_sandbox.entities.names import NameList
from quickbooks_sandbox.entities.plans import require_plus
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import HEADER, Field, boolean, choice, number, ref, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


def _tree(sub_flag: str) -> tuple[Field, ...]:
    return (
        text("Name", 100, queryable=True),
        boolean(sub_flag, queryable=True),
        ref("ParentRef", queryable=True),
        shown_only("FullyQualifiedName", queryable=True),
        boolean("Active", queryable=True),
        *HEADER,
    )


class _Tag(NameList):
    """What transactions are sorted by, beside their accounts."""

    plural: ClassVar[str]
    required = ("Name",)
    resent = ("Name",)
    indexed = ("Name", "FullyQualifiedName", "ParentRef")
    default_order = "FullyQualifiedName"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_plus(work, self.plural)
        self.require(new)
        self.complete_name(work, new, old)


class Class(_Tag):
    name = "Class"
    plural = "Classes"
    fields = _tree("SubClass")
    id_sequence = "classes"
    sub_flag = "SubClass"


class Department(_Tag):
    """What QuickBooks' pages call a location."""

    name = "Department"
    plural = "Locations"
    fields = _tree("SubDepartment")
    dropped = ("Address",)
    id_sequence = "departments"
    sub_flag = "SubDepartment"


class Term(NameList):
    name = "Term"
    fields = (
        text("Name", 31, queryable=True),
        boolean("Active", queryable=True),
        choice("Type", "STANDARD", "DATE_DRIVEN", queryable=True),
        number("DiscountPercent"),
        number("DueDays", queryable=True),
        number("DiscountDays"),
        number("DayOfMonthDue", queryable=True),
        number("DueNextMonthDays"),
        number("DiscountDayOfMonth"),
        *HEADER,
    )
    required = ("Name",)
    indexed = ("Name",)
    id_sequence = "terms"
    default_order = "Name"

    def merge(self, sent: Object, old: Object | None, *, sparse: bool) -> Object:
        """Sparse or not, an update needs the name and the due days or day."""
        if old is not None and sparse:
            self.require(sent, "Name")
            if sent.get("DueDays") is None and sent.get("DayOfMonthDue") is None:
                self.require(sent, "DueDays")
        return super().merge(sent, old, sparse=sparse)

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        # A day of 0 is how clients say "not this kind".
        by_date = bool(new.get("DayOfMonthDue"))
        if not by_date:
            self.require(new, "DueDays")
        new["Type"] = "DATE_DRIVEN" if by_date else "STANDARD"
        unused = ("DueDays", "DiscountDays") if by_date else ("DayOfMonthDue", "DueNextMonthDays", "DiscountDayOfMonth")
        for name in unused:
            new.pop(name, None)
        self._check_range(new, "DueDays", 0, 999)
        self._check_range(new, "DayOfMonthDue", 1, 31)
        self.complete_name(work, new, old)

    def _check_range(self, new: Object, name: str, low: int, high: int) -> None:
        if name in new and not low <= new[name] <= high:
            raise fault("2240", field=name, value=new[name])


class PaymentMethod(NameList):
    name = "PaymentMethod"
    fields = (
        text("Name", 31, queryable=True),
        boolean("Active", queryable=True),
        choice("Type", "CREDIT_CARD", "NON_CREDIT_CARD", queryable=True),
        *HEADER,
    )
    required = ("Name",)
    indexed = ("Name",)
    id_sequence = "payment methods"
    default_order = "Name"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        new.setdefault("Type", "NON_CREDIT_CARD")
        self.complete_name(work, new, old)
