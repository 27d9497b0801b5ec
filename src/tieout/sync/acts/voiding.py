"""A person says what is to happen in QuickBooks to what is void here and cannot be voided there from outside."""

from __future__ import annotations

from tieout.subledger.models import User
from tieout.subledger.services.refusal import refuse
from tieout.sync.deciding.pair import Way
from tieout.sync.deciding.without_void import REASON
from tieout.sync.models import Link

from .acting import acting_on, decided, mark, store

ACTS = {Way.ZERO: "To be set to zero in QuickBooks", Way.DELETE: "To be deleted in QuickBooks"}


def void_there(link: Link, way: Way, by: User) -> None:
    """With the next run, once nothing is applied to it there."""
    with acting_on(link) as mine:
        if mine.reason != REASON:
            raise refuse("It has been settled already.")
        mark(mine, by, decided(ACTS[way], by, way=way))
        store([mine])
