"""Tests get a data folder of their own before settings are read; with CI=true a skip is a failure."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import django
import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, settings

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits the folder
    # Always a new one: a person's own TIEOUT_DATA must never be touched by a test.
    os.environ["TIEOUT_DATA"] = tempfile.mkdtemp(prefix="tieout-tests-")
    atexit.register(shutil.rmtree, os.environ["TIEOUT_DATA"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "tieout.settings"
django.setup()
if connection.vendor == "sqlite":
    # A file, as in use: one in memory refuses a reader while another thread writes, where a file lets it read on.
    connections.settings["default"]["TEST"]["NAME"] = os.path.join(os.environ["TIEOUT_DATA"], "tests.sqlite3")
# How fast the machine happens to be says nothing about the code.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ON_POSTGRES = "DATABASE_URL" in os.environ
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what uses the database is run again; on SQLite all but what needs PostgreSQL."""
    chosen = [item for item in items if is_for_this_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def is_for_this_database(item: pytest.Item) -> bool:
    if not ON_POSTGRES:
        return item.get_closest_marker("postgres") is None
    if item.get_closest_marker("browser"):
        return False
    if item.get_closest_marker("postgres"):
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & fixtures)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if reporter and skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"\nCI=true: {len(skipped)} skipped tests count as failed.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
