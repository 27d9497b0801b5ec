"""The tax service: it makes a tax code and the rates in it, which the entities themselves do not take."""

from decimal import Decimal, InvalidOperation

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.fields import choice, is_blank, read_whole, text
from quickbooks_sandbox.ledger.numbers import plain
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_DETAIL = (
    text("TaxRateId", 20),
    text("TaxRateName", 100),
    text("RateValue", 20),
    text("TaxAgencyId", 20),
    choice("TaxApplicableOn", "Sales", "Purchase"),
)
_NAME_LIMIT = 100


def make_tax_code(work: Work, body: Object) -> Object:
    """Answers what was made, not wrapped in the name of an entity."""
    name = str(body.get("TaxCode") or "").strip()
    details = body.get("TaxRateDetails")
    if not name:
        raise fault("2020", field="TaxCode")
    if not isinstance(details, list) or not details:
        raise fault("2020", field="TaxRateDetails")
    if len(name) > _NAME_LIMIT:
        raise fault("2050", field="TaxCode", low=0, high=_NAME_LIMIT, length=len(name))
    _refuse_duplicate(work, "TaxCode", name, "tax code")
    rates = [_rate(work, read_whole(_DETAIL, detail, "TaxRateDetails")) for detail in details]
    code = work.add("TaxCode", _tax_code(work, name, rates))
    return {
        "TaxCode": name,
        "TaxCodeId": code["Id"],
        "TaxRateDetails": [_shown(rate, applies_to) for rate, applies_to in rates],
    }


def _rate(work: Work, detail: Object) -> tuple[Object, str]:
    """A rate that is there already, or a new one; and whether it is for sales or purchases."""
    applies_to = detail.get("TaxApplicableOn", "Sales")
    if "TaxRateId" in detail:
        found = work.get("TaxRate", detail["TaxRateId"])
        if found is None:
            raise fault("2500")
        return found, applies_to
    for name in ("TaxRateName", "RateValue", "TaxAgencyId"):
        if is_blank(detail.get(name)):
            raise fault("2020", field=f"TaxRateDetails.{name}")
    if work.get("TaxAgency", detail["TaxAgencyId"]) is None:
        raise fault("2500")
    _refuse_duplicate(work, "TaxRate", detail["TaxRateName"], "tax rate")
    return work.add("TaxRate", tax_rate(detail["TaxRateName"], _percent(detail), detail["TaxAgencyId"])), applies_to


def _percent(detail: Object) -> Decimal:
    try:
        percent = Decimal(detail["RateValue"])
    except InvalidOperation:
        raise fault("2080") from None
    if not 0 <= percent <= 100:
        raise fault("2150", value=detail["RateValue"])
    return percent


def tax_rate(name: str, percent: Decimal, agency: str) -> Object:
    return {
        "Name": name,
        "Description": name,
        "Active": True,
        "RateValue": plain(percent),
        "AgencyRef": {"value": agency},
        "SpecialTaxType": "NONE",
        "DisplayType": "ReadOnly",
        "EffectiveTaxRate": [{"RateValue": plain(percent), "EffectiveDate": "2015-01-01T00:00:00-08:00"}],
    }


def _tax_code(work: Work, name: str, rates: list[tuple[Object, str]]) -> Object:
    def listed(kind: str) -> list[str]:
        return [rate["Id"] for rate, applies_to in rates if applies_to == kind]

    return tax_code(_free_id(work), name, listed("Sales"), listed("Purchase"))


def tax_code(id: str, name: str, sales: list[str], purchases: list[str], *, taxable: bool = True) -> Object:
    """Of the rates with these ids."""

    def rate_list(ids: list[str]) -> Object:
        details = ({"TaxRateRef": {"value": id}, "TaxTypeApplicable": "TaxOnAmount", "TaxOrder": 0} for id in ids)
        return {"TaxRateDetail": list(details)}

    return {
        "Id": id,
        "Name": name,
        "Description": name,
        "Active": True,
        "Hidden": False,
        "Taxable": taxable,
        "TaxGroup": True,
        "SalesTaxRateList": rate_list(sales),
        "PurchaseTaxRateList": rate_list(purchases),
    }


def _free_id(work: Work) -> str:
    taken = [int(code["Id"]) for code in work.all("TaxCode") if code["Id"].isdigit()]
    return str(max([1, *taken]) + 1)


def _refuse_duplicate(work: Work, entity: str, name: str, shown: str) -> None:
    if any(one["Name"].casefold() == name.casefold() for one in work.all(entity)):
        raise fault("6240", text=f"Another {shown} is already using this name. Please use a different name.")


def _shown(rate: Object, applies_to: str) -> Object:
    return {
        "TaxRateName": rate["Name"],
        "TaxRateId": rate["Id"],
        "RateValue": rate["RateValue"],
        "TaxAgencyId": str(rate["AgencyRef"]["value"]),
        "TaxApplicableOn": applies_to,
    }
