"""The client and the sandbox on one virtual clock, with Intuit's limits and lifetimes at work."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.quickbooks.in_process import ORIGIN, SharedClock, days, virtual_sandbox

from quickbooks_sandbox.server import Sandbox
from tieout.quickbooks import reading
from tieout.quickbooks.connecting.connection import AccessLost, Outage, Throttled, connect_sandbox, open_client
from tieout.quickbooks.connecting.oauth import OAuth
from tieout.quickbooks.models import Connection
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done, Unknown
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quickbooks(company: Company) -> Iterator[tuple[Sandbox, SharedClock]]:
    with virtual_sandbox(START) as (sandbox, clock):
        connect_sandbox(company, ORIGIN)
        sandbox.calls.clear()
        yield sandbox, clock


@pytest.fixture
def sandbox(quickbooks: tuple[Sandbox, SharedClock]) -> Sandbox:
    return quickbooks[0]


@pytest.fixture
def clock(quickbooks: tuple[Sandbox, SharedClock]) -> SharedClock:
    return quickbooks[1]


def customers(number: int) -> list[requests.Request]:
    bodies = [dumps({"DisplayName": f"C {n}"}) for n in range(number)]
    return [requests.create("Customer", body, f"c-{n}") for n, body in enumerate(bodies)]


def test_a_long_run_never_meets_the_limits_and_outlives_its_token(
    company: Company, sandbox: Sandbox, clock: SharedClock
) -> None:
    number = 1200
    with open_client(company) as client:
        client.send(customers(number // 2))
        clock.sleep(3600)
        answers = client.send(customers(number))
        client.check()
        assert client.calls.core == number + number // 2
    assert all(isinstance(answer, Done) for answer in answers)
    assert {call.status for call in sandbox.calls.calls} <= {200, 401}
    assert clock.now() - START > timedelta(hours=1, minutes=3)


def test_batches_keep_to_forty_a_minute(company: Company, sandbox: Sandbox, clock: SharedClock) -> None:
    made = customers(90)
    batches = [requests.batch([one], f"b-{n}") for n, one in enumerate(made)]
    with open_client(company) as client:
        client.send(batches)
        client.check()
    assert [call.status for call in sandbox.calls.calls] == [200] * 90
    assert clock.now() - START > timedelta(minutes=2)


def test_limits_used_up_by_another_program_are_waited_out_once(
    company: Company, sandbox: Sandbox, clock: SharedClock
) -> None:
    sandbox.faults.replace(b'[{"method": "GET", "nth": 3, "status": 429}]')
    with open_client(company) as client:
        answers = client.send([requests.preferences()] * 6)
        client.check()
        assert all(isinstance(answer, Done) for answer in answers)
        assert clock.now() - START >= timedelta(seconds=60)
        sandbox.faults.replace(b'[{"method": "GET", "status": 429}]')
        client.send([requests.preferences()])
        with pytest.raises(Throttled):
            client.check()


def test_an_answer_that_never_comes_is_given_up_after_quickbooks_would_have(
    company: Company, sandbox: Sandbox, clock: SharedClock
) -> None:
    sandbox.faults.replace(b'[{"method": "POST", "nth": 1, "cut": "lost"}]')
    with open_client(company) as client:
        before = clock.now()
        (lost,) = client.send(customers(1))
        assert isinstance(lost, Unknown)
        assert timedelta(seconds=120) < clock.now() - before < timedelta(seconds=150)
        (again,) = client.send(customers(1))
        assert isinstance(again, Done)
        assert reading.count(client, "Customer") == 1


def test_an_hour_of_outage_ends_a_run_and_not_the_connection(
    company: Company, sandbox: Sandbox, clock: SharedClock
) -> None:
    sandbox.faults.replace(b'[{"path": "/v3/", "status": 503}]')
    with open_client(company) as client, pytest.raises(Outage):
        client.get(requests.preferences())
    clock.sleep(3600)
    sandbox.faults.clear()
    with open_client(company) as client:
        client.get(requests.preferences())


def test_use_now_and_then_keeps_a_connection_for_a_year(company: Company, clock: SharedClock) -> None:
    for _month in range(12):
        clock.sleep(days(31))
        with open_client(company) as client:
            client.get(requests.preferences())
    expires_at = Connection.objects.get().refresh_expires_at
    assert expires_at is not None
    assert expires_at - clock.now() > timedelta(days=90)


def test_a_hundred_and_two_days_without_use_end_it(company: Company, clock: SharedClock) -> None:
    clock.sleep(days(102))
    with open_client(company) as client, pytest.raises(AccessLost, match="not used for 100 days"):
        client.get(requests.preferences())


def test_a_worker_that_wakes_up_with_a_replaced_refresh_token_ends_nothing(
    company: Company, sandbox: Sandbox, clock: SharedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.settings.rotate_refresh_token = "always"
    clock.sleep(2 * 3600)
    frozen: list[str] = []

    def refresh(oauth: OAuth, token: str) -> object:
        if not frozen:  # before it has asked, and for longer than its mark holds
            frozen.append(token)
            clock.sleep(60)
            with open_client(company) as other:
                other.get(requests.preferences())
        return asked(oauth, token)

    asked = OAuth.refresh
    monkeypatch.setattr(OAuth, "refresh", refresh)
    with open_client(company) as client:
        assert client.get(requests.preferences()).object["Id"] == "1"
    assert Connection.objects.get(pk=company.pk).status == Connection.Status.CONNECTED


def test_a_renewal_that_answers_late_keeps_what_a_person_who_connected_again_brought(
    company: Company, clock: SharedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.sleep(2 * 3600)
    brought: list[str] = []

    def refresh(oauth: OAuth, token: str) -> object:
        tokens = asked(oauth, token)
        if not brought:
            brought.append(connect_sandbox(company, ORIGIN).unseal("refresh_token"))
        return tokens

    asked = OAuth.refresh
    monkeypatch.setattr(OAuth, "refresh", refresh)
    with open_client(company) as client:
        client.get(requests.preferences())
    assert Connection.objects.get().unseal("refresh_token") == brought[0]


def test_a_process_that_died_while_renewing_holds_the_next_renewal_up_for_half_a_minute(
    company: Company, clock: SharedClock
) -> None:
    clock.sleep(2 * 3600)
    Connection.objects.update(renewing_until=clock.now() + timedelta(seconds=30))
    before = clock.now()
    with open_client(company) as client:
        client.get(requests.preferences())
    assert timedelta(seconds=30) <= clock.now() - before < timedelta(seconds=40)
    assert Connection.objects.get().renewing_until is None
