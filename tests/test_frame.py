from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings


def test_the_data_folder_of_tests_is_a_temporary_one() -> None:
    assert Path(os.environ["TIEOUT_DATA"]) == settings.DATA
    assert "tieout-tests-" in str(settings.DATA)


@pytest.mark.django_db
def test_migrations_make_every_table_of_the_models() -> None:
    from django.apps import apps
    from django.db import connection

    tables = set(connection.introspection.table_names())
    assert {model._meta.db_table for model in apps.get_models()} <= tables
