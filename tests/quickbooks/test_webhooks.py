"""Which hints are kept, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tieout import clock
from tieout.quickbooks.models import Connection
from tieout.quickbooks.webhooks import inbox
from tieout.quickbooks.webhooks.models import StrayRealm
from tieout.quickbooks.webhooks.notification import Event
from tieout.subledger.models import Company

from .fakes import VirtualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def bound(company: Company) -> Company:
    Connection.objects.create(company=company, realm_id="310687", status=Connection.Status.CONNECTED, client_id="ours")
    return company


def event(id: str, *, realm: str = "310687", qbo_id: str = "1", minutes: int = 0, merged: str = "") -> Event:
    return Event(id, realm, "Invoice", qbo_id, "update", NOON + timedelta(minutes=minutes), merged)


def test_what_is_new_is_a_hint_until_a_run_has_looked(bound: Company) -> None:
    assert inbox.take_in([event("a", qbo_id="7")]) == [bound]
    looked_at = inbox.hints(bound)
    assert looked_at.objects() == {("Invoice", "7")}
    inbox.seen(looked_at)
    assert not inbox.hints(bound)


def test_doubles_tell_nothing_new(bound: Company) -> None:
    inbox.take_in([event("a"), event("a")])
    inbox.seen(inbox.hints(bound))
    assert inbox.take_in([event("a")]) == []
    assert not inbox.hints(bound)


def test_hints_stand_in_the_order_of_the_changes_however_they_came(bound: Company) -> None:
    inbox.take_in([event("late", minutes=2), event("early", minutes=1)])
    inbox.take_in([event("first")])
    assert [hint.event_id for hint in inbox.hints(bound).events] == ["first", "early", "late"]


def test_what_comes_while_a_run_looks_is_for_the_next(bound: Company) -> None:
    inbox.take_in([event("a", qbo_id="1")])
    looked_at = inbox.hints(bound)
    inbox.take_in([event("b", qbo_id="2")])
    inbox.seen(looked_at)
    assert inbox.hints(bound).objects() == {("Invoice", "2")}


def test_a_merge_is_a_hint_to_both(bound: Company) -> None:
    inbox.take_in([event("a", qbo_id="1", merged="2")])
    assert inbox.hints(bound).objects() == {("Invoice", "1"), ("Invoice", "2")}


def test_one_notification_may_tell_of_several_companies(bound: Company) -> None:
    other = Company.objects.create(name="Another")
    Connection.objects.create(company=other, realm_id="310688", client_id="ours")
    assert inbox.take_in([event("a", realm="310688"), event("b"), event("c", realm="310688")]) == [bound, other]
    assert len(inbox.hints(other).events) == 2


def test_a_realm_that_is_none_of_ours_is_counted(bound: Company) -> None:
    for _ in range(2):
        assert inbox.take_in([event("a", realm="999"), event("b", realm="999")]) == []
    assert StrayRealm.objects.values_list("realm_id", "events").get() == ("999", 4)


def test_a_flood_costs_few_statements(bound: Company, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(30):
        inbox.take_in([event(str(number), qbo_id=str(number)) for number in range(2000)])
    assert len(inbox.hints(bound).objects()) == 2000


def test_they_are_on_once_something_came(bound: Company, settings: Settings) -> None:
    settings.QUICKBOOKS_WEBHOOK_TOKENS = ["a token"]
    assert not inbox.are_on(bound)
    inbox.take_in([event("a")])
    assert inbox.last_event(bound) is not None
    assert inbox.are_on(bound)
    settings.QUICKBOOKS_WEBHOOK_TOKENS = []
    assert not inbox.are_on(bound)


def test_old_ones_are_pruned(bound: Company) -> None:
    time = VirtualClock()
    with clock.using(time):
        inbox.take_in([event("old")])
        time.sleep(timedelta(days=20).total_seconds())
        inbox.take_in([event("new")])
        time.sleep(timedelta(days=11).total_seconds())
        inbox.prune()
    assert [hint.event_id for hint in inbox.hints(bound).events] == ["new"]
