from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EDITOR = "anyone who may edit records"
BOOKKEEPER = "whoever keeps the books in QuickBooks"
ADMIN = "an owner or admin of this company"
PAYER = "the owner of the QuickBooks company"
SUPPORT = "whoever looks after this program"


class Click(StrEnum):
    """Where the next click leads."""

    NOTHING = "nothing"  # it ends by itself
    EDIT = "edit"  # the record in our book
    OPEN_THERE = "open_there"  # the object in QuickBooks, or the list it belongs to
    CHOOSE = "choose"  # the page on which a person decides about it
    TRY_AGAIN = "try_again"
    LINK = "link"  # link it again, or sync the account
    RECONNECT = "reconnect"
    SETTINGS = "settings"


@dataclass(frozen=True)
class Reason:
    title: str
    """One plain sentence: the first thing that is read."""
    why: str = ""
    steps: tuple[str, ...] = ()
    who: str = EDITOR
    click: Click = Click.EDIT
