"""When a document falls due."""

from calendar import monthrange
from datetime import date, timedelta

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


def due_date(work: Work, txn_date: str, term_ref: Object | None) -> str:
    """By the document's term, else by the company's default term."""
    return due_on(work, txn_date, term_ref or work.preference("SalesFormsPrefs", "DefaultTerms"))


def due_on(work: Work, txn_date: str, term_ref: Object | None) -> str:
    """By the term; without one, the day of the document."""
    term = work.get("Term", term_ref["value"]) if term_ref else None
    dated = date.fromisoformat(txn_date)
    if term is None:
        return txn_date
    if term["Type"] == "STANDARD":
        return (dated + timedelta(days=int(term["DueDays"]))).isoformat()
    return _on_day_of_month(dated, int(term["DayOfMonthDue"]), int(term.get("DueNextMonthDays", 0))).isoformat()


def _on_day_of_month(dated: date, day: int, grace: int) -> date:
    """The next such day; the one after if fewer than `grace` days are left."""
    due = _day_in_month(dated.year, dated.month, day)
    while due < dated or (due - dated).days < grace:
        following = due.replace(day=1) + timedelta(days=32)
        due = _day_in_month(following.year, following.month, day)
    return due


def _day_in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
