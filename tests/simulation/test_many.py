"""Of several histories, one that hangs or takes its process along stops no other."""

from __future__ import annotations

import os
import threading
import time

import pytest
from tests.simulation.many import Many, Report
from tests.simulation.telling import told

pytestmark = pytest.mark.slow


def live(seed: int) -> Report:
    """As no history should, for some seeds."""
    if seed == 1:
        time.sleep(600)
    if seed == 3:
        os._exit(7)
    if seed == 5:
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
    return Report(seed, 56)


def test_the_others_go_on_and_each_is_reported_once() -> None:
    with Many(2, live, longest_s=1) as many:
        reports = {report.seed: report for report in many.live(range(5))}
    assert sorted(reports) == list(range(5))
    assert [seed for seed, report in sorted(reports.items()) if report.broken] == [1, 3]


def test_the_report_names_the_seed_and_what_became_of_it() -> None:
    with Many(1, live, longest_s=1) as many:
        (report,) = many.live([3])
    text = told(report)
    assert "Seed 3 was not lived to its end" in text
    assert "its process ended with code 7 after" in text
    assert text.splitlines()[-1] == "  Again: make simulate SEED=3"


def test_where_a_history_hung_is_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with Many(1, live, longest_s=1) as many:
        list(many.live([5]))
    assert "test_many.py" in capfd.readouterr().err
