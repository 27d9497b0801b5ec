"""Our record cannot be sent as it is; found before a call is spent on it."""

from __future__ import annotations

from .reason import Reason

REASONS: dict[str, Reason] = {
    # Ours cannot be sent as it is
    "name_missing": Reason("It has no name.", steps=("Give it a name.",)),
    "name_characters": Reason(
        "Its name has a colon, a tab or a line break, which QuickBooks does not take.",
        steps=("Take it out of the name.",),
    ),
    "too_long": Reason("Its {field} is longer than the {longest} characters QuickBooks takes.", steps=("Shorten it.",)),
    "control_characters": Reason(
        "Its {field} holds a control character, which QuickBooks does not take.", steps=("Type the text anew.",)
    ),
    "too_large": Reason("Its {field} is beyond {largest}, the most QuickBooks takes.", steps=("Correct the amount.",)),
    "too_many_decimals": Reason(
        "Its {field} has more than the {decimals} decimals QuickBooks keeps.", steps=("Round it.",)
    ),
    "date_mistyped": Reason("Its {field}, {date}, looks mistyped.", steps=("Correct the year.",)),
    "too_many_lines": Reason(
        "It has {count} lines; QuickBooks takes {limit}.", steps=("Spread it over several documents.",)
    ),
    "negative_total": Reason(
        "Its total, {total}, is below zero, which QuickBooks does not take.",
        steps=("Give what is owed back as a credit note.",),
    ),
    "allocation_not_positive": Reason(
        "It is applied with an amount that is not above zero.", steps=("Correct what it is applied to.",)
    ),
    "street_lines": Reason(
        "Its street has {count} lines; QuickBooks has room for {limit}.", steps=("Put it into {limit} lines or fewer.",)
    ),
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
}
