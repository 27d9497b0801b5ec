from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from tests.pages import factories as make

from tieout import clock
from tieout.subledger.models import Company


class NoonClock:
    """Stands still, so that what a page says of times can be expected."""

    def now(self) -> datetime:
        return make.NOON

    def sleep(self, seconds: float) -> None:
        raise AssertionError("a page must not sleep")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.using(NoonClock()):
        yield


@pytest.fixture
def company(db: None) -> Company:
    return make.company()


@pytest.fixture
def owner(company: Company, client: Client) -> Client:
    """A browser in which the company's owner has logged in."""
    client.force_login(make.person(of=company))
    return client
