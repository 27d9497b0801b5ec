"""What a report is asked for."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from quickbooks_sandbox.entities.people import home_currency
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.ledger import Ledger
from quickbooks_sandbox.ledger.times import parse_date, today
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.reports.daily import daily
from quickbooks_sandbox.reports.periods import Span, named_span, year_begins

#: Without meaning for what a report contains.
_NEUTRAL = {"minorversion", "requestid", "format"}
#: Switches that are not modelled, and do nothing where they are off.
_SWITCHES = {"qzurl", "adjusted_gain_loss"}
#: What limits a report to some of the entries; the header of the report repeats it.
FILTERS = ("customer", "vendor", "employee", "item", "class", "department")
DATED = ("start_date", "end_date", "date_macro")
#: What nearly every report takes.
USUAL = (*DATED, *FILTERS, "accounting_method", "sort_order")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Params:
    def __init__(self, books: Ledger, report: str, given: Mapping[str, str]) -> None:
        self.books = books
        self.report = report
        self.given = {name.lower(): value for name, value in given.items() if _counts(name.lower(), value)}
        self.now = books.clock.now()
        self.today = today(self.now)

    @cached_property
    def work(self) -> Work:
        return Work(self.books)

    @property
    def currency(self) -> str:
        return home_currency(self.work)

    @property
    def fiscal_month(self) -> int:
        """The first month of the fiscal year."""
        return _MONTHS.index(self.work.preference("AccountingInfoPrefs", "FirstMonthOfFiscalYear") or "January") + 1

    def year_begins(self, day: date) -> date:
        return year_begins(day, self.fiscal_month)

    def allow(self, *names: str) -> None:
        for name in self.given:
            if name not in names:
                raise not_modelled(f"{self.report} with {name}")

    @cached_property
    def basis(self) -> str:
        return self.one_of("accounting_method", "Accrual", "Accrual", "Cash")

    def accrual_only(self) -> None:
        if self.basis != "Accrual":
            raise not_modelled(f"{self.report} with accounting_method={self.basis}")

    def macro(self, default: str) -> str:
        """The date_macro in force; "" where dates were sent."""
        if "start_date" in self.given or "end_date" in self.given:
            return ""
        return self.given.get("date_macro", default).lower()

    def span(self, default: str) -> Span:
        """The days asked for; `default` is the macro of a report that is asked for none."""
        if macro := self.macro(default):
            return self._all_days() if macro == "all" else named_span(macro, self.today, self.fiscal_month)
        end = self.day("end_date", self.today)
        usual = named_span(default, end, self.fiscal_month).start if default != "all" else self._all_days().start
        return Span(self.day("start_date", usual), end)

    def _all_days(self) -> Span:
        first = min((day for days in daily(self.books).values() for day in days), default=self.today.isoformat())
        return Span(min(date.fromisoformat(first), self.today), self.today)

    def day(self, name: str, default: date) -> date:
        text = self.given.get(name)
        if text is None:
            return default
        try:
            return parse_date(text)
        except ValueError:
            raise fault("2060", field=name, value=text) from None

    def count(self, name: str, default: int) -> int:
        text = self.given.get(name, str(default))
        if not text.isdigit() or not 1 <= int(text) <= 100:
            raise fault("2090", field=name, value=text)
        return int(text)

    def one_of(self, name: str, default: str, *choices: str) -> str:
        text = self.given.get(name, default)
        for choice in choices:
            if text.lower() == choice.lower():
                return choice
        raise fault("2170", field=name, value=text)

    def ids(self, name: str) -> set[str]:
        return {id.strip() for id in self.given.get(name, "").split(",") if id.strip()}


def _counts(name: str, value: str) -> bool:
    return bool(value) and name not in _NEUTRAL and not (name in _SWITCHES and value.lower() == "false")
