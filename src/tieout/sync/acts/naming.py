"""The name that a contact has in QuickBooks in its second role."""

from __future__ import annotations

from tieout.kinds import BY_ENTITY
from tieout.kinds.contact import ROLES, Contact
from tieout.kinds.fields import folded
from tieout.subledger.models import User
from tieout.subledger.services.refusal import refuse
from tieout.sync import reasons
from tieout.sync.deciding.pair import State
from tieout.sync.matching.second_name import REASON
from tieout.sync.models import Link

from .acting import acting_on, decided, mark, store


def suggested(link: Link) -> str:
    return f"{link.name} ({ROLES[link.entity]})"


def give_second_name(link: Link, name: str, by: User) -> None:
    """It is sent under that name with the next run, which also finds out whether the name is free."""
    name = " ".join(name.split())
    with acting_on(link) as mine:
        if mine.reason != REASON:
            raise refuse("It needs no second name any more.")
        if problems := BY_ENTITY[mine.entity].problems(Contact(name=name)):
            raise refuse(reasons.sentence(problems[0].reason, problems[0].facts), "name")
        if folded(name) == folded(mine.name):
            raise refuse("Give it another name than the account has: QuickBooks takes a name only once.", "name")
        mine.own_name = name
        mark(mine, by, decided(f"Called {name} as {ROLES[mine.entity]}", by, State.NEW))
        store([mine])
