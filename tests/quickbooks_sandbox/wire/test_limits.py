from datetime import UTC, datetime, timedelta

from quickbooks_sandbox.wire.limits import Limits

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def admitted(limits: Limits, count: int, apart: timedelta, *, batch: bool = False) -> int:
    return sum(limits.admit("1", "app", START + apart * n, batch=batch) for n in range(count))


def test_ten_requests_a_second_are_admitted_for_one_app_in_one_company():
    assert admitted(Limits(), 15, timedelta(milliseconds=1)) == 10


def test_five_hundred_requests_a_minute_are_admitted_for_one_company():
    assert admitted(Limits(), 600, timedelta(milliseconds=100)) == 500


def test_forty_batches_a_minute_are_admitted_for_one_app_in_one_company():
    assert admitted(Limits(), 60, timedelta(milliseconds=500), batch=True) == 40


def test_room_comes_back_as_the_window_moves_on():
    limits = Limits()
    assert admitted(limits, 11, timedelta(0)) == 10
    assert not limits.admit("1", "app", START + timedelta(milliseconds=999), batch=False)
    assert limits.admit("1", "app", START + timedelta(seconds=1), batch=False)


def test_companies_do_not_share_their_room():
    limits = Limits()
    admitted(limits, 10, timedelta(0))
    assert limits.admit("2", "app", START, batch=False)


def test_a_clock_that_is_set_back_does_not_lock_anyone_out():
    limits = Limits()
    admitted(limits, 10, timedelta(0))
    assert limits.admit("1", "app", START - timedelta(days=1), batch=False)
