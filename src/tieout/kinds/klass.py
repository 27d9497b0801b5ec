from __future__ import annotations

from .kind import Object
from .lists import Entry, entry, of_list


class Class(Entry, frozen=True, kw_only=True):
    pass


def parse(obj: Object) -> Class:
    return Class(**entry(obj))


CLASS = of_list("class", "Class", Class, parse)
