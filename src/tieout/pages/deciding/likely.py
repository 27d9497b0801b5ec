"""QuickBooks' customers or suppliers that an account could be, likeliest first, each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from tieout.kinds import BY_ENTITY
from tieout.kinds.contact import Contact as Values
from tieout.kinds.fields import folded
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Contact
from tieout.subledger.values import ADAPTERS
from tieout.sync.models import Link, Seen

SHOWN = 20
READ_WHOLE = 2_000  # of a list no longer than this every entry is compared; else those of a like name


@dataclass(frozen=True)
class Likely:
    qbo_id: str
    name: str
    about: str
    reasons: tuple[str, ...]
    active: bool
    taken_by: str
    """The account that is linked to it already."""
    against: tuple[str, ...] = ()
    """What speaks against it."""


def likely(contact: Contact, entity: str, text: str) -> list[Likely]:
    """`text`: what was typed into the search; empty: by likeness alone."""
    ours = ADAPTERS[entity].held(contact.company, contact).values
    seen = Seen.objects.filter(company=contact.company, entity=entity, deleted=False)
    rows = seen.filter(Q(name__contains=folded(text)) | Q(qbo_id=text)) if text else _of_like_name(seen, contact)
    found = [_likely(row, ours) for row in rows.order_by("name")[:READ_WHOLE]]
    shown = [each for each in found if text or each.reasons]
    shown.sort(key=lambda each: (-_weight(each), not each.active, each.name.casefold()))
    return list(_with_owners(contact, entity, shown[:SHOWN]))


def _weight(each: Likely) -> int:
    return sum(2 if reason.startswith("same") else 1 for reason in each.reasons)


def _of_like_name(seen: QuerySet[Seen], contact: Contact) -> QuerySet[Seen]:
    if seen[: READ_WHOLE + 1].count() <= READ_WHOLE:
        return seen
    words = [word for word in folded(contact.name).split() if len(word) > 2][:3]
    wanted = Q(name=folded(contact.name))
    for word in words:
        wanted |= Q(name__startswith=word)
    return seen.filter(wanted)


def _likely(row: Seen, ours: Values) -> Likely:
    theirs: Values = BY_ENTITY[row.entity].parse(loads(bytes(row.body)))
    about = ", ".join(filter(None, [theirs.company_name, theirs.email, theirs.phone, theirs.address.city]))
    against = tuple(f"another {name}" for name, mine, other in _facts(ours, theirs) if mine and other and mine != other)
    return Likely(row.qbo_id, theirs.name, about, tuple(_reasons(ours, theirs)), theirs.active, "", against)


def _reasons(ours: Values, theirs: Values) -> Iterable[str]:
    if folded(ours.name) == folded(theirs.name):
        yield "same name"
    elif _share_a_word(ours.name, theirs.name):
        yield "similar name"
    for name, mine, other in _facts(ours, theirs):
        if mine and mine == other:
            yield f"same {name}"


def _facts(ours: Values, theirs: Values) -> Iterable[tuple[str, str, str]]:
    yield "e-mail", ours.email.casefold(), theirs.email.casefold()
    yield "phone", _digits(ours.phone), _digits(theirs.phone)
    yield "postcode", folded(ours.address.postal_code), folded(theirs.address.postal_code)


def _share_a_word(mine: str, other: str) -> bool:
    return bool({w for w in folded(mine).split() if len(w) > 3} & set(folded(other).split()))


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-10:]


def _with_owners(contact: Contact, entity: str, found: list[Likely]) -> Iterable[Likely]:
    links = Link.objects.of(contact.company).filter(entity=entity, qbo_id__in=[each.qbo_id for each in found])
    owners = dict(links.exclude(record_id=None).exclude(record_id=contact.pk).values_list("qbo_id", "name"))
    for each in found:
        yield replace(each, taken_by=owners.get(each.qbo_id, ""))


def namesake(contact: Contact, entity: str) -> str:
    """Who has the name in another role: QuickBooks takes each name once, over customers, suppliers and employees."""
    others = {"Customer": "a customer", "Vendor": "a supplier", "Employee": "an employee"}
    rows = Seen.objects.filter(company=contact.company, name=folded(contact.name), deleted=False)
    there = rows.filter(entity__in=set(others) - {entity}).values_list("entity", flat=True).first()
    return others[there] if there else ""


@dataclass(frozen=True)
class Twin:
    seen: Seen
    label: str


def counterparts(link: Link) -> list[Twin]:
    """Those that a result names as possible duplicates."""
    labels = {str(each["id"]): str(each.get("label", "")) for each in link.facts.get("candidates", ())}
    rows = Seen.objects.filter(company=link.company_id, entity=link.entity, qbo_id__in=labels)
    return [Twin(row, labels[row.qbo_id]) for row in rows.order_by("qbo_id")]
