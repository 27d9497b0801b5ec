"""QuickBooks' own settings that are known to cause trouble: what each means, and where it is changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]

SALES = "Gear > Account and settings > Sales"
ADVANCED = "Gear > Account and settings > Advanced"
SUBSCRIPTION = "Gear > Subscriptions and billing"


@dataclass(frozen=True)
class Check:
    """`state`: "good", "note" (know it), "change" (better changed) or "unknown" (the API does not tell it)."""

    name: str
    value: str
    state: str
    meaning: str
    where: str


def checks(preferences: Object, info: Object) -> list[Check]:
    sales, accounting = preferences.get("SalesFormsPrefs") or {}, preferences.get("AccountingInfoPrefs") or {}
    return [
        _custom_numbers(bool(sales.get("CustomTxnNumbers"))),
        _auto_apply(bool(sales.get("AutoApplyCredit"))),
        Check(
            "Automatically apply bill payments",
            "Look there",
            "unknown",
            "When it is on, QuickBooks sets supplier credits and payments against bills by itself. Its API does not "
            "tell whether it is; bills are not synced yet.",
            ADVANCED,
        ),
        _classes(accounting),
        _closing_date(accounting.get("BookCloseDate")),
        _currencies(preferences.get("CurrencyPrefs") or {}),
        _plan(info),
    ]


def _custom_numbers(on: bool) -> Check:
    if on:
        meaning = "Documents keep the numbers they get here. A document without a number stays without one there."
        return Check("Custom transaction numbers", "On", "good", meaning, SALES)
    meaning = (
        "QuickBooks gives the numbers itself. A document of ours that has no number takes QuickBooks'; for one that "
        "has a number, the setting on the page before decides."
    )
    return Check("Custom transaction numbers", "Off", "note", meaning, SALES)


def _auto_apply(on: bool) -> Check:
    if on:
        meaning = (
            "QuickBooks sets open credits against invoices by itself, so a credit that you apply here may already be "
            "used there. Such a credit waits for a person."
        )
        return Check("Automatically apply credits", "On", "change", meaning, ADVANCED)
    return Check("Automatically apply credits", "Off", "good", "Credits are applied only by people.", ADVANCED)


def _classes(accounting: Object) -> Check:
    per_line, per_document = accounting.get("ClassTrackingPerTxnLine"), accounting.get("ClassTrackingPerTxn")
    if per_line:
        return Check("Classes", "One on each line", "good", "The class of each line goes across.", ADVANCED)
    if per_document:
        meaning = "QuickBooks keeps one class for a whole document, so lines of different classes cannot go across."
        return Check("Classes", "One for a whole document", "change", meaning, ADVANCED)
    return Check("Classes", "Off", "note", "Classes on lines are not kept by QuickBooks while this is off.", ADVANCED)


def _closing_date(closed: object) -> Check:
    if not closed:
        meaning = "Nothing keeps people or programs from changing old periods."
        return Check("Closing date", "None", "note", meaning, ADVANCED)
    meaning = "Nothing dated on or before it is created, changed, voided or deleted by the sync."
    return Check("Closing date", str(closed)[:10], "good", meaning, ADVANCED)


def _currencies(prefs: Object) -> Check:
    home = str((prefs.get("HomeCurrency") or {}).get("value") or "")
    if prefs.get("MultiCurrencyEnabled"):
        meaning = (
            f"Customers in another currency than {home} cannot be synced: each is shown as failed with the ways out."
        )
        return Check("Multi-currency", f"On, home currency {home}", "note", meaning, ADVANCED)
    return Check("Multi-currency", f"Off, all in {home}", "good", "All documents are in one currency.", ADVANCED)


def _plan(info: Object) -> Check:
    told = {str(each.get("Name")): str(each.get("Value")) for each in info.get("NameValue") or []}
    plan = told.get("OfferingSku", "")
    if "Simple Start" in plan or "Essentials" in plan:
        meaning = "This plan has no classes and no locations; documents that use classes are refused."
        return Check("Plan", plan, "note", meaning, SUBSCRIPTION)
    return Check("Plan", plan or "Not told", "good" if plan else "unknown", "All that is synced works.", SUBSCRIPTION)
