"""Wake-ups that travel through PostgreSQL commit with what caused them, and each company has at most one waiting."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from tieout.jobs import wake
from tieout.subledger.models import Company

from .conftest import company

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def empty_queue(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def waiting() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args->>'company')::int FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [id for (id,) in cursor.fetchall()]


def begin_all() -> None:
    """As if workers had fetched them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")


def test_a_wake_up_commits_with_what_caused_it() -> None:
    here = company("Alp")
    with transaction.atomic():
        wake(here)
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as elsewhere:
            assert elsewhere.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)
    assert waiting() == [here.pk]


def test_what_is_rolled_back_wakes_nobody() -> None:
    here = company("Alp")
    with transaction.atomic():
        wake(here)
        transaction.set_rollback(True)
    assert waiting() == []


def test_one_wake_up_waits_per_company_however_many_ask() -> None:
    first, second = company("Alp"), company("Berg")
    with transaction.atomic():
        for asked in (first, second, first, second):
            wake(asked)
        Company.objects.filter(pk=first.pk).update(name="The transaction goes on")
    assert sorted(waiting()) == sorted([first.pk, second.pk])
    assert Company.objects.get(pk=first.pk).name == "The transaction goes on"


def test_while_one_runs_one_more_may_wait() -> None:
    here = company("Alp")
    wake(here)
    begin_all()
    wake(here)
    wake(here)
    assert waiting() == [here.pk]
