"""Whom a request is counted for, behind proxies of our own and without."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.pages import factories as make

from tieout.pages.origin import address_of


@pytest.mark.parametrize(
    ("proxies", "heard", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # anybody may claim it
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_heard_is_believed(
    settings: Settings, proxies: int, heard: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=heard)
    assert address_of(request) == address


def test_no_letter_box_is_flooded(db: None, client: Client) -> None:
    make.person("mara@example.com")
    for _ in range(5):
        assert client.post("/password/", {"email": "mara@example.com"}).status_code == 302
    assert len(mail.outbox) == 3


def test_one_address_asks_for_few_mails_whomever_it_names(db: None, client: Client) -> None:
    for number in range(25):
        make.person(f"p{number}@example.com")
        client.post("/password/", {"email": f"p{number}@example.com"})
    assert len(mail.outbox) == 20
    client.post("/password/", {"email": "p24@example.com"}, REMOTE_ADDR="10.0.0.2")
    assert len(mail.outbox) == 21
