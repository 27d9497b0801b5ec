"""Finding the company that a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .exits import Exit, Problem

if TYPE_CHECKING:
    from tieout.subledger.models import Company


def named(name: str) -> Company:
    from tieout.subledger.models import Company

    if found := Company.objects.filter(name=name).first():
        return found
    names = ", ".join(Company.objects.order_by("name").values_list("name", flat=True)[:20])
    known = f"there are: {names}" if names else "there is none yet; `tieout connect` makes one"
    raise Problem(Exit.WRONG_USE, f"there is no company {name!r}; {known}.")


def connected(name: str | None) -> list[Company]:
    """The one named, else all that were ever connected: what has lost its access is to be told, not passed over."""
    from tieout.subledger.models import Company

    wanted = Company.objects.filter(connection__isnull=False).order_by("name")
    found = list(wanted if name is None else wanted.filter(pk=named(name).pk))
    if not found:
        who = "no company is" if name is None else f"{name} is not"
        raise Problem(Exit.RECONNECT, f"{who} connected to QuickBooks; begin with `tieout connect`.")
    return found
