"""What surrounds every page of a company; worked out only by the pages that show it."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from tieout import clock
from tieout.pages import formatting
from tieout.pages.access import may
from tieout.pages.sync_state import SyncState, sync_state
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Membership, User

THEMES = ("light", "dark")


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

    @cached_property
    def companies(self) -> list[Company]:
        return list(
            Company.objects.filter(memberships__user=self.membership.user_id)
            .select_related("connection")
            .order_by("name")
        )

    def same_page_of(self, company: Company) -> str:
        """Changing the company keeps the page, unless it is about one record of this one."""
        match = self.request.resolver_match
        try:
            return reverse(match.view_name if match else "overview", args=[company.pk])
        except NoReverseMatch:
            return reverse("overview", args=[company.pk])


def reader(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the reader's zone and theme, and the frame inside a company."""
    membership: Membership | None = getattr(request, "membership", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "frame": Frame(request, membership) if membership else None,
        "zone": zone_of(request),
        "theme": theme if theme in THEMES else "auto",
        "now": clock.now(),
    }


def zone_of(request: HttpRequest) -> tzinfo:
    user = getattr(request, "user", None)
    own = user.time_zone if isinstance(user, User) else ""
    membership: Membership | None = getattr(request, "membership", None)
    return formatting.zone(own, membership.company.time_zone if membership else "UTC")
