"""What QuickBooks says is owed: every open item of every customer and vendor, and the control accounts.

Three calls: the reports Customer Balance Detail and Vendor Balance Detail, and the accounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tieout import clock
from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.wire import requests

REPORTS = {"Customer": "CustomerBalanceDetail", "Vendor": "VendorBalanceDetail"}
# A control account holds what is dated in the future too; a report would leave it out.
LAST_DAY = "2100-12-31"
CONTROL = {"Customer": "Accounts Receivable", "Vendor": "Accounts Payable"}
# As reports call them, and as the API does.
ENTITIES = {
    "Credit Memo": "CreditMemo",
    "Journal Entry": "JournalEntry",
    "Sales Receipt": "SalesReceipt",
    "Bill Payment (Check)": "BillPayment",
    "Bill Payment (Credit Card)": "BillPayment",
    "Vendor Credit": "VendorCredit",
}


@dataclass(frozen=True)
class OpenItem:
    """`amount` is what is owed for it: to us by a customer, by us to a vendor; a credit's is negative."""

    whose: str  # Customer or Vendor
    contact_id: str
    contact: str
    entity: str
    id: str
    number: str
    amount: Decimal
    date: date


@dataclass(frozen=True)
class Statement:
    items: list[OpenItem]
    control: dict[str, Decimal]  # by Customer and Vendor, the sum of their control accounts
    read_at: datetime

    def total(self, whose: str) -> Decimal:
        return sum((item.amount for item in self.items if item.whose == whose), Decimal(0))


def read(client: Client) -> Statement:
    read_at = clock.now()
    reports = {whose: client.get(requests.report(name, report_date=LAST_DAY)) for whose, name in REPORTS.items()}
    items = [item for whose, answer in reports.items() for item in _items(answer.object, whose)]
    types = ", ".join(f"'{name}'" for name in CONTROL.values())
    asked = f"SELECT * FROM Account WHERE AccountType IN ({types}) AND Active IN (true, false)"  # noqa: S608
    accounts = client.get(requests.query(asked)).rows
    return Statement(items, {whose: _balance(accounts, type_) for whose, type_ in CONTROL.items()}, read_at)


def _balance(accounts: list[dict[str, Any]], type_: str) -> Decimal:
    """What is owed to us or by us, both as a positive figure."""
    balance = sum((_amount(row.get("CurrentBalance")) for row in accounts if row["AccountType"] == type_), Decimal(0))
    return -balance if type_ == "Accounts Payable" else balance


def _items(report: dict[str, Any], whose: str) -> Iterator[OpenItem]:
    titles = [column.get("ColType", "") for column in report["Columns"]["Column"]]
    yield from _in_rows(report.get("Rows", {}), whose, titles, ("", ""))


def _in_rows(rows: dict[str, Any], whose: str, titles: list[str], contact: tuple[str, str]) -> Iterator[OpenItem]:
    """Sections stand within sections, a job's within its customer's."""
    for row in rows.get("Row", ()):
        head = (row.get("Header") or {}).get("ColData") or [{}]
        inside = (head[0].get("id", ""), head[0].get("value", "")) if head[0].get("id") else contact
        if "ColData" in row:
            yield _item(dict(zip(titles, row["ColData"], strict=False)), whose, contact)
        yield from _in_rows(row.get("Rows") or {}, whose, titles, inside)


def _item(cells: dict[str, dict[str, Any]], whose: str, contact: tuple[str, str]) -> OpenItem:
    type_ = cells["txn_type"]
    return OpenItem(
        whose=whose,
        contact_id=contact[0],
        contact=contact[1],
        entity=ENTITIES.get(type_["value"], type_["value"].replace(" ", "")),
        id=type_.get("id", ""),
        number=cells.get("doc_num", {}).get("value", ""),
        amount=_amount(cells["subt_open_bal"]["value"]),
        date=date.fromisoformat(cells["tx_date"]["value"]),
    )


def _amount(value: Any) -> Decimal:
    return Decimal(str(value)) if value not in (None, "") else Decimal(0)
