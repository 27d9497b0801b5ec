from datetime import UTC, datetime
from pathlib import Path

import pytest

from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.oauth.connections import ACCOUNTING, AccessToken, Connections, Grant, TokenError
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Folder, Nowhere

BACK = "http://localhost:8000/callback"
HOUR, DAY = 3600, 86_400


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 2, 9, tzinfo=UTC))


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def connections(clock: Clock, settings: Settings) -> Connections:
    return Connections(clock, settings, Nowhere())


def connect(connections: Connections, realm_id: str = "1", client_id: str = "app") -> tuple[Grant, AccessToken]:
    code = connections.consent(client_id, BACK, realm_id, [ACCOUNTING], "someone")
    return connections.exchange(client_id, code, BACK)


def test_a_code_is_exchanged_for_tokens_of_the_company_that_was_chosen(connections: Connections) -> None:
    grant, access = connect(connections, realm_id="77")
    assert grant.realm_id == "77"
    assert connections.grant_of(access.value) is grant


def test_a_code_works_once_and_a_second_try_withdraws_what_it_gave(connections: Connections) -> None:
    code = connections.consent("app", BACK, "1", [ACCOUNTING], "someone")
    _, access = connections.exchange("app", code, BACK)
    with pytest.raises(TokenError, match="invalid_grant"):
        connections.exchange("app", code, BACK)
    assert connections.grant_of(access.value) is None


def test_a_code_is_bound_to_its_app_its_address_and_ten_minutes(connections: Connections, clock: Clock) -> None:
    code = connections.consent("app", BACK, "1", [ACCOUNTING], "someone")
    for client_id, address in [("other", BACK), ("app", BACK + "/else")]:
        with pytest.raises(TokenError, match="invalid_grant"):
            connections.exchange(client_id, code, address)
    clock.advance(601)
    with pytest.raises(TokenError, match="invalid_grant"):
        connections.exchange("app", code, BACK)


def test_an_access_token_ends_after_an_hour(connections: Connections, clock: Clock) -> None:
    _, access = connect(connections)
    clock.advance(HOUR - 1)
    assert connections.grant_of(access.value)
    clock.advance(1)
    assert connections.grant_of(access.value) is None


def test_within_a_day_a_refresh_keeps_the_value_and_afterwards_it_changes(
    connections: Connections, clock: Clock
) -> None:
    grant, _ = connect(connections)
    first = grant.refresh_token
    clock.advance(DAY - 1)
    assert connections.refresh("app", first)[0].refresh_token == first
    clock.advance(1)
    second = connections.refresh("app", first)[0].refresh_token
    assert second != first
    with pytest.raises(TokenError, match="invalid_grant"):
        connections.refresh("app", first)
    assert connections.refresh("app", second)


def test_the_value_can_be_set_to_change_with_each_refresh(connections: Connections, settings: Settings) -> None:
    settings.rotate_refresh_token = "always"
    grant, _ = connect(connections)
    first = grant.refresh_token
    assert connections.refresh("app", first)[0].refresh_token != first


def test_a_rotated_out_value_can_be_given_time(connections: Connections, clock: Clock, settings: Settings) -> None:
    settings.previous_refresh_token_s = DAY
    grant, _ = connect(connections)
    first = grant.refresh_token
    clock.advance(DAY)
    second = connections.refresh("app", first)[0].refresh_token
    assert connections.refresh("app", first)[0].refresh_token == second
    clock.advance(DAY)
    with pytest.raises(TokenError):
        connections.refresh("app", first)


def test_a_refresh_token_ends_when_it_is_not_used_for_its_lifetime(connections: Connections, clock: Clock) -> None:
    grant, _ = connect(connections)
    clock.advance(8_726_400)
    with pytest.raises(TokenError, match="Token invalid"):
        connections.refresh("app", grant.refresh_token)


def test_five_years_end_even_a_token_that_was_used_all_along(connections: Connections, clock: Clock) -> None:
    grant, _ = connect(connections)
    for _ in range(21):
        clock.advance(7_500_000)
        assert connections.refresh("app", grant.refresh_token)
    clock.advance(157_680_000 - 21 * 7_500_000)
    with pytest.raises(TokenError, match="Token invalid"):
        connections.refresh("app", grant.refresh_token)


def test_an_access_token_and_another_apps_token_are_told_apart_from_dead_ones(connections: Connections) -> None:
    grant, access = connect(connections)
    for client_id, value in [("app", access.value), ("other", grant.refresh_token)]:
        with pytest.raises(TokenError, match="Incorrect Token type or clientID"):
            connections.refresh(client_id, value)


def test_revoking_any_token_ends_the_apps_access_to_that_company_only(connections: Connections) -> None:
    (first, first_access), (_, second_access) = connect(connections), connect(connections)
    _, elsewhere = connect(connections, realm_id="2")
    assert connections.revoke("app", first.refresh_token)
    assert connections.grant_of(first_access.value) is None
    assert connections.grant_of(second_access.value) is None
    assert connections.grant_of(elsewhere.value)
    with pytest.raises(TokenError):
        connections.refresh("app", first.refresh_token)


def test_the_sandboxs_own_grant_outlives_the_apps(connections: Connections, clock: Clock) -> None:
    own, access = connections.own_access("app", "1")
    grant, _ = connect(connections)
    connections.refresh("app", grant.refresh_token)
    connections.revoke("app", grant.refresh_token)
    assert connections.grant_of(access.value) is own
    assert connections.own_access("app", "1") == (own, access)


def test_asking_for_the_own_grant_late_gives_a_fresh_token_and_leaves_the_old(
    connections: Connections, clock: Clock
) -> None:
    _, early = connections.own_access("app", "1")
    clock.advance(HOUR // 2 + 60)
    _, late = connections.own_access("app", "1")
    assert late.value != early.value
    assert connections.grant_of(early.value)
    clock.advance(200 * DAY)
    grant, access = connections.own_access("app", "1")
    assert connections.grant_of(access.value) is grant
    assert connections.refresh("app", grant.refresh_token)


def test_connections_outlive_a_restart(clock: Clock, settings: Settings, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    grant, access = connect(Connections(clock, settings, folder))
    folder.close()
    folder = Folder(tmp_path)
    again = Connections(clock, settings, folder)
    assert again.grant_of(access.value) == grant
    assert again.refresh("app", grant.refresh_token)
    again.revoke("app", access.value)
    folder.close()
    folder = Folder(tmp_path)
    assert Connections(clock, settings, folder).grant_of(access.value) is None
    folder.close()
