"""Tax of companies outside the United States: every line has a tax code, and its tax comes on top or is included.

A line's Amount is without tax. Where tax is included, TaxInclusiveAmt says what the line comes to with it, and tax is
rounded line by line; otherwise it is rounded once for each rate.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from quickbooks_sandbox.entities.tax import tax_line, tax_on
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.numbers import ZERO, money, to_cents, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

Side = Literal["Sales", "Purchase"]
INCLUSIVE, EXCLUDED, NOT_APPLICABLE = "TaxInclusive", "TaxExcluded", "NotApplicable"
_DETAILS = ("SalesItemLineDetail", "AccountBasedExpenseLineDetail", "ItemBasedExpenseLineDetail")


def is_global(work: Work) -> bool:
    """Whether the company is outside the United States."""
    return bool((work.get("CompanyInfo", "1") or {}).get("Country", "US") != "US")


def complete_calculation(new: Object) -> None:
    asked = str(new.get("GlobalTaxCalculation", EXCLUDED))
    known = {one.lower(): one for one in (INCLUSIVE, EXCLUDED, NOT_APPLICABLE)}
    if asked.lower() not in known:
        raise fault("2170", field="GlobalTaxCalculation", value=asked)
    new["GlobalTaxCalculation"] = known[asked.lower()]


class LineTax:
    """The tax of the lines of one transaction."""

    def __init__(self, work: Work, calculation: str, side: Side) -> None:
        self.work = work
        self.calculation = calculation
        self.side = side

    def of_line(self, amount: Decimal, sent: Object, default: Object | None) -> tuple[Decimal, Object]:
        """The amount without tax, and what the line's detail shows of tax."""
        if self.calculation == NOT_APPLICABLE:
            return amount, {}
        code = sent.get("TaxCodeRef") or default
        if not code:
            raise business("Make sure that every line has a tax code.")
        rate = total(Decimal(one["RateValue"]) for one in self._rates(code["value"]))
        shown: Object = {"TaxCodeRef": {"value": code["value"]}}
        if self.calculation == EXCLUDED:
            return amount, shown
        if sent.get("TaxInclusiveAmt"):
            gross = to_cents(sent["TaxInclusiveAmt"])
            amount = to_cents(gross / (1 + rate / 100))
        else:
            gross = to_cents(amount) + to_cents(amount * rate / 100)
        return amount, {**shown, "TaxInclusiveAmt": money(gross)}

    def of_all(self, lines: list[Object], share: Decimal = Decimal(1)) -> Object:
        """`TxnTaxDetail`: each rate with what it was worked out on. A discount leaves `share` of the lines to tax."""
        nets: dict[str, Decimal] = {}
        taxes: dict[str, Decimal] = {}
        rates: dict[str, Object] = {}
        for net, gross, code in _taxed(lines):
            found = self._rates(code)
            parts = _line_parts(net * share, gross and gross * share, found)
            for rate, tax in zip(found, parts, strict=True):
                rates[rate["Id"]] = rate
                nets[rate["Id"]] = nets.get(rate["Id"], ZERO) + net * share
                taxes[rate["Id"]] = taxes.get(rate["Id"], ZERO) + tax
        if self.calculation == EXCLUDED:
            taxes = {id: nets[id] * Decimal(rate["RateValue"]) / 100 for id, rate in rates.items()}
        shown = [tax_line(rates[id], to_cents(taxes[id]), to_cents(nets[id])) for id in sorted(rates, key=int)]
        amount = money(total(line["Amount"] for line in shown))
        return {"TotalTax": amount, "TaxLine": shown} if shown else {"TotalTax": amount}

    def _rates(self, code_id: str) -> list[Object]:
        code = self.work.get("TaxCode", code_id)
        if code is None or "SalesTaxRateList" not in code:
            raise fault("6100")
        details = code[f"{self.side}TaxRateList"]["TaxRateDetail"]
        return [self.work.existing("TaxRate", detail["TaxRateRef"]["value"]) for detail in details]


def _taxed(lines: list[Object]) -> Iterator[tuple[Decimal, Decimal | None, str]]:
    """Of every line with a tax code: its amount, that with tax if it is included, and the code."""
    for outer in lines:
        inner: list[Object] = outer.get("GroupLineDetail", {}).get("Line", [])
        for line in inner or [outer]:
            detail: Any = next((line[name] for name in _DETAILS if name in line), {})
            if "TaxCodeRef" in detail:
                yield line["Amount"], detail.get("TaxInclusiveAmt"), detail["TaxCodeRef"]["value"]


def _line_parts(net: Decimal, gross: Decimal | None, rates: list[Object]) -> list[Decimal]:
    """The tax of one line by rate; where it is included, what is left over goes to the last."""
    parts = [tax_on(net, rate) for rate in rates]
    if gross is not None and parts:
        parts[-1] += to_cents(gross) - to_cents(net) - total(parts)
    return parts
