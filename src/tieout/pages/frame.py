"""What surrounds every page of a company; worked out only by the pages that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import cached_property

from tieout import clock
from tieout.pages import formatting
from tieout.pages.access import may
from tieout.pages.jinja import when
from tieout.pages.kinds import address
from tieout.pages.sync_state import SyncState, first_line, sync_state
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Membership, User
from tieout.sync.status import Tally

THEMES = ("light", "dark")


# The selector stands on every page, so this is one that Django need not put together each time.
CHOICES = """
SELECT company.id, company.name, theirs.company_name
FROM subledger_membership mine JOIN subledger_company company ON company.id = mine.company_id
    LEFT JOIN quickbooks_connection theirs ON theirs.company_id = company.id
WHERE mine.user_id = %s ORDER BY company.name
"""


class Choice(NamedTuple):
    """A company to change to; `theirs` is None where it is not connected."""

    id: int
    name: str
    theirs: str | None


class Frame:
    def __init__(self, request: HttpRequest, membership: Membership) -> None:
        self.request = request
        self.membership = membership
        self.company = membership.company

    def may(self, act: str) -> bool:
        return may(self.membership.role, act)

    @property
    def connection(self) -> Connection | None:
        return getattr(self.company, "connection", None)

    @cached_property
    def sync(self) -> SyncState:
        return sync_state(self.company)

    def first_line(self, counted: Sequence[Tally]) -> str:
        return first_line(counted, self.sync)

    @cached_property
    def companies(self) -> list[Choice]:
        with connection.cursor() as cursor:
            cursor.execute(CHOICES, [self.membership.user_id])
            return [Choice(*row) for row in cursor.fetchall()]

    def same_page_of(self, company: Choice) -> str:
        return address(self._page_of_any, company.id)

    @cached_property
    def _page_of_any(self) -> str:
        """Changing the company keeps the page, unless it is about one record of this one."""
        match = self.request.resolver_match
        try:
            return match.view_name if match and address(match.view_name, self.company.pk) else "overview"
        except NoReverseMatch:
            return "overview"


def reader(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the reader's zone and theme, how times are told there, and the frame inside a company."""
    membership: Membership | None = getattr(request, "membership", None)
    theme = request.COOKIES.get("theme", "")
    zone, now = zone_of(request), clock.now()
    return {
        "frame": Frame(request, membership) if membership else None,
        "zone": zone,
        "theme": theme if theme in THEMES else "auto",
        "now": now,
        "when": partial(when, zone, now.astimezone(zone)),
    }


def zone_of(request: HttpRequest) -> tzinfo:
    user = getattr(request, "user", None)
    own = user.time_zone if isinstance(user, User) else ""
    membership: Membership | None = getattr(request, "membership", None)
    return formatting.zone(own, membership.company.time_zone if membership else "UTC")
