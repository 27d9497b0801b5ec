from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from tieout.filelock import Locked, hold


def test_a_second_holder_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with hold(tmp_path / "lock", label="the first"), pytest.raises(Locked, match="the first, process"):
        hold(tmp_path / "lock", label="the second")


def test_it_is_free_again_when_the_file_is_closed(tmp_path: Path) -> None:
    hold(tmp_path / "lock").close()
    hold(tmp_path / "lock").close()


def test_many_may_share_it_but_not_with_one_who_wants_it_alone(tmp_path: Path) -> None:
    with hold(tmp_path / "lock", shared=True), hold(tmp_path / "lock", shared=True), pytest.raises(Locked):
        hold(tmp_path / "lock")


def test_it_is_let_go_when_its_process_is_killed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    process = context.Process(target=hold_for_ever, args=(tmp_path / "lock", held))
    process.start()
    assert held.wait(60)
    with pytest.raises(Locked):
        hold(tmp_path / "lock")
    process.kill()
    process.join()
    hold(tmp_path / "lock").close()


def hold_for_ever(file: Path, held: multiprocessing.synchronize.Event) -> None:
    with hold(file):
        held.set()
        multiprocessing.Event().wait()
