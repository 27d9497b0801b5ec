"""Two customers or suppliers were merged in QuickBooks: a person agrees, and ours follow."""

from __future__ import annotations

import msgspec

from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import decode, encode
from tieout.subledger.models import Contact, User
from tieout.subledger.services import merging
from tieout.subledger.services.refusal import refuse
from tieout.sync.deciding.pair import State, Verdict
from tieout.sync.matching.merged import DOCUMENTS, REASON
from tieout.sync.models import Link, Seen

from .acting import acting_on, decided, mark, store, today
from .pairing import absorb


def is_both_ours(link: Link) -> bool:
    """Whether agreeing would make two accounts of ours one; else it only links ours to the one that is left there."""
    return _other(link) is not None


def agree(link: Link, by: User) -> None:
    with acting_on(link) as mine:
        if mine.reason != REASON:
            raise refuse("It is no longer shown as merged in QuickBooks.")
        other = _other(mine)
        if other is None:
            _link_to_winner(mine, by)
        elif other.state == State.UNLINKED:
            raise refuse(f"{other.name} is unlinked. Link it again first, or unlink this one too.")
        else:
            _merge_ours(mine, other, by)
        store([mine])


def _other(link: Link) -> Link | None:
    links = Link.objects.of(link.company).filter(entity=link.entity, qbo_id=link.facts.get("winner"))
    return links.filter(record_id__isnull=False).exclude(pk=link.pk).first()


def _link_to_winner(link: Link, by: User) -> None:
    """The base stays: what the one that is left has otherwise counts as changed there."""
    winner = str(link.facts["winner"])
    absorb(link, winner)
    _follow(link, link.record_id, winner)
    into = link.facts["into"]
    link.qbo_id, link.sync_token = winner, ""
    mark(link, by, decided(f"Linked to {into}, with which it was merged,", by))


def _merge_ours(link: Link, other: Link, by: User) -> None:
    company = link.company
    mine = Contact.objects.get(company=company, pk=link.record_id or 0)
    kept = Contact.objects.get(company=company, pk=other.record_id or 0)
    _follow(link, other.record_id, str(link.facts["winner"]))
    merging.merge(mine, kept, by.email)
    facts = {"into": kept.name, "by": by.email, "on": today(company)}
    mark(link, by, Verdict(State.UNLINKED, "merged_here", facts), due=False)
    link.failing_since = None


def _follow(link: Link, record_id: int | None, winner: str) -> None:
    """Neither book's base shall show the merge as an edit of each document."""
    for entity, model in DOCUMENTS.items():
        records = model.objects.of(link.company).filter(contact=link.record_id).values("pk")
        links = list(Link.objects.of(link.company).filter(entity=entity, record_id__in=records))
        moved = _naming(link, entity, winner)
        for each in links:
            _point(each, str(record_id), winner if each.qbo_id in moved else None)
        Link.objects.bulk_update(links, ["base_ours", "base_theirs", "due"], batch_size=100)


def _naming(link: Link, entity: str, winner: str) -> set[str]:
    rows = Seen.objects.filter(company=link.company, entity=entity, contact=winner)
    return set(rows.values_list("qbo_id", flat=True))


def _point(link: Link, ours: str, theirs: str | None) -> None:
    kind = BY_ENTITY[link.entity]
    if (base := decode(kind, link.base_ours)) is not None:
        link.base_ours = encode(msgspec.structs.replace(base, contact=ours))
    if theirs is not None and (base := decode(kind, link.base_theirs)) is not None:
        link.base_theirs = encode(msgspec.structs.replace(base, contact=theirs))
    link.due = link.state != State.UNLINKED
