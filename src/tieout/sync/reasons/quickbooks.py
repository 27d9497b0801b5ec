"""QuickBooks refused a write. Keys are `quickbooks_` and the code; a word after it tells cases of one code apart."""

from __future__ import annotations

from .reason import ADMIN, BOOKKEEPER, EDITOR, PAYER, SUPPORT, Click, Reason

_UNCHANGED = "Nothing was changed in QuickBooks. It says: {said}"
_AGAIN = ("Make it active there again, or choose another one; then try again.",)
_IN_QUICKBOOKS = "Only QuickBooks itself can do this. It says: {said}"


def _there(title: str, step: str) -> Reason:
    """Only somebody at work in QuickBooks can mend it."""
    return Reason(title, _UNCHANGED, (step,), BOOKKEEPER, Click.OPEN_THERE)


def _here(title: str, step: str) -> Reason:
    return Reason(title, _UNCHANGED, (step,), EDITOR, Click.EDIT)


REASONS: dict[str, Reason] = {
    # What it names
    "quickbooks_610": _there("Something it uses was made inactive or deleted in QuickBooks.", *_AGAIN),
    "quickbooks_610_deleted": Reason(
        "It was deleted in QuickBooks by somebody else.",
        _UNCHANGED,
        ("Nothing to do yet: the next run sees that it is gone, and asks what is to follow.",),
        click=Click.NOTHING,
    ),
    "quickbooks_620": _there(
        "It cannot be tied to what it pays or takes up.",
        "See in QuickBooks whether that document is still open and belongs to the same customer.",
    ),
    "quickbooks_630": _there("QuickBooks already has one just like it.", "Look for it there and compare the two."),
    "quickbooks_700": _there(
        "What it belongs to in QuickBooks does not fit.", "See there whose sub-customer or part it is."
    ),
    "quickbooks_800": _there(
        "QuickBooks does not let it go, because something depends on it.",
        "Take apart there what hangs on it, then try again.",
    ),
    "quickbooks_1000": Reason(
        "QuickBooks could not carry it out, and did not say why.",
        _UNCHANGED,
        ("Try again.", "If it lasts, do it in QuickBooks."),
        BOOKKEEPER,
        Click.TRY_AGAIN,
    ),
    "quickbooks_2500": _there("It names something that QuickBooks does not have, or has made inactive.", *_AGAIN),
    "quickbooks_2500_item": _there("A product or service on it was made inactive in QuickBooks.", *_AGAIN),
    "quickbooks_2500_customer": _there("Its customer was made inactive in QuickBooks.", *_AGAIN),
    "quickbooks_2500_tax": _there(
        "A tax code on it is not known in QuickBooks any more.", "Choose a tax code that is in use there."
    ),
    "quickbooks_2500_class": _there("A class on it was made inactive in QuickBooks.", *_AGAIN),
    "quickbooks_2500_account": _there("The account it is paid into was made inactive in QuickBooks.", *_AGAIN),
    # What it says
    "quickbooks_2020": _here("QuickBooks misses something: {element}.", "Fill in what is missing."),
    "quickbooks_2040": _here(
        "It holds a character that QuickBooks does not take.",
        "Take out colons, tabs, line breaks and signs that were pasted in.",
    ),
    "quickbooks_2050": _here("A text in it is too long or too short for QuickBooks.", "Change the text it names."),
    "quickbooks_2140": _here(
        "An amount or quantity in it is none that QuickBooks takes.", "Correct the amount, quantity or percentage."
    ),
    "quickbooks_2200": _here(
        "The address of the website is not one that QuickBooks takes.", "Enter it whole, with https://."
    ),
    "quickbooks_2210": _here("The e-mail address is not one that QuickBooks takes.", "Enter one valid address."),
    "quickbooks_2220": _there("QuickBooks does not know its currency.", "See which currencies are in use there."),
    "quickbooks_2250": _here("It has no lines.", "Add a line."),
    "quickbooks_3000": _there(
        "A custom field on it is not set up in QuickBooks.", "See there which custom fields are in use."
    ),
    "quickbooks_6070": _here("A line's amount is not its quantity times its rate.", "Correct one of the three."),
    "quickbooks_6080": _here("It has no name.", "Give it a name."),
    "quickbooks_6090": _there("A discount on it has neither an amount nor a percentage.", "Complete it in QuickBooks."),
    "quickbooks_6420": _here("It is to be sent by e-mail and has no address.", "Enter an e-mail address."),
    "quickbooks_6440": _here("A line with an amount names no product or service.", "Choose one for the line."),
    # Company, plan and rights
    "quickbooks_5020": Reason(
        "QuickBooks does not allow this to whoever connected the two.",
        _UNCHANGED,
        ("See in QuickBooks whether that person may do it and whether the plan includes it.", "Then connect again."),
        ADMIN,
        Click.RECONNECT,
    ),
    "quickbooks_5030": Reason(
        "The QuickBooks plan of this company does not include what this needs.",
        _UNCHANGED,
        ("Change the plan in QuickBooks, or leave it out here.",),
        ADMIN,
        Click.OPEN_THERE,
    ),
    "quickbooks_6190": Reason(
        "The QuickBooks subscription has ended.",
        "Nothing can be entered there until it is paid. It says: {said}",
        ("Renew the subscription in QuickBooks, then try again.",),
        PAYER,
        Click.OPEN_THERE,
    ),
    # Business rules that come without a code of their own
    "quickbooks_6000": Reason(
        "QuickBooks refused it: {said}",
        "Nothing was changed in QuickBooks.",
        ("Correct what QuickBooks names, then try again.",),
    ),
    "quickbooks_6000_tax": _here(
        "QuickBooks wants a tax code or rate on every line.", "Choose a tax code for each line, also where it is 0 %."
    ),
    "quickbooks_6000_amount": _here("QuickBooks misses its amount.", "Enter the amount."),
    "quickbooks_6000_applied": _there(
        "More would be applied than is open in QuickBooks.",
        "Look at the document there: somebody has paid or credited it already. Then make the two alike.",
    ),
    "quickbooks_6000_attached": _there(
        "Something is applied to it in QuickBooks, which keeps it as it is.", "Un-apply that first, then try again."
    ),
    "quickbooks_6000_currency": _there(
        "Its currency is not that of the account or the customer.",
        "Use an account and a customer of the same currency.",
    ),
    "quickbooks_6430": _there(
        "An account is of the wrong type for this.",
        "Choose an account of a fitting type: money is paid into a bank account or Undeposited Funds.",
    ),
    # Numbers and names
    "quickbooks_6140": Reason(
        "Its number is already used in QuickBooks{by_clash}.",
        "QuickBooks says: {said}",
        (
            "Open the other one there. If it is this very document, link the two.",
            "Else give one of them another number, then try again.",
        ),
    ),
    "quickbooks_6240": Reason(
        "QuickBooks already has a customer, supplier or employee with this name.",
        "Names there are unique over all three, inactive ones included.",
        ("Use that one for this account, or give one of them another name.",),
        ADMIN,
        Click.LINK,
    ),
    # Dates
    "quickbooks_6200": Reason(
        "It falls into a period that is closed in QuickBooks.",
        _UNCHANGED,
        ("Change its date, or ask whoever closes the books to open the period.",),
    ),
    "quickbooks_6270": _here(
        "It is dated before the stock of a product on it was first counted.", "Use a later date, or another product."
    ),
    # Tax
    "quickbooks_6100": _here(
        "A tax code on it is none that QuickBooks takes here.",
        "Choose another tax code; in the United States a line is either taxable or not.",
    ),
    # Contacts
    "quickbooks_6250": _there("Its customer was made inactive in QuickBooks, or is missing there.", *_AGAIN),
    "quickbooks_6220": _there(
        "It has an open balance in QuickBooks, so it cannot be made inactive there.", "Settle the balance first."
    ),
    "quickbooks_6280": _there(
        "The customer has charges in QuickBooks that are not billed yet.", "Bill or remove them there first."
    ),
    "quickbooks_6290": _there("QuickBooks takes it for an employee.", "See there whose name it is."),
    "quickbooks_6130": _there(
        "It is billed with its parent customer, and has open items.", "Settle those in QuickBooks first."
    ),
    # Locked by something else in QuickBooks
    "quickbooks_6110": Reason(
        "It was paid through QuickBooks Payments, which locks it.",
        _IN_QUICKBOOKS,
        ("Change, refund or void it in QuickBooks; that arrives here.",),
        BOOKKEEPER,
        Click.OPEN_THERE,
    ),
    "quickbooks_6310": _there("Billable time or costs on it are not complete.", "Correct them in QuickBooks."),
    "quickbooks_6400": Reason(
        "A cost was billed on to a customer with it, which locks it.",
        _IN_QUICKBOOKS,
        ("Take the cost off that invoice in QuickBooks first.",),
        BOOKKEEPER,
        Click.OPEN_THERE,
    ),
    "quickbooks_6480": Reason(
        "It is matched with a line of a bank statement in QuickBooks.",
        _IN_QUICKBOOKS,
        ("Undo the match there first.",),
        BOOKKEEPER,
        Click.OPEN_THERE,
    ),
    "quickbooks_6520": _there("A product on it is counted in stock and has no quantity.", "Enter the quantity."),
    "quickbooks_6540": Reason(
        "It is part of a bank deposit in QuickBooks, which locks it.",
        _IN_QUICKBOOKS,
        ("Change it there, or take it out of the deposit first.",),
        BOOKKEEPER,
        Click.OPEN_THERE,
    ),
    # Files
    "quickbooks_6030": _here(
        "The file is too large for QuickBooks.", "Make it smaller. The document itself is synced."
    ),
    "quickbooks_6041": _here(
        "QuickBooks does not take files of this type.", "Turn it into a PDF. The document itself is synced."
    ),
    # Nobody's fault in the books
    "quickbooks_bug": Reason(
        "QuickBooks did not understand what was sent: {said}",
        "This is a mistake of this program, not of the record. Nothing was changed in QuickBooks.",
        ("Report it with the details below; until it is mended, do it in QuickBooks.",),
        SUPPORT,
        Click.TRY_AGAIN,
    ),
    "quickbooks_other_kind": Reason(
        "QuickBooks answered with a rule for another kind of entry: {said}",
        "Nothing was changed in QuickBooks.",
        ("Look at it in QuickBooks; if nothing is wrong there, report it with the details.",),
        SUPPORT,
        Click.OPEN_THERE,
    ),
    "quickbooks_refused": Reason(
        "QuickBooks refused it: {said}",
        "This refusal is not one that we know. Nothing was changed in QuickBooks.",
        ("Correct what QuickBooks names, then try again.",),
        click=Click.TRY_AGAIN,
    ),
}
