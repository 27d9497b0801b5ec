from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quickbooks_sandbox.wire.limits import Limits, Window

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def admitted(limits: Limits, count: int, apart: timedelta, *, batch: bool = False) -> int:
    return sum(limits.admit("1", "app", START + apart * n, batch=batch) for n in range(count))


def test_ten_requests_a_second_are_admitted_for_one_app_in_one_company() -> None:
    assert admitted(Limits(), 15, timedelta(milliseconds=1)) == 10


def test_five_hundred_requests_a_minute_are_admitted_for_one_company() -> None:
    assert admitted(Limits(), 600, timedelta(milliseconds=100)) == 500


def test_forty_batches_a_minute_are_admitted_for_one_app_in_one_company() -> None:
    assert admitted(Limits(), 60, timedelta(milliseconds=500), batch=True) == 40


def test_room_comes_back_as_the_window_moves_on() -> None:
    limits = Limits()
    assert admitted(limits, 11, timedelta(0)) == 10
    assert not limits.admit("1", "app", START + timedelta(milliseconds=999), batch=False)
    assert limits.admit("1", "app", START + timedelta(seconds=1), batch=False)


def test_companies_do_not_share_their_room() -> None:
    limits = Limits()
    admitted(limits, 10, timedelta(0))
    assert limits.admit("2", "app", START, batch=False)


def test_a_clock_that_is_set_back_does_not_lock_anyone_out() -> None:
    limits = Limits()
    admitted(limits, 10, timedelta(0))
    assert limits.admit("1", "app", START - timedelta(days=1), batch=False)


@given(st.lists(st.integers(0, 5_000), max_size=200).map(sorted), st.integers(1, 20))
def test_no_stretch_of_a_windows_length_ever_holds_more_than_it_admits(moments: list[int], most: int) -> None:
    second = timedelta(seconds=1)
    window, admitted_at = Window(most, second), []
    for moment in (START + timedelta(milliseconds=each) for each in moments):
        if not window.full(moment):
            window.count(moment)
            admitted_at.append(moment)
    for first in admitted_at:
        assert sum(first <= moment < first + second for moment in admitted_at) <= most
