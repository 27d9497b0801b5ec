"""Time worked, budgets, journal codes, card payments, and what each subscription refuses."""

from decimal import Decimal
from typing import Any

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    account,
    changed,
    company,
    customer,
    invoice,
    named,
    payment,
    pays,
    refused,
    sales_form,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books


@pytest.fixture
def books() -> Books:
    return company()


def employee(books: Books) -> str:
    return str(books.create("Employee", {"DisplayName": "Emil"})["Id"])


def worked(books: Books, **fields: Any) -> Body:
    body = {"NameOf": "Employee", "EmployeeRef": {"value": employee(books)}, "Hours": 2, **fields}
    return books.create("TimeActivity", body)


def test_time_is_that_of_an_employee_or_vendor(books: Books) -> None:
    made = worked(books, Minutes=30, CostRate=50, Description="Pruned")
    assert (made["Hours"], made["Minutes"], made["CostRate"], made["TxnDate"]) == (2, 30, 50, "2026-05-20")
    assert made["EmployeeRef"]["name"] == "Emil"
    bolt = {"value": vendor(books)["Id"]}
    body = {"NameOf": "Vendor", "VendorRef": bolt, "EmployeeRef": made["EmployeeRef"], "Hours": 1}
    assert "EmployeeRef" not in books.create("TimeActivity", body)


def test_time_between_two_moments_has_the_date_of_the_first(books: Books) -> None:
    times = {"StartTime": "2016-07-22T10:00:00-07:00", "EndTime": "2016-07-22T18:30:00Z"}
    made = worked(books, Hours=None, **times)
    assert (made["TxnDate"], made["EndTime"]) == ("2016-07-22", "2016-07-22T11:30:00-07:00")
    assert "StartTime" not in books.update("TimeActivity", {**made, "Hours": 3})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Hours": None}, "6350"),
        ({"Hours": 9000}, "6340"),
        ({"Minutes": 60}, "6340"),
        ({"Hours": 0}, "6380"),
        ({"Hours": None, "StartTime": "2026-05-20T10:00:00Z"}, "6360"),
        ({"Hours": None, "StartTime": "2026-05-20T10:00:00Z", "EndTime": "2026-05-20T09:00:00Z"}, "6370"),
        ({"StartTime": "2026-05-20T10:00:00Z", "EndTime": "2026-05-20T11:00:00Z"}, "6390"),
        ({"NameOf": "Vendor"}, "2020"),
        ({"BillableStatus": "Billable"}, "6310"),
        ({"StartTime": "noon", "EndTime": "noon"}, "2060"),
    ],
)
def test_time_that_does_not_hang_together_is_refused(books: Books, fields: Body, code: str) -> None:
    with refused(code):
        worked(books, **fields)


def test_time_is_billed_to_a_customer_and_deleted(books: Books) -> None:
    ada = customer(books)["Id"]
    made = worked(books, CustomerRef={"value": ada}, BillableStatus="Billable", HourlyRate=Decimal("62.5"))
    found = books.query("select * from TimeActivity where BillableStatus = 'Billable'").rows
    assert [one["Id"] for one in found or []] == [made["Id"]]
    books.delete("TimeActivity", {"Id": made["Id"], "SyncToken": "0"})
    with refused("610"):
        books.read("TimeActivity", made["Id"])


def test_a_budget_has_amounts_by_account_and_date(books: Books) -> None:
    detail = {"BudgetDate": "2026-01-01", "Amount": 100, "AccountRef": {"value": "1"}}
    body = {"StartDate": "2026-01-01", "EndDate": "2026-12-31", "BudgetDetail": [detail]}
    made = books.create("Budget", body)
    assert (made["Name"], made["BudgetType"], made["BudgetEntryType"]) == ("Budget 2026", "ProfitAndLoss", "Monthly")
    assert made["BudgetDetail"][0]["AccountRef"] == {"value": "1", "name": "Services"}
    for details, code in (([{"Amount": 1}], "2020"), ([], "6500")):
        with refused(code):
            books.create("Budget", {**body, "BudgetDetail": details})


def test_a_budget_fits_its_accounts_and_is_divided_by_one_thing(books: Books) -> None:
    ada = {"value": customer(books)["Id"]}
    garden = {"value": books.create("Class", {"Name": "Garden"})["Id"]}
    detail = {"BudgetDate": "2026-01-01", "AccountRef": {"value": "1"}}
    body = {"StartDate": "2026-01-01", "EndDate": "2026-12-31"}
    with refused("6490"):
        details = [{**detail, "CustomerRef": ada}, {**detail, "ClassRef": garden}]
        books.create("Budget", {**body, "BudgetDetail": details})
    with refused("6510"):
        books.create("Budget", {**body, "BudgetType": "BalanceSheet", "BudgetDetail": [detail]})


def test_paying_a_card_moves_money_from_the_bank(books: Books) -> None:
    card = account(books, "Card", "Credit Card")["Id"]
    body = {"BankAccountRef": {"value": "35"}, "CreditCardAccountRef": {"value": card}, "Amount": Decimal("12.5")}
    made = books.create("CreditCardPayment", body)
    assert books.read("Account", "35")["CurrentBalance"] == Decimal("-12.5")
    assert books.read("Account", card)["CurrentBalance"] == Decimal("12.5")
    with refused("6430"):
        books.create("CreditCardPayment", {**body, "CreditCardAccountRef": {"value": "35"}})
    with refused("2020"):
        books.update("CreditCardPayment", {"Id": made["Id"], "SyncToken": "0", "sparse": True, "Memo": "x"})


def test_journal_codes_are_for_french_companies(books: Books) -> None:
    with refused("5020"):
        books.create("JournalCode", {"Name": "VT"})


INVENTORY = {
    "Name": "Pump",
    "Type": "Inventory",
    "TrackQtyOnHand": True,
    "QtyOnHand": 1,
    "InvStartDate": "2026-01-01",
    "IncomeAccountRef": {"value": "79"},
    "ExpenseAccountRef": {"value": "80"},
    "AssetAccountRef": {"value": "81"},
}
LINE = {
    "Amount": 1,
    "DetailType": "AccountBasedExpenseLineDetail",
    "AccountBasedExpenseLineDetail": {"AccountRef": {"value": "3"}},
}
NEEDS_ESSENTIALS: dict[str, Body] = {
    "Bill": {"VendorRef": {"value": "1"}, "Line": [LINE]},
    "VendorCredit": {"VendorRef": {"value": "1"}, "Line": [LINE]},
    "BillPayment": {"VendorRef": {"value": "1"}, "PayType": "Check", "TotalAmt": 1},
    "TimeActivity": {"NameOf": "Vendor", "VendorRef": {"value": "1"}, "Hours": 1},
    "RecurringTransaction": {"Type": "Bill", "Template": {}, "RecurringInfo": {"Name": "x"}},
}
NEEDS_PLUS: dict[str, Body] = {
    "Budget": {
        "StartDate": "2026-01-01",
        "EndDate": "2026-12-31",
        "BudgetDetail": [{"BudgetDate": "2026-01-01", "AccountRef": {"value": "1"}}],
    },
    "Class": {"Name": "Garden"},
    "Department": {"Name": "North"},
    "Item": INVENTORY,
    "PurchaseOrder": {"VendorRef": {"value": "1"}, "Line": [LINE]},
}


@pytest.mark.parametrize("entity", [*NEEDS_ESSENTIALS, *NEEDS_PLUS])
def test_simple_start_has_neither_purchases_on_account_nor_more(entity: str) -> None:
    books = company(plan="Simple Start")
    vendor(books)
    with refused("5030"):
        books.create(entity, {**NEEDS_ESSENTIALS, **NEEDS_PLUS}[entity])


@pytest.mark.parametrize("entity", NEEDS_PLUS)
def test_essentials_has_no_inventory_classes_orders_or_budgets(entity: str) -> None:
    books = company(plan="Essentials")
    vendor(books)
    books.create("Bill", NEEDS_ESSENTIALS["Bill"])
    with refused("5030"):
        books.create(entity, NEEDS_PLUS[entity])


@pytest.mark.parametrize("plan", ["Plus", "Advanced"])
@pytest.mark.parametrize("entity", NEEDS_PLUS)
def test_plus_and_advanced_have_all_of_it(plan: str, entity: str) -> None:
    books = company(plan=plan)
    vendor(books)
    books.create(entity, NEEDS_PLUS[entity])


def billable(books: Books, customer_id: str) -> Body:
    ref = {"value": customer_id}
    return worked(books, CustomerRef=ref, BillableStatus="Billable", HourlyRate=50)


def status(books: Books, time: Body) -> str:
    return str(books.read("TimeActivity", time["Id"])["BillableStatus"])


def of_time(time: Body) -> list[Body]:
    return [{"TxnId": time["Id"], "TxnType": "TimeActivity"}]


def test_time_is_billed_while_an_invoice_names_it(books: Books) -> None:
    ada = customer(books)["Id"]
    time = billable(books, ada)
    made = invoice(books, ada, LinkedTxn=of_time(time))
    assert (made["LinkedTxn"], status(books, time)) == (of_time(time), "HasBeenBilled")
    payment(books, ada, 10, pays(made, 10))
    after = changed(books, "Invoice", made, PrivateNote="x")
    assert [link["TxnType"] for link in after["LinkedTxn"]] == ["Payment", "TimeActivity"]
    books.void("Invoice", named(books, "Invoice", made))
    assert status(books, time) == "Billable"
    assert problems(books) == []


def test_time_is_billed_once_and_to_its_own_customer(books: Books) -> None:
    ada, bob = customer(books)["Id"], customer(books, "Bob")["Id"]
    time = billable(books, ada)
    with refused("6000"):
        invoice(books, bob, LinkedTxn=of_time(time))
    invoice(books, ada, LinkedTxn=of_time(time))
    with refused("6320"):
        invoice(books, ada, LinkedTxn=of_time(time))
    with refused("6000"):
        invoice(books, ada, LinkedTxn=[{"TxnId": "99", "TxnType": "TimeActivity"}])


def test_an_invoice_forgets_time_that_is_deleted_and_nothing_else(books: Books) -> None:
    ada = customer(books)["Id"]
    time = billable(books, ada)
    estimate = books.create("Estimate", sales_form(ada))
    assert estimate["Id"] == time["Id"], "ids of time and of transactions are counted apart"
    order = {"TxnId": estimate["Id"], "TxnType": "Estimate"}
    made = invoice(books, ada, LinkedTxn=[*of_time(time), order])
    books.delete("TimeActivity", named(books, "TimeActivity", time))
    assert books.read("Invoice", made["Id"])["LinkedTxn"] == [order]


def test_billing_an_expense_on_is_a_persons_doing(books: Books) -> None:
    with refused("500"):
        invoice(books, customer(books)["Id"], LinkedTxn=[{"TxnId": "1", "TxnType": "ReimburseCharge"}])
