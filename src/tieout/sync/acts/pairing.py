"""Which object in QuickBooks a record is: chosen, told apart, or made anew."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from tieout.kinds.fields import active_name, folded
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Contact, User
from tieout.subledger.services.changing import changing
from tieout.subledger.services.refusal import refuse
from tieout.sync.deciding.pair import State, Verdict
from tieout.sync.models import Link, Seen

from .acting import acting_on, decided, mark, store, today


def same(link: Link, qbo_id: str, by: User) -> None:
    """They are one. Where the two differ the next run asks, since there is no base yet."""
    with acting_on(link) as mine:
        seen = Seen.objects.filter(company=mine.company, entity=mine.entity, qbo_id=qbo_id, deleted=False).first()
        if seen is None:
            raise refuse("QuickBooks does not have it any more. Choose another one.", "choice")
        absorb(mine, qbo_id)
        mine.qbo_id, mine.sync_token = qbo_id, ""
        mine.base_ours = mine.base_theirs = ""
        mine.apart_from = [id_ for id_ in mine.apart_from if id_ != qbo_id]
        mine.chosen = True
        mine.own_name = _second_name(mine, seen)
        mark(mine, by, decided(f"Chosen as {mine.entity} {qbo_id}", by))
        store([mine])


def _second_name(link: Link, seen: Seen) -> str:
    """Of the second role, the name that it has in QuickBooks; of the first one none, since its name is ours."""
    others = Link.objects.of(link.company).filter(kind="contact", record_id=link.record_id, qbo_id__isnull=False)
    if link.kind != "contact" or not others.exclude(Q(pk=link.pk) | Q(state=State.UNLINKED)).exists():
        return ""
    return active_name(loads(bytes(seen.body)).get("DisplayName"))


def absorb(link: Link, qbo_id: str) -> None:
    """A row that the object had of its own becomes part of this one; another record's is not taken from it."""
    for twin in Link.objects.of(link.company).filter(entity=link.entity, qbo_id=qbo_id).exclude(pk=link.pk):
        if twin.record_id is not None:
            raise refuse(f"{twin.name or twin.number} is linked to it already. Unlink that first.", "choice")
        twin.attempts.update(link=link)
        twin.delete()


def not_the_same(link: Link, qbo_ids: Iterable[str], by: User) -> None:
    """Remembered, so that it is not asked again; the record is then sent as a new one."""
    with acting_on(link) as mine:
        gone = mine.state == State.GONE
        if mine.qbo_id is not None and not gone:
            raise refuse("It has a counterpart already.")
        mine.apart_from = sorted({*mine.apart_from, *qbo_ids})
        mine.chosen = True
        mark(mine, by, decided("Told apart from what looks alike", by, State.WAITING if gone else State.NEW))
        store([mine])


def create(link: Link, by: User) -> None:
    """To be made in QuickBooks, however alike something there is; its name must be free."""
    not_the_same(link, _alike(link), by)


def _alike(link: Link) -> set[str]:
    shown = {str(each["id"]) for each in link.facts.get("candidates", ())}
    named = Seen.objects.filter(company=link.company, entity=link.entity, name=folded(link.name), deleted=False)
    return shown | set(named.values_list("qbo_id", flat=True)) if link.name else shown


def skip(link: Link, by: User, because: str = "") -> None:
    """Its link is kept; its errors stop, and its documents wait."""
    with acting_on(link) as mine:
        mark(
            mine,
            by,
            Verdict(State.SKIPPED, "skipped_here", {"by": by.email, "on": today(mine.company)}),
            because=because,
            due=False,
        )
        mine.failing_since = None
        store([mine])


def sync_again(link: Link, by: User) -> None:
    """After it was skipped or unlinked, with the counterpart it had."""
    with acting_on(link) as mine:
        mine.chosen = True
        both = mine.record_id is not None and mine.qbo_id is not None
        mark(mine, by, decided("To be synced", by, State.WAITING if both else State.NEW))
        store([mine])


def entity_of(contact: Contact) -> str:
    return "Vendor" if contact.is_supplier else "Customer"


def link_of(contact: Contact) -> Link:
    """Made if no run has looked at the account yet."""
    entity = entity_of(contact)
    links = Link.objects.of(contact.company).filter(kind="contact", record_id=contact.pk)
    with changing(contact.company):
        found = links.filter(entity=entity).first() or links.first()
        return found or Link.objects.create(
            company=contact.company, kind="contact", entity=entity, record_id=contact.pk, name=contact.name
        )
