"""What the first sync would do with each record, from both books as they were read for the set-up. Writes nothing
in either book; what a person accepts becomes links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tieout.kinds import KINDS, Kind
from tieout.subledger.models import Company, User
from tieout.subledger.services.changing import changing
from tieout.sync.acts.acting import decided, mark, store
from tieout.sync.acts.preview import looking_at_all
from tieout.sync.deciding.pair import Act, Decision, Pair, State
from tieout.sync.deciding.plan import plans
from tieout.sync.models import Link

CONTACTS = tuple(kind for kind in KINDS if kind.name == "contact")
DOCUMENTS = tuple(kind for kind in KINDS if kind.outward and kind.name != "contact")
LINK, ASK, SEND, TAKE, LEAVE = "link", "ask", "send", "take", "leave"


def foreseen(company: Company, kinds: Sequence[Kind[Any]]) -> Iterator[Decision[Any]]:
    run = looking_at_all(company)
    for _, _, plan in plans(run, kinds):
        yield from plan


def becomes(decision: Decision[Any]) -> str:
    pair, state = decision.pair, decision.verdict.state
    if state in (State.CANDIDATE, State.HELD, State.CONFLICT):
        return ASK
    if pair.ours is not None and pair.theirs is not None:
        return LINK
    if decision.write is not None and decision.write.act is Act.CREATE:
        return SEND
    if decision.takes_new:
        return TAKE
    if state is State.WAITING:  # for its account, say, which goes before it
        return SEND if pair.ours is not None else TAKE
    return LEAVE


def counts(company: Company) -> dict[str, Counter[str]]:
    """By kind, how many are linked as they are, sent, taken in, asked about and left out."""
    found: dict[str, Counter[str]] = {kind.name: Counter() for kind in (*CONTACTS, *DOCUMENTS)}
    for decision in foreseen(company, (*CONTACTS, *DOCUMENTS)):
        found[decision.pair.kind.name][becomes(decision)] += 1
    return found


def accept(company: Company, pairs: Sequence[Pair[Any]], by: User) -> None:
    """Links accounts that are surely one, all at once; what differs between the two is asked about later."""
    with changing(company):
        links = [_link(company, pair) for pair in pairs if pair.ours is not None and pair.theirs is not None]
        made = Link.objects.bulk_create(links, batch_size=500)
        for link in made:
            mark(link, by, decided(f"Accepted as {link.entity} {link.qbo_id}", by))
        store(made)


def _link(company: Company, pair: Pair[Any]) -> Link:
    return Link(
        company=company,
        kind=pair.kind.name,
        entity=pair.kind.entity,
        record_id=pair.here.id,
        qbo_id=pair.there.id,
        name=pair.here.label,
        chosen=True,
    )
