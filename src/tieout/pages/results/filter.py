"""The filters of the Sync Results page, as they stand in its address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tieout.kinds import BY_ENTITY
from tieout.kinds import KINDS as ALL_KINDS
from tieout.pages.narrowing import Narrowing
from tieout.subledger.models import Company
from tieout.subledger.search import SHORTEST, ids
from tieout.sync.models import Link, State, Status
from tieout.sync.models.link import LinkQuerySet
from tieout.sync.searching import LINKS
from tieout.sync.status import Tally, tallies

LinkStatus = Literal["", "linked", "unlinked"]

# Not synced, and not for good: these end by themselves, and are shown until they do.
WAITING_STATES = [State.WAITING, State.UNCERTAIN]
KINDS = list(dict.fromkeys(kind.name for kind in ALL_KINDS))


@dataclass(frozen=True)
class Filter:
    since: datetime | None = None
    link: LinkStatus = ""
    kind: str = ""
    status: str = ""
    reason: str = ""
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """By more than the date."""
        return bool(self.link or self.kind or self.status or self.reason or self.text)

    def admits(self, tally: Tally) -> bool:
        """Whether it can show links like these; not told apart by date, text and what is linked."""
        return (
            self.kind in ("", tally.kind)
            and self.status in ("", tally.status)
            and self.reason in ("", tally.reason)
            and (self.link == "" or (tally.state == State.UNLINKED) == (self.link == "unlinked"))
        )


def parse(query: QueryDict, last_success: Callable[[], datetime | None], zone: tzinfo) -> Filter:
    """Without a date in the address it is the day of the last successful run; with an empty one, any date."""
    link = query.get("link", "")
    given = query.get("from")
    return Filter(
        since=_midnight(given if given is not None else _day(last_success(), zone), zone),
        link=link if link in ("linked", "unlinked") else "",  # type: ignore[arg-type]
        kind=query.get("kind", ""),
        status=query.get("status", "") if query.get("status") in Status.values else "",
        reason=query.get("reason", ""),
        text=query.get("q", "").replace("\0", "").strip(),
    )


def _day(at: datetime | None, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat() if at else ""


def _midnight(text: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def sections(links: LinkQuerySet, wanted: Filter, counted: Sequence[Tally]) -> list[list[QuerySet[Link]]]:
    """What was attempted since the date, then what is older and still open; a text is left to `narrowings`. In parts
    that each walk an index; one query with an OR would read every row of the company."""
    alike = _narrow(links, wanted)
    parts = [alike]
    if wanted.kind or wanted.reason:
        parts = [alike.filter(**of) for of in _heads(wanted, counted)] or [alike.none()]
        alike = alike.filter(kind=wanted.kind) if wanted.kind else alike
    if wanted.since is None:
        return [parts]
    since = [part.filter(attempted_at__gte=wanted.since) for part in parts]
    older = open_parts(alike.filter(attempted_at__lt=wanted.since))
    still_open = [part for status, part in older if wanted.status in ("", status)]
    return [since, *([still_open] if still_open else [])]


def _heads(wanted: Filter, counted: Sequence[Tally]) -> list[dict[str, str]]:
    """What each index's entries begin with: kind and reason, or the kind; none where nothing is counted."""
    there = [each for each in counted if wanted.admits(each)]
    if wanted.link == "unlinked" and not wanted.reason:  # few of a kind; their status has an index too
        return [{"kind": wanted.kind, "status": status} for status in dict.fromkeys(each.status for each in there)]
    kinds = dict.fromkeys(each.kind for each in there)
    return [{"kind": kind, "reason": wanted.reason} if wanted.reason else {"kind": kind} for kind in kinds]


def open_parts(links: QuerySet[Link]) -> list[tuple[Status, QuerySet[Link]]]:
    """What needs somebody or something."""
    waiting = [(Status.NOT_SYNCED, links.filter(state=state, status=Status.NOT_SYNCED)) for state in WAITING_STATES]
    return [(Status.FAILED, links.filter(status=Status.FAILED)), *waiting]


# Said by what is not open, so that no index of the status is preferred to a better one.
CLOSED = Q(status__in=set(Status.values) - {Status.FAILED, Status.NOT_SYNCED}) | (
    Q(status=Status.NOT_SYNCED) & ~Q(state__in=WAITING_STATES)
)


def is_open(tally: Tally) -> bool:
    return tally.status == Status.FAILED or (tally.status == Status.NOT_SYNCED and tally.state in WAITING_STATES)


def total(wanted: Filter, counted: Sequence[Tally]) -> int | None:
    """Exact without counting, where the filter asks for nothing that the counts do not tell apart."""
    if wanted.since or wanted.text or wanted.link == "linked":
        return None
    return sum(each.number for each in counted if wanted.admits(each))


def _narrow(links: LinkQuerySet, wanted: Filter) -> QuerySet[Link]:
    found: QuerySet[Link] = links
    if wanted.link == "linked":
        found = found.filter(record_id__isnull=False, qbo_id__isnull=False).exclude(state=State.UNLINKED)
    if wanted.link == "unlinked":
        found = found.filter(state=State.UNLINKED)
    if wanted.status:
        found = found.filter(status=wanted.status)
    return found.filter(reason=wanted.reason) if wanted.reason else found


def narrowings(company: Company, wanted: Filter) -> list[Narrowing]:
    if not (text := wanted.text):
        return []
    condition = Q(qbo_id=text) | (Q(record_id=int(text)) if is_id(text) else Q())
    if len(text) >= SHORTEST:  # what is shorter is in nearly every row, so it is taken for an id
        condition |= Q(number__icontains=text) | Q(name__icontains=text) | Q(details__icontains=text)
    return [Narrowing(condition, lambda most: _mentioning(company, text, most))]


def everything(company: Company, wanted: Filter) -> list[list[QuerySet[Link]]]:
    """All that match, to be read to the end and not a page at a time."""
    parts = sections(Link.objects.of(company), wanted, tallies(company))
    conditions = [each.condition for each in narrowings(company, wanted)]
    return [[part.filter(*conditions) for part in section] for section in parts]


def _mentioning(company: Company, text: str, most: int) -> list[int] | None:
    found = ids(LINKS, company.pk, text, most) if len(text) >= SHORTEST else []
    if found is None:
        return None
    links = Link.objects.of(company)
    # With all kinds and entities named, so that the indexes that begin with them serve.
    by_theirs = links.filter(entity__in=BY_ENTITY, qbo_id=text)
    by_ours = links.filter(kind__in=KINDS, record_id=int(text)) if is_id(text) else links.none()
    return [*found, *by_theirs.values_list("pk", flat=True), *by_ours.values_list("pk", flat=True)]


def is_id(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18
