"""Nothing is wrong, or a person has decided so."""

from __future__ import annotations

from .reason import ADMIN, Click, Reason

REASONS: dict[str, Reason] = {
    # Nothing is wrong
    "": Reason("Equal in both books.", click=Click.NOTHING),
    "no_documents": Reason(
        "Not synced, because it has no invoices or payments.",
        "Only accounts with invoices or payments are synced. This is a choice for the whole company.",
        ("Nothing to do: it syncs with its first invoice or payment.",),
        click=Click.NOTHING,
    ),
    "before_sync_from": Reason(
        "Not synced, because it is dated before Sync From.",
        "Documents dated before Sync From stay where they are, until somebody edits them.",
        click=Click.NOTHING,
    ),
    "waits_for": Reason(
        "Waits for {what}, {why_words}.",
        "A document can only name what is synced itself.",
        ("Mend {what} first; this one follows by itself in the next run.",),
        click=Click.EDIT,
    ),
    "waits_for_answer": Reason(
        "Waits to learn what became of the last attempt.",
        "QuickBooks' answer was lost. It is looked for before anything is sent again, so that nothing is doubled.",
        ("Nothing to do: the next run finds out.",),
        click=Click.NOTHING,
    ),
    "changed_meanwhile": Reason(
        "Somebody changed it in QuickBooks at the same moment.",
        "Nothing was changed in QuickBooks. It is read again and compared anew.",
        ("Nothing to do: the next run looks at it again.",),
        click=Click.NOTHING,
    ),
    "changed_here_meanwhile": Reason(
        "Somebody changed it here at the same moment.",
        "Nothing was overwritten. It is compared anew.",
        ("Nothing to do: the next run looks at it again.",),
        click=Click.NOTHING,
    ),
    "try_later": Reason(
        "QuickBooks could not take it just now: {said}",
        "Nothing was changed in QuickBooks. The pauses between attempts grow, so that nobody is kept from working.",
        ("Nothing to do: it is tried again by itself. “Try again” does not wait.",),
        click=Click.TRY_AGAIN,
    ),
    "not_sent": Reason(
        "It was not sent, because QuickBooks could not be reached.",
        "Nothing was changed in QuickBooks.",
        ("Nothing to do: the next run tries again.",),
        click=Click.TRY_AGAIN,
    ),
    "nothing_to_send": Reason(
        "There is nothing of it to send: it is void here, or settles nothing any more.",
        "It is not in QuickBooks, so both books agree about it.",
        click=Click.NOTHING,
    ),
    "gone_before": Reason(
        "It was deleted in QuickBooks before it was taken in.",
        "It never was in our book, so there is nothing to do.",
        click=Click.NOTHING,
    ),
    "changed_in_closed": Reason(
        "Changed in QuickBooks, though it is dated {date} and the books are closed up to {closed}.",
        "The change was taken, so both books agree. Whoever closes the books may want to know of it.",
        ("Look at the change in the history, and tell whoever closes the books.",),
        click=Click.OPEN_THERE,
    ),
    "waits_for_unapplying": Reason(
        "Waits until the {applied} that is applied to it in QuickBooks has been taken apart.",
        "Only then is it undone, voided or deleted there.",
        ("If it was taken apart here, nothing: the next run goes on.", "Else take it apart in QuickBooks."),
        click=Click.TRY_AGAIN,
    ),
    "sub_customer": Reason(
        "In QuickBooks it belongs to {parent}, as a sub-customer, job or project.",
        "Here it is an account of its own. Who it belongs to is never written, and its balance is compared without "
        "that of others.",
        click=Click.NOTHING,
    ),
    "deposit_on_invoice": Reason(
        "In QuickBooks {deposit} was paid at once on the invoice itself, as a deposit.",
        "It counts as settled here too. Such a deposit is no payment of its own, so it can only be changed there.",
        click=Click.NOTHING,
    ),
    "cash_basis_moved": Reason(
        "A credit was set against what is dated {date}, and the books are closed up to {closed}.",
        "Both books agree. On a cash basis this may still change figures of the closed period.",
        ("If the books are kept on a cash basis, tell whoever closes them.",),
        click=Click.OPEN_THERE,
    ),
    "settled": Reason(
        "Changed in both books, and settled by this company's choice ({chosen}).",
        "The other values were replaced. They stay in the details and in the history.",
        ("Nothing to do. To have such changes asked about instead, change the choice in the settings.",),
        ADMIN,
        click=Click.SETTINGS,
    ),
    "taken_apart_there": Reason("Un-applied in QuickBooks, and here as well.", click=Click.NOTHING),
    "deleted_there_void_here": Reason("Void here, and deleted in QuickBooks.", click=Click.NOTHING),
    # A person has decided
    "undone_there": Reason(
        "Undone, and sent again as a new one; sent again by {by}.",
        "It is void in QuickBooks and belongs to nothing here.",
        click=Click.NOTHING,
    ),
    "merged_here": Reason(
        "Merged into {into} by {by} on {on}, as in QuickBooks.",
        "Its documents belong to {into} now. Nothing was deleted in either book.",
        ("Nothing to do.",),
        ADMIN,
        click=Click.NOTHING,
    ),
    "unlinked": Reason(
        "Unlinked by {by} on {on}.",
        "It is left out of every sync, in both directions. Nothing was deleted in either book.",
        ("Mend the cause, then link it again.",),
        ADMIN,
        click=Click.LINK,
    ),
    "unlinked_along": Reason(
        "Unlinked by {by} on {on}, together with {with}.",
        "It is left out of every sync, in both directions. Nothing was deleted in either book.",
        ("Link {with} again first, then this one.",),
        ADMIN,
        click=Click.LINK,
    ),
    "skipped_here": Reason(
        "Not synced, because {by} chose so on {on}.",
        "Its invoices and payments wait until it is synced again.",
        ("Choose “Sync account to QuickBooks” on its page.",),
        ADMIN,
        click=Click.LINK,
    ),
    "decided": Reason(
        "{act} by {by}.",
        "The next run compares both books and carries it out.",
        ("Nothing to do: the next run is on its way.",),
        click=Click.NOTHING,
    ),
}
