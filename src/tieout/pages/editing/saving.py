"""Carries out what a form asks for, puts a refusal beside the fields, and asks for a run with the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction

from tieout import jobs
from tieout.pages.access import PageRequest
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Trigger

from .lines import Lines

T = TypeVar("T")


def save(request: PageRequest, change: Callable[[], T]) -> T:
    """The change and the wish for a run commit together; the person never waits for QuickBooks."""
    with transaction.atomic():
        done = change()
        wake(request.company, request.user.email)
    return done


def wake(company: Company, by: str) -> None:
    """Without a connection nothing is waited for: the first run after connecting looks at everything anyway."""
    connection: Connection | None = getattr(company, "connection", None)
    if connection is not None and connection.status == Connection.Status.CONNECTED:
        jobs.wake(company, by=by, trigger=Trigger.ON_DEMAND)


def show(refusal: Refused, form: forms.Form, lines: Lines | None = None) -> None:
    for field, sentence in refusal.errors.items():
        first, _, rest = field.partition(".")
        if first == "lines" and rest and lines is not None:
            lines.refuse(rest, sentence)
        else:
            form.add_error(field if field in form.fields else None, sentence)


def attempted(request: PageRequest, change: Callable[[], object], success: str) -> bool:
    """For acts that are one button: what is refused is said above the page."""
    try:
        save(request, change)
    except Refused as refusal:
        messages.error(request, f"Nothing was changed. {in_words(refusal)}")
        return False
    messages.success(request, success)
    return True


def in_words(refusal: Refused) -> str:
    return " ".join(
        f"{field.replace('_', ' ').capitalize()}: {text}" if field else text for field, text in refusal.errors.items()
    )
