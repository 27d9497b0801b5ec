"""Who changes records and asks for a run, and the run itself, take their locks in one order."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tieout.jobs import due, wake
from tieout.subledger.models import Company
from tieout.subledger.services.changing import changing
from tieout.sync.hold import hold

from .conftest import company

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT_S = 1.0


def test_an_edit_that_wakes_a_run_and_a_run_that_stores_do_not_wait_for_each_other() -> None:
    here = company("Alp")
    run_is_in, edit_is_in = threading.Event(), threading.Event()

    def store() -> None:
        with hold(here, wait=False) as lease, lease.transaction():
            run_is_in.set()
            edit_is_in.wait(A_MOMENT_S)
            Company.objects.get(pk=here.pk).next_versions()

    def edit() -> None:
        run_is_in.wait()
        with changing(Company.objects.get(pk=here.pk)):
            edit_is_in.set()
            wake(here)

    assert at_once(store, edit) == []


def test_a_run_that_begins_while_a_further_edit_is_being_stored_waits_and_sees_it() -> None:
    """Else that edit's wake-up, which found one waiting already, would be answered by a run that came too early."""
    here = company("Alp")
    wake(here)
    edit_is_in, seen = threading.Event(), list[str]()

    def edit() -> None:
        with transaction.atomic():
            Company.objects.filter(pk=here.pk).update(name="Edited")
            wake(here)
            edit_is_in.set()
            threading.Event().wait(A_MOMENT_S)

    def begin() -> None:
        edit_is_in.wait()
        if due.claim_of(here.pk):
            seen.append(Company.objects.get(pk=here.pk).name)

    assert at_once(edit, begin) == []
    assert seen == ["Edited"]


def at_once(*acts: Callable[[], None]) -> list[str]:
    """What went wrong."""
    wrong: list[str] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - for the test's own thread to tell
            wrong.append(f"{act.__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
