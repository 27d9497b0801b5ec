"""Carries out what a form asks for, puts a refusal beside the fields, and asks for a run with the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django import forms
from django.contrib import messages

from tieout import jobs
from tieout.pages.access import PageRequest
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Company, Contact, Record, Status
from tieout.subledger.services.changing import changed_since, changing
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Only, Trigger

from .lines import Lines

T = TypeVar("T")


def save(request: PageRequest, change: Callable[[], T]) -> T:
    """The change and the wish for a run commit together; the person never waits for QuickBooks."""
    with changing(request.company) as company:
        before = company.version
        done = change()
        _sync(company, request.user.email, changed_since(company, before))
    return done


def _sync(company: Company, by: str, changed: Sequence[Record]) -> None:
    """Documents and payments alone; what waits for a contact goes with it, and a draft goes nowhere."""
    if any(record.kind == Contact.kind for record in changed):
        wake(company, by)
    elif ready := [record for record in changed if record.status != Status.DRAFT]:  # type: ignore[attr-defined]
        wake(company, by, only=tuple((record.kind, record.pk) for record in ready))


def wake(company: Company, by: str, only: Only = ()) -> None:
    """Without a connection nothing is waited for: the first run after connecting looks at everything anyway."""
    connection: Connection | None = getattr(company, "connection", None)
    if connection is not None and connection.status == Connection.Status.CONNECTED:
        jobs.wake(company, by=by, trigger=Trigger.ON_DEMAND, only=only)


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
