"""What a person who sets a company up wants to know of it at once: its settings and how far its books go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tieout.subledger.models import Company

from .connecting.connection import open_client
from .errors import ReadFailed
from .wire import requests
from .wire.answers import Answer, Done, Object

INCOME = ("Invoice", "SalesReceipt", "Payment")
EXPENSES = ("Bill", "Purchase", "BillPayment")


@dataclass(frozen=True)
class Glance:
    info: Object
    preferences: Object
    oldest_income: date | None
    oldest_expense: date | None

    @property
    def closed_until(self) -> date | None:
        return _day((self.preferences.get("AccountingInfoPrefs") or {}).get("BookCloseDate"))


def glance(company: Company) -> Glance:
    """In one call. Raises ConnectionTrouble or ReadFailed."""
    asked = ["SELECT * FROM CompanyInfo", "SELECT * FROM Preferences", *map(_oldest, (*INCOME, *EXPENSES))]
    with open_client(company) as client:
        answers = client.ask_together([requests.query(each) for each in asked])
    info, preferences, *oldest = map(_rows, answers)
    if not info or not preferences:
        raise ReadFailed("QuickBooks did not tell the settings of the company.")
    return Glance(info[0], preferences[0], _first(oldest[: len(INCOME)]), _first(oldest[len(INCOME) :]))


def _oldest(entity: str) -> str:
    return f"SELECT * FROM {entity} ORDERBY TxnDate ASC MAXRESULTS 1"  # noqa: S608 - names of ours


def _rows(answer: Answer) -> list[Object]:
    """What a plan does not have (bills, in Simple Start) is refused, and counts as none."""
    return answer.rows if isinstance(answer, Done) else []


def _first(found: Sequence[list[Object]]) -> date | None:
    days = [day for rows in found for row in rows if (day := _day(row.get("TxnDate")))]
    return min(days, default=None)


def _day(text: object) -> date | None:
    return date.fromisoformat(text[:10]) if isinstance(text, str) and text else None
