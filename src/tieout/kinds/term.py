from __future__ import annotations

from .fields import number
from .kind import Object
from .lists import Entry, entry, of_list


class Term(Entry, frozen=True, kw_only=True):
    days: int | None = None


def parse(obj: Object) -> Term:
    days = number(obj.get("DueDays"))
    return Term(**entry(obj), days=None if days is None else int(days))


TERM = of_list("term", "Term", Term, parse)
