"""A person accepts what QuickBooks wrote off when a customer was made inactive."""

from __future__ import annotations

from tieout.subledger.models import User
from tieout.subledger.services.refusal import refuse
from tieout.sync.deciding.pair import State
from tieout.sync.deciding.written_off import CONTACT, MEMO, undecided
from tieout.sync.models import Link

from .acting import BEING_SENT, acting, being_sent, decided, mark, store

SETTLED = "There is no write-off to accept any more."


def accept(link: Link, by: User) -> None:
    """From either end: the account, or the credit memo. Both are taken in with the next run."""
    with acting(link.company, _concerned(link)) as found:
        memos = [each for each in found if each.reason == MEMO]
        if not memos:
            raise refuse(SETTLED)
        if being_sent(found):
            raise refuse(BEING_SENT)
        for each in memos:
            each.chosen = True
            mark(each, by, decided("Write-off accepted", by, State.NEW))
        accounts = [each for each in found if each.reason == CONTACT]
        for each in accounts:
            mark(each, by, decided("Write-off accepted", by))
        store([*memos, *accounts])


def _concerned(link: Link) -> list[Link]:
    customer = link.qbo_id if link.reason == CONTACT else link.facts.get("customer")
    memos = [seen.qbo_id for seen in undecided(link.company, str(customer or ""))]
    links = Link.objects.of(link.company)
    of_memos = links.filter(entity="CreditMemo", qbo_id__in=memos)
    return [*of_memos, *links.filter(entity="Customer", qbo_id=customer, reason=CONTACT)]
