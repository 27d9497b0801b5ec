"""Fills a text of the registry with the facts of one result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from tieout import days

WHY_WORDS = {
    "not_linked": "which is not synced yet",
    "left_out": "which is left out of the sync",
    "inactive": "which was made inactive in QuickBooks",
    "not_agreed": "which does not agree in both books yet",
    "gone": "which was deleted in QuickBooks and waits for a person",
    "merged": "which was merged in QuickBooks and waits for a person",
}
NOUNS = {
    "Customer": "its customer",
    "Vendor": "its supplier",
    "Invoice": "an invoice",
    "CreditMemo": "a credit note",
    "Payment": "a payment",
    "Item": "a product or service",
    "Account": "a ledger account",
    "TaxCode": "a tax code",
    "TaxRate": "a tax rate",
    "Class": "a class",
    "Term": "its terms",
    "PaymentMethod": "a payment method",
}
# QuickBooks' own name of the error before the sentence that matters.
# Facts that are days. A number or name may look like one.
DAYS = ("date", "closed")
_PREFIX = re.compile(r"^(Business Validation Error|System Failure Error|Feature Not Supported Error)\s*:\s*")


def filled(text: str, facts: Mapping[str, Any]) -> str:
    return text.format_map(_Words(facts))


class _Words(dict[str, str]):
    """Facts as words; one that is missing leaves a blank rather than an error in front of a reader."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({key: _words(value) for key, value in facts.items()})
        self.update({key: _day(self[key]) for key in DAYS if key in self})
        self["labels"] = ", ".join(str(each.get("label", "")) for each in facts.get("candidates", ()))
        self["what"] = _what(facts)
        self["why_words"] = WHY_WORDS.get(str(facts.get("why", "")), "")
        self["said"] = _said(facts)
        self["by_clash"] = f", by {clash['type']} {clash['number']}" if (clash := facts.get("clash")) else ""

    def __missing__(self, key: str) -> str:
        return ""


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _day(text: str) -> str:
    """A day of this age in words; one that is mistyped as it stands."""
    try:
        return days.in_words(date.fromisoformat(text)) if text[:2] in {"19", "20"} else text
    except ValueError:
        return text


def _what(facts: Mapping[str, Any]) -> str:
    noun = NOUNS.get(str(facts.get("entity", "")), "something it names")
    return f"{noun} {facts['name']}" if facts.get("name") else noun


def _said(facts: Mapping[str, Any]) -> str:
    """What QuickBooks itself says, in its own words; the part of the object it speaks of where it names one."""
    text = _PREFIX.sub("", str(facts.get("detail") or "")) or str(facts.get("message") or "") or "it gave no reason"
    element = str(facts.get("element") or "")
    return f"{text} ({element})" if element and element not in text else text
