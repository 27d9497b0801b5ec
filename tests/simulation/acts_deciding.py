"""What people decide about the results that they are shown, and about the sync itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.chronicle import Decision

from tieout.kinds import BOTH_WAYS
from tieout.sync.acts import merging, pairing, releasing, relink, resolve, unlink, writing_off
from tieout.sync.models import Link, Policy
from tieout.sync.setting_up import set_up

GONE = ("deleted_there", "undone")


def settle_conflict(on: Acting) -> str:
    link = _one(on, reason__in=("conflict", "undone"), state__in=("conflict", "held"))
    sides: dict[str, resolve.Side] = {
        group: on.chance.choice(("ours", "theirs")) for group in link.facts.get("groups", ())
    }
    resolve.choose(link, sides, on.world.owner)
    note(on, "choose", link, **sides)
    return f"{called(link)}: {sides}"


def say_the_same(on: Acting) -> str:
    link = _one(on, reason="possible_duplicate", record_id__isnull=False)
    other = on.one(link.facts.get("candidates", ()))["id"]
    pairing.same(link, other, on.world.owner)
    note(on, "same", link, object=other)
    return f"{called(link)} is {link.entity} {other}"


def say_not_the_same(on: Acting) -> str:
    link = _one(on, reason="possible_duplicate", record_id__isnull=False)
    others = [each["id"] for each in link.facts.get("candidates", ())]
    pairing.not_the_same(link, others, on.world.owner)
    return f"{called(link)} is none of {others}"


def send_again(on: Acting) -> str:
    link = _one(on, reason__in=GONE, state="gone")
    resolve.recreate(link, on.world.owner)
    note(on, "recreate", link)
    return called(link)


def void_ours_too(on: Acting) -> str:
    link = _one(on, reason__in=GONE, state="gone")
    resolve.void_ours(link, on.world.owner)
    note(on, "void ours", link)
    return called(link)


def unlink_one(on: Acting) -> str:
    link = _one(on, kind__in=BOTH_WAYS, record_id__isnull=False, qbo_id__isnull=False)
    report = unlink.unlink(on.company, [link], on.world.owner)
    for each in report.done:
        note(on, "unlink", each)
    return _reported(report.done)


def link_again(on: Acting) -> str:
    links = Link.objects.filter(company=on.company, state="unlinked", reason__startswith="unlinked").order_by("pk")
    report = relink.relink(on.company, list(links), on.world.owner)
    for each in report.done:
        note(on, "relink", each)
    return _reported(report.done)


def skip_one(on: Acting) -> str:
    link = _one(on, status="failed", kind__in=BOTH_WAYS)
    pairing.skip(link, on.world.owner)
    note(on, "unlink", link)
    return called(link)


def sync_again(on: Acting) -> str:
    link = _one(on, state="skipped")
    pairing.sync_again(link, on.world.owner)
    note(on, "relink", link)
    return called(link)


def let_through(on: Acting) -> str:
    each = on.one(releasing.stopped(on.company))
    number = releasing.release(on.company, each.key, on.world.owner, seen=each.seen)
    return f"{number} of {each.key}"


def accept_merge(on: Acting) -> str:
    link = _one(on, reason="merged_there")
    merging.agree(link, on.world.owner)
    note(on, "merge", link)
    return called(link)


def accept_write_off(on: Acting) -> str:
    link = _one(on, reason__in=("written_off", "write_off"))
    writing_off.accept(link, on.world.owner)
    return called(link)


def change_policy(on: Acting) -> str:
    conflicts = on.chance.choice(("ask", "ask", "ours", "theirs"))
    Policy.objects.filter(company=on.company).update(conflicts=conflicts)
    on.world.decide(Decision(on.world.time.theirs.now(), "policy", facts={"conflicts": conflicts}))
    return f"conflicts: {conflicts}"


def take_everybody_along(on: Acting) -> str:
    Policy.objects.filter(company=on.company).update(contacts=Policy.Contacts.ALL)
    set_up.look_at_everything_again(on.company)
    return ""


def move_sync_from(on: Acting) -> str:
    policy = Policy.objects.get(company=on.company)
    earlier = policy.sync_from - timedelta(days=on.chance.choice((10, 40)))
    set_up.move_back(on.company, earlier, on.world.owner)
    return str(earlier)


def _one(on: Acting, **what: Any) -> Link:
    found: Link = on.one(Link.objects.filter(company=on.company, **what).order_by("pk"))
    if found.state == "unlinked" and "state" not in what:
        raise Nothing
    return found


def note(on: Acting, what: str, link: Link, **facts: Any) -> None:
    record = str(link.record_id) if link.record_id else None
    obj = facts.pop("object", link.qbo_id)
    on.world.decide(Decision(on.world.time.theirs.now(), what, link.kind, record, obj, facts))


def called(link: Link) -> str:
    return f"{link.kind} {link.record_id or '-'} / {link.entity} {link.qbo_id or '-'}"


def _reported(done: Sequence[Link] | Iterable[Link]) -> str:
    names = [called(link) for link in done]
    if not names:
        raise Nothing
    return ", ".join(names)


ACTS: dict[str, Act] = {
    act.__name__.replace("_", " "): act
    for act in (
        *(settle_conflict, say_the_same, say_not_the_same, send_again, void_ours_too, unlink_one, link_again),
        *(skip_one, sync_again, let_through, accept_merge, accept_write_off, change_policy, take_everybody_along),
        move_sync_from,
    )
}
