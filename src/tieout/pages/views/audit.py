"""The audit trail of a company, or of one record: every write to either book, and every decision of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.http import HttpResponse
from django.shortcuts import render

from tieout.pages.access import PageRequest, page
from tieout.pages.frame import zone_of
from tieout.pages.kinds import KINDS
from tieout.subledger.people import Act
from tieout.sync.audit import Filter, entries
from tieout.sync.models import Link


@page(Act.SEE)
def audit(request: PageRequest) -> HttpResponse:
    asked, zone = request.GET, zone_of(request)
    link = _link(request)
    wanted = Filter(
        link=link,
        kind=asked.get("kind", ""),
        cause=_text(request, "cause"),
        person=_text(request, "person"),
        since=_midnight(asked.get("from", ""), zone),
        until=_midnight(asked.get("to", ""), zone, days=1),
    )
    found = entries(request.company, wanted, after=asked.get("after", ""))
    following = asked.copy()
    following["after"] = found.next
    context = {
        "entries": found.entries,
        "next": following.urlencode() if found.next else "",
        "is_first": not asked.get("after"),
        "link": link,
        "kinds": KINDS.values(),
        "is_narrowed": bool(link or any(asked.get(name) for name in ("kind", "cause", "person", "from", "to"))),
    }
    return render(request, "sync/audit.html", context)


def _link(request: PageRequest) -> Link | None:
    wanted = request.GET.get("record", "")
    is_id = wanted.isdecimal() and len(wanted) <= 18
    return Link.objects.of(request.company).filter(pk=wanted).first() if is_id else None


def _text(request: PageRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\0", "").strip()


def _midnight(text: str, zone: tzinfo, days: int = 0) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
