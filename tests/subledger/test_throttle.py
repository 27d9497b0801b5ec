from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tieout import clock
from tieout.subledger import throttle
from tieout.subledger.models import LoginFailure

pytestmark = pytest.mark.django_db
ANNA, OFFICE = "anna@example.com", "198.51.100.7"


class SetClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.using(SetClock()):
        yield


def fail(times: int, email: str = ANNA, address: str = OFFICE) -> None:
    for _ in range(times):
        throttle.failed(email, address)


def test_the_fifth_failure_closes_the_door_for_a_while() -> None:
    fail(4)
    throttle.check(ANNA, OFFICE)
    fail(1)
    with pytest.raises(throttle.TooManyFailures, match="Try again in 15 minutes"):
        throttle.check(" Anna@Example.com", OFFICE)
    clock.sleep(14 * 60 + 30)
    with pytest.raises(throttle.TooManyFailures, match="in 1 minute,"):
        throttle.check(ANNA, OFFICE)
    clock.sleep(31)
    throttle.check(ANNA, OFFICE)


def test_others_in_the_office_and_the_same_person_at_home_are_let_in() -> None:
    fail(5)
    throttle.check("bob@example.com", OFFICE)
    throttle.check(ANNA, "203.0.113.9")


def test_one_address_cannot_try_many_accounts() -> None:
    for number in range(50):
        fail(1, email=f"user{number}@example.com")
    with pytest.raises(throttle.TooManyFailures):
        throttle.check(ANNA, OFFICE)


def test_one_account_cannot_be_tried_from_many_addresses() -> None:
    for number in range(50):
        fail(1, address=f"203.0.113.{number}")
    with pytest.raises(throttle.TooManyFailures):
        throttle.check(ANNA, OFFICE)


def test_success_forgets_only_its_own_failures() -> None:
    fail(4)
    fail(1, email="bob@example.com")
    throttle.succeeded(ANNA, OFFICE)
    assert [failure.email for failure in LoginFailure.objects.all()] == ["bob@example.com"]


def test_old_failures_do_not_pile_up() -> None:
    fail(3)
    clock.sleep(16 * 60)
    fail(1)
    assert LoginFailure.objects.count() == 1
