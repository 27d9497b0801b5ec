"""The one registry of what a result means: what happened, why, what to do, and who can.

Texts are for people who keep books; `{...}` is filled from the facts of the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    title: str
    """One plain sentence: the first thing that is read."""
    why: str = ""
    steps: tuple[str, ...] = ()
    who: str = "anyone who may edit records"


BOOKKEEPER = "whoever keeps the books in QuickBooks"
ADMIN = "an owner or admin of this company"

REASONS: dict[str, Reason] = {
    # Nothing is wrong
    "": Reason("Equal in both books."),
    "no_documents": Reason(
        "Not synced, because it has no invoices or payments.",
        "Only accounts with invoices or payments are synced. This is a choice for the whole company.",
        ("Nothing to do: it syncs with its first invoice or payment.",),
    ),
    "before_sync_from": Reason(
        "Not synced, because it is dated before Sync From.",
        "Documents dated before Sync From stay where they are, until somebody edits them.",
    ),
    "waits_for": Reason(
        "Waits for {what}, {why_words}.",
        "A document can only name what is synced itself.",
        ("Mend {what} first; this one follows by itself in the next run.",),
    ),
    "waits_for_answer": Reason(
        "Waits to learn what became of the last attempt.",
        "QuickBooks' answer was lost. It is looked for before anything is sent again, so that nothing is doubled.",
        ("Nothing to do: the next run finds out.",),
    ),
    "changed_meanwhile": Reason(
        "Somebody changed it in QuickBooks at the same moment.",
        "Nothing was changed in QuickBooks. It is read again and compared anew.",
        ("Nothing to do: the next run looks at it again.",),
    ),
    "changed_here_meanwhile": Reason(
        "Somebody changed it here at the same moment.",
        "Nothing was overwritten. It is compared anew.",
        ("Nothing to do: the next run looks at it again.",),
    ),
    "try_later": Reason(
        "QuickBooks could not take it just now.",
        "Nothing was changed in QuickBooks.",
        ("Nothing to do: the next run tries again.",),
    ),
    "not_sent": Reason(
        "It was not sent, because QuickBooks could not be reached.",
        "Nothing was changed in QuickBooks.",
        ("Nothing to do: the next run tries again.",),
    ),
    "taken_apart_there": Reason("Un-applied in QuickBooks, and here as well."),
    "deleted_there_void_here": Reason("Void here, and deleted in QuickBooks."),
    # A person has decided
    "unlinked": Reason(
        "Unlinked by {by} on {on}.",
        "It is left out of every sync, in both directions. Nothing was deleted in either book.",
        ("Mend the cause, then link it again.",),
        ADMIN,
    ),
    "unlinked_along": Reason(
        "Unlinked by {by} on {on}, together with {with}.",
        "It is left out of every sync, in both directions. Nothing was deleted in either book.",
        ("Link {with} again first, then this one.",),
        ADMIN,
    ),
    "skipped_here": Reason(
        "Not synced, because {by} chose so on {on}.",
        "Its invoices and payments wait until it is synced again.",
        ("Choose “Sync account to QuickBooks” on its page.",),
        ADMIN,
    ),
    "decided": Reason(
        "{act} by {by}.",
        "The next run compares both books and carries it out.",
        ("Nothing to do: the next run is on its way.",),
    ),
    # A person must choose
    "possible_duplicate": Reason(
        "QuickBooks may already have this: {labels}.",
        "Two entries look like the same thing. Neither is copied until somebody has decided, so that nothing is "
        "entered twice.",
        ("Compare the two.", "Say whether they are the same."),
        ADMIN,
    ),
    "conflict": Reason(
        "Changed in both books, and not to the same: {groups}.",
        "Nothing was overwritten: each book keeps what it has.",
        ("Choose, part by part, which one stands.",),
        ADMIN,
    ),
    "stored_differently": Reason(
        "QuickBooks stored something else than was sent: {groups}.",
        "The answer differs from what we sent, so the two books are not equal.",
        ("Choose, part by part, which one stands.",),
        ADMIN,
    ),
    "deleted_there": Reason(
        "It was deleted in QuickBooks.",
        "A deletion is never copied by itself.",
        ("Send it again, void it here, or leave the two apart.",),
        ADMIN,
    ),
    "amounts_again": Reason(
        "It was void in both books and has amounts again in QuickBooks.",
        "A void document is not brought back by itself.",
        ("Void it in QuickBooks again, or enter a new document.",),
        ADMIN,
    ),
    "amounts_again_here": Reason(
        "It was void in both books and is no longer void here.",
        "QuickBooks cannot take a void back.",
        ("Void it here again and enter a new document.",),
    ),
    "cannot_void_there": Reason(
        "It is void here, and QuickBooks offers no way for other programs to void this kind.",
        "Nothing was changed in QuickBooks.",
        ("Void it in QuickBooks, or delete it there.",),
        BOOKKEEPER,
    ),
    "lines_read_only": Reason(
        "Its amounts can only be changed in QuickBooks.",
        "It has lines there (a discount, a bundle, a subtotal or only text) that cannot be written from outside.",
        ("Change the amounts in QuickBooks; they arrive here with the next run.",),
        BOOKKEEPER,
    ),
    "deposited": Reason(
        "This payment is part of a bank deposit in QuickBooks, which locks it.",
        "Nothing was changed in QuickBooks.",
        ("Change it there, or take it out of the deposit first.",),
        BOOKKEEPER,
    ),
    "settled_otherwise": Reason(
        "Part of this payment is settled by something that is only in QuickBooks.",
        "What it is applied to can therefore only be changed there.",
        ("Change it in QuickBooks, Receive payment.",),
        BOOKKEEPER,
    ),
    "touches_unlinked": Reason(
        "This would also change something in QuickBooks that is not linked.",
        "What is not linked is never changed, not even as a side effect. Nothing was changed in QuickBooks.",
        ("Take the two apart in QuickBooks first, or link the other one.",),
        ADMIN,
    ),
    "unreadable": Reason(
        "QuickBooks holds it in a form that we cannot read.",
        "Nothing was changed in either book. The details name what was found.",
        ("Open it in QuickBooks and correct it; else report this with the details.",),
        BOOKKEEPER,
    ),
    "cannot_store": Reason(
        "It could not be stored in our book.",
        "Something in it does not fit here; the details name it. Nothing was changed.",
        ("Shorten or correct it in QuickBooks.",),
        BOOKKEEPER,
    ),
    "already_paid": Reason(
        "QuickBooks has only {open} open on what this would pay {amount} of.",
        "Somebody has paid or credited it there already.",
        ("Look at the document in QuickBooks.", "Change the amount here, or take the other payment apart there."),
        BOOKKEEPER,
    ),
    "closed_period": Reason(
        "It is dated {date}, and the books in QuickBooks are closed up to {closed}.",
        "Nothing dated on or before the closing date is changed.",
        ("Change its date, or ask whoever closes the books to open the period.",),
    ),
    "other_currency": Reason(
        "It is in {currency} in QuickBooks; only {home} is synced.",
        "A currency cannot be changed in QuickBooks once it is set.",
        ("Unlink it, or make it inactive there and use one in {home}.",),
        ADMIN,
    ),
    # Ours cannot be sent as it is
    "name_missing": Reason("It has no name.", steps=("Give it a name.",)),
    "name_characters": Reason(
        "Its name has a colon, a tab or a line break, which QuickBooks does not take.",
        steps=("Take it out of the name.",),
    ),
    "too_long": Reason("Its {field} is longer than the {longest} characters QuickBooks takes.", steps=("Shorten it.",)),
    "email_form": Reason(
        "'{email}' is not one e-mail address.", "QuickBooks takes a single one.", ("Enter one valid address.",)
    ),
    "website_form": Reason(
        "'{website}' does not begin with http:// or https://.", steps=("Enter the whole address of the website.",)
    ),
    "no_lines": Reason("It has no lines.", steps=("Add a line.",)),
    "line_without_item": Reason("Line {line} names no product or service.", steps=("Choose one for the line.",)),
    "line_amount": Reason(
        "Line {line} says {amount}, which is not quantity times rate.", steps=("Correct the quantity, rate or amount.",)
    ),
    "does_not_add_up": Reason(
        "Its lines and tax do not add up to its total, {total}.",
        "It is not copied, since one of the two would be wrong.",
        ("Correct it where it was entered.",),
    ),
    "over_applied": Reason(
        "More is applied than the payment has.", steps=("Lower what is applied, or raise the total.",)
    ),
    # Refused by QuickBooks
    "quickbooks_610": Reason(
        "Something it uses was made inactive or deleted in QuickBooks.",
        "QuickBooks did not say which: a customer, product, account or document.",
        ("Make it active there again, or choose another one.",),
        BOOKKEEPER,
    ),
    "quickbooks_2500": Reason(
        "It names something that QuickBooks does not have, or has made inactive.",
        "Nothing was changed in QuickBooks.",
        ("Make it active there again, or choose another one.",),
        BOOKKEEPER,
    ),
    "quickbooks_5030": Reason(
        "The QuickBooks plan of this company does not include what this needs.",
        "Nothing was changed in QuickBooks.",
        ("Change the plan in QuickBooks, or leave it out here.",),
        ADMIN,
    ),
    "quickbooks_6000": Reason(
        "QuickBooks refused it: {detail}",
        "Nothing was changed in QuickBooks.",
        ("Correct what QuickBooks names.",),
    ),
    "quickbooks_6140": Reason(
        "Its number is already used in QuickBooks.",
        "QuickBooks says: {detail}",
        ("Open the other one there, or give this one another number.",),
    ),
    "quickbooks_6190": Reason(
        "The QuickBooks subscription has ended.",
        "Nothing can be entered there until it is paid.",
        ("Renew the subscription in QuickBooks.",),
        "the owner of the QuickBooks company",
    ),
    "quickbooks_6200": Reason(
        "It falls into a period that is closed in QuickBooks.",
        "Nothing was changed in QuickBooks.",
        ("Change its date, or ask whoever closes the books to open the period.",),
    ),
    "quickbooks_6240": Reason(
        "QuickBooks already has a customer, supplier or employee with this name.",
        "Names there are unique over all three, inactive ones included.",
        ("Use that one for this account, or give one of them another name.",),
        ADMIN,
    ),
    "quickbooks_6540": Reason(
        "It is part of a bank deposit in QuickBooks, which locks it.",
        "Nothing was changed in QuickBooks.",
        ("Change it there, or take it out of the deposit first.",),
        BOOKKEEPER,
    ),
    "quickbooks_refused": Reason(
        "QuickBooks refused it: {detail}",
        "Nothing was changed in QuickBooks.",
        ("Correct what QuickBooks names, then try again.",),
    ),
}
SAME_AS = {"6210": "6200", "6250": "610", "2020": "6000"}
WHY_WORDS = {
    "not_linked": "which is not synced yet",
    "left_out": "which is left out of the sync",
    "inactive": "which was made inactive in QuickBooks",
    "not_agreed": "which does not agree in both books yet",
}
NOUNS = {
    "Customer": "its customer",
    "Vendor": "its supplier",
    "Invoice": "an invoice",
    "CreditMemo": "a credit note",
    "Item": "a product or service",
    "Account": "an account",
    "TaxCode": "a tax code",
    "Class": "a class",
}


def for_fault(code: str) -> str:
    key = f"quickbooks_{SAME_AS.get(code, code)}"
    return key if key in REASONS else "quickbooks_refused"


def of(key: str) -> Reason:
    return REASONS.get(key, REASONS["quickbooks_refused"])


def sentence(key: str, facts: Mapping[str, Any]) -> str:
    return filled(of(key).title, facts) if key else ""


def filled(text: str, facts: Mapping[str, Any]) -> str:
    """A text of the registry with the facts of one result in it."""
    return text.format_map(_Words(facts))


class _Words(dict[str, str]):
    """Facts as words; one that is missing leaves a blank rather than an error in front of a reader."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({key: _words(value) for key, value in facts.items()})
        self["labels"] = ", ".join(str(each.get("label", "")) for each in facts.get("candidates", ()))
        self["what"] = _what(facts)
        self["why_words"] = WHY_WORDS.get(str(facts.get("why", "")), "")

    def __missing__(self, key: str) -> str:
        return ""


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _what(facts: Mapping[str, Any]) -> str:
    noun = NOUNS.get(str(facts.get("entity", "")), "something it names")
    return f"{noun} {facts['name']}" if facts.get("name") else noun
