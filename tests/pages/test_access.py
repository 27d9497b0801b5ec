"""Every page of a company, found in the URL table: a page that is added later is covered here at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.pages import factories as make

from tieout.pages.access import may
from tieout.subledger.models import Company, Membership, Role

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

OUTSIDE = {
    "companies",
    "healthz",
    "log-in",
    "new-company",
    "log-out",
    "password-forgotten",
    "password-sent",
    "password_reset_confirm",
    "theme",
    "quickbooks-came-back",
    "webhooks-quickbooks",
}


def patterns(resolver: URLResolver, within: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        route = within + str(entry.pattern)
        found += patterns(entry, route) if isinstance(entry, URLResolver) else [(route, entry)]
    return found


PAGES = [pattern for route, pattern in patterns(get_resolver()) if route.startswith("c/<int:company>/")]


def address(pattern: URLPattern, company: Company) -> str:
    converters = pattern.pattern.converters
    return reverse(pattern.name, kwargs={"company": company.pk, **dict.fromkeys(converters, 1)})


def view_of(pattern: URLPattern) -> Any:
    """Our view, with the `act` and the `methods` that `tieout.pages.access` puts on it."""
    return pattern.callback


def ask(client: Client, pattern: URLPattern, company: Company) -> _MonkeyPatchedWSGIResponse:
    send = client.get if "GET" in view_of(pattern).methods else client.post
    return send(address(pattern, company))


def test_everything_else_is_named_here_and_so_was_thought_about() -> None:
    outside = {p.name for route, p in patterns(get_resolver()) if not route.startswith("c/<int:company>/")}
    assert outside == OUTSIDE


@pytest.mark.parametrize("pattern", PAGES, ids=lambda p: p.name)
def test_a_page_names_the_right_it_needs(pattern: URLPattern) -> None:
    assert may(Role.OWNER, view_of(pattern).act)


@pytest.mark.parametrize("pattern", PAGES, ids=lambda p: p.name)
def test_a_stranger_finds_nothing(pattern: URLPattern, company: Company, client: Client) -> None:
    client.force_login(make.person("stranger@example.com", of=make.company("Another company")))
    assert ask(client, pattern, company).status_code == 404


@pytest.mark.parametrize("pattern", PAGES, ids=lambda p: p.name)
def test_someone_not_logged_in_is_sent_to_the_log_in_and_back(
    pattern: URLPattern, company: Company, client: Client
) -> None:
    answer = ask(client, pattern, company)
    can_be_opened = "GET" in view_of(pattern).methods
    wanted = address(pattern, company) if can_be_opened else reverse("overview", args=[company.pk])
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/log-in/?next={wanted}"


def test_a_fragment_of_an_expired_session_loads_the_page_again(company: Company, client: Client) -> None:
    answer = client.get(reverse("sync-state", args=[company.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Refresh"] == "true"


def test_a_viewer_may_look_but_not_start_a_run(company: Company, client: Client) -> None:
    client.force_login(make.person("viewer@example.com", Role.VIEWER, company))
    page = client.get(reverse("results", args=[company.pk]))
    assert page.status_code == 200
    assert "Start Sync" not in page.text
    refused = client.post(reverse("start-sync", args=[company.pk]))
    assert refused.status_code == 403
    assert "Nothing was changed" in refused.text


def test_who_may_not_is_told_whom_to_ask(company: Company, client: Client) -> None:
    make.person("anna@example.com", Role.OWNER, company)
    client.force_login(make.person("viewer@example.com", Role.VIEWER, company))
    refused = client.post(reverse("start-sync", args=[company.pk]))
    assert "Ask anna@example.com" in refused.text


@pytest.mark.parametrize("pattern", PAGES, ids=lambda p: p.name)
def test_a_record_of_another_company_is_not_found_by_its_id(
    pattern: URLPattern, company: Company, owner: Client
) -> None:
    other = make.company("Another company")
    theirs = make.contact(other)
    foreign = make.invoice(theirs)
    rows: dict[str, Model] = {
        "account": theirs,
        "invoice": foreign,
        "credit-note": make.credit_note(theirs),
        "payment": make.payment(foreign),
        "result": make.link(foreign),
        "run": make.run(other),
        "task": make.task(other, make.person("other@example.com", of=other)),
        "member": Membership.objects.get(user__email="other@example.com"),
    }
    if not set(pattern.pattern.converters) - {"company"}:
        return
    about = next(name for name in sorted(rows, key=len, reverse=True) if name in str(pattern.name))
    send = owner.get if "GET" in view_of(pattern).methods else owner.post
    assert send(reverse(pattern.name, args=[company.pk, rows[about].pk])).status_code == 404


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("pattern", PAGES, ids=lambda p: p.name)
def test_f1_a_role_is_refused_exactly_what_it_lacks(
    pattern: URLPattern, role: str, company: Company, client: Client
) -> None:
    client.force_login(make.person("someone@example.com", Role(role), company))
    refused = ask(client, pattern, company).status_code == 403
    assert refused is not may(role, view_of(pattern).act)
