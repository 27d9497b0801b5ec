"""Proves, record by record and to the cent, that both books agree; what does not is named with its reason.

Both sides are compared as they were last read; `read_at` says when that was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tieout.kinds import BOTH_WAYS, KINDS, Kind
from tieout.kinds.kind import Held, decode
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company
from tieout.subledger.values import ADAPTERS
from tieout.sync.deciding.known_void import still_void
from tieout.sync.deciding.pair import State
from tieout.sync.matching import refs
from tieout.sync.matching.scope import Scope
from tieout.sync.matching.second_name import named
from tieout.sync.models import Cursor, Link, Policy, Seen
from tieout.sync.observing.observe import OVERLAP
from tieout.sync.observing.taking_in import UNREADABLE
from tieout.sync.reasons import sentence

PORTION = 500
EXPLAINED = {"no_documents", "before_sync_from", "waits_for", "waits_for_answer"}


@dataclass(frozen=True)
class Row:
    """One record that is not equal in both books, or is in one only."""

    kind: str
    record_id: int | None
    qbo_id: str | None
    label: str
    ours: Decimal | None
    theirs: Decimal | None
    explanation: str  # empty: a difference
    link: int | None = None
    said: str = ""
    """Of a difference: what is known of it, such as why QuickBooks refused the record."""

    @property
    def is_difference(self) -> bool:
        return not self.explanation


@dataclass
class KindReport:
    kind: str
    compared: int = 0
    agreed: int = 0
    ours: Decimal = Decimal(0)  # totals of all compared records, void ones as 0
    theirs: Decimal = Decimal(0)
    rows: list[Row] = field(default_factory=list)

    def count(self, ours: Decimal | None, theirs: Decimal | None) -> None:
        self.compared += 1
        self.ours += ours or Decimal(0)
        self.theirs += theirs or Decimal(0)


@dataclass(frozen=True)
class Report:
    kinds: list[KindReport]
    read_at: datetime | None

    @property
    def rows(self) -> list[Row]:
        return [row for kind in self.kinds for row in kind.rows]

    @property
    def differences(self) -> int:
        return sum(row.is_difference for row in self.rows)

    @property
    def explained(self) -> int:
        return sum(not row.is_difference for row in self.rows)


def tie_out(company: Company) -> Report:
    cursor = Cursor.objects.filter(company=company).first()
    reports = {name: KindReport(name) for name in BOTH_WAYS}
    for kind in KINDS:
        if kind.name in reports:
            _compare(company, kind, reports[kind.name], cursor.ours if cursor else 0)
    return Report(list(reports.values()), cursor.theirs + OVERLAP if cursor and cursor.theirs else None)


def _compare(company: Company, kind: Kind[Any], report: KindReport, read_upto: int) -> None:
    scope = scope_of(company)
    for links in _portions(Link.objects.of(company).filter(entity=kind.entity).order_by("pk")):
        _compare_links(company, kind, report, links, read_upto)
    _list_ours_only(company, kind, report, scope, read_upto)
    _list_theirs_only(company, kind, report, scope)


def scope_of(company: Company) -> Scope | None:
    """None before anybody has said from when on documents sync."""
    policy = Policy.objects.filter(company=company).first()
    return Scope.of(policy) if policy else None


def _portions(rows: Any) -> Iterator[list[Any]]:
    portion = []
    for row in rows.iterator(chunk_size=PORTION):
        portion.append(row)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


# Pairs


def _compare_links(company: Company, kind: Kind[Any], report: KindReport, links: list[Link], read_upto: int) -> None:
    held = ADAPTERS[kind.entity].load(company, [link.record_id for link in links if link.record_id is not None])
    ids = [link.qbo_id for link in links if link.qbo_id is not None]
    seen = {row.qbo_id: row for row in Seen.objects.filter(company=company, entity=kind.entity, qbo_id__in=ids)}
    table = refs.load(company, kind, [each.values for each in held.values()], [])
    for link in links:
        ours, theirs = held.get(link.record_id or 0), _living(kind, seen.get(link.qbo_id or ""))
        if ours is None and theirs is None:
            continue
        report.count(_total(ours.values if ours else None), _total(theirs))
        if theirs is not None and _total(theirs) == 0:
            theirs = still_void(decode(kind, link.base_theirs), theirs)
        if theirs is not None and link.own_name:
            theirs = named(theirs, link.name)
        explanation = _why_apart(kind, link, ours, theirs, table)
        if explanation is None:
            report.agreed += 1
        else:
            said = "" if explanation else link.details or _said(ours, read_upto)
            report.rows.append(replace(_row(kind, link, ours, theirs, explanation), said=said))


def _living(kind: Kind[Any], row: Seen | None) -> Any:
    if row is None or row.deleted:
        return None
    try:
        return kind.parse(loads(bytes(row.body)))
    except UNREADABLE:
        return None  # nothing that could be compared is no agreement


def _said(ours: Held[Any] | None, read_upto: int) -> str:
    return "Entered or changed here since the last sync." if ours and ours.version > read_upto else ""


def _row(kind: Kind[Any], link: Link, ours: Held[Any] | None, theirs: Any, explanation: str) -> Row:
    label = link.number or link.name or link.qbo_id or str(link.record_id)
    mine, other = _total(ours.values if ours else None), _total(theirs)
    return Row(kind.name, link.record_id, link.qbo_id, label, mine, other, explanation, link.pk)


def _why_apart(kind: Kind[Any], link: Link, ours: Held[Any] | None, theirs: Any, table: refs.Refs) -> str | None:
    """None: equal. Empty: a difference without a reason."""
    if _is_equal(kind, ours, theirs, table) and link.state != State.UNLINKED:
        return None
    if link.state in (State.UNLINKED, State.SKIPPED):
        return "unlinked" if link.state == State.UNLINKED else "skipped"
    if link.reason in EXPLAINED:
        return sentence(link.reason, link.facts)
    return sentence("before_sync_from", {}) if link.stub else ""


def _is_equal(kind: Kind[Any], ours: Held[Any] | None, theirs: Any, table: refs.Refs) -> bool:
    if ours is None or theirs is None:
        return ours is not None and getattr(ours.values, "void", False)
    both_void = getattr(ours.values, "void", False) and getattr(theirs, "void", False)
    if both_void:
        return True
    there = table.there(kind, ours.values).compared
    return there is not None and not kind.changed(there, theirs)


def _total(values: Any) -> Decimal | None:
    if values is None or not hasattr(values, "total"):
        return None
    return Decimal(0) if values.void else values.total


# One side only


def _list_ours_only(company: Company, kind: Kind[Any], report: KindReport, scope: Scope | None, read_upto: int) -> None:
    if kind.name == "contact":
        return  # without documents it concerns no balance; with documents it has a link
    linked = Link.objects.of(company).filter(entity=kind.entity, record_id__isnull=False).values("record_id")
    adapter = ADAPTERS[kind.entity]
    for records in _portions(adapter.model.objects.of(company).exclude(pk__in=linked).order_by("pk")):
        for held in adapter.load(company, [record.pk for record in records]).values():
            if held.draft or getattr(held.values, "void", False):
                continue
            outside = scope is not None and not scope.has_ours(held.values.date, held.version, held.open)
            explanation = sentence("before_sync_from", {}) if outside else ""
            said = "" if explanation else _said(held, read_upto)
            total = _total(held.values)
            report.rows.append(Row(kind.name, held.id, None, held.label, total, None, explanation, said=said))


def _list_theirs_only(company: Company, kind: Kind[Any], report: KindReport, scope: Scope | None) -> None:
    if kind.name == "contact":
        return
    linked = Link.objects.of(company).filter(entity=kind.entity, qbo_id__isnull=False).values("qbo_id")
    rows = Seen.objects.filter(company=company, entity=kind.entity, deleted=False).exclude(qbo_id__in=linked)
    for row in rows.order_by("pk").iterator(chunk_size=PORTION):
        inside = scope is None or scope.has_theirs(row.date, row.updated_at, row.balance or Decimal(0))
        explanation = "" if inside else sentence("before_sync_from", {})
        report.rows.append(Row(kind.name, None, row.qbo_id, row.number or row.qbo_id, None, row.total, explanation))
