from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from tieout.kinds.contact import ROLES
from tieout.pages import formatting
from tieout.pages.deciding.theirs import in_their_words
from tieout.pages.deciding.values import in_words
from tieout.pages.kinds import address, named, record_url, words
from tieout.pages.quickbooks_pages import object_url


def environment(**options: Any) -> Environment:
    ours = {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options | ours)  # noqa: S701 - it is set, in `ours`
    made.globals.update(
        static=static,
        url=_url,
        record_url=record_url,
        object_url=object_url,
        words=words,
        named=named,
        in_words=in_words,
        in_their_words=in_their_words,
        is_time=is_time,
        dotted=dotted,
        roles=ROLES,
    )
    made.filters.update(
        money=formatting.money,
        day=_day,
        plain=formatting.plain_number,
        rate=formatting.rate,
        duration=formatting.duration,
        counted=_counted,
    )
    return made


def _url(name: str, *args: Any) -> str:
    return address(name, *args) if all(isinstance(arg, int) for arg in args) else reverse(name, args=args)


def when(zone: tzinfo, now: datetime, at: datetime | None, *, exact: bool = False) -> Markup:
    """Short, in the reader's zone; the exact time is on hover, or in the text itself."""
    if at is None:
        return Markup("–")
    here = at.astimezone(zone)
    full = formatting.exact_time(here)
    text = full if exact else formatting.short_time(here, now)
    # Put together by hand, since a list has many: `Markup.format` takes five times as long.
    return Markup(f'<time datetime="{at.isoformat()}" title="{escape(full)}">{escape(text)}</time>')  # noqa: S704


def _day(value: date | None) -> str:
    return formatting.day(value) if value else "–"


def _counted(number: int, one: str, many: str = "") -> str:
    return formatting.count(number, one, many)


def dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def is_time(value: object) -> bool:
    return isinstance(value, datetime)
