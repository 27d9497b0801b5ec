from __future__ import annotations

from typing import Any

import pytest
from tests.subledger.making import BY, make_contact

from tieout.subledger.models import Company, Contact
from tieout.subledger.services import contacts
from tieout.subledger.services.refusal import Refused


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "needed"),
        ("name", "  ", "needed"),
        ("name", "Byrne:Ada", "colon"),
        ("name", "Ada\tByrne", "tab"),
        ("name", "Ada\nByrne", "new line"),
        ("name", "x" * 501, "at most 500"),
        ("family_name", "Byrne:Quinn", "colon"),
        ("given_name", "Ada\nMary", "new line"),
        ("email", "ada@example.com, bob@example.com", "one e-mail"),
        ("email", "ada@example.com;bob@example.com", "one e-mail"),
        ("email", "ada", "not an e-mail"),
        ("email", "ada@localhost", "not an e-mail"),
        ("phone", "1" * 31, "at most 30"),
        ("city", "Du\x00blin", "control character"),
        ("type", "landlord", "client, tenant and supplier"),
    ],
)
def test_what_quickbooks_could_not_hold_is_refused_beside_its_field(
    company: Company, field: str, value: str, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_contact(company, **{"name": "Ada Byrne", field: value})
    assert says in refused.value.errors[field]
    assert not company_has_contacts(company)


def test_all_that_is_wrong_is_said_at_once(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        make_contact(company, "A:B", email="nobody", phone="1" * 40)
    assert set(refused.value.errors) == {"name", "email", "phone"}


def test_a_name_is_given_once_whatever_its_case(company: Company, other_company: Company) -> None:
    make_contact(company, "Ada Byrne")
    with pytest.raises(Refused, match="already an account called"):
        make_contact(company, "ADA BYRNE")
    make_contact(other_company, "Ada Byrne")


def test_an_edit_raises_the_version_and_says_who(company: Company) -> None:
    contact = make_contact(company, "Ada Byrne")
    before = contact.version
    contacts.edit(contact, "bob@example.com", phone=" 555 0100 ")
    contact.refresh_from_db()
    assert (contact.phone, contact.changed_by) == ("555 0100", "bob@example.com")
    assert contact.version > before


def test_an_edit_that_changes_nothing_leaves_the_version(company: Company) -> None:
    contact = make_contact(company, "Ada Byrne", phone="1")
    before = contact.version
    contacts.edit(contact, BY, phone="1", name="Ada Byrne")
    contact.refresh_from_db()
    assert contact.version == before


def test_a_contact_keeps_its_own_name_in_other_letters(company: Company) -> None:
    contact = make_contact(company, "ada byrne")
    contacts.edit(contact, BY, name="Ada Byrne")
    assert contact.name == "Ada Byrne"


def test_an_old_form_does_not_overwrite_a_newer_change(company: Company) -> None:
    contact = make_contact(company, "Ada Byrne")
    seen = contact.version
    contacts.edit(contact, "QuickBooks", phone="555 0100")
    with pytest.raises(Refused, match="QuickBooks changed it since"):
        contacts.edit(contact, BY, phone="", seen_version=seen)
    contact.refresh_from_db()
    assert contact.phone == "555 0100"


def test_a_stale_copy_in_memory_does_not_undo_another_field(company: Company) -> None:
    contact = make_contact(company, "Ada Byrne")
    stale = type(contact).objects.get(pk=contact.pk)
    contacts.edit(contact, BY, phone="555 0100")
    contacts.edit(stale, BY, city="Cork")
    contact.refresh_from_db()
    assert (contact.phone, contact.city) == ("555 0100", "Cork")


def test_a_contact_is_made_inactive_only_in_quickbooks(company: Company) -> None:
    contact = make_contact(company, "Ada Byrne")
    archived: Any = True
    with pytest.raises(Refused, match="in QuickBooks"):
        contacts.edit(contact, BY, archived=archived)


def company_has_contacts(company: Company) -> bool:
    return Contact.objects.filter(company=company).exists()
