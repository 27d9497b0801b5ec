from __future__ import annotations

from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.subledger.models import Company, Role


def get(client: Client, company: Company, name: str) -> str:
    return client.get(reverse(name, args=[company.pk])).text


def test_the_integration_leads_to_its_details(company: Company, owner: Client) -> None:
    page = get(owner, company, "integrations")
    assert "Not connected" in page
    assert reverse("quickbooks", args=[company.pk]) in page


def test_the_status_page_tells_all_about_the_connection(company: Company, owner: Client) -> None:
    make.connection(company, realm_id="9341", company_name="Harbour LLC", connected_by=make.person("anna@example.com"))
    make.run(company)
    page = get(owner, company, "quickbooks")
    for text in ("Connected", "Harbour LLC", "9341", "anna@example.com", "1 Jan 2026", "Every 20 minutes", "12:20:00"):
        assert text in page
    assert f'action="{reverse("start-sync", args=[company.pk])}"' in page


def test_a_company_that_is_not_connected_is_led_to_where_one_connects_it(company: Company, owner: Client) -> None:
    page = get(owner, company, "quickbooks")
    assert f'href="{reverse("connect", args=[company.pk])}"' in page


def test_who_may_not_connect_is_told_who_may(company: Company, client: Client) -> None:
    client.force_login(make.person("admin@example.com", Role.ADMIN, company))
    page = get(client, company, "quickbooks")
    assert reverse("connect", args=[company.pk]) not in page
    assert "An owner of Harbour Lettings does this." in page


def test_secrets_are_never_shown(company: Company, owner: Client) -> None:
    secrets = {"client_secret": b"sealed-secret", "access_token": b"sealed-access", "refresh_token": b"sealed-refresh"}
    make.connection(company, client_id="the-client-id", **secrets)
    page = get(owner, company, "quickbooks")
    assert "sealed" not in page
