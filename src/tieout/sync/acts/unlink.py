"""Takes records out of every later sync, both ways; nothing is deleted in either book."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst

from tieout.kinds import BOTH_WAYS
from tieout.subledger.models import Company, User
from tieout.sync.deciding.pair import State, Verdict
from tieout.sync.models import Link

from .acting import BEING_SENT, Report, acting, being_sent, mark, store, today
from .cascade import Leaving, cascade

# Apart from these nothing could be synced.
IS_A_LIST = "It belongs to a list that QuickBooks keeps and that documents name, so it stays linked."


def unlink(company: Company, links: Sequence[Link], by: User, because: str = "") -> Report:
    """With all that depends on them; see `cascade`."""
    report = Report()
    with acting(company, links) as found:
        trees = cascade(company, _unlinkable(found, report))
        on_their_way = being_sent([each.link for tree in trees for each in tree.everything()])
        for tree in trees:
            going = list(tree.everything())
            if waits_for := [each.link for each in going if each.link.pk in on_their_way]:
                # All or nothing: half a tree would be torn from what it names.
                report.refused.append((tree.link, f"{capfirst(called(waits_for[0]))}: {BEING_SENT}"))
                continue
            for each in going:
                mark(each.link, by, _verdict(each, by, today(company)), because=because, due=False)
            report.done += [each.link for each in going]
        store(report.done)
    return report


def _unlinkable(found: Sequence[Link], report: Report) -> list[Link]:
    roots = []
    for link in found:
        if link.kind not in BOTH_WAYS:
            report.refused.append((link, IS_A_LIST))
        elif link.state == State.UNLINKED:
            report.refused.append((link, "It was unlinked already."))
        else:
            roots.append(link)
    return roots


def _verdict(each: Leaving, by: User, on: str) -> Verdict:
    if each.because_of is None:
        return Verdict(State.UNLINKED, "unlinked", {"by": by.email, "on": on})
    facts = {"by": by.email, "on": on, "with": called(each.because_of.link)}
    return Verdict(State.UNLINKED, "unlinked_along", facts)


def called(link: Link) -> str:
    """As a sentence names it: "invoice 1042", "Smith Ltd"."""
    if link.kind == "contact":
        return link.name or f"contact {link.record_id or link.qbo_id}"
    return f"{link.kind.replace('_', ' ')} {link.number or link.record_id or link.qbo_id}"
