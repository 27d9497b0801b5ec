from datetime import UTC, date, datetime
from typing import Any

from tests.quickbooks.in_process import ORIGIN, virtual_sandbox

from quickbooks_sandbox.books.company import Books
from tieout.quickbooks.checks import checks
from tieout.quickbooks.connecting.connection import connect_sandbox
from tieout.quickbooks.glance import glance
from tieout.subledger.models import Company

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def item(books: Books) -> str:
    income = next(a for a in books.query("select * from Account").rows if a["AccountType"] == "Income")
    body = {"Name": "Rent", "Type": "Service", "IncomeAccountRef": {"value": income["Id"]}}
    return str(books.create("Item", body)["Id"])


def invoice(books: Books, customer: str, day: str) -> None:
    detail = {"DetailType": "SalesItemLineDetail", "Amount": 5, "SalesItemLineDetail": {"ItemRef": {"value": "1"}}}
    books.create("Invoice", {"CustomerRef": {"value": customer}, "TxnDate": day, "Line": [detail]})


def test_tells_in_one_call_how_far_the_books_go_back_and_to_when_they_are_closed(company: Company) -> None:
    with virtual_sandbox(NOON) as (sandbox, _):
        books = sandbox.companies.first()
        item(books)
        customer = books.create("Customer", {"DisplayName": "Ada"})["Id"]
        for day in ("2025-06-01", "2024-02-29", "2026-01-31"):
            invoice(books, customer, day)
        connect_sandbox(company, ORIGIN)
        sandbox.calls.clear()
        seen = glance(company)
        assert len(sandbox.calls.calls) == 1
    assert (seen.oldest_income, seen.oldest_expense, seen.closed_until) == (date(2024, 2, 29), None, None)
    assert seen.info["CompanyName"] == "Empty Company"


def found(name: str, **prefs: Any) -> tuple[str, str]:
    info = {"NameValue": [{"Name": "OfferingSku", "Value": prefs.pop("plan", "QuickBooks Online Plus")}]}
    check = next(each for each in checks(prefs, info) if each.name == name)
    return check.value, check.state


def test_settings_that_cause_trouble_are_told_from_those_that_do_not() -> None:
    assert found("Custom transaction numbers", SalesFormsPrefs={"CustomTxnNumbers": True}) == ("On", "good")
    assert found("Custom transaction numbers") == ("Off", "note")
    assert found("Automatically apply credits", SalesFormsPrefs={"AutoApplyCredit": True}) == ("On", "change")
    assert found("Automatically apply bill payments")[1] == "unknown"
    per_document = {"AccountingInfoPrefs": {"ClassTrackingPerTxn": True}}
    assert found("Classes", **per_document) == ("One for a whole document", "change")
    assert found("Closing date", AccountingInfoPrefs={"BookCloseDate": "2026-01-31"}) == ("2026-01-31", "good")
    currencies = {"CurrencyPrefs": {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "USD"}}}
    assert found("Multi-currency", **currencies) == ("On, home currency USD", "note")
    assert found("Plan", plan="QuickBooks Online Essentials") == ("QuickBooks Online Essentials", "note")
    assert found("Plan") == ("QuickBooks Online Plus", "good")
