from datetime import timedelta

import pytest
from tests.quickbooks.conftest import ServedSandbox

from tieout import clock
from tieout.quickbooks.connecting import history, outage, switching
from tieout.quickbooks.connecting.connection import NotConnected, Outage, Throttled, connect_sandbox, open_client
from tieout.quickbooks.errors import AccessLost
from tieout.quickbooks.models import Connection, Event
from tieout.subledger.models import Company, User
from tieout.subledger.services.refusal import Refused

Status = Connection.Status


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna@example.com")


@pytest.fixture
def connection(company: Company, sandbox: ServedSandbox) -> Connection:
    return connect_sandbox(company, sandbox.origin)


def row() -> Connection:
    return Connection.objects.get()


def test_switched_off_nothing_opens_and_the_authorisation_is_kept(
    connection: Connection, company: Company, anna: User
) -> None:
    switching.disable(company, anna)
    with pytest.raises(NotConnected, match="switched off"):
        open_client(company)
    assert row().unseal("refresh_token") == connection.unseal("refresh_token")
    switching.enable(company, anna)
    open_client(company).close()
    assert row().connected_at == connection.connected_at


def test_only_what_is_on_is_switched_off_and_only_what_is_off_on(
    connection: Connection, company: Company, anna: User
) -> None:
    with pytest.raises(Refused):
        switching.enable(company, anna)
    switching.disable(company, anna)
    with pytest.raises(Refused):
        switching.disable(company, anna)


def test_a_company_in_use_cannot_be_taken_back(connection: Connection, company: Company) -> None:
    with pytest.raises(Refused, match="for good"):
        switching.take_back(company)


def test_taking_back_gives_the_access_back_too(
    connection: Connection, company: Company, sandbox: ServedSandbox
) -> None:
    Connection.objects.update(connected_at=None, status=Status.SET_UP_UNFINISHED)
    switching.take_back(company)
    assert not Connection.objects.exists()
    assert not [grant for grant in sandbox.sandbox.connections.grants() if not grant.own]


def test_the_history_names_who_did_what(connection: Connection, company: Company, anna: User) -> None:
    switching.disable(company, anna)
    switching.enable(company, anna)
    switching.disconnect(company, anna)
    found = [(event.what, event.by) for event in history.newest(company.pk)]
    assert found == [
        (Event.What.DISCONNECTED, "anna@example.com"),
        (Event.What.ENABLED, "anna@example.com"),
        (Event.What.DISABLED, "anna@example.com"),
        (Event.What.CONNECTED, ""),
    ]


class TestOutage:
    def test_is_waited_out_from_one_to_twenty_minutes(self, connection: Connection, company: Company) -> None:
        pauses = []
        for _ in range(7):
            outage.failed(company, Outage("QuickBooks is out of reach."))
            retry_at = row().retry_at
            assert retry_at is not None
            pauses.append(round((retry_at - clock.now()) / timedelta(minutes=1)))
        assert pauses == [1, 2, 4, 8, 16, 20, 20]

    def test_begins_once_and_ends_once_in_the_history(self, connection: Connection, company: Company) -> None:
        for _ in range(3):
            outage.failed(company, Throttled("Too many calls."))
        for _ in range(2):
            outage.over(company)
        found = [event.what for event in history.newest(company.pk)]
        assert found == [Event.What.BACK, Event.What.OUTAGE, Event.What.CONNECTED]
        assert (row().outage, row().retry_at, row().failures) == ("", None, 0)

    def test_lost_access_is_none(self, connection: Connection, company: Company) -> None:
        outage.failed(company, AccessLost("Gone."))
        assert row().outage_since is None
