"""Where the log goes."""

from __future__ import annotations

import io
import logging
import sys

import pytest
from django.test import Client
from pytest_django import Settings

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


def test_a_foreign_host_name_is_refused_in_one_line_on_the_page_and_in_the_log(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["books.example.com"]
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.addFilter(logs.in_one_line)
    refusals = logging.getLogger("django.security")
    refusals.addHandler(handler)
    try:
        answer = Client(headers={"host": "elsewhere.example"}).get("/log-in/")
    finally:
        refusals.removeHandler(handler)
    assert answer.status_code == 400
    assert "is not served here" in answer.text
    (line,) = said.getvalue().splitlines()
    assert "'elsewhere.example'" in line
    assert "TIEOUT_HOSTS" in line
