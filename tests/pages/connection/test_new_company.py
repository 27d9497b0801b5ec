from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.subledger.models import Company, Membership, Role

NEW = {"name": "Quayside Offices", "time_zone": "America/New_York"}


def test_an_owner_makes_another_company_and_owns_it(company: Company, owner: Client) -> None:
    answer = owner.post(reverse("new-company"), NEW)
    made = Company.objects.get(name="Quayside Offices")
    assert answer.headers["Location"] == reverse("quickbooks", args=[made.pk])
    assert made.time_zone == "America/New_York"
    assert Membership.objects.get(company=made).role == Role.OWNER
    assert "Connect" in owner.get(answer.headers["Location"]).text


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.VIEWER])
def test_others_cannot(role: Role, company: Company, client: Client) -> None:
    client.force_login(make.person("mo@example.com", role, company))
    assert client.post(reverse("new-company"), NEW).status_code == 403
    assert reverse("new-company") not in client.get(reverse("overview", args=[company.pk])).text


def test_a_stranger_is_sent_to_log_in(client: Client, db: None) -> None:
    assert client.post(reverse("new-company"), NEW).headers["Location"].startswith("/log-in/")


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("name", "Harbour Lettings"), ("time_zone", "Moon/Sea")])
def test_bad_input_is_refused_beside_the_field(field: str, value: str, company: Company, owner: Client) -> None:
    answer = owner.post(reverse("new-company"), NEW | {field: value})
    assert f'id="id_{field}_error"' in answer.text
    assert Company.objects.count() == 1
