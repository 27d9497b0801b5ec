"""Rows found by any part of their texts, whichever way they were written."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.pages import factories as make

from tieout.subledger.models import Company, Contact
from tieout.subledger.search import SearchIndex, ids, index_of, install

CONTACTS = index_of(Contact)
MANY = 100


def found(company: Company, text: str) -> list[int] | None:
    return ids(CONTACTS, company.pk, text, MANY)


@pytest.mark.django_db
class TestFinding:
    def test_by_any_part_of_any_column_whatever_its_case(self) -> None:
        smith = make.contact(make.company(), 'O\'Brien & Smith "Ltd"', email="office@smith.example")
        for text in ("smith", "SMITH", "o'b", '"ltd"', "office@", "n & s"):
            assert found(smith.company, text) == [smith.pk]
        assert found(smith.company, "smythe") == []

    def test_never_in_another_company(self) -> None:
        smith = make.contact(make.company(), "Smith")
        namesake = make.contact(make.company("Another"), "Smith")
        assert found(smith.company, "smith") == [smith.pk]
        assert found(namesake.company, "smith") == [namesake.pk]

    def test_by_the_new_text_alone_after_a_change(self) -> None:
        smith = make.contact(make.company(), "Smith")
        Contact.objects.update(name="Jones")
        assert found(smith.company, "smith") == []
        assert found(smith.company, "jones") == [smith.pk]

    def test_not_once_it_is_deleted(self) -> None:
        company = make.company()
        make.contact(company, "Smith").delete()
        assert found(company, "smith") == []

    def test_though_another_company_has_more_of_it_than_one_looks_at(self) -> None:
        crowd = make.company("Another")
        for number in range(4):
            make.contact(crowd, f"Smith {number}")
        smith = make.contact(make.company(), "Smith")
        assert ids(CONTACTS, smith.company_id, "smith", 2) == [smith.pk]

    def test_by_every_length_of_text(self) -> None:
        contact = make.contact(make.company(), "abcdefghijklmno")
        for length in range(3, 16):
            assert found(contact.company, "abcdefghijklmno"[:length]) == [contact.pk]
            assert found(contact.company, "abcdefghijklmno"[-length:]) == [contact.pk]

    def test_says_when_it_cannot_tell(self) -> None:
        company = make.company()
        for number in range(3):
            make.contact(company, f"Smith {number}")
        assert ids(CONTACTS, company.pk, "smith", 2) is None
        assert found(company, "sm") is None

    def test_what_a_migration_dropped_is_made_anew_and_filled(self) -> None:
        smith = make.contact(make.company(), "Smith")
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER subledger_contact_search_update")
                cursor.execute("DROP TRIGGER subledger_contact_search_insert")
                cursor.execute("DROP TRIGGER subledger_contact_search_delete")
            else:
                cursor.execute("DROP TABLE subledger_contact_search")
                cursor.execute("DROP TRIGGER subledger_contact_search_changed ON subledger_contact")
                cursor.execute("DROP TRIGGER subledger_contact_search_updated ON subledger_contact")
                cursor.execute("DROP FUNCTION subledger_contact_search_keep")
        install(connection, [SearchIndex("subledger.Contact", CONTACTS.columns)])
        assert found(smith.company, "smith") == [smith.pk]


class TestEveryText(TestCase):
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=3, max_size=20))
    def test_is_found_by_itself(self, text: str) -> None:
        smith = make.contact(Company.objects.get_or_create(name="One")[0], f"<{text}>")
        assert smith.pk in (ids(CONTACTS, smith.company_id, text, 10_000) or [])
