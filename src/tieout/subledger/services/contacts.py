"""Contacts: what QuickBooks could not hold is refused here, before it costs a call."""

from __future__ import annotations

import re
from typing import Any, Final

from tieout.kinds.fields import folded
from tieout.subledger.models import Company, Contact, ContactType

from .changing import changing, changing_record
from .refusal import Refusals, refuse
from .texts import check_texts, tidy

FIELDS: Final = (
    *(
        "name",
        "type",
        "company_name",
        "given_name",
        "family_name",
        "email",
        "phone",
        "mobile",
        "fax",
        "website",
    ),
    *("street", "city", "state", "postal_code", "country"),
)
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\".]+(\.[^\s@,;:<>()\[\]\\\".]+)+")


def create(company: Company, by: str, **values: str) -> Contact:
    """`values`: any of FIELDS."""
    contact = Contact(company=company, **tidied(values))
    with changing(company):
        _check(contact, check_name=True)
        contact.save_change(by)
    return contact


def edit(contact: Contact, by: str, *, seen_version: int | None = None, **values: str) -> Contact:
    with changing_record(contact, seen_version):
        changes = {name: value for name, value in tidied(values).items() if getattr(contact, name) != value}
        if not changes:
            return contact
        renamed = "name" in changes and folded(changes["name"]) != folded(contact.name)
        _set(contact, changes)
        _check(contact, check_name=renamed)
        contact.save_change(by)
    return contact


def _set(contact: Contact, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(contact, name, value)


def tidied(values: dict[str, Any]) -> dict[str, Any]:
    if "archived" in values:
        raise refuse("Make it inactive, or active again, in QuickBooks; that arrives here.", "archived")
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a contact has no {', '.join(sorted(unknown))}")
    return {name: tidy(value) for name, value in values.items()}


def _check(contact: Contact, check_name: bool) -> None:
    wrong = Refusals()
    check(contact, wrong)
    if check_name and not wrong.errors and _name_is_taken(contact):
        wrong.add("name", f"There is already an account called “{contact.name}”; QuickBooks takes a name only once.")
    wrong.stop()


def check(contact: Contact, wrong: Refusals) -> None:
    """All that can be told from the contact alone."""
    wrong.unless(contact.name, "name", "Is needed.")
    for field in ("name", "given_name", "family_name"):
        check_name(getattr(contact, field), field, wrong)
    check_email(contact.email, wrong)
    wrong.unless(contact.type in ContactType.values, "type", "Is one of client, tenant and supplier.")
    check_texts(Contact, {name: getattr(contact, name) for name in FIELDS}, wrong)


def check_name(name: str, field: str, wrong: Refusals) -> None:
    wrong.unless(":" not in name, field, "Must not hold a colon: QuickBooks reads it as “parent:child”.")
    wrong.unless(
        not any(mark in name for mark in "\t\n\r"),
        field,
        "Must not hold a tab or a new line; QuickBooks refuses it.",
    )


def check_email(email: str, wrong: Refusals) -> None:
    if not email:
        return
    several = email.count("@") > 1
    wrong.unless(not several, "email", "Takes one e-mail address only, so that it can go to QuickBooks and back.")
    wrong.unless(_EMAIL.fullmatch(email), "email", "Is not an e-mail address, such as anna@example.com.")


def _name_is_taken(contact: Contact) -> bool:
    others = Contact.objects.filter(company=contact.company, name__iexact=contact.name).exclude(pk=contact.pk)
    return others.exists()
