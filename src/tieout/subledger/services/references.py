"""What a record may point to."""

from __future__ import annotations

from datetime import date

from tieout.days import in_words
from tieout.kinds.limits import YEARS
from tieout.subledger.models import Company, Contact, ListEntry, Record

from .refusal import WHOLE, Refusals


def check_reference(company: Company, target: Record | None, field: str, wrong: Refusals) -> None:
    """For a reference that is new: one that became inactive after it was made may stay."""
    if target is None:
        return
    if target.company_id != company.pk:
        wrong.add(field, f"There is no such {type(target)._meta.verbose_name} in {company}.")
    elif isinstance(target, ListEntry | Contact) and target.archived:
        wrong.add(field, f"“{target}” is inactive in QuickBooks. Make it active there first, or choose another.")


def check_currency(company: Company, currency: str, wrong: Refusals) -> None:
    """Amounts in other currencies are read from QuickBooks and never written."""
    if currency != company.currency:
        home = f"{company} keeps its books in {company.currency}"
        wrong.add(WHOLE, f"It is in {currency}, and {home}. Change it in QuickBooks.")


def check_date(day: date | None, field: str, wrong: Refusals) -> None:
    if day is not None and day.year not in YEARS:
        wrong.add(field, f"{day.isoformat()} looks mistyped: the year must be between 1900 and 2099.")


def check_open(company: Company, days: list[date], field: str, wrong: Refusals) -> None:
    """`days`: the record's date before and after the change; neither may lie in the closed period."""
    closed = company.closed_until
    if closed is not None and any(day <= closed for day in days):
        wrong.add(
            field,
            f"The books are closed up to {in_words(closed)}. Choose a later date, ask whoever closes the books "
            "to open the period, or leave it as it is.",
        )
