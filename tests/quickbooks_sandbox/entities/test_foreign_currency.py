"""Customers and vendors in another currency: their documents, accounts and balances."""

from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import (
    Body,
    bill,
    changed,
    check_payment,
    company,
    credit_memo,
    customer,
    expense_line,
    invoice,
    item_line,
    journal_line,
    named,
    payment,
    pays,
    refused,
    sales_form,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books

EURO = {"value": "EUR"}


@pytest.fixture
def books() -> Books:
    books = company()
    books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    for day, rate in (("2026-01-01", "1.10"), ("2026-05-01", "1.20")):
        books.create("ExchangeRate", {"SourceCurrencyCode": "EUR", "AsOfDate": day, "Rate": Decimal(rate)})
    return books


@pytest.fixture
def erik(books: Books) -> str:
    return str(customer(books, "Erik", CurrencyRef=EURO)["Id"])


def account(books: Books, name: str) -> Decimal:
    assert problems(books) == []
    (found,) = books.query(f"select * from Account where Name = '{name}'").rows or []
    amount: Decimal = found["CurrentBalance"]
    return amount


def test_an_invoice_has_the_currency_of_its_customer_and_the_rate_of_its_day(books: Books, erik: str) -> None:
    made = invoice(books, erik, TxnDate="2026-04-30")
    assert made["CurrencyRef"] == {"value": "EUR", "name": "Euro"}
    assert (made["TotalAmt"], made["ExchangeRate"], made["HomeTotalAmt"]) == (100, Decimal("1.10"), 110)
    assert invoice(books, erik)["ExchangeRate"] == Decimal("1.20")
    assert invoice(books, erik, ExchangeRate=Decimal("1.5"))["HomeTotalAmt"] == 150
    assert books.read("Customer", erik)["Balance"] == 300


def test_each_currency_has_a_receivable_account_of_its_own(books: Books, erik: str) -> None:
    invoice(books, erik)
    invoice(books, customer(books)["Id"])
    assert account(books, "Accounts Receivable (A/R) - EUR") == 100
    assert account(books, "Accounts Receivable (A/R)") == 100


def test_home_documents_have_a_rate_of_one(books: Books) -> None:
    made = invoice(books, customer(books)["Id"])
    assert made["ExchangeRate"] == 1
    assert "HomeTotalAmt" not in made


def test_the_currency_cannot_be_another_than_the_customers(books: Books, erik: str) -> None:
    with refused("6000"):
        invoice(books, erik, CurrencyRef={"value": "USD"})
    with refused("6000"):
        customer(books, "Job", ParentRef={"value": erik}, Job=True)


def test_a_payment_brings_home_what_it_is_worth(books: Books, erik: str) -> None:
    made = invoice(books, erik)
    paid = payment(books, erik, 40, pays(made, 40))
    after = books.read("Invoice", made["Id"])
    assert (after["Balance"], after["HomeBalance"]) == (60, 72)
    assert account(books, "Undeposited Funds") == 48
    deposit = books.make_deposit([paid["Id"]])
    assert (deposit["TotalAmt"], account(books, "Checking"), account(books, "Undeposited Funds")) == (
        48,
        Decimal(48),
        Decimal(0),
    )


def test_a_bill_is_owed_in_the_vendors_currency(books: Books) -> None:
    seller = vendor(books, CurrencyRef=EURO)["Id"]
    made = bill(books, seller)
    assert (made["HomeBalance"], account(books, "Accounts Payable (A/P) - EUR")) == (120, Decimal(-100))
    with refused("6000"):
        bill(books, seller, APAccountRef={"value": "33"})
    books.create("BillPayment", check_payment(seller, 100, pays(made, 100, "Bill")))
    assert (account(books, "Checking"), account(books, "Accounts Payable (A/P) - EUR")) == (Decimal(-120), Decimal(0))


def test_the_trial_balance_is_in_the_home_currency_and_balances(books: Books, erik: str) -> None:
    invoice(books, erik, item_line("33.33"), item_line("66.66"), ExchangeRate=Decimal("1.2345"))
    rows = books.report("TrialBalance", {})["Rows"]["Row"]
    total = [cell["value"] for cell in rows[-1]["Summary"]["ColData"]]
    assert total == ["TOTAL", "123.44", "123.44"]


def test_a_void_document_is_worth_nothing_at_home(books: Books, erik: str) -> None:
    void = books.void("Invoice", named(books, "Invoice", invoice(books, erik)))
    assert void["TotalAmt"] == 0
    assert "HomeTotalAmt" not in void
    assert account(books, "Accounts Receivable (A/R) - EUR") == 0


def test_a_rate_that_is_sent_again_stays(books: Books, erik: str) -> None:
    made = invoice(books, erik, ExchangeRate=Decimal("1.5"))
    assert changed(books, "Invoice", made, PrivateNote="x")["ExchangeRate"] == Decimal("1.5")
    assert changed(books, "Invoice", made, ExchangeRate=0)["ExchangeRate"] == Decimal("1.5")


def test_names_of_different_currencies_are_not_mixed_up(books: Books, erik: str) -> None:
    lines = [journal_line("Debit", 10, "84", erik, "Customer"), journal_line("Credit", 10, "34")]
    with refused("6000"):
        books.create("JournalEntry", {"Line": lines})
    with refused("6000"):
        books.merge("Customer", erik, customer(books)["Id"])


def test_a_sale_paid_at_once_is_worth_what_the_rate_says(books: Books, erik: str) -> None:
    made = books.create("SalesReceipt", sales_form(erik, item_line("10.03"), item_line("0.02")))
    assert (made["CurrencyRef"]["value"], made["TotalAmt"]) == ("EUR", Decimal("10.05"))
    assert made["HomeTotalAmt"] == Decimal("12.06")
    assert account(books, "Undeposited Funds") == Decimal("12.06")
    assert worth(books) == {"Undeposited Funds": Decimal("12.06"), "Services": Decimal("-12.06")}
    deposit = {"DepositToAccountRef": {"value": "35"}}
    link = {"LinkedTxn": [{"TxnId": made["Id"], "TxnType": "SalesReceipt"}]}
    books.create("Deposit", {**deposit, "Line": [link]})
    assert account(books, "Checking") == Decimal("12.06")


def test_money_goes_back_to_a_foreign_customer(books: Books, erik: str) -> None:
    given = {"DepositToAccountRef": {"value": "35"}}
    made = books.create("RefundReceipt", {**sales_form(erik), **given})
    assert (made["HomeTotalAmt"], account(books, "Checking")) == (120, Decimal(-120))


def test_what_is_spent_at_a_foreign_vendor_is_in_the_vendors_currency(books: Books) -> None:
    vito = {"value": vendor(books, "Vito", CurrencyRef=EURO)["Id"]}
    lines = [expense_line("10.03"), expense_line("0.02", "80")]
    spent = {"AccountRef": {"value": "35"}, "PaymentType": "Cash", "Line": lines}
    made = books.create("Purchase", {**spent, "EntityRef": vito})
    assert (made["CurrencyRef"]["value"], made["HomeTotalAmt"]) == ("EUR", Decimal("12.06"))
    assert account(books, "Checking") == Decimal("-12.06")
    assert sum(worth(books).values()) == 0
    assert books.create("Purchase", spent)["CurrencyRef"]["value"] == "USD"


def worth(books: Books) -> Body:
    """Debit less credit at home, by account."""
    rows = [row["ColData"] for row in books.report("TrialBalance", {})["Rows"]["Row"] if "ColData" in row]
    return {name["value"]: Decimal(debit["value"] or 0) - Decimal(credit["value"] or 0) for name, debit, credit in rows}


def test_what_is_gained_until_a_payment_comes_is_booked(books: Books, erik: str) -> None:
    made = invoice(books, erik, ExchangeRate=Decimal("1.1"))
    payment(books, erik, 40, pays(made, 40), ExchangeRate=Decimal("1.25"))
    assert worth(books) == {
        "Accounts Receivable (A/R) - EUR": 66,
        "Undeposited Funds": 50,
        "Services": -110,
        "Exchange Gain or Loss": -6,
    }
    assert problems(books) == []


def test_what_is_lost_on_a_bill_is_booked(books: Books) -> None:
    seller = vendor(books, CurrencyRef=EURO)["Id"]
    made = bill(books, seller, ExchangeRate=Decimal("1.1"))
    paid = check_payment(seller, 100, pays(made, 100, "Bill"), ExchangeRate=Decimal("1.3"))
    books.create("BillPayment", paid)
    found = worth(books)
    assert found["Exchange Gain or Loss"] == 20
    assert "Accounts Payable (A/P) - EUR" not in found


def test_a_gain_follows_the_rate_of_the_document_and_ends_with_the_payment(books: Books, erik: str) -> None:
    made = invoice(books, erik, ExchangeRate=Decimal("1.1"))
    paid = payment(books, erik, 100, pays(made, 100), ExchangeRate=Decimal("1.25"))
    assert worth(books)["Exchange Gain or Loss"] == -15
    changed(books, "Invoice", made, ExchangeRate=Decimal("1.2"))
    assert worth(books)["Exchange Gain or Loss"] == -5
    books.void("Payment", named(books, "Payment", paid))
    assert "Exchange Gain or Loss" not in worth(books)
    assert problems(books) == []


def test_a_credit_at_another_rate_than_its_invoice_leaves_a_difference(books: Books, erik: str) -> None:
    made = invoice(books, erik, ExchangeRate=Decimal("1.1"))
    memo = credit_memo(books, erik, ExchangeRate=Decimal("1.3"))
    payment(books, erik, 0, pays(made, 100), pays(memo, 100, "CreditMemo"), ExchangeRate=Decimal("1.2"))
    found = worth(books)
    assert "Accounts Receivable (A/R) - EUR" not in found
    assert (found["Services"], found["Exchange Gain or Loss"]) == (20, -20)
