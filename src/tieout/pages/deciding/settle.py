"""What every page on which somebody decides has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tieout.pages.access import PageRequest
from tieout.pages.editing.saving import in_words, wake
from tieout.subledger.services.refusal import Refused

EITHER = ("GET", "HEAD", "POST")
Context = Callable[[], dict[str, Any]]


def settle(
    request: PageRequest, act: Callable[[], None] | None, back: str, template: str, context: Context
) -> HttpResponse:
    """Does what was posted and goes back; what is refused is said on the page on which it was decided."""
    problem = {}
    if request.method == "POST" and act is not None:
        try:
            return _done(request, act, back)
        except Refused as refusal:
            problem = {"problem": in_words(refusal)}
    return render(request, template, {"problem": "", **context(), **problem})


def _done(request: PageRequest, act: Callable[[], None], back: str) -> HttpResponse:
    with transaction.atomic():
        act()
        wake(request.company, request.user.email)
    messages.success(request, "Decided. The next run carries it out.")
    return redirect(back)
