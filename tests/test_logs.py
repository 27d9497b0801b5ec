"""Where the log goes."""

from __future__ import annotations

import io
import sys

import pytest

from tieout import logs


def test_a_line_goes_to_what_is_standard_error_then(monkeypatch: pytest.MonkeyPatch) -> None:
    log = logs.logger("tests")
    first, second = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", first)
    log.error("early")
    monkeypatch.setattr(sys, "stderr", second)
    first.close()
    log.error("late")
    assert "late" in second.getvalue()
