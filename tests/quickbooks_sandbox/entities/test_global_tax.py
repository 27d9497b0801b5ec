"""Tax outside the United States: a code on every line, on top of the amounts or included in them."""

from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.quickbooks_sandbox.books.making import (
    NOON,
    Body,
    bill,
    changed,
    customer,
    expense_line,
    invoice,
    item_line,
    named,
    refused,
    vendor,
)

from quickbooks_sandbox.books.check import problems
from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.countries import COUNTRIES
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.settings import Settings


def company(country: str = "GB") -> Books:
    return Books.empty("1001", "Test Company", Clock(NOON), Settings(), country=country)


@pytest.fixture
def books() -> Books:
    return company()


def code(books: Books, name: str) -> Body:
    return next({"value": row.id} for row in books.tables["TaxCode"].rows.values() if row.object["Name"] == name)


def line(books: Books, amount: str, tax: str = "20.0% S", **detail: Any) -> Body:
    return item_line(amount, TaxCodeRef=code(books, tax), **detail)


def balance(books: Books, name: str) -> Decimal:
    found = books.query(f"select * from Account where Name = '{name}'").rows
    return Decimal((found or [])[0]["CurrentBalance"])


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_company_has_the_currency_and_the_codes_of_its_country(country: str) -> None:
    books = company(country)
    about = COUNTRIES[country]
    assert books.read("CompanyInfo", "1")["Country"] == country
    assert books.read("Account", "35")["CurrencyRef"]["value"] == about.currency
    names = [row.object["Name"] for row in books.tables["TaxCode"].rows.values()]
    assert names == [name for name, _ in about.codes]
    assert balance(books, about.tax_account) == 0
    assert bool(books.tables["JournalCode"].rows) == (country == "FR")
    assert books.report("TrialBalance", {})["Header"]["Currency"] == about.currency


def test_tax_comes_on_top_unless_the_client_says_otherwise(books: Books) -> None:
    ada = customer(books)["Id"]
    made = invoice(books, ada, line(books, "10.03"), line(books, "10.03"), line(books, "7", "5.0% R"))
    assert made["GlobalTaxCalculation"] == "TaxExcluded"
    assert (made["TxnTaxDetail"]["TotalTax"], made["TotalAmt"]) == (Decimal("4.36"), Decimal("31.42"))
    assert [
        (tax["Amount"], tax["TaxLineDetail"]["TaxPercent"], tax["TaxLineDetail"]["NetAmountTaxable"])
        for tax in made["TxnTaxDetail"]["TaxLine"]
    ] == [(Decimal("4.01"), 20, Decimal("20.06")), (Decimal("0.35"), 5, 7)]
    assert balance(books, "VAT Control") == Decimal("-4.36")
    assert problems(books) == []


def test_included_tax_is_taken_out_line_by_line(books: Books) -> None:
    lines = [line(books, "1", TaxInclusiveAmt=Decimal("10.03")) for _ in range(2)]
    made = invoice(books, customer(books)["Id"], *lines, GlobalTaxCalculation="TaxInclusive")
    first = made["Line"][0]
    assert (first["Amount"], first["SalesItemLineDetail"]["TaxInclusiveAmt"]) == (Decimal("8.36"), Decimal("10.03"))
    assert (made["TxnTaxDetail"]["TotalTax"], made["TotalAmt"]) == (Decimal("3.34"), Decimal("20.06"))
    assert problems(books) == []


def test_without_an_amount_that_includes_tax_the_amount_is_without(books: Books) -> None:
    made = invoice(books, customer(books)["Id"], line(books, "100"), GlobalTaxCalculation="TaxInclusive")
    assert made["Line"][0]["SalesItemLineDetail"]["TaxInclusiveAmt"] == 120
    assert made["TotalAmt"] == 120


def test_where_tax_does_not_apply_no_line_has_any(books: Books) -> None:
    ada = customer(books)["Id"]
    made = invoice(books, ada, item_line(100), GlobalTaxCalculation="NotApplicable")
    assert (made["TotalAmt"], made["TxnTaxDetail"]) == (100, {"TotalTax": 0})
    assert "TaxCodeRef" not in made["Line"][0]["SalesItemLineDetail"]


def test_a_line_without_a_code_or_with_an_unknown_one_is_refused(books: Books) -> None:
    ada = customer(books)["Id"]
    cases: list[tuple[Body, str]] = [({}, "6000"), ({"TaxCodeRef": {"value": "99"}}, "6100")]
    for detail, expected in cases:
        with refused(expected):
            invoice(books, ada, item_line(10, **detail))


def test_the_code_of_the_item_is_that_of_its_lines(books: Books) -> None:
    item = books.read("Item", "1")
    changed(books, "Item", item, SalesTaxCodeRef=code(books, "5.0% R"))
    assert invoice(books, customer(books)["Id"], item_line(100))["TotalAmt"] == 105


def test_two_rates_of_one_code_are_worked_out_side_by_side() -> None:
    books = company("CA")
    made = invoice(books, customer(books)["Id"], line(books, "100", "GST/PST BC"))
    assert [tax["Amount"] for tax in made["TxnTaxDetail"]["TaxLine"]] == [5, 7]
    assert made["TotalAmt"] == 112


def test_tax_follows_an_update_and_goes_with_a_void(books: Books) -> None:
    made = invoice(books, customer(books)["Id"], line(books, "100"))
    other = changed(books, "Invoice", made, GlobalTaxCalculation="TaxInclusive")
    assert (other["TotalAmt"], other["Line"][0]["SalesItemLineDetail"]["TaxInclusiveAmt"]) == (120, 120)
    smaller = changed(books, "Invoice", made, Line=[line(books, "50")], GlobalTaxCalculation="TaxExcluded")
    assert smaller["TotalAmt"] == 60
    assert "TaxInclusiveAmt" not in smaller["Line"][0]["SalesItemLineDetail"]
    assert changed(books, "Invoice", made, PrivateNote="x")["TotalAmt"] == 60
    books.void("Invoice", named(books, "Invoice", made))
    assert balance(books, "VAT Control") == 0
    assert problems(books) == []


def test_a_discount_before_tax_lowers_it(books: Books) -> None:
    discount = {"DetailType": "DiscountLineDetail", "Amount": 10, "DiscountLineDetail": {}}
    ada = customer(books)["Id"]
    before = invoice(books, ada, line(books, "100"), discount, ApplyTaxAfterDiscount=True)
    after = invoice(books, ada, line(books, "100"), discount, ApplyTaxAfterDiscount=False)
    assert (before["TotalAmt"], after["TotalAmt"]) == (108, 110)


def test_purchases_have_tax_too(books: Books) -> None:
    bolt = vendor(books)["Id"]
    taxed = expense_line("100", TaxCodeRef=code(books, "20.0% S"))
    made = bill(books, bolt, taxed)
    assert (made["TotalAmt"], made["TxnTaxDetail"]["TotalTax"]) == (120, 20)
    gross = expense_line("1", TaxCodeRef=code(books, "20.0% S"), TaxInclusiveAmt=Decimal(60))
    spent = {"AccountRef": {"value": "35"}, "PaymentType": "Cash", "GlobalTaxCalculation": "TaxInclusive"}
    paid = books.create("Purchase", {**spent, "Line": [gross]})
    assert (paid["TotalAmt"], paid["Line"][0]["Amount"]) == (60, 50)
    assert balance(books, "VAT Control") == 30
    assert books.read("Vendor", bolt)["Balance"] == 120
    assert problems(books) == []


AMOUNTS = st.lists(st.decimals("0.01", "9999", places=2), min_size=1, max_size=6)


@given(amounts=AMOUNTS, names=st.lists(st.sampled_from(["GST", "HST ON", "GST/PST BC", "Exempt"]), min_size=6))
def test_included_tax_adds_up_to_what_was_sent(amounts: list[Decimal], names: list[str]) -> None:
    books = company("CA")
    lines = [line(books, "1", name, TaxInclusiveAmt=amount) for amount, name in zip(amounts, names, strict=False)]
    made = invoice(books, customer(books)["Id"], *lines, GlobalTaxCalculation="TaxInclusive")
    assert made["TotalAmt"] == sum(amounts)
    assert problems(books) == []


def test_foreign_customers_are_invoiced_in_their_currency(books: Books) -> None:
    books.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    books.create("ExchangeRate", {"SourceCurrencyCode": "EUR", "AsOfDate": "2026-01-01", "Rate": Decimal("0.85")})
    erik = customer(books, "Erik", CurrencyRef={"value": "EUR"})["Id"]
    made = invoice(books, erik, line(books, "100"))
    assert (made["TotalAmt"], made["HomeTotalAmt"]) == (120, 102)
    assert balance(books, "VAT Control") == -17
    assert problems(books) == []
