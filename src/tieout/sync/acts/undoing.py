"""Takes back what a run wrote to QuickBooks, as far as nothing has been built on it since. The next run carries it
out; the records are held afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tieout.kinds import BY_ENTITY
from tieout.kinds.kind import decode
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company, User
from tieout.sync import reasons
from tieout.sync.deciding.pair import Act, Pair, State, dated
from tieout.sync.deciding.undo import applied_to, inverse, stands_there
from tieout.sync.models import Link, Operation, Run, Seen, Taking

from .acting import Report, acting, being_sent, decided, mark, store
from .preview import looking, pairs_of

SINCE = "It was changed {where} since."


@dataclass(frozen=True)
class Undoable:
    """One write of a run, and how it would be taken back; `why_not`: a sentence, where it cannot be."""

    operation: Operation
    link: Link
    act: Act | None
    why_not: str = ""


def undoable(run: Run, *, deleting: bool = False) -> list[Undoable]:
    """`deleting`: what the run made is deleted in QuickBooks rather than voided."""
    confirmed = run.operations.filter(state=Operation.State.CONFIRMED).select_related("link", "company").order_by("pk")
    operations = list(confirmed)
    pairs = pairs_of(looking(run.company), [operation.link for operation in operations])
    listed = [_judge(operation, pairs[operation.link_id], deleting=deleting) for operation in operations]
    going = {(each.link.entity, str(each.link.qbo_id)) for each in listed if not each.why_not}
    return [_unless_built_on(each, pairs[each.link.pk], going) for each in listed]


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


def _judge(operation: Operation, pair: Pair[Any], *, deleting: bool) -> Undoable:
    link, kind = operation.link, BY_ENTITY[operation.entity]
    way = inverse(Act(operation.act), can_void=kind.can_void, is_name=kind.name == "contact", deleting=deleting)
    why_not = way.why_not or _changed_since(operation, pair) or _locked(operation, pair, way.act)
    return Undoable(operation, link, way.act, why_not)


def _changed_since(operation: Operation, pair: Pair[Any]) -> str:
    link = operation.link
    if link.state in (State.UNLINKED, State.SKIPPED):
        return "It is left out of the sync."
    if link.operations.filter(pk__gt=operation.pk).exists() or _taken_since(operation):
        return "It was synced again since."
    if pair.ours is None or pair.ours.version != link.our_version:
        return SINCE.format(where="here")
    return "" if stands_there(pair) else SINCE.format(where="in QuickBooks")


def _taken_since(operation: Operation) -> bool:
    later = Taking.objects.filter(link=operation.link, at__gte=operation.answered_at or operation.stored_at)
    return later.exclude(request_id=operation.request_id).exists()


def _locked(operation: Operation, pair: Pair[Any], act: Act | None) -> str:
    kind, closed = pair.kind, operation.company.closed_until
    before = decode(kind, operation.before)
    days = [day for values in (pair.there.values, before) if values is not None and (day := dated(values))]
    if closed is not None and days and min(days) <= closed:
        return f"The books are closed up to {closed.isoformat()}."
    groups = operation.groups if act is Act.UPDATE else ["void"]
    refusal = kind.read_only(pair.there.values, pair.there.values, groups)
    return reasons.sentence(refusal.reason, refusal.facts) if refusal else ""


def _unless_built_on(each: Undoable, pair: Pair[Any], going: Iterable[tuple[str, str]]) -> Undoable:
    """A document that something is applied to, unless that is taken back along with it."""
    if each.why_not or each.act is Act.UPDATE or not applied_to(pair):
        return each
    if all(end in going for end in _applied(each.link.company, pair)):
        return each
    return Undoable(each.operation, each.link, each.act, "Something is applied to it. Take that apart first.")


def _applied(company: Company, pair: Pair[Any]) -> Iterable[tuple[str, str]]:
    """Payments that name the document, as they were last read."""
    this = (pair.kind.entity, pair.there.id)
    payments = Seen.objects.filter(company=company, entity="Payment", deleted=False)
    for seen in payments.filter(contact=_customer(pair.there.body)):
        values = BY_ENTITY["Payment"].parse(loads(bytes(seen.body)))
        if any((part.entity, part.id) == this for part in values.allocations):
            yield "Payment", seen.qbo_id


def _customer(body: Mapping[str, Any]) -> str:
    return str((body.get("CustomerRef") or {}).get("value", ""))
