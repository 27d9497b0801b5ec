"""A company built after a plan: of the size asked for, whole, and always the same."""

from datetime import date
from typing import Any

import pytest

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.builder.build import built
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.times import today
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.testing import START, QuickBooks, quickbooks

__all__ = ["quickbooks"]

SMALL = Plan(customers=12, vendors=4, items=5, invoices=80, receipts=10, bills=15, expenses=8, years=0.5)


def made(plan: Plan) -> Books:
    return built("1", "Built", Clock(START), Settings(), None, plan)


@pytest.fixture(scope="module")
def books() -> Books:
    return made(SMALL)


def count(books: Books, what: str) -> int:
    found: int = books.query(f"select count(*) from {what}").total_count
    return found


def test_there_is_as_much_as_was_asked_for(books: Books) -> None:
    entities = {"Customer": 12, "Vendor": 4, "Invoice": 80, "SalesReceipt": 10, "Bill": 15, "Purchase": 8}
    assert {name: count(books, name) for name in entities} == entities
    assert count(books, "Item") == 2 + 5  # a new company has two of its own


def test_the_books_are_whole(books: Books) -> None:
    assert problems(books) == []


def test_the_history_lies_in_the_time_asked_for_and_ends_yesterday(books: Books) -> None:
    days = [date.fromisoformat(row["TxnDate"]) for row in books.query("select * from Invoice").rows]
    now = today(START)
    assert max(days) < now
    assert 90 < (now - min(days)).days <= 184
    for row in books.query("select * from Invoice").rows:
        assert row["MetaData"]["CreateTime"].startswith(row["TxnDate"])


def test_invoices_are_paid_in_full_in_part_or_not_yet(books: Books) -> None:
    assert count(books, "Invoice where Balance = '0'") > 20
    assert count(books, "Invoice where Balance > '0'") > 3
    assert count(books, "Payment") > 20
    assert count(books, "Deposit") > 5
    assert count(books, "BillPayment") > 5


def test_the_same_plan_gives_the_same_company_and_another_seed_another(books: Books) -> None:
    assert made(SMALL).dump() == books.dump()
    assert made(Plan(**{**_members(SMALL), "seed": 2})).dump() != books.dump()


def _members(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__struct_fields__}


def test_names_do_not_run_out() -> None:
    books = made(Plan(customers=3, vendors=1_100, items=1, invoices=0, receipts=0, bills=0, expenses=0))
    assert count(books, "Vendor") == 1_100


def test_one_customer_and_nothing_else_is_a_company() -> None:
    books = made(Plan(customers=1, invoices=0, receipts=0, bills=0, expenses=0, years=0.001))
    assert (count(books, "Customer"), count(books, "Invoice")) == (1, 0)


def test_a_company_is_built_by_the_control(quickbooks: QuickBooks) -> None:
    body = {"name": "Large", "build": {"customers": 3, "invoices": 10, "years": 0.1}}
    made = quickbooks.call("POST", "/sandbox/companies", body).json()
    assert count(quickbooks.sandbox.companies[made["realm_id"]], "Invoice") == 10
    shown = quickbooks.call("GET", "/sandbox/companies").json()[1]
    assert (shown["name"], shown["seed"]) == ("Large", "built")


@pytest.mark.parametrize("plan", [{"customers": 0}, {"invoices": -1}, {"years": 0}, {"customer": 5}, {"years": 99}])
def test_a_plan_that_cannot_be_is_refused_in_one_sentence(quickbooks: QuickBooks, plan: dict[str, Any]) -> None:
    answer = quickbooks.call("POST", "/sandbox/companies", {"build": plan})
    assert (answer.status, answer.json()["error"].count("\n")) == (400, 0)
    assert len(quickbooks.sandbox.companies) == 1


def test_a_sandbox_for_a_test_starts_with_a_built_company() -> None:
    made = QuickBooks(Plan(customers=2, invoices=4, years=0.1))
    assert count(made.books, "Invoice") == 4
    made.call("POST", "/sandbox/reset")
    assert count(made.books, "Invoice") == 4
    made.sandbox.close()
