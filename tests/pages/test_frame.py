from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error
from tests.pages import factories as make

from tieout.subledger.models import Company
from tieout.sync.models import Run


def test_the_company_selector_keeps_the_page(company: Company, owner: Client) -> None:
    other = make.company("Quayside Offices")
    make.person(of=other)
    invoice = make.invoice(make.contact(company))
    assert reverse("results", args=[other.pk]) in owner.get(reverse("results", args=[company.pk])).text
    record = owner.get(reverse("invoice", args=[company.pk, invoice.pk])).text
    assert f'href="{reverse("overview", args=[other.pk])}"' in record


def test_times_are_in_the_readers_zone_else_the_companys(company: Company, owner: Client) -> None:
    Company.objects.filter(pk=company.pk).update(time_zone="America/Los_Angeles")
    make.link(make.contact(company))
    address = reverse("results", args=[company.pk])
    assert "Friday, 20 November 2026, 04:00:00 PST" in owner.get(address).text
    user = make.person()
    user.time_zone = "Europe/Oslo"
    user.save()
    assert "Friday, 20 November 2026, 13:00:00 CET" in owner.get(address).text


def test_what_was_said_several_times_before_anybody_saw_it_is_said_once(company: Company, owner: Client) -> None:
    for _ in range(3):
        owner.post(reverse("start-sync", args=[company.pk]))
    page = owner.get(reverse("overview", args=[company.pk])).text
    assert page.count("Nothing was started") == 1
    assert "Nothing was started" not in owner.get(reverse("overview", args=[company.pk])).text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_look_is_kept_and_can_be_given_back_to_the_system(company: Company, owner: Client, theme: str) -> None:
    address = reverse("overview", args=[company.pk])
    assert owner.post("/theme/", {"theme": theme, "back": address}).headers["Location"] == address
    assert f'data-theme="{theme}"' in owner.get(address).text
    owner.post("/theme/", {"theme": "auto", "back": "https://elsewhere.example/"})
    assert "data-theme" not in owner.get(address).text


def test_a_page_may_run_only_our_own_files_and_is_not_kept(company: Company, owner: Client) -> None:
    page = owner.get(reverse("overview", args=[company.pk]))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert " style=" not in page.text
    assert "<script>" not in page.text


def test_an_address_that_does_not_exist_says_so(db: None, client: Client) -> None:
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "There is no such page" in page.text


def test_health_says_the_database_answers_and_when_a_run_last_ended(company: Company, client: Client) -> None:
    assert json.loads(client.get("/healthz").text) == {"database": "ok", "last_run_ended_s_ago": None}
    make.run(company)
    Run.objects.update(ended_at=make.NOON)
    assert json.loads(client.get("/healthz").text)["last_run_ended_s_ago"] == 0


def test_health_is_503_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object, **options: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Run.objects, "filter", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert settings.SECRET_KEY not in answer.text


def test_a_page_that_fails_and_a_form_that_is_too_old_say_so_in_the_same_look(db: None) -> None:
    failed = server_error(RequestFactory().get("/")).content.decode()
    assert "Something went wrong on our side" in failed
    assert "tieout.css" in failed
    refused = Client(enforce_csrf_checks=True).post("/log-in/")
    assert refused.status_code == 403
    assert "Please try again" in refused.text
    assert "tieout.css" in refused.text


def test_a_sync_is_offered_where_one_can_start_and_else_the_click_towards_it(company: Company, owner: Client) -> None:
    address, sync = reverse("overview", args=[company.pk]), reverse("start-sync", args=[company.pk])

    def offered() -> str:
        return owner.get(address).text

    assert sync not in offered()
    assert "Connect to QuickBooks" in offered()
    connection = make.connection(company, status="set_up_unfinished")
    assert sync not in offered()
    assert "The set-up is not finished" in offered()
    connection.status = "connected"
    connection.save()
    assert sync in offered()
