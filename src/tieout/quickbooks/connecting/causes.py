"""Why our access to a QuickBooks company ended: told apart, each with who can mend it and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    DISCONNECTED = "disconnected"
    UNUSED = "unused"
    TOO_OLD = "too_old"
    NO_LONGER_ADMIN = "no_longer_admin"
    SUBSCRIPTION_ENDED = "subscription_ended"
    NOT_COVERED = "not_covered"
    REFUSED = "refused"


@dataclass(frozen=True)
class Words:
    """`what` happened, `who` can mend it, and the `steps` that do."""

    what: str
    who: str
    steps: tuple[str, ...]


_ADMIN_THERE = "Anyone here who may reconnect and is an admin in QuickBooks."
_RECONNECT = "Reconnect, and choose the same company as before."

WORDS: dict[Cause, Words] = {
    Cause.DISCONNECTED: Words(
        "QuickBooks no longer accepts the saved authorisation: most likely the app was disconnected in its settings.",
        _ADMIN_THERE,
        (_RECONNECT, "If nobody meant to disconnect it, ask who manages the apps of your company in QuickBooks."),
    ),
    Cause.UNUSED: Words(
        "The authorisation was not used for 100 days, after which QuickBooks lets it end.",
        _ADMIN_THERE,
        (_RECONNECT, "Keep the sync switched on: every run renews the authorisation."),
    ),
    Cause.TOO_OLD: Words(
        "The authorisation has reached the age at which QuickBooks asks for a new consent, five years.",
        _ADMIN_THERE,
        (_RECONNECT,),
    ),
    Cause.NO_LONGER_ADMIN: Words(
        "The person who connected is no longer an admin of the company in QuickBooks, or was removed there.",
        "Another admin of the company in QuickBooks; or an admin there restores the role of the person who connected.",
        ("Have an admin of the QuickBooks company reconnect, with their own QuickBooks log-in.",),
    ),
    Cause.SUBSCRIPTION_ENDED: Words(
        "The trial or subscription of QuickBooks Online has ended, so it takes no changes any more.",
        "Whoever pays for QuickBooks: subscribe there first.",
        ("Subscribe, or settle the billing, in QuickBooks under Settings > Subscriptions and billing.", _RECONNECT),
    ),
    Cause.NOT_COVERED: Words(
        "QuickBooks says that the app may not work in this company any more: it was disconnected there, or the "
        "company was closed.",
        _ADMIN_THERE,
        (_RECONNECT, "If QuickBooks does not offer the company any more, it was closed or cancelled there."),
    ),
    Cause.REFUSED: Words(
        "QuickBooks refuses access although the authorisation was just renewed.",
        _ADMIN_THERE,
        (_RECONNECT,),
    ),
}
