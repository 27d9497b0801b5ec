"""F1: who is of a company, and invitations by mail."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.pages import factories as make

from tieout.subledger.models import Company, Membership, Role, User


def address(name: str, company: Company, *args: int) -> str:
    return reverse(name, args=[company.pk, *args])


def roles(company: Company) -> dict[str, str]:
    return dict(Membership.objects.filter(company=company).values_list("user__email", "role"))


def test_f1_someone_new_is_invited_by_mail_and_sets_a_password(company: Company, owner: Client) -> None:
    owner.post(address("invite", company), {"email": "Anna@example.com", "role": "member"})
    assert roles(company)["anna@example.com"] == "member"
    (letter,) = mail.outbox
    assert letter.to == ["anna@example.com"]
    assert "mara@example.com has made you a member of Harbour Lettings" in letter.body
    link = re.findall(r"http://testserver(/password/\S+)", str(letter.body))[0]
    form = Client().get(link, follow=True)
    assert form.status_code == 200
    assert "password" in form.text


def test_f1_someone_known_is_told_where_to_log_in(company: Company, owner: Client) -> None:
    make.person("anna@example.com", of=make.company("Another"))
    owner.post(address("invite", company), {"email": "anna@example.com", "role": "admin"})
    assert "has made you an admin" in mail.outbox[0].body
    assert "/password/" not in mail.outbox[0].body


def test_what_is_no_address_is_refused_beside_the_field_and_no_mail_is_sent(company: Company, owner: Client) -> None:
    page = owner.post(address("invite", company), {"email": "anna", "role": "member"}).text
    assert "Is not an e-mail address" in page
    assert 'value="anna"' in page
    assert mail.outbox == []


def test_an_invitation_that_cannot_be_mailed_makes_no_member(
    company: Company, owner: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"
    owner.raise_request_exception = False
    answer = owner.post(address("invite", company), {"email": "anna@example.com", "role": "member"})
    assert answer.status_code == 500
    assert "anna@example.com" not in roles(company)


def test_f1_a_role_is_changed_and_a_person_removed(company: Company, owner: Client) -> None:
    anna = Membership.objects.get(user=make.person("anna@example.com", Role.VIEWER, company))
    owner.post(address("role-of-member", company, anna.pk), {"role": "admin"})
    assert roles(company)["anna@example.com"] == "admin"
    owner.post(address("remove-member", company, anna.pk))
    assert "anna@example.com" not in roles(company)
    assert User.objects.filter(email="anna@example.com").exists()


def test_f1_the_last_owner_stays(company: Company, owner: Client) -> None:
    mine = Membership.objects.get(user__email="mara@example.com")
    page = owner.post(address("role-of-member", company, mine.pk), {"role": "viewer"}, follow=True).text
    assert "A company needs an owner" in page
    assert "A company needs an owner" in owner.post(address("remove-member", company, mine.pk), follow=True).text
    assert roles(company)["mara@example.com"] == "owner"


def test_f1_an_admin_makes_no_owner(company: Company, client: Client) -> None:
    client.force_login(make.person("admin@example.com", Role.ADMIN, company))
    page = client.post(address("invite", company), {"email": "anna@example.com", "role": "owner"}).text
    assert "Only an owner can make or change an owner." in page
    assert "anna@example.com" not in roles(company)


def test_f1_a_viewer_sees_who_is_there_and_no_control(company: Company, client: Client) -> None:
    client.force_login(make.person("viewer@example.com", Role.VIEWER, company))
    page = client.get(address("people", company)).text
    assert "viewer@example.com" in page
    assert "Invite someone" not in page
    assert "/remove/" not in page
