"""Both ends of what a look begins with, on the way to becoming pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils.functional import cached_property

from tieout.kinds import BY_ENTITY, Kind
from tieout.kinds.kind import Held, decode
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import CreditNote, Invoice, Payment, Status
from tieout.subledger.values import ADAPTERS
from tieout.sync.deciding import written_off
from tieout.sync.deciding.known_void import still_void
from tieout.sync.deciding.pair import Across, Act, LinkFacts, Pair, State, Theirs, Undo, Unreadable, Way
from tieout.sync.deciding.undo import REASON as UNDONE
from tieout.sync.models import Link, Policy, Seen
from tieout.sync.observing.taking_in import UNREADABLE
from tieout.sync.running import Running

from . import refs
from .recognise import Pool, Recognised, recognise
from .second_name import with_second_name
from .tied_in_closed import End, TiedInClosed

Pairs = list[Pair[Any]]


@dataclass
class Portion:
    """What a look begins with; the other ends come along."""

    records: set[int] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    links: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.records or self.objects or self.links)

    @property
    def named(self) -> Q:
        """For a query of links."""
        return Q(pk__in=self.links) | Q(record_id__in=self.records) | Q(qbo_id__in=self.objects)

    def noting(self, pairs: Pairs) -> Pairs:
        for pair in pairs:
            if pair.link.id is not None:
                self.links.add(pair.link.id)
            if pair.theirs is not None:
                self.objects.add(pair.theirs.id)
        return pairs


def bring_together(run: Running, kind: Kind[Any], portion: Portion) -> Pairs:
    links = _links(run, kind, portion)
    records = portion.records | {link.record_id for link in links if link.record_id is not None}
    objects = portion.objects | {link.qbo_id for link in links if link.qbo_id is not None}
    held = ADAPTERS[kind.entity].load(run.company, records)
    ends = Ends(run, kind, links, held)
    ends.add(_seen(run, kind, objects))
    ends.recognise()
    return list(ends.pairs())


def _links(run: Running, kind: Kind[Any], portion: Portion) -> list[Link]:
    links = list(Link.objects.of(run.company).filter(portion.named, entity=kind.entity))
    if undone := [link for link in links if link.undoing_id is not None]:
        prefetch_related_objects(undone, "undoing", "set_by")
    return links


def _seen(run: Running, kind: Kind[Any], ids: Iterable[str]) -> list[Seen]:
    wanted = list(ids)
    return list(Seen.objects.filter(company=run.company, entity=kind.entity, qbo_id__in=wanted)) if wanted else []


def _parsed(kind: Kind[Any], row: Seen) -> Theirs[Any] | Unreadable:
    body = loads(bytes(row.body))
    try:
        values = kind.parse(body)
    except UNREADABLE as error:
        return Unreadable(row.qbo_id, f"{type(error).__name__}: {error}", row.pending)
    return Theirs(row.qbo_id, row.sync_token, values, body, row.deleted, row.pending)


class Ends:
    """Both sides of one portion, on the way to becoming pairs."""

    def __init__(
        self,
        run: Running,
        kind: Kind[Any],
        links: list[Link],
        held: dict[int, Held[Any]],
    ) -> None:
        self.run, self.kind, self.links, self.held = run, kind, links, held
        self.theirs: dict[str, tuple[Seen, Theirs[Any]]] = {}
        self.unreadable: dict[str, Unreadable] = {}
        self.found = Recognised()

    def add(self, rows: Iterable[Seen]) -> None:
        for row in rows:
            match _parsed(self.kind, row):
                case Unreadable() as unreadable:
                    self.unreadable[row.qbo_id] = unreadable
                case parsed:
                    self.theirs[row.qbo_id] = (row, parsed)

    def _load_refs(self) -> None:
        ours = [held.values for held in self.held.values()]
        theirs = [parsed.values for _, parsed in self.theirs.values()]
        self.refs = refs.load(self.run.company, self.kind, ours, theirs)

    # Recognising

    def recognise(self) -> None:
        self._load_refs()
        ours, theirs = self._free_ours(), self._free_theirs()
        if not ours and not theirs:
            return
        known = len(self.held) + len(self.theirs)
        self._add_alike_theirs(ours)
        self._add_alike_ours(theirs)
        if len(self.held) + len(self.theirs) > known:
            self._load_refs()
        free = {id_: parsed.values for id_, parsed in self._free_theirs().items()}
        pool = Pool(self._there(self._free_ours()), free, self._told_apart())
        connecting = self.run.cursor.in_full or not self.kind.outward
        self.found = recognise(self.kind, pool, connecting=connecting)
        for pk in self._replaceable():
            self.found.ask_about(pk)

    def _replaceable(self) -> set[int]:
        """Records whose counterpart was deleted: bookkeepers correct by deleting and entering anew. What holds no money
        is only taken apart by a deletion."""
        gone = {link.record_id for link in self.links if link.qbo_id in self.theirs and self._is_gone(link)}
        return {pk for pk in gone if pk is not None and pk in self.held and not self._is_weightless(pk)}

    def _is_gone(self, link: Link) -> bool:
        _, parsed = self.theirs[link.qbo_id or ""]
        return parsed.deleted and not self.kind.has_active and not _left_alone(link)

    def _is_weightless(self, pk: int) -> bool:
        return self.kind.weightless(self.held[pk].values)

    def _there(self, held: dict[int, Held[Any]]) -> dict[int, Any]:
        across = {pk: self.refs.there(self.kind, each.values).values for pk, each in held.items()}
        return {pk: values for pk, values in across.items() if values is not None}

    def _free_ours(self) -> dict[int, Held[Any]]:
        bound = {link.record_id for link in self.links if link.qbo_id is not None or _left_alone(link)}
        bound -= self._replaceable()
        free = {pk: held for pk, held in self.held.items() if pk not in bound}
        return {pk: held for pk, held in free.items() if not held.draft and not held.stub}

    def _free_theirs(self) -> dict[str, Theirs[Any]]:
        bound = {link.qbo_id for link in self.links if link.record_id is not None or _left_alone(link)}
        return {id_: parsed for id_, (_, parsed) in self.theirs.items() if id_ not in bound and not parsed.deleted}

    def _told_apart(self) -> frozenset[tuple[int, str]]:
        return frozenset((link.record_id, id_) for link in self.links for id_ in link.apart_from if link.record_id)

    def _add_alike_theirs(self, ours: dict[int, Held[Any]]) -> None:
        traits = [self.kind.traits(values) for values in self._there(ours).values()]
        if not traits:
            return
        contacts = {each.contact for each in traits if each.contact}
        alike = (
            Q(name__in={each.name for each in traits if each.name})
            | Q(number__in={number for each in traits for number in each.numbers})
            | Q(contact__in=contacts, date__in={each.date for each in traits})
            | Q(contact__in=contacts, total__in={each.total for each in traits})
        )
        rows = Seen.objects.filter(alike, company=self.run.company, entity=self.kind.entity, deleted=False)
        self.add(rows.filter(~has_link(self.run)).exclude(qbo_id__in=self.theirs))

    def _add_alike_ours(self, theirs: dict[str, Theirs[Any]]) -> None:
        here = [self.refs.here(self.kind, parsed.values).values for parsed in theirs.values()]
        known = [values for values in here if values is not None]
        if not known:
            return
        adapter = ADAPTERS[self.kind.entity]
        ids = set(adapter.alike(self.run.company, known)) - self.held.keys()
        if not ids:
            return
        bound = list(Link.objects.of(self.run.company).filter(entity=self.kind.entity, record_id__in=ids))
        taken = {link.record_id: link.qbo_id for link in bound if link.qbo_id is not None}
        gone = _seen(self.run, self.kind, taken.values())
        self.add(row for row in gone if row.deleted)
        free = ids - {pk for pk, qbo_id in taken.items() if qbo_id not in self.theirs}
        self.held |= adapter.load(self.run.company, free)
        self.links += [link for link in bound if link.record_id in free]

    # Pairs

    def pairs(self) -> Iterator[Pair[Any]]:
        done_ours: set[int] = set()
        done_theirs: set[str] = set()
        for link in self.links:
            theirs_id = link.qbo_id or self.found.sure.get(link.record_id or 0)
            ours_id = link.record_id or self._sure_ours(link.qbo_id)
            done_ours.add(ours_id or 0)
            done_theirs.add(theirs_id or "")
            yield self._pair(link, ours_id, theirs_id)
        for pk in self.held.keys() - done_ours:
            theirs_id = self.found.sure.get(pk)
            done_theirs.add(theirs_id or "")
            yield self._pair(None, pk, theirs_id)
        for id_ in (self.theirs.keys() | self.unreadable.keys()) - done_theirs:
            yield self._pair(None, None, id_)

    def _sure_ours(self, qbo_id: str | None) -> int | None:
        return next((ours for ours, theirs in self.found.sure.items() if theirs == qbo_id), None)

    def _pair(self, link: Link | None, ours_id: int | None, theirs_id: str | None) -> Pair[Any]:
        held = self.held.get(ours_id) if ours_id is not None else None
        row, parsed = self.theirs.get(theirs_id or "", (None, None))
        base_theirs = decode(self.kind, link.base_theirs) if link else None
        if parsed is not None and (known := still_void(base_theirs, parsed.values)) is not parsed.values:
            parsed = replace(parsed, values=known)
        pair = Pair(
            kind=self.kind,
            link=_facts(link),
            ours=held,
            theirs=parsed,
            unreadable=self.unreadable.get(theirs_id or ""),
            base_ours=decode(self.kind, link.base_ours) if link else None,
            base_theirs=base_theirs,
            ours_there=self.refs.there(self.kind, held.values) if held else Across(None),
            theirs_here=self.refs.here(self.kind, parsed.values) if parsed else Across(None),
            candidates=self._candidates(held, row) if held is None or parsed is None or parsed.deleted else (),
            left_out=self._left_out(held, row) if held is None or parsed is None else "",
            undo=_undo(link, held),
            merged=self.run.merges.by_loser.get((self.kind.entity, theirs_id or "")),
            written_off=self._written_off(held, row, parsed, link),
            ties_closed=self._ties_closed(held, parsed),
            as_stub=held is None and row is not None and self._is_stub(row),
        )
        return with_second_name(pair, link.own_name if link else "")

    def _candidates(self, held: Held[Any] | None, row: Seen | None) -> tuple[dict[str, str], ...]:
        if held is not None:
            ids = self.found.for_ours.get(held.id, [])
            return tuple({"id": id_, "label": _label(self.theirs[id_][1])} for id_ in ids)
        found = self.found.for_theirs.get(row.qbo_id, []) if row is not None else []
        return tuple({"id": str(pk), "label": self.held[pk].label} for pk in found)

    def _written_off(
        self, held: Held[Any] | None, row: Seen | None, parsed: Theirs[Any] | None, link: Link | None
    ) -> Mapping[str, Any] | None:
        if row is None or parsed is None or row.deleted:
            return None
        if self.kind.entity == "CreditMemo" and held is None and not (link and link.chosen):
            known = link is not None and link.reason == written_off.MEMO
            is_one = known or written_off.is_one(row, parsed.body, self._made_inactive)
            return written_off.of_memo(parsed.body, parsed.values.total) if is_one else None
        if self.kind.entity == "Customer" and held is not None and held.values.active and not parsed.values.active:
            return written_off.of_customer(self.run.company, row.qbo_id)
        return None

    def _ties_closed(self, held: Held[Any] | None, parsed: Theirs[Any] | None) -> Mapping[str, Any] | None:
        ours = held is not None and self.kind.weightless(held.values)
        theirs = parsed is not None and self.kind.weightless(parsed.values)
        return self._in_closed.earliest(held, parsed) if ours or theirs else None

    @cached_property
    def _in_closed(self) -> TiedInClosed:
        ends: list[End] = [*self.held.values(), *(parsed for _, parsed in self.theirs.values())]
        return TiedInClosed.load(self.run.company, ends)

    def _left_out(self, held: Held[Any] | None, row: Seen | None) -> str:
        if held is not None:
            return self._ours_left_out(held)
        return self._theirs_left_out(row) if row is not None else ""

    def _ours_left_out(self, held: Held[Any]) -> str:
        if self.kind.name == "contact":
            everyone = self.run.policy.contacts == Policy.Contacts.ALL
            return "" if everyone or held.id in self._with_documents | self._chosen else "no_documents"
        day = getattr(held.values, "date", None)
        return "" if self.run.scope.has_ours(day, held.version, held.open) else "before_sync_from"

    def _theirs_left_out(self, row: Seen) -> str:
        if self.kind.name == "contact":
            if (self.kind.entity, row.qbo_id) in self.run.merges.winners:
                return "merged_there"  # until a person has said whose counterpart it is
            everyone = self.run.policy.contacts == Policy.Contacts.ALL
            return "" if everyone or row.qbo_id in self.run.wanted.contacts else "no_documents"
        return "" if self._in_scope(row) or self._is_stub(row) else "before_sync_from"

    def _in_scope(self, row: Seen) -> bool:
        return self.run.scope.has_theirs(row.date, row.updated_at, row.balance or Decimal(0))

    def _is_stub(self, row: Seen) -> bool:
        named = self.run.wanted.documents.get(self.kind.entity, set())
        return row.qbo_id in named and not self._in_scope(row)

    @cached_property
    def _made_inactive(self) -> written_off.MadeInactive:
        return written_off.made_inactive(self.run.company, {row.contact for row, _ in self.theirs.values()})

    @property
    def _chosen(self) -> set[int]:
        return {link.record_id for link in self.links if link.chosen and link.record_id is not None}

    @property
    def _with_documents(self) -> set[int]:
        if not hasattr(self, "_having"):
            self._having: set[int] = set()
            for model in (Invoice, CreditNote, Payment):
                rows = model.objects.of(self.run.company).filter(contact_id__in=self.held.keys())
                self._having |= set(rows.exclude(status=Status.DRAFT).values_list("contact_id", flat=True))
        return self._having


def _left_alone(link: Link) -> bool:
    """Not so what waits for an answer: what that may have made must not be taken for somebody else's."""
    return link.state in (State.UNLINKED, State.SKIPPED)


def _facts(link: Link | None) -> LinkFacts:
    if link is None:
        return LinkFacts()
    released = frozenset((book, change) for book, change in link.facts.get("released", ()))
    return LinkFacts(
        link.pk,
        State(link.state),
        link.sync_token,
        link.set_at,
        released,
        way=Way(way) if (way := link.facts.get("way")) else None,
        is_undone=link.reason == UNDONE,
    )


def _undo(link: Link | None, held: Held[Any] | None) -> Undo | None:
    operation = link.undoing if link is not None else None
    if link is None or operation is None or held is None or held.version != link.our_version:
        return None
    before = decode(BY_ENTITY[link.entity], operation.before)
    by = link.set_by.email if link.set_by is not None else ""
    return Undo(operation.pk, Act(link.undo_act), frozenset(operation.groups), before, by)


def _label(parsed: Theirs[Any]) -> str:
    return getattr(parsed.values, "number", "") or getattr(parsed.values, "name", "") or parsed.id


def has_link(run: Running) -> Exists:
    """Of an object that was seen."""
    links = Link.objects.of(run.company).filter(entity=OuterRef("entity"), qbo_id=OuterRef("qbo_id"))
    return Exists(links)
