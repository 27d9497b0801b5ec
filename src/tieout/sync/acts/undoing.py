"""Takes back what a run wrote to QuickBooks, as far as nothing has been built on it since. The next run carries it
out; the records are held afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from tieout.days import in_words
from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import decode
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company, User
from tieout.sync import reasons
from tieout.sync.deciding.pair import Act, Key, Pair, State, dated
from tieout.sync.deciding.undo import applied_to, inverse, stands_there
from tieout.sync.models import Link, Operation, Run, Seen, Taking

from .acting import PORTION, Report, acting, being_sent, decided, mark, store
from .preview import looking, pairs_of

SINCE = "It was changed {where} since."
BUILT_ON = "Something is applied to it. Take that apart first."


@dataclass(frozen=True)
class Undoable:
    """One write of a run, and how it would be taken back; `why_not`: a sentence, where it cannot be."""

    operation: Operation
    link: Link
    act: Act | None
    why_not: str = ""


def undoable(run: Run, *, deleting: bool = False) -> list[Undoable]:
    """`deleting`: what the run made is deleted in QuickBooks rather than voided."""
    return undoable_in(run, [deleting])[0]


def undoable_in(run: Run, ways: Iterable[bool]) -> list[list[Undoable]]:
    """In each way, by deleting or not; the books are read once for all of them."""
    confirmed = run.operations.filter(state=Operation.State.CONFIRMED).select_related("link", "company").order_by("pk")
    operations = list(confirmed)
    pairs = pairs_of(looking(run.company), [operation.link for operation in operations])
    again = _synced_again(run, operations)
    found = []
    for deleting in ways:
        listed = [_judge(each, pairs[each.link_id], deleting=deleting, again=each.pk in again) for each in operations]
        built_on = _built_on(run.company, [each for each in listed if not each.why_not], pairs)
        found.append([replace(each, why_not=BUILT_ON) if each.operation.pk in built_on else each for each in listed])
    return found


def undo(run: Run, by: User, *, deleting: bool = False) -> Report:
    report = Report()
    with acting(run.company, [operation.link for operation in run.operations.select_related("link")]) as found:
        links = {link.pk: link for link in found}
        on_their_way = being_sent(found)
        for each in undoable(run, deleting=deleting):
            why_not = "Its last write has not been answered yet." if each.link.pk in on_their_way else each.why_not
            if why_not or each.act is None:
                report.refused.append((each.link, why_not))
                continue
            report.done.append(_mark(links[each.link.pk], each, by))
        store(report.done)
    return report


def _mark(link: Link, each: Undoable, by: User) -> Link:
    link.undoing, link.undo_act = each.operation, (each.act or Act.VOID).value
    mark(link, by, decided("To be undone", by))
    return link


def _judge(operation: Operation, pair: Pair[Any], *, deleting: bool, again: bool) -> Undoable:
    link, kind = operation.link, BY_ENTITY[operation.entity]
    way = inverse(Act(operation.act), can_void=kind.can_void, is_name=kind.name == "contact", deleting=deleting)
    why_not = way.why_not or _changed_since(operation.link, pair, again=again) or _locked(operation, pair, way.act)
    return Undoable(operation, link, way.act, why_not)


def _changed_since(link: Link, pair: Pair[Any], *, again: bool) -> str:
    if link.state in (State.UNLINKED, State.SKIPPED):
        return "It is left out of the sync."
    if again:
        return "It was synced again since."
    if pair.ours is None or pair.ours.version != link.our_version:
        return SINCE.format(where="here")
    return "" if stands_there(pair) else SINCE.format(where="in QuickBooks")


def _synced_again(run: Run, operations: Iterable[Operation]) -> set[int]:
    """Those after which something else was written to the same object, or taken from it."""
    links = run.operations.values("link")
    latest = dict(Operation.objects.filter(link__in=links).values_list("link").annotate(Max("pk")))
    takings = Taking.objects.filter(link__in=links, at__gte=run.started_at)
    taken: dict[int, list[Taking]] = defaultdict(list)
    for taking in takings.only("link_id", "at", "request_id"):
        taken[taking.link_id].append(taking)
    return {
        each.pk
        for each in operations
        if latest[each.link_id] != each.pk or any(_is_later(taking, each) for taking in taken[each.link_id])
    }


def _is_later(taking: Taking, operation: Operation) -> bool:
    return taking.request_id != operation.request_id and taking.at >= (operation.answered_at or operation.stored_at)


def _locked(operation: Operation, pair: Pair[Any], act: Act | None) -> str:
    kind, closed = pair.kind, operation.company.closed_until
    before = decode(kind, operation.before)
    days = [day for values in (pair.there.values, before) if values is not None and (day := dated(values))]
    if closed is not None and days and min(days) <= closed:
        return f"The books are closed up to {in_words(closed)}."
    groups = operation.groups if act is Act.UPDATE else ["void"]
    refusal = kind.read_only(pair.there.values, pair.there.values, groups)
    return reasons.sentence(refusal.reason, refusal.facts) if refusal else ""


def _built_on(company: Company, listed: Sequence[Undoable], pairs: Mapping[int, Pair[Any]]) -> set[int]:
    """Those whose documents something is applied to that is not taken back along with them."""
    going = {(each.link.entity, str(each.link.qbo_id)) for each in listed}
    applied = [each for each in listed if each.act is not Act.UPDATE and applied_to(pairs[each.link.pk])]
    payments = _payments(company, {_customer(pairs[each.link.pk].there.body) for each in applied})
    return {each.operation.pk for each in applied if payments[each.link.entity, str(each.link.qbo_id)] - going}


def _payments(company: Company, customers: Collection[str]) -> Mapping[Key, set[Key]]:
    """By the document that they name, as they were last read."""
    found: dict[Key, set[Key]] = defaultdict(set)
    listed, parse = sorted(customers), BY_ENTITY["Payment"].parse
    for start in range(0, len(listed), PORTION):
        of = listed[start : start + PORTION]
        for seen in Seen.objects.filter(company=company, entity="Payment", deleted=False, contact__in=of):
            for part in parse(loads(bytes(seen.body))).allocations:
                found[part.entity, part.id].add(("Payment", seen.qbo_id))
    return found


def _customer(body: Mapping[str, Any]) -> str:
    return str((body.get("CustomerRef") or {}).get("value", ""))
