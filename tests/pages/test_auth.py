from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.subledger.models import Company, Role, User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

EMAIL = "mara@example.com"


def log_in(client: Client, password: str = make.PASSWORD, to: str = "/", **extra: Any) -> _MonkeyPatchedWSGIResponse:
    return client.post("/log-in/", {"username": EMAIL, "password": password, "next": to}, **extra)


@pytest.fixture
def mara(company: Company) -> User:
    return make.person(EMAIL, of=company)


def test_logging_in_goes_back_to_the_page_that_was_asked_for(company: Company, mara: User, client: Client) -> None:
    wanted = reverse("results", args=[company.pk]) + "?kind=invoice"
    assert log_in(client, to=wanted).headers["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_logging_in_never_leads_to_another_site(mara: User, client: Client) -> None:
    assert log_in(client, to="https://elsewhere.example/").headers["Location"] == "/"


def test_the_session_is_new_after_logging_in(mara: User, client: Client) -> None:
    client.get("/log-in/")
    client.session["before"] = True
    log_in(client)
    assert "before" not in client.session
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_is_refused_without_saying_which_half_was_wrong(mara: User, client: Client) -> None:
    wrong = log_in(client, "nonsense")
    nobody = client.post("/log-in/", {"username": "nobody@example.com", "password": "nonsense"})
    errors = [re.findall(r'role="alert">([^<]+)', page.text) for page in (wrong, nobody)]
    assert errors[0] == errors[1] != []


def test_guessing_is_stopped_even_if_the_last_guess_is_right(mara: User, client: Client) -> None:
    for _ in range(5):
        log_in(client, "nonsense")
    refused = log_in(client)
    assert refused.status_code == 200
    assert "Too many failed log-ins" in refused.text
    assert log_in(client, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_logging_out_needs_a_post(mara: User, client: Client) -> None:
    client.force_login(mara)
    assert client.get("/log-out/").status_code == 405
    assert client.post("/log-out/").headers["Location"] == "/log-in/"
    assert client.get("/").headers["Location"].startswith("/log-in/")


def test_a_form_from_another_site_is_refused(mara: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict).status_code == 403


def test_a_password_is_set_by_a_mailed_link(mara: User, client: Client) -> None:
    assert client.post("/password/", {"email": EMAIL}).headers["Location"] == "/password/sent/"
    link = re.search(r"http://testserver(/password/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    new = "an entirely new secret"
    done = client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    assert done.headers["Location"] == "/log-in/"
    assert log_in(client, new).headers["Location"] == "/"
    assert "no longer works" in Client().get(link[1]).text


def test_an_unknown_address_gets_the_same_answer_and_no_mail(db: None, client: Client) -> None:
    assert client.post("/password/", {"email": "nobody@example.com"}).headers["Location"] == "/password/sent/"
    assert mail.outbox == []


def test_a_person_of_two_companies_chooses_one(company: Company, mara: User, client: Client) -> None:
    client.force_login(mara)
    assert client.get("/").headers["Location"] == reverse("overview", args=[company.pk])
    other = make.company("Quayside Offices")
    make.company("Not theirs")
    make.person(EMAIL, Role.VIEWER, other)
    page = client.get("/").text
    assert "Harbour Lettings" in page
    assert "Quayside Offices" in page
    assert "Not theirs" not in page
