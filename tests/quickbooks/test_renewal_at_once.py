"""Two renewals with one refresh token end a connection, so that there must only ever be one."""

import threading

import pytest
from django.db import connection as database
from tests.quickbooks.conftest import ServedSandbox

from tieout.quickbooks.connecting.connection import connect_sandbox, open_client
from tieout.quickbooks.wire import requests
from tieout.subledger.models import Company


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_that_find_the_token_expired_at_once_renew_it_once(
    sandbox: ServedSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.sandbox.settings.rotate_refresh_token = "always"
    company = Company.objects.create(name="Harbour Flats")
    connect_sandbox(company, sandbox.origin)
    sandbox.sandbox.clock.advance(2 * 3600)
    renewals = counted(sandbox, monkeypatch)
    together, outcomes = threading.Barrier(6), []

    def work() -> None:
        try:
            with open_client(company) as client:
                together.wait(10)
                outcomes.append(client.get(requests.preferences()).object["Id"])
        finally:
            database.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert outcomes == ["1"] * 6
    assert len(renewals) == 1


def counted(sandbox: ServedSandbox, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    renewals, renew = [], sandbox.sandbox.connections.refresh

    def refresh(client_id: str, value: str) -> object:
        renewals.append(value)
        return renew(client_id, value)

    monkeypatch.setattr(sandbox.sandbox.connections, "refresh", refresh)
    return renewals
