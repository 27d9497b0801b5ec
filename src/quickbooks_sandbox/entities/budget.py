"""Budget: amounts that a fiscal year is to bring or cost, by account and month, quarter or year."""

from decimal import Decimal

from quickbooks_sandbox.entities.plans import require_plus
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.balances import BALANCE_SHEET
from quickbooks_sandbox.ledger.entity import Entity, resolve
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    boolean,
    choice,
    date,
    number,
    objects,
    read_whole,
    ref,
    text,
)
from quickbooks_sandbox.ledger.numbers import money
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_REFS = (
    ref("AccountRef", "Account"),
    ref("CustomerRef", "Customer"),
    ref("ClassRef", "Class"),
    ref("DepartmentRef", "Department"),
)
#: A budget may be divided by one of these.
_DIVIDED_BY = ("CustomerRef", "ClassRef", "DepartmentRef")
_DETAIL = (date("BudgetDate"), number("Amount"), *_REFS)


class Budget(Entity):
    name = "Budget"
    fields = (
        text("Name", 100, queryable=True),
        date("StartDate", kept=True),
        date("EndDate", kept=True),
        choice("BudgetType", "ProfitAndLoss", "BalanceSheet", queryable=True, kept=True),
        choice("BudgetEntryType", "Yearly", "Quarterly", "Monthly", kept=True),
        boolean("Active", queryable=True),
        objects("BudgetDetail"),
        *HEADER,
    )
    required = ("StartDate", "EndDate")
    operations = frozenset({"create", "read", "update", "delete", "query"})
    id_sequence = "budgets"
    in_cdc = False

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_plus(work, "Budgets")
        self.require(new)
        if new["EndDate"] < new["StartDate"]:
            raise business("A budget must end after it starts.")
        new.setdefault("Name", f"Budget {new['StartDate'][:4]}")
        new.setdefault("BudgetType", "ProfitAndLoss")
        new.setdefault("BudgetEntryType", "Monthly")
        new.setdefault("Active", True)
        details = new.get("BudgetDetail")
        if not details:
            raise fault("6500")
        if details is not (old or {}).get("BudgetDetail"):
            new["BudgetDetail"] = [_detail(work, detail, new["BudgetType"]) for detail in details]
        if len({name for detail in new["BudgetDetail"] for name in _DIVIDED_BY if name in detail}) > 1:
            raise fault("6490")


def _detail(work: Work, sent: Object, type: str) -> Object:
    detail = read_whole(_DETAIL, sent, "BudgetDetail")
    for name in ("BudgetDate", "AccountRef"):
        if name not in detail:
            raise fault("2020", field=f"BudgetDetail.{name}")
    for field in _REFS:
        if field.name in detail:
            detail[field.name] = resolve(work, field, detail[field.name])
    lasts = work.existing("Account", detail["AccountRef"]["value"])["Classification"] in BALANCE_SHEET
    if lasts != (type == "BalanceSheet"):
        raise fault("6510")
    return {**detail, "Amount": money(Decimal(detail.get("Amount", 0)))}
