"""The rules of a company and its schedule, refused field by field."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.subledger.models import Company
from tieout.sync.models import Policy

FIELD = re.compile(r'<(?:select|input) [^>]*?name="([^"]+)"[^>]*? id="(id_[^"]+)"[^>]*>')


@pytest.fixture
def connected(company: Company) -> Company:
    make.connection(company)
    return company


def fields(page: str) -> dict[str, str]:
    """Each field's whole tag by its name, of the form that is the page's own."""
    form = page[page.index("<main") :]
    return {found[1]: found[0] for found in FIELD.finditer(form)}


def unexplained(page: str) -> list[str]:
    """Fields that do not refer to a sentence beside them which says why they are refused."""
    beside = set(re.findall(r'<div class="problem" id="([^"]+)"><p>[^<]+', page))
    found = []
    for name, tag in fields(page).items():
        described = re.search(r'aria-describedby="([^"]+)"', tag)
        if not described or not beside & set(described[1].split()) or 'aria-invalid="true"' not in tag:
            found.append(name)
    return found


@pytest.mark.parametrize("address", ["settings", "schedule"])
def test_every_field_is_refused_beside_itself(connected: Company, owner: Client, address: str) -> None:
    url = reverse(address, args=[connected.pk])
    names = fields(owner.get(url).text)
    assert names
    page = owner.post(url, dict.fromkeys(names, "nonsense")).text
    assert unexplained(page) == []
    assert "Nothing was saved yet" in page


def test_a_number_that_is_none_is_kept_as_it_was_typed(connected: Company, owner: Client) -> None:
    page = owner.post(reverse("settings", args=[connected.pk]), {"mass_count": "ten", "mass_percent": "5 %"}).text
    assert 'value="ten"' in page
    assert 'value="5 %"' in page
    page = owner.post(reverse("schedule", args=[connected.pk]), {"interval_minutes": "hourly"}).text
    assert 'type="text" name="interval_minutes" value="hourly"' in page


def test_an_exception_of_a_group_whose_name_has_two_words_is_stored(connected: Company, owner: Client) -> None:
    url = reverse("settings", args=[connected.pk])
    typed = {name: _value(tag) for name, tag in fields(owner.get(url).text).items()}
    policy = Policy.objects.get(company=connected)
    chosen = {"contacts": policy.contacts, "tax": policy.tax, "numbers": policy.numbers, "conflicts": policy.conflicts}
    assert owner.post(url, typed | chosen | {"group-due-date": "theirs"}).status_code == 302
    policy.refresh_from_db()
    assert policy.conflicts_by_group == {"due date": "theirs"}


def _value(tag: str) -> str:
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""
