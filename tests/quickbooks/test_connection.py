import socket
from datetime import timedelta

import pytest
from pytest_django import Settings
from tests.quickbooks.conftest import ServedSandbox

from quickbooks_sandbox.oauth.clients import BUILT_IN
from tieout import clock
from tieout.quickbooks.calling.client import Client
from tieout.quickbooks.connecting import connection
from tieout.quickbooks.connecting.causes import Cause
from tieout.quickbooks.connecting.connection import (
    AccessLost,
    CameBack,
    CompanyBound,
    NoFreeRealm,
    NotConnected,
    Outage,
    RealmTaken,
    Unreachable,
    WrongKeys,
    connect_sandbox,
    open_client,
)
from tieout.quickbooks.connecting.oauth import SCOPE
from tieout.quickbooks.connecting.switching import disconnect
from tieout.quickbooks.models import Connection
from tieout.quickbooks.wire import requests
from tieout.quickbooks.wire.answers import Done
from tieout.quickbooks.wire.json import dumps
from tieout.subledger.models import Company

Status = Connection.Status


def new_customer(client: Client, name: str = "Ada's Bakery") -> Done:
    (answer,) = client.send([requests.create("Customer", dumps({"DisplayName": name}), f"create-{name}")])
    assert isinstance(answer, Done)
    return answer


class TestConnectingToASandbox:
    def test_binds_the_first_company_and_reads_its_name_and_currency(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        row = connect_sandbox(company, sandbox.origin)
        assert (row.realm_id, row.status) == (sandbox.realms[0], Status.CONNECTED)
        assert row.company_name == "Empty Company"
        assert Company.objects.get(pk=company.pk).currency == "USD"

    def test_leaves_a_client_that_can_write_and_read(self, company: Company, sandbox: ServedSandbox) -> None:
        connect_sandbox(company, sandbox.origin + "/")
        with open_client(company) as client:
            made = new_customer(client).object
            assert client.get(requests.read("Customer", made["Id"])).object["DisplayName"] == "Ada's Bakery"
            assert (client.calls.core, client.calls.core_plus) == (1, 1)

    def test_keeps_no_secret_readable_in_the_database(self, company: Company, sandbox: ServedSandbox) -> None:
        row = connect_sandbox(company, sandbox.origin)
        stored = Connection.objects.values_list("client_secret", "access_token", "refresh_token").get()
        plain = [row.unseal("client_secret"), row.unseal("access_token"), row.unseal("refresh_token")]
        assert plain[0] == BUILT_IN.client_secret
        assert all(plain)
        assert not any(text.encode() in bytes(sealed) for text in plain for sealed in stored)

    def test_takes_the_first_realm_that_is_not_bound(self, company: Company, sandbox: ServedSandbox) -> None:
        second = sandbox.sandbox.companies.create("empty").realm_id
        connect_sandbox(company, sandbox.origin)
        other = Company.objects.create(name="Other")
        assert connect_sandbox(other, sandbox.origin).realm_id == second
        with pytest.raises(NoFreeRealm):
            connect_sandbox(Company.objects.create(name="Third"), sandbox.origin)

    def test_takes_the_realm_that_is_named(self, company: Company, sandbox: ServedSandbox) -> None:
        second = sandbox.sandbox.companies.create("empty").realm_id
        assert connect_sandbox(company, sandbox.origin, second).realm_id == second

    def test_refuses_a_realm_that_belongs_to_another_company(self, company: Company, sandbox: ServedSandbox) -> None:
        connect_sandbox(company, sandbox.origin)
        with pytest.raises(RealmTaken, match="belongs to Harbour Flats already"):
            connect_sandbox(Company.objects.create(name="Other"), sandbox.origin, sandbox.realms[0])

    def test_refuses_to_move_a_company_to_another_realm(self, company: Company, sandbox: ServedSandbox) -> None:
        second = sandbox.sandbox.companies.create("empty").realm_id
        connect_sandbox(company, sandbox.origin)
        with pytest.raises(CompanyBound, match="cannot be moved"):
            connect_sandbox(company, sandbox.origin, second)

    def test_refuses_to_turn_a_real_connection_into_one_with_a_sandbox(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        connect_sandbox(company, sandbox.origin)
        Connection.objects.update(sandbox="")
        with pytest.raises(CompanyBound, match="between a sandbox and QuickBooks itself"):
            connect_sandbox(company, sandbox.origin)

    def test_refuses_a_realm_that_is_not_there(self, company: Company, sandbox: ServedSandbox) -> None:
        with pytest.raises(NoFreeRealm, match="has no company 123"):
            connect_sandbox(company, sandbox.origin, "123")
        assert not Connection.objects.exists()

    def test_repeated_reconnects_to_the_same_realm_with_new_tokens(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        before = connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.companies.create("empty")
        after = connect_sandbox(company, sandbox.origin)
        assert after.realm_id == before.realm_id
        assert after.unseal("refresh_token") != before.unseal("refresh_token")

    def test_needs_something_that_answers(self, company: Company) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            origin = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(Unreachable, match=origin):
            connect_sandbox(company, origin)


def test_a_company_that_was_never_connected_cannot_be_opened(company: Company) -> None:
    with pytest.raises(NotConnected):
        open_client(company)


def test_lost_sealing_keys_end_the_access_until_someone_connects_again(
    company: Company, sandbox: ServedSandbox, settings: Settings
) -> None:
    connect_sandbox(company, sandbox.origin)
    settings.SEALING_KEYS = ["another"]
    with pytest.raises(AccessLost, match="TIEOUT_SEALING_KEYS"):
        open_client(company)
    connect_sandbox(company, sandbox.origin)
    with open_client(company) as client:
        client.get(requests.preferences())


class TestRenewal:
    def test_an_expired_token_is_renewed_before_it_is_used(self, company: Company, sandbox: ServedSandbox) -> None:
        old = connect_sandbox(company, sandbox.origin)
        Connection.objects.update(access_expires_at=clock.now() + timedelta(seconds=60))
        with open_client(company) as client:
            new_customer(client)
        new = Connection.objects.get()
        assert new.unseal("access_token") != old.unseal("access_token")
        assert new.access_expires_at is not None
        assert new.access_expires_at > clock.now() + timedelta(minutes=50)

    def test_a_token_that_quickbooks_refuses_is_renewed_and_the_write_sent_once(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.clock.advance(2 * 3600)
        with open_client(company) as client:
            new_customer(client)
            rows = client.get(requests.query("SELECT * FROM Customer")).rows
        assert len(rows) == 1

    def test_the_changed_refresh_token_is_kept(self, company: Company, sandbox: ServedSandbox) -> None:
        old = connect_sandbox(company, sandbox.origin)
        for _day in range(3):
            sandbox.sandbox.clock.advance(25 * 3600)
            with open_client(company) as client:
                client.get(requests.preferences())
        assert Connection.objects.get().unseal("refresh_token") != old.unseal("refresh_token")

    def test_two_clients_renew_a_shared_token_once(self, company: Company, sandbox: ServedSandbox) -> None:
        sandbox.sandbox.settings.rotate_refresh_token = "always"
        connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.clock.advance(2 * 3600)
        with open_client(company) as first, open_client(company) as second:
            first.get(requests.preferences())
            kept = Connection.objects.get().unseal("refresh_token")
            second.get(requests.preferences())
        assert Connection.objects.get().unseal("refresh_token") == kept

    def test_a_revoked_grant_needs_reconnecting_and_says_why(self, company: Company, sandbox: ServedSandbox) -> None:
        connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.connections.disconnect(sandbox.realms[0], BUILT_IN.client_id)
        with open_client(company) as client, pytest.raises(AccessLost, match="no longer accepts"):
            client.get(requests.preferences())
        row = Connection.objects.get()
        assert row.status == Status.NEEDS_RECONNECTING
        assert (row.cause, row.reason) == (Cause.DISCONNECTED, "Token invalid")
        with pytest.raises(AccessLost, match="no longer accepts"):
            open_client(company)

    def test_reconnecting_heals_it(self, company: Company, sandbox: ServedSandbox) -> None:
        connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.connections.disconnect(sandbox.realms[0], BUILT_IN.client_id)
        with open_client(company) as client, pytest.raises(AccessLost):
            client.get(requests.preferences())
        assert connect_sandbox(company, sandbox.origin).reason == ""
        with open_client(company) as client:
            client.get(requests.preferences())

    def test_wrong_keys_are_told_from_a_lost_grant(self, company: Company, sandbox: ServedSandbox) -> None:
        row = connect_sandbox(company, sandbox.origin)
        row.seal("client_secret", "of another app")
        row.save()
        sandbox.sandbox.clock.advance(2 * 3600)
        with open_client(company) as client, pytest.raises(WrongKeys, match="client id and secret"):
            client.get(requests.preferences())
        assert Connection.objects.get().status == Status.CONNECTED

    def test_a_token_endpoint_in_trouble_is_an_outage_and_loses_nothing(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        old = connect_sandbox(company, sandbox.origin)
        sandbox.sandbox.clock.advance(2 * 3600)
        sandbox.sandbox.faults.replace(b'[{"path": "tokens/bearer", "status": 503}]')
        with open_client(company) as client, pytest.raises(Outage):
            client.get(requests.preferences())
        row = Connection.objects.get()
        assert (row.status, row.unseal("refresh_token")) == (Status.CONNECTED, old.unseal("refresh_token"))


class TestDisconnecting:
    def test_ends_the_access_at_quickbooks_and_keeps_the_binding(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        connect_sandbox(company, sandbox.origin)
        disconnect(company)
        row = Connection.objects.get()
        assert (row.status, row.realm_id, bytes(row.refresh_token)) == (Status.DISCONNECTED, sandbox.realms[0], b"")
        assert not [grant for grant in sandbox.sandbox.connections.grants() if not grant.own]
        with pytest.raises(NotConnected):
            open_client(company)

    def test_can_be_undone_by_connecting_again(self, company: Company, sandbox: ServedSandbox) -> None:
        connect_sandbox(company, sandbox.origin)
        disconnect(company)
        assert connect_sandbox(company, sandbox.origin).status == Status.CONNECTED


class TestWithAnAppOfOnesOwn:
    """The browser's way, with the sandbox standing in for Intuit's addresses."""

    @pytest.fixture(autouse=True)
    def intuit(self, settings: Settings, sandbox: ServedSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.QUICKBOOKS_CLIENT_ID = BUILT_IN.client_id
        settings.QUICKBOOKS_CLIENT_SECRET = BUILT_IN.client_secret
        discovery = f"{sandbox.origin}/.well-known/openid_configuration"
        monkeypatch.setattr("tieout.quickbooks.connecting.oauth.discovery_of", lambda _: discovery)
        monkeypatch.setattr("tieout.quickbooks.connecting.connection.api_of", lambda _: sandbox.origin)

    REDIRECT = "http://127.0.0.1:8000/connect/back/"

    def back(self, sandbox: ServedSandbox) -> CameBack:
        realm = sandbox.realms[0]
        code = sandbox.sandbox.connections.consent(BUILT_IN.client_id, self.REDIRECT, realm, [SCOPE], "5b0e6d0c-owner")
        return CameBack(code, realm, self.REDIRECT)

    def test_the_address_to_go_to_names_app_scope_state_and_way_back(self, sandbox: ServedSandbox) -> None:
        url = connection.authorise_url(self.REDIRECT, "state-1")
        assert url.startswith(f"{sandbox.origin}/connect/oauth2?response_type=code&client_id={BUILT_IN.client_id}")
        assert "redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fconnect%2Fback%2F" in url
        assert "scope=com.intuit.quickbooks.accounting" in url
        assert url.endswith("state=state-1")

    def test_a_new_connection_is_unfinished_until_its_set_up_is_done(
        self, company: Company, sandbox: ServedSandbox
    ) -> None:
        row = connection.connect(company, self.back(sandbox), None)
        assert row.status == Status.SET_UP_UNFINISHED
        connection.finish_set_up(company)
        assert Connection.objects.get().status == Status.CONNECTED

    def test_reconnecting_needs_no_second_set_up(self, company: Company, sandbox: ServedSandbox) -> None:
        connection.connect(company, self.back(sandbox), None)
        connection.finish_set_up(company)
        disconnect(company)
        row = connection.connect(company, self.back(sandbox), None)
        assert row.status == Status.CONNECTED

    def test_a_code_that_was_used_before_binds_nothing(self, company: Company, sandbox: ServedSandbox) -> None:
        with pytest.raises(AccessLost, match="Connect again"):
            connection.connect(company, CameBack("used", sandbox.realms[0], self.REDIRECT), None)
        assert not Connection.objects.exists()

    def test_without_keys_says_which_settings_are_missing(self, company: Company, settings: Settings) -> None:
        settings.QUICKBOOKS_CLIENT_ID = ""
        with pytest.raises(WrongKeys, match="QUICKBOOKS_CLIENT_ID"):
            connection.authorise_url(self.REDIRECT, "s")
