"""Sales tax of a United States company without automated sales tax: one tax code per document, lines TAX or NON."""

from collections.abc import Sequence
from decimal import Decimal

from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.fields import number, parts, ref
from quickbooks_sandbox.ledger.numbers import ZERO, money, plain, to_cents, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

TXN_TAX_DETAIL = parts("TxnTaxDetail", ref("TxnTaxCodeRef"), number("TotalTax"))
NO_TAX: Object = {"TotalTax": ZERO}


def line_tax_code(work: Work, sent: Object | None, item: Object, customer: Object) -> Object:
    """TAX or NON; without a choice, TAX if both the item and the customer are taxable."""
    if sent is None:
        taxed = uses_sales_tax(work) and item["Taxable"] and customer.get("Taxable", True)
        return {"value": "TAX" if taxed else "NON"}
    code = sent["value"].upper()
    if code not in ("TAX", "NON"):
        raise fault("6100")
    return {"value": code}


def refuse_unapplicable(new: Object, old: Object | None) -> None:
    if (
        old is None
        and new.get("GlobalTaxCalculation") == "NotApplicable"
        and new.get("TxnTaxDetail", {}).get("TotalTax")
    ):
        raise fault("6170")


def refuse_inclusive(new: Object) -> None:
    """United States companies have tax on top; the member is accepted and not kept."""
    if new.pop("GlobalTaxCalculation", None) == "TaxInclusive":
        raise not_modelled("GlobalTaxCalculation TaxInclusive")


def tax_detail(work: Work, sent: Object | None, old: Object | None, taxable: Decimal) -> Object:
    """`TxnTaxDetail` for the taxable amount. A TotalTax that was sent stands, spread over the code's rates."""
    if not uses_sales_tax(work):
        return NO_TAX
    if sent is None and old is not None and work.settings.tax_without_detail == "keep":
        return old
    wanted = sent if sent is not None else old
    code = (wanted or {}).get("TxnTaxCodeRef") or {}
    given = sent.get("TotalTax") if sent is not None else None
    if not code.get("value"):
        return {"TotalTax": money(Decimal(given))} if given else NO_TAX
    rates = _rates(work, code["value"])
    amounts = _spread(Decimal(given), rates) if given else [tax_on(taxable, rate) for rate in rates]
    return {
        "TxnTaxCodeRef": {"value": code["value"]},
        "TotalTax": money(total(amounts)),
        "TaxLine": [tax_line(*each, taxable) for each in zip(rates, amounts, strict=True)],
    }


def uses_sales_tax(work: Work) -> bool:
    return bool(work.preference("TaxPrefs", "UsingSalesTax"))


def _rates(work: Work, code_id: str) -> list[Object]:
    code = work.get("TaxCode", code_id)
    if code is None or "SalesTaxRateList" not in code:
        raise fault("2500")
    ids = [detail["TaxRateRef"]["value"] for detail in code["SalesTaxRateList"]["TaxRateDetail"]]
    return [rate for rate in (work.get("TaxRate", id) for id in ids) if rate is not None]


def tax_on(net: Decimal, rate: Object) -> Decimal:
    return to_cents(net * Decimal(rate["RateValue"]) / 100)


def _spread(tax: Decimal, rates: Sequence[Object]) -> list[Decimal]:
    """In the proportion of the rates; the last takes the rounding."""
    whole = total(Decimal(rate["RateValue"]) for rate in rates) or Decimal(1)
    amounts = [to_cents(tax * Decimal(rate["RateValue"]) / whole) for rate in rates]
    amounts[-1] += tax - total(amounts)
    return amounts


def tax_line(rate: Object, amount: Decimal, net: Decimal) -> Object:
    return {
        "Amount": money(amount),
        "DetailType": "TaxLineDetail",
        "TaxLineDetail": {
            "TaxRateRef": {"value": rate["Id"]},
            "PercentBased": True,
            "TaxPercent": plain(rate["RateValue"]),
            "NetAmountTaxable": money(net),
        },
    }
