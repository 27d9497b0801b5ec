"""How fast the sandbox's reports are over a company of many transactions, dated over two years.

.venv/bin/python bench/sandbox_reports.py [TRANSACTIONS]
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.settings import Settings

_DAYS = 730
_LAST = date(2025, 12, 31)
_SPAN = {"start_date": "2024-01-01", "end_date": "2025-12-31"}
_MONTHS = {**_SPAN, "summarize_column_by": "Month"}


def main(size: int) -> None:
    books = _company(size)
    print(f"{size:,} transactions, wall seconds (of the processor)")
    _measure(books, "ProfitAndLoss by month, the first report", "ProfitAndLoss", _MONTHS)
    _measure(books, "ProfitAndLoss by month, again", "ProfitAndLoss", _MONTHS)
    _create(books, size)
    _measure(books, "ProfitAndLoss by month, after one more", "ProfitAndLoss", _MONTHS)
    _measure(books, "BalanceSheet by month", "BalanceSheet", _MONTHS)
    _measure(books, "TrialBalance", "TrialBalance", {"end_date": "2025-12-31"})
    _measure(books, "ProfitAndLoss of one customer", "ProfitAndLoss", {**_SPAN, "customer": "1"})
    _measure(books, "CustomerSales by month, the first time", "CustomerSales", _MONTHS)
    _measure(books, "CustomerSales by month, again", "CustomerSales", _MONTHS)
    _measure(books, "AgedReceivables", "AgedReceivables", {"report_date": "2025-12-31"})
    _measure(
        books, "GeneralLedger of one month", "GeneralLedger", {"start_date": "2025-12-01", "end_date": "2025-12-31"}
    )


def _measure(books: Books, title: str, report: str, params: dict[str, str]) -> None:
    began, worked = time.perf_counter(), time.process_time()
    books.report(report, params)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"  {title:<42} {took:8.3f} ({worked:.3f})")


def _company(size: int) -> Books:
    books = Books.empty("1", "Bench", Clock(datetime(2026, 1, 1, 12, tzinfo=UTC)), Settings())
    for number in range(max(1, size // 100)):
        books.create("Customer", {"DisplayName": f"Customer {number}"})
    books.create("Vendor", {"DisplayName": "Vendor"})
    for number in range(size):
        _create(books, number)
    return books


def _create(books: Books, number: int) -> None:
    """Six of ten are invoices; the rest are payments, bills and expenses."""
    customers = len(books.tables["Customer"].rows)
    customer = {"value": str(number % customers + 1)}
    day = (_LAST - timedelta(days=number % _DAYS)).isoformat()
    amount = Decimal(number % 500 + 1)
    kind = number % 10
    if kind < 6:
        line: dict[str, Any] = {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {}}
        books.create("Invoice", {"CustomerRef": customer, "TxnDate": day, "Line": [line, line]})
    elif kind < 8:
        books.create("Payment", {"CustomerRef": customer, "TxnDate": day, "TotalAmt": amount})
    else:
        detail = {"AccountRef": {"value": "3"}}
        spent = {"Amount": amount, "DetailType": "AccountBasedExpenseLineDetail"}
        spent |= {"AccountBasedExpenseLineDetail": detail}
        if kind == 8:
            books.create("Bill", {"VendorRef": {"value": str(customers + 1)}, "TxnDate": day, "Line": [spent]})
        else:
            paid = {"AccountRef": {"value": "35"}, "PaymentType": "Cash"}
            books.create("Purchase", {**paid, "TxnDate": day, "Line": [spent]})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
