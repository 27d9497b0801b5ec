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
