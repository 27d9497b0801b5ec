"""Brings unlinked records back, with the pair and the base they had."""

from __future__ import annotations

from collections.abc import Sequence

from tieout.subledger.models import Company, User
from tieout.sync.deciding.pair import State
from tieout.sync.models import Link

from .acting import Report, acting, decided, mark, store
from .cascade import Leaving, cascade


def offered(company: Company, links: Sequence[Link]) -> list[Leaving]:
    """What was unlinked along with them, or apart from them: never taken along unasked."""
    return cascade(company, links, among_unlinked=True)


def relink(company: Company, links: Sequence[Link], by: User) -> Report:
    """The next run compares both sides against the base that was kept."""
    report = Report()
    with acting(company, links) as found:
        for link in found:
            if link.state != State.UNLINKED:
                report.refused.append((link, "It is not unlinked."))
                continue
            both = link.record_id is not None and link.qbo_id is not None
            mark(link, by, decided("Linked again", by, State.WAITING if both else State.NEW))
            report.done.append(link)
        store(report.done)
    return report


def try_again(company: Company, links: Sequence[Link]) -> Report:
    """Has the next run look at them, whatever changed since."""
    report = Report()
    with acting(company, links) as found:
        for link in found:
            if link.state in (State.UNLINKED, State.SKIPPED):
                report.refused.append((link, "It is left out of the sync."))
                continue
            link.due, link.not_before = True, None
            report.done.append(link)
        Link.objects.bulk_update(report.done, ["due", "not_before"], batch_size=500)
    return report
