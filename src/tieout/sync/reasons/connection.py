"""A run as a whole could not go on. Keys are the names of the troubles in `quickbooks.errors`."""

from __future__ import annotations

from .reason import ADMIN, SUPPORT, Click, Reason

_SAFE = "Nothing is lost: all edits wait, and the next run goes on from here."

REASONS: dict[str, Reason] = {
    "NotConnected": Reason(
        "This company is not connected to QuickBooks.",
        _SAFE,
        ("Connect it.",),
        "an owner of this company",
        Click.RECONNECT,
    ),
    "AccessLost": Reason(
        "QuickBooks no longer lets us in.",
        "The connection was ended there, its time ran out, or the person who connected is no longer an admin. " + _SAFE,
        ("Sign in to the same QuickBooks company as one of its admins, and allow the connection again.",),
        ADMIN,
        Click.RECONNECT,
    ),
    "WrongKeys": Reason(
        "QuickBooks does not know this program's own keys.",
        "They were changed or withdrawn in the developer's account. " + _SAFE,
        ("Enter the keys that are valid now.",),
        SUPPORT,
        Click.SETTINGS,
    ),
    "Outage": Reason(
        "QuickBooks cannot work just now.",
        "It is out of service, under maintenance or out of reach. " + _SAFE,
        ("Nothing to do: it is tried again by itself.",),
        click=Click.NOTHING,
    ),
    "Unreachable": Reason(
        "QuickBooks cannot be reached.",
        "Nothing answers at its address. " + _SAFE,
        ("If it lasts, see whether this machine can reach the internet.",),
        SUPPORT,
        Click.NOTHING,
    ),
    "Throttled": Reason(
        "QuickBooks takes no more requests for now.",
        "It limits how much may be asked in a minute. " + _SAFE,
        ("Nothing to do: the next run goes on.",),
        click=Click.NOTHING,
    ),
    "Bug": Reason(
        "A mistake of this program ended the run.",
        _SAFE,
        ("Report it with the details below.", "It is tried again by itself, with growing pauses."),
        SUPPORT,
        Click.TRY_AGAIN,
    ),
    "ReadFailed": Reason(
        "QuickBooks could not be read in full.",
        "A part of the answer was missing, so none of it was used. " + _SAFE,
        ("Nothing to do: the next run reads it again.", "If it lasts, report it with the details."),
        SUPPORT,
        Click.TRY_AGAIN,
    ),
}
