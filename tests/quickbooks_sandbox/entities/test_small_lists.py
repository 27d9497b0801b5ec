"""Departments, employees, currencies, rates, tax agencies and codes."""

from decimal import Decimal

import pytest
from tests.quickbooks_sandbox.books.making import changed, company, customer, named, refused, sample_company

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault


@pytest.fixture
def books() -> Books:
    return company()


def test_a_department_has_a_path(books: Books) -> None:
    coast = books.create("Department", {"Name": "Coast"})
    bay = books.create("Department", {"Name": "Bay", "ParentRef": {"value": coast["Id"]}})
    assert (bay["FullyQualifiedName"], bay["SubDepartment"]) == ("Coast:Bay", True)


@pytest.mark.parametrize("entity", ["Class", "Department"])
def test_a_sparse_update_needs_the_name(books: Books, entity: str) -> None:
    made = books.create(entity, {"Name": "One"})
    with refused("2020"):
        changed(books, entity, made, Active=False)
    assert changed(books, entity, made, Name="One", Active=False)["Name"] == "One (deleted)"


@pytest.mark.parametrize("entity", ["Class", "Department"])
def test_the_smaller_plans_have_neither_classes_nor_departments(entity: str) -> None:
    with refused("5030"):
        company(plan="Essentials").create(entity, {"Name": "One"})


def test_employees_share_names_with_customers(books: Books) -> None:
    made = books.create("Employee", {"GivenName": "Ada", "FamilyName": "Byron", "SSN": "123-45-6789"})
    assert (made["DisplayName"], made["PrintOnCheckName"], made["BillableTime"]) == ("Ada Byron", "Ada Byron", False)
    assert made["SSN"] == "XXX-XX-XXXX"
    with refused("6240"):
        customer(books, "ada byron")
    gone = changed(books, "Employee", made, Active=False)
    assert (gone["DisplayName"], gone["PrintOnCheckName"]) == ("Ada Byron (deleted)", "Ada Byron")


def test_deleting_a_currency_makes_it_inactive(books: Books) -> None:
    made = books.create("CompanyCurrency", {"Code": "jpy"})
    assert (made["Code"], made["Name"]) == ("JPY", "Japanese Yen")
    with refused("6240"):
        books.create("CompanyCurrency", {"Code": "JPY"})
    with refused("2220"):
        books.create("CompanyCurrency", {"Code": "XYZ"})
    assert books.delete("CompanyCurrency", named(books, "CompanyCurrency", made))["Active"] is False
    assert books.query("select * from CompanyCurrency").rows == []


def test_a_rate_is_known_by_currency_and_day(books: Books) -> None:
    rate = {"SourceCurrencyCode": "EUR", "AsOfDate": "2026-05-01"}
    made = books.create("ExchangeRate", {**rate, "Rate": Decimal("1.1")})
    assert (made["TargetCurrencyCode"], made["SyncToken"], "Id" in made) == ("USD", "0", False)
    again = books.create("ExchangeRate", {**rate, "Rate": Decimal("1.2")})
    assert (again["Rate"], again["SyncToken"]) == (Decimal("1.2"), "1")
    books.create("ExchangeRate", {**rate, "AsOfDate": "2026-05-02", "Rate": Decimal("1.3")})
    assert len(books.query("select * from exchangerate where SourceCurrencyCode = 'EUR'").rows or []) == 2
    with refused("2240"):
        books.create("ExchangeRate", {**rate, "Rate": 0})


def test_the_tax_service_makes_a_code_and_its_rates() -> None:
    books = sample_company()
    agency = books.create("TaxAgency", {"DisplayName": "Nevada Tax Board"})
    detail = {"TaxRateName": "Reno", "RateValue": 10, "TaxAgencyId": int(agency["Id"]), "TaxApplicableOn": "Sales"}
    made = books.make_tax_code({"TaxCode": "Reno", "TaxRateDetails": [detail]})
    shown = made["TaxRateDetails"][0]
    assert (made["TaxCode"], shown["RateValue"], shown["TaxAgencyId"]) == ("Reno", 10, agency["Id"])
    code = books.read("TaxCode", made["TaxCodeId"])
    assert code["SalesTaxRateList"]["TaxRateDetail"][0]["TaxRateRef"]["value"] == shown["TaxRateId"]
    with pytest.raises(Fault, match="Another tax rate"):
        books.make_tax_code({"TaxCode": "Other", "TaxRateDetails": [detail]})
    with pytest.raises(Fault, match="Another tax code"):
        books.make_tax_code({"TaxCode": "reno", "TaxRateDetails": [{"TaxRateId": shown["TaxRateId"]}]})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"TaxRateDetails": [{"TaxRateId": "1"}]}, "2020"),
        ({"TaxCode": "A"}, "2020"),
        ({"TaxCode": "A", "TaxRateDetails": [{"TaxRateName": "B", "RateValue": 5}]}, "2020"),
        ({"TaxCode": "A", "TaxRateDetails": [{"TaxRateName": "B", "RateValue": 5, "TaxAgencyId": 99}]}, "2500"),
        ({"TaxCode": "A", "TaxRateDetails": [{"TaxRateName": "B", "RateValue": "x", "TaxAgencyId": 1}]}, "2080"),
        ({"TaxCode": "A", "TaxRateDetails": [{"TaxRateName": "B", "RateValue": 101, "TaxAgencyId": 1}]}, "2150"),
        ({"TaxCode": "A" * 101, "TaxRateDetails": [{"TaxRateId": "1"}]}, "2050"),
    ],
)
def test_what_the_tax_service_refuses(body: dict[str, object], code: str) -> None:
    with refused(code):
        sample_company().make_tax_code(body)
