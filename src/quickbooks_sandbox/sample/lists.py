"""The lists of the sample company: chart, classes, items, names, sales tax, preferences."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from quickbooks_sandbox.books.new_company import add
from quickbooks_sandbox.books.tax_service import tax_code, tax_rate
from quickbooks_sandbox.ledger.numbers import plain
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_BUNDLE = "19"


def enter_lists(work: Work, data: dict[str, Any]) -> None:
    _preferences(work)
    _sales_tax(work)
    add(work, "CompanyCurrency", "1", Code="CAD", Name="Canadian Dollar")
    for code, rate in (("EUR", "1.0821"), ("CAD", "0.7312")):
        _exchange_rate(work, code, Decimal(rate))
    for id, name, type, sub_type, parent in data["accounts"]:
        add(work, "Account", id, Name=name, AccountType=type, AccountSubType=sub_type, **_parent(parent))
    for id, name, parent in data["classes"]:
        add(work, "Class", id, Name=name, **_parent(parent))
    for id, name, parent in data["departments"]:
        add(work, "Department", id, Name=name, **_parent(parent))
    _items(work, data)
    for id, name in (("1", "Residential"), ("2", "Commercial"), ("3", "Public")):
        work.add("CustomerType", {"Id": id, "Name": name, "Active": True})
    for row in data["customers"]:
        _customer(work, row)
    for row in data["vendors"]:
        _vendor(work, row)
    for id, given, family, hired in data["employees"]:
        add(work, "Employee", id, GivenName=given, FamilyName=family, HiredDate=hired, **_reach(id, given, family))


def _exchange_rate(work: Work, code: str, rate: Decimal) -> None:
    body: Object = {"SourceCurrencyCode": code, "Rate": rate}
    work.entity("ExchangeRate").complete(work, body, None)
    work.add("ExchangeRate", body)


def _parent(id: str) -> Object:
    return {"ParentRef": {"value": id}} if id else {}


def _items(work: Work, data: dict[str, Any]) -> None:
    for id, name, type, price, taxable, income, description, sku in data["items"]:
        fields = {"Name": name, "Type": type, "UnitPrice": Decimal(price), "Taxable": taxable}
        fields |= {"IncomeAccountRef": {"value": income}, "Description": description, "Sku": sku}
        fields |= {"ExpenseAccountRef": {"value": "80"}} if type == "NonInventory" else {}
        add(work, "Item", id, **fields)
    start = (work.today - timedelta(days=1)).isoformat()
    for id, name, price, cost, quantity, sku, description in data["inventory"]:
        fields = {"Name": name, "Type": "Inventory", "UnitPrice": Decimal(price), "PurchaseCost": Decimal(cost)}
        fields |= {"QtyOnHand": plain(Decimal(quantity)), "InvStartDate": start, "TrackQtyOnHand": True}
        fields |= {"IncomeAccountRef": {"value": "79"}, "ExpenseAccountRef": {"value": "80"}}
        fields |= {"AssetAccountRef": {"value": "81"}, "Taxable": True, "Sku": sku, "Description": description}
        add(work, "Item", id, **fields)
    _bundle(work)


def _bundle(work: Work) -> None:
    members = [("4", 1), ("7", 2)]
    lines = [
        {"ItemRef": {"value": id, "name": work.existing("Item", id)["Name"], "type": "Service"}, "Qty": quantity}
        for id, quantity in members
    ]
    add(
        work,
        "Item",
        _BUNDLE,
        Name="Garden starter",
        Type="Group",
        Description="Design and two hours of installation",
        ItemGroupDetail={"ItemGroupLine": lines},
        PrintGroupedItems=True,
    )


def _customer(work: Work, row: list[Any]) -> None:
    id, name, given, family, taxable, street, city, postal_code, parent = row
    fields: Object = {"DisplayName": name, "GivenName": given, "FamilyName": family, "Taxable": taxable}
    if "," not in name and not parent:
        fields["CompanyName"] = name
    if street:
        state = {"Tucson": "AZ", "South Orange": "NJ", "Maplewood": "NJ"}.get(city, "CA")
        address = {"Line1": street, "City": city, "CountrySubDivisionCode": state, "PostalCode": postal_code}
        fields |= {"BillAddr": address, "ShipAddr": address}
    if parent:
        fields |= {"ParentRef": {"value": parent}, "Job": True}
    fields |= _reach(id, given, family)
    add(work, "Customer", id, **fields)


def _vendor(work: Work, row: list[str]) -> None:
    id, name, given, family, account = row
    fields: Object = {"DisplayName": name, "GivenName": given, "FamilyName": family, "AcctNum": account}
    if "," not in name:
        fields["CompanyName"] = name
    if given:
        fields |= _reach(id, given, family)
    add(work, "Vendor", id, **fields)


def _reach(id: str, given: str, family: str) -> Object:
    return {
        "PrimaryPhone": {"FreeFormNumber": f"(650) 555-01{int(id):02d}"},
        "PrimaryEmailAddr": {"Address": f"{given}.{family}@example.com".lower()},
    }


def _sales_tax(work: Work) -> None:
    agencies = (("1", "California Tax Board"), ("2", "Arizona Tax Board"))
    for id, name in agencies:
        agency = {"Id": id, "DisplayName": name, "TaxTrackedOnPurchases": False, "TaxTrackedOnSales": True}
        work.add("TaxAgency", agency)
    rates = (("1", "AZ State tax", "7.1", "2"), ("2", "Tucson City", "2", "2"), ("3", "California", "8", "1"))
    for id, name, percent, agency_id in rates:
        work.add("TaxRate", {**tax_rate(name, Decimal(percent), agency_id), "Id": id, "Description": "Sales Tax"})
    for id, name, of in (("2", "California", ["3"]), ("3", "Tucson", ["1", "2"])):
        work.add("TaxCode", tax_code(id, name, of, []))


def _preferences(work: Work) -> None:
    preferences = work.existing("Preferences", "1")
    sales = {**preferences["SalesFormsPrefs"], "CustomField": _crew_field()}
    tax = {"UsingSalesTax": True, "PartnerTaxEnabled": False, "TaxGroupCodeRef": {"value": "2"}}
    work.edit("Preferences", {**preferences, "SalesFormsPrefs": sales, "TaxPrefs": tax})


def _crew_field() -> list[Object]:
    switches = [
        {"Name": f"SalesFormsPrefs.UseSalesCustom{n}", "Type": "BooleanType", "BooleanValue": n == 1} for n in (3, 2, 1)
    ]
    name = {"Name": "SalesFormsPrefs.SalesCustomName1", "Type": "StringType", "StringValue": "Crew #"}
    return [{"CustomField": switches}, {"CustomField": [name]}]
