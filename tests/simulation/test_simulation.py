"""The simulation itself: a few histories, and that it can be run again."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.simulation import steps
from tests.simulation.flavours import flavour_of
from tests.simulation.many import Many
from tests.simulation.shrink import least

pytestmark = pytest.mark.slow


def simulate(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.simulation", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_few_histories_keep_every_promise() -> None:
    done = simulate("--histories", "4", "--workers", "1")
    assert done.stdout.splitlines()[-1] == "4 histories, 0 broken", done.stdout[-5000:] + done.stderr[-5000:]
    assert done.returncode == 0


def test_the_same_seed_lives_the_same_history() -> None:
    first, second = (simulate("--seed", "3") for _ in range(2))
    assert first.stdout == second.stdout
    assert "run" in first.stdout


def test_a_history_is_the_same_whatever_was_lived_before_it() -> None:
    with Many(1) as many:
        prints = [report.fingerprint for report in many.live((4, 14, 4))]
    assert prints[0] == prints[2]
    assert prints[0] != prints[1]


def test_a_history_without_some_of_its_steps_keeps_the_dice_of_the_others() -> None:
    whole = steps.history(5, flavour_of(5))
    numbers = [step.number for step in steps.everything(whole)]
    assert numbers == list(range(len(numbers)))
    fewer = list(steps.everything(steps.only(whole, set(numbers[::2]))))
    assert {(step.number, step.dice) for step in fewer} <= {
        (step.number, step.dice) for step in steps.everything(whole)
    }


def test_shrinking_leaves_what_is_needed_and_nothing_else() -> None:
    assert least(list(range(50)), lambda kept: {7, 31} <= set(kept), deadline=float("inf")) == [7, 31]
