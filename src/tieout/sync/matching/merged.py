"""Recognises customers and suppliers that were merged in QuickBooks: one is gone or inactive, and its documents name
another. QuickBooks says so nowhere, and may move documents without a new version."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from tieout import clock
from tieout.kinds import BY_ENTITY
from tieout.kinds.contact import ROLES
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company, CreditNote, Invoice, Payment
from tieout.sync.deciding.pair import Key, Merges, State
from tieout.sync.models import Link, Seen
from tieout.sync.observing.taking_in import take_in
from tieout.sync.running import Running

DOCUMENTS: dict[str, type[Any]] = {"Invoice": Invoice, "CreditMemo": CreditNote, "Payment": Payment}
AT_ONCE = 200
REASON = "merged_there"


def find(run: Running, *, reading: bool = True) -> Merges:
    vanished = _vanished(run.company)
    if reading and vanished:
        _read_documents(run, vanished)
    found = {(link.entity, str(link.qbo_id)): _facts(link) for link in vanished}
    return Merges({loser: facts for loser, facts in found.items() if facts is not None})


def _vanished(company: Company) -> list[Link]:
    """Linked contacts that have just become inactive or gone there, or are known to have been merged."""
    linked = Link.objects.of(company).filter(entity__in=ROLES, record_id__isnull=False, qbo_id__isnull=False)
    known = set(linked.filter(reason=REASON).values_list("entity", "qbo_id"))
    gone = set(_gone(company, known))
    if not gone:
        return []
    found = linked.exclude(state__in=(State.UNLINKED, State.SKIPPED)).filter(qbo_id__in=[id_ for _, id_ in gone])
    return [link for link in found.order_by("pk") if (link.entity, link.qbo_id) in gone]


def _gone(company: Company, known: Collection[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    """Of what is pending or known."""
    asked = Q(pending=True) | Q(qbo_id__in=[id_ for _, id_ in known])
    rows = Seen.objects.filter(asked, company=company, entity__in=ROLES)
    for entity, id_, deleted, pending, body in rows.values_list(
        "entity", "qbo_id", "deleted", "pending", "body"
    ).iterator():
        if (pending or (entity, id_) in known) and (deleted or not loads(bytes(body)).get("Active", True)):
            yield entity, id_


# Whom its documents name now


def _facts(link: Link) -> Mapping[str, Any] | None:
    named = Counter(seen.contact for seen in documents_there(link) if seen.contact not in ("", link.qbo_id))
    if not named:
        return None
    ((winner, number),) = named.most_common(1)
    other = Link.objects.of(link.company).filter(entity=link.entity, qbo_id=winner, record_id__isnull=False).first()
    return {
        "winner": winner,
        "into": _name(link, winner),
        "documents": number,
        "linked_to": other.name if other else "",
        "name": link.name,
    }


def documents_there(link: Link) -> Iterator[Seen]:
    for entity, ids in _documents(link).items():
        yield from Seen.objects.filter(company=link.company, entity=entity, qbo_id__in=ids, deleted=False)


def _documents(link: Link) -> dict[str, list[str]]:
    """Ids of the linked documents of a contact of ours."""
    found: dict[str, list[str]] = {}
    for entity, model in DOCUMENTS.items():
        records = model.objects.of(link.company).filter(contact=link.record_id).values("pk")
        links = Link.objects.of(link.company).filter(entity=entity, record_id__in=records, qbo_id__isnull=False)
        rows = links.exclude(state=State.UNLINKED).order_by("-pk")
        found[entity] = [str(id_) for id_ in rows.values_list("qbo_id", flat=True)]
    return {entity: ids for entity, ids in found.items() if ids}


def _name(link: Link, qbo_id: str) -> str:
    seen = Seen.objects.filter(company=link.company, entity=link.entity, qbo_id=qbo_id).first()
    return str(loads(bytes(seen.body)).get("DisplayName", "")) if seen else f"{link.entity} {qbo_id}"


# Reading what QuickBooks may have moved without saying so


def _read_documents(run: Running, vanished: Sequence[Link]) -> None:
    """One document of each at first; the others only of those whose first one moved."""
    still = {link.pk: _still_there(link) for link in vanished}
    _read(run, [next(iter(unmoved)) for unmoved in still.values() if unmoved])
    for link in vanished:
        unmoved = _still_there(link)
        if len(unmoved) < len(still[link.pk]):
            _read(run, sorted(unmoved))


def _still_there(link: Link) -> set[Key]:
    """Documents that name the one that vanished, as far as we have read."""
    return {(seen.entity, seen.qbo_id) for seen in documents_there(link) if seen.contact == link.qbo_id}


def _read(run: Running, keys: Iterable[Key]) -> None:
    by_entity: dict[str, list[str]] = defaultdict(list)
    for entity, id_ in keys:
        by_entity[entity].append(id_)
    asked = [
        (entity, ids[start : start + AT_ONCE])
        for entity, ids in by_entity.items()
        for start in range(0, len(ids), AT_ONCE)
    ]
    for start in range(0, len(asked), requests.MAX_BATCH_ITEMS):
        _read_batch(run, asked[start : start + requests.MAX_BATCH_ITEMS])


def _read_batch(run: Running, asked: Sequence[tuple[str, list[str]]]) -> None:
    queries = [requests.query(_statement(entity, ids)) for entity, ids in asked]
    answers = run.client.get_together(queries)
    with run.lease.transaction():
        for (entity, _), answer in zip(asked, answers, strict=True):
            take_in(run.company, entity, answer.rows, clock.now())


def _statement(entity: str, ids: Sequence[str]) -> str:
    listed = ", ".join(f"'{id_}'" for id_ in ids if id_.isalnum())
    return f"SELECT * FROM {BY_ENTITY[entity].entity} WHERE Id IN ({listed}) MAXRESULTS 1000"  # noqa: S608 - ids only
