"""What a first reading of QuickBooks would have brought."""

from __future__ import annotations

from datetime import date

from tieout import sample
from tieout.subledger.models import Account, Company, Item

TODAY = date(2026, 6, 17)


def read_lists(company: Company, items: tuple[str, ...]) -> None:
    for name in items:
        Item(company=company, name=name, full_name=name, type="Service").save_change("QuickBooks")
    account = Account(company=company, name="Undeposited Funds", type="Other Current Asset", subtype="UndepositedFunds")
    account.save_change("QuickBooks")


def make_companies() -> list[Company]:
    return [Company.objects.create(name=firm.name) for firm in sample.COMPANIES]
