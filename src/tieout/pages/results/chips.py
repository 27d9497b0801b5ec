"""The active filters in words, each with the address of the page without it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from tieout.pages.kinds import words
from tieout.pages.results.explain import of_many
from tieout.pages.results.filter import Filter
from tieout.sync.models import Status


@dataclass(frozen=True)
class Chip:
    text: str
    without: str


def chips(wanted: Filter, query: QueryDict, since: str) -> list[Chip]:
    """`since` is already in the reader's words."""
    texts = {
        "from": f"Since {since}, and older ones still open" if wanted.since else "",
        "link": {"linked": "Linked", "unlinked": "Unlinked"}.get(wanted.link, ""),
        "kind": words(wanted.kind).many if wanted.kind else "",
        "status": str(Status(wanted.status).label) if wanted.status else "",
        "reason": of_many(wanted.reason, "With one cause") if wanted.reason else "",
        "q": f"“{wanted.text}”" if wanted.text else "",
    }
    return [Chip(text, without(query, name)) for name, text in texts.items() if text]


def without(query: QueryDict, name: str) -> str:
    """The date's default comes back when it is left out, so taking that chip away sets it to nothing."""
    left = query.copy()
    for parameter in (name, "after", "before", "open"):
        left.pop(parameter, None)
    if name == "from":
        left["from"] = ""
    return f"?{left.urlencode()}"
