from __future__ import annotations

import pytest
from tests.subledger.making import BY, make_contact

from tieout.subledger.models import Company, Contact, Property
from tieout.subledger.services import properties
from tieout.subledger.services.refusal import Refused


def test_a_property_has_an_owner_of_the_same_company(customer: Contact, other_company: Company) -> None:
    place = properties.create(customer.company, BY, name=" 3 Harbour Row ", owner=customer)
    assert (place.name, place.owner, place.changed_by) == ("3 Harbour Row", customer, BY)
    with pytest.raises(Refused) as refused:
        properties.edit(place, BY, owner=make_contact(other_company, "Stranger"))
    assert "no such contact" in refused.value.errors["owner"]


def test_its_name_is_needed_and_given_once(company: Company) -> None:
    properties.create(company, BY, name="3 Harbour Row")
    for name, says in (("", "needed"), ("3  HARBOUR row", "already a property")):
        with pytest.raises(Refused, match=says):
            properties.create(company, BY, name=name)
    assert Property.objects.count() == 1


def test_an_edit_raises_the_version(company: Company) -> None:
    place = properties.create(company, BY, name="3 Harbour Row")
    before = place.version
    properties.edit(place, BY, city="Portsmouth")
    assert place.version > before
