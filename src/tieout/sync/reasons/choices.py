"""A person must choose."""

from __future__ import annotations

from .reason import ADMIN, BOOKKEEPER, Click, Reason

REASONS: dict[str, Reason] = {
    # A person must choose
    "possible_duplicate": Reason(
        "QuickBooks may already have this: {labels}.",
        "Two entries look like the same thing. Neither is copied until somebody has decided, so that nothing is "
        "entered twice.",
        ("Compare the two.", "Say whether they are the same."),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "conflict": Reason(
        "Changed in both books, and not to the same: {groups}.",
        "Nothing was overwritten: each book keeps what it has.",
        ("Choose, part by part, which one stands.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "stored_differently": Reason(
        "QuickBooks stored something else than was sent: {groups}.",
        "The answer differs from what we sent, so the two books are not equal.",
        ("Choose, part by part, which one stands.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "deleted_there": Reason(
        "It was deleted in QuickBooks.",
        "A deletion is never copied by itself.",
        ("Send it again, void it here, or leave the two apart.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "amounts_again": Reason(
        "It is void here and has amounts in QuickBooks.",
        "A void document is not brought back by itself.",
        ("Void it in QuickBooks too, or enter a new document.",),
        ADMIN,
        click=Click.OPEN_THERE,
    ),
    "amounts_again_here": Reason(
        "It is void in QuickBooks and has amounts here.",
        "QuickBooks cannot take a void back.",
        ("Void it here too and enter a new document.",),
        click=Click.EDIT,
    ),
    "cannot_void_there": Reason(
        "It is void here, and QuickBooks offers no way for other programs to void this kind.",
        "Nothing was changed in QuickBooks.",
        ("Have it set to zero or deleted there with the next run, or void it in QuickBooks yourself.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "lines_read_only": Reason(
        "Its amounts can only be changed in QuickBooks.",
        "It has lines there (a discount, a bundle, a subtotal or only text) that cannot be written from outside.",
        ("Change the amounts in QuickBooks; they arrive here with the next run.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "deposited": Reason(
        "This payment is part of a bank deposit in QuickBooks, which locks it.",
        "Nothing was changed in QuickBooks.",
        ("Change it there, or take it out of the deposit first.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "settled_otherwise": Reason(
        "Part of this payment is settled by something that is only in QuickBooks.",
        "What it is applied to can therefore only be changed there.",
        ("Change it in QuickBooks, Receive payment.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "below_applied": Reason(
        "In QuickBooks {applied} is applied to it, which this change would take apart.",
        "Somebody has paid or credited it there. Nothing was changed in QuickBooks.",
        ("Un-apply that in QuickBooks first, or change the document here.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "touches_unlinked": Reason(
        "This would also change something in QuickBooks that is not linked.",
        "What is not linked is never changed, not even as a side effect. Nothing was changed in QuickBooks.",
        ("Take the two apart in QuickBooks first, or link the other one.",),
        ADMIN,
        click=Click.OPEN_THERE,
    ),
    "unreadable": Reason(
        "QuickBooks holds it in a form that we cannot read.",
        "Nothing was changed in either book. The details name what was found.",
        ("Open it in QuickBooks and correct it; else report this with the details.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "cannot_store": Reason(
        "It could not be stored in our book.",
        "Something in it does not fit here; the details name it. Nothing was changed.",
        ("Shorten or correct it in QuickBooks.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "already_paid": Reason(
        "QuickBooks has only {open} open on what this would pay {amount} of.",
        "Somebody has paid or credited it there already.",
        ("Look at the document in QuickBooks.", "Change the amount here, or take the other payment apart there."),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "closed_period": Reason(
        "It is dated {date}, and the books in QuickBooks are closed up to {closed}.",
        "Nothing dated on or before the closing date is changed.",
        ("Change its date, or ask whoever closes the books to open the period.",),
        click=Click.EDIT,
    ),
    "other_currency": Reason(
        "It is in {currency} in QuickBooks; only {home} is synced.",
        "A currency cannot be changed in QuickBooks once it is set.",
        ("Unlink it, or make it inactive there and use one in {home}.",),
        ADMIN,
        click=Click.OPEN_THERE,
    ),
    "mass_change": Reason(
        "Stopped, because {count} {kinds} would be {done} at once in {book}.",
        "So many at once are more often a mistake than meant, so none of them was carried out. A single run may do "
        "{limit} of the kind without asking.",
        ("Look at the list and its sum.", "Release it if it is meant; else undo it where it was made."),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "many_gone": Reason(
        "Stopped, because {count} {kinds} are gone from QuickBooks at once.",
        "When so much disappears together, another company's books may have been answered, or a backup restored. "
        "Nothing was changed here.",
        (
            "Open QuickBooks and see whether this is the company that you expect, and whether they are really gone.",
            "If they are, release them: each then asks what is to follow.",
        ),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "void_in_closed": Reason(
        "It was voided in QuickBooks, though it is dated {date} and the books are closed up to {closed}.",
        "Whoever knows the password of the closing date can do that. It still stands here until somebody accepts it.",
        ("Release it if the void is right; else enter it anew in QuickBooks.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "applied_by_quickbooks": Reason(
        "QuickBooks applied this credit by itself, and would do so again.",
        "“Automatically apply credits” is on there. Nothing was changed in QuickBooks.",
        ("Turn it off in QuickBooks (Account and settings, Advanced, Automation); this one follows by itself.",),
        BOOKKEEPER,
        click=Click.OPEN_THERE,
    ),
    "merged_there": Reason(
        "It was merged with {into} in QuickBooks.",
        "Its documents there belong to {into} now. Until somebody has decided, none of them is written or changed.",
        ("Agree that both are one, or move the documents back to a customer of their own in QuickBooks.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "replaced_there": Reason(
        "It was deleted in QuickBooks, and something like it was entered there: {labels}.",
        "Corrections are often made by deleting and entering anew. Neither is copied until somebody has decided.",
        ("Say whether the new one replaces it; else choose what follows the deletion.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "name_taken": Reason(
        "{holder} in QuickBooks already has this name.",
        "Names there are unique over customers, suppliers and employees. Nothing was sent.",
        ("Use that one for this account, or give one of them another name.",),
        ADMIN,
        click=Click.LINK,
    ),
    "undone": Reason(
        "Undone by {by}: it was {done} in QuickBooks.",
        "The record here is as it was, so it is left alone until somebody says how it goes on; else the next run would "
        "send it again.",
        ("Send it again, or let the undoing stand here too.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "reconciled": Reason(
        "This payment was reconciled with a bank statement in QuickBooks.",
        "Changing its amount, date or account, or voiding it, would take that reconciliation apart. Nothing was "
        "changed in QuickBooks.",
        ("Undo the reconciliation there first, then try again; or take the change back here.",),
        BOOKKEEPER,
        Click.OPEN_THERE,
    ),
    "number_taken": Reason(
        "{holder} in QuickBooks already has this number.",
        "A number is taken only once there, over invoices and credit memos. Nothing was sent.",
        ("If it is this very document, link the two; else give one of them another number.",),
    ),
    "second_name": Reason(
        "{holder} in QuickBooks is this very account, and a name is taken only once there.",
        "Names are unique over customers and suppliers, so one who is both has a second name in QuickBooks. It is no "
        "part of the name here. Nothing was sent.",
        ("Say what it is to be called there in its second role.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "name_gone": Reason(
        "It is gone from QuickBooks: most likely it was merged with another one.",
        "QuickBooks deletes no names. Until somebody has decided, its documents wait.",
        ("Choose the one it was merged with, send it again as a new one, or unlink it.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "written_off": Reason(
        "It was made inactive in QuickBooks with {sum} open, which QuickBooks wrote off.",
        "A write-off is a person's decision. Until somebody has taken it, the account stays active here and its "
        "invoices stay open.",
        (
            "Accept the write-off, or make the customer active again in QuickBooks and delete credit memo {label} "
            "there.",
        ),
        ADMIN,
        click=Click.CHOOSE,
    ),
    "write_off": Reason(
        "QuickBooks wrote off {sum} when {whom} was made inactive.",
        "QuickBooks made this credit memo by itself. It is not taken in until somebody has accepted the write-off.",
        ("Accept it, or make the customer active again in QuickBooks and delete the credit memo there.",),
        ADMIN,
        click=Click.CHOOSE,
    ),
}
