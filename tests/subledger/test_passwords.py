from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.urls import path
from django.utils.http import urlsafe_base64_decode

from tieout.subledger import passwords, people
from tieout.subledger.models import Company, User

urlpatterns = [path("set/<uidb64>/<token>/", lambda *_: HttpResponse(), name="password_reset_confirm")]


@pytest.fixture(autouse=True)
def own_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def anna(company: Company) -> User:
    return people.add_user("anna@example.com", company, "owner")[0]


def opened(link: str) -> tuple[User, str]:
    uid, token = link.rstrip("/").split("/")[-2:]
    return User.objects.get(pk=urlsafe_base64_decode(uid).decode()), token


def test_a_link_sets_a_password_once(anna: User) -> None:
    user, token = opened(passwords.path_to_set_password(anna))
    assert user == anna
    assert default_token_generator.check_token(user, token)
    user.set_password("a new long one")
    user.save()
    assert not default_token_generator.check_token(user, token)


def test_a_forgotten_password_is_answered_by_mail(anna: User, mailoutbox: list[Any]) -> None:
    passwords.send_link("Anna@Example.com ", "https://books.example.com")
    (letter,) = mailoutbox
    (link,) = re.findall(r"https://books\.example\.com/set/\S+", letter.body)
    assert letter.to == ["anna@example.com"]
    assert opened(link)[0] == anna


def test_no_mail_goes_to_strangers_or_the_inactive(anna: User, mailoutbox: list[Any]) -> None:
    passwords.send_link("nobody@example.com", "https://books.example.com")
    anna.is_active = False
    anna.save()
    passwords.send_link(anna.email, "https://books.example.com")
    assert not mailoutbox


def test_a_one_time_password_lets_in(anna: User) -> None:
    password = passwords.give_one_time_password(anna)
    anna.refresh_from_db()
    assert anna.check_password(password)
    assert len(password) >= 16
