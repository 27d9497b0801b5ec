"""Properties stay on our side, so only their own lengths bind them."""

from __future__ import annotations

from typing import Any, Final

from tieout.kinds.fields import folded
from tieout.subledger.models import Company, Property

from .changing import changing, changing_record
from .references import check_reference
from .refusal import Refusals
from .texts import check_texts, tidy

FIELDS: Final = ("name", "street", "city", "state", "postal_code", "owner")


def create(company: Company, by: str, **values: Any) -> Property:
    place = Property(company=company)
    with changing(company):
        _save(place, values, by)
    return place


def edit(place: Property, by: str, *, seen_version: int | None = None, **values: Any) -> None:
    with changing_record(place, seen_version):
        _save(place, values, by)


def _save(place: Property, values: dict[str, Any], by: str) -> None:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a property has no {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(place, name, tidy(value) if isinstance(value, str) else value)
    wrong = Refusals()
    check_texts(Property, {name: getattr(place, name) for name in FIELDS if name != "owner"}, wrong)
    wrong.unless(place.name, "name", "Is needed.")
    wrong.unless(not _name_is_taken(place), "name", f"There is already a property called “{place.name}”.")
    if "owner" in values:
        check_reference(place.company, place.owner, "owner", wrong)
    wrong.stop()
    place.save_change(by)


def _name_is_taken(place: Property) -> bool:
    others = Property.objects.filter(company=place.company).exclude(pk=place.pk)
    return any(folded(name) == folded(place.name) for name in others.values_list("name", flat=True))
