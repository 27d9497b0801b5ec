"""What companies of other countries begin with: currency, address, and the codes of their tax."""

from dataclasses import dataclass
from decimal import Decimal

from quickbooks_sandbox.books.tax_service import tax_code, tax_rate
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: Id, name, type and detail type.
Account = tuple[str, str, str, str]
#: A tax code: its name, and the names and percentages of its rates.
Code = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Country:
    code: str
    currency: str
    address: Object
    agency: str
    #: The account that tax is posted to.
    tax_account: str
    codes: tuple[Code, ...]
    fiscal_month: str = "January"
    time_zone: str = "Europe/London"


UNITED_STATES = "US"
COUNTRIES = {
    one.code: one
    for one in (
        Country(
            "GB",
            "GBP",
            {"Line1": "12 Mill Lane", "City": "Bristol", "PostalCode": "BS1 4DJ", "Country": "GB"},
            "HM Revenue & Customs (VAT)",
            "VAT Control",
            (
                ("20.0% S", (("20.0% S", "20"),)),
                ("5.0% R", (("5.0% R", "5"),)),
                ("0.0% Z", (("0.0% Z", "0"),)),
                ("Exempt", (("Exempt", "0"),)),
                ("No VAT", ()),
            ),
            fiscal_month="April",
        ),
        Country(
            "CA",
            "CAD",
            {"Line1": "88 Cedar Street", "City": "Toronto", "CountrySubDivisionCode": "ON", "PostalCode": "M5V 2T6"},
            "Canada Revenue Agency",
            "GST/HST Payable",
            (
                ("GST", (("GST", "5"),)),
                ("HST ON", (("HST ON", "13"),)),
                ("GST/PST BC", (("GST", "5"), ("PST BC", "7"))),
                ("Zero-rated", (("Zero-rated", "0"),)),
                ("Exempt", (("Exempt", "0"),)),
                ("Out of Scope", ()),
            ),
            time_zone="America/Toronto",
        ),
        Country(
            "AU",
            "AUD",
            {"Line1": "5 Wattle Road", "City": "Sydney", "CountrySubDivisionCode": "NSW", "PostalCode": "2000"},
            "Australian Taxation Office",
            "GST Liabilities Payable",
            (("GST", (("GST", "10"),)), ("GST free", (("GST free", "0"),)), ("Out of Scope", ())),
            fiscal_month="July",
            time_zone="Australia/Sydney",
        ),
        Country(
            "FR",
            "EUR",
            {"Line1": "3 rue des Lilas", "City": "Lyon", "PostalCode": "69003", "Country": "FR"},
            "Direction générale des finances publiques",
            "TVA à payer",
            (
                ("20,0 % TVA", (("20,0 % TVA", "20"),)),
                ("10,0 % TVA", (("10,0 % TVA", "10"),)),
                ("5,5 % TVA", (("5,5 % TVA", "5.5"),)),
                ("0,0 % TVA", (("0,0 % TVA", "0"),)),
                ("Exonéré", ()),
            ),
            time_zone="Europe/Paris",
        ),
    )
}
_JOURNALS = (
    ("VT", "Ventes", "Sales"),
    ("AC", "Achats", "Expenses"),
    ("BQ", "Banque", "Bank"),
    ("CA", "Caisse", "Cash"),
    ("AN", "À-nouveaux", "Nouveaux"),
    ("OD", "Opérations diverses", "Others"),
)


def accounts_of(country: Country, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """The chart of a new company, with the account that this country's tax is posted to."""
    return tuple(
        (id, country.tax_account, type, "GlobalTaxPayable")
        if sub_type == "SalesTaxPayable"
        else (id, name, type, sub_type)
        for id, name, type, sub_type in accounts
    )


def preferences_of(country: Country, preferences: Object) -> Object:
    accounting = {**preferences["AccountingInfoPrefs"], "FirstMonthOfFiscalYear": country.fiscal_month}
    currency = {**preferences["CurrencyPrefs"], "HomeCurrency": {"value": country.currency}}
    tax = {"UsingSalesTax": True}
    return {**preferences, "AccountingInfoPrefs": accounting, "CurrencyPrefs": currency, "TaxPrefs": tax}


def info_of(country: Country, info: Object) -> Object:
    addresses = {
        name: {"Id": info[name]["Id"], **country.address}
        for name in ("CompanyAddr", "CustomerCommunicationAddr", "LegalAddr")
    }
    more = {"FiscalYearStartMonth": country.fiscal_month, "DefaultTimeZone": country.time_zone}
    return {**info, **addresses, **more, "Country": country.code}


def furnish_taxes(work: Work, country: Country) -> None:
    agency: Object = {"DisplayName": country.agency, "TaxTrackedOnPurchases": True, "TaxTrackedOnSales": True}
    work.add("TaxAgency", {**agency, "Id": work.next_id("tax agencies")})
    rates: dict[tuple[str, str], str] = {}
    for place, (name, parts) in enumerate(country.codes, 2):
        sales, purchases = (
            [_rate_id(work, rates, f"{rate} ({side})", percent) for rate, percent in parts]
            for side in ("Sales", "Purchase")
        )
        work.add("TaxCode", tax_code(str(place), name, sales, purchases, taxable=bool(parts)))
    if country.code == "FR":
        for code, description, kind in _JOURNALS:
            work.add("JournalCode", {"Name": code, "Description": description, "Type": kind})


def _rate_id(work: Work, rates: dict[tuple[str, str], str], name: str, percent: str) -> str:
    if (name, percent) not in rates:
        rate = tax_rate(name, Decimal(percent), "1")
        rates[name, percent] = work.add("TaxRate", rate)["Id"]
    return rates[name, percent]
