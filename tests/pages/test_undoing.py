"""What a person decides on these pages; what the acts themselves do is tested with the engine."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import factories as make

from tieout.kinds.contact import CUSTOMER
from tieout.kinds.kind import encode
from tieout.quickbooks.wire.json import loads
from tieout.subledger.models import Company, Role
from tieout.sync.models import Cursor, Link, Operation, Run, Seen


@pytest.fixture
def connected(company: Company) -> Company:
    make.connection(company)
    Cursor.objects.get_or_create(company=company)
    return company


@pytest.fixture
def edited(connected: Company) -> Operation:
    """A run changed the phone of an account."""
    smith = make.contact(connected, "Smith Ltd", phone="2")
    link = make.link(smith)
    make.customer(connected, str(link.qbo_id), "Smith Ltd", phone="2")
    now = CUSTOMER.parse(loads(bytes(Seen.objects.get(qbo_id=link.qbo_id).body)))
    link.base_theirs, link.our_version = encode(now), smith.version
    link.save()
    operation = make.refused_operation(link)
    operation.run, operation.state, operation.groups = make.run(connected, writes=1), "confirmed", ["phone"]
    operation.answered_at = make.NOON
    operation.save()
    return operation


def of(name: str, company: Company, *args: int) -> str:
    return reverse(name, args=[company.pk, *args])


def test_a_run_is_undone_after_its_writes_were_shown(connected: Company, owner: Client, edited: Operation) -> None:
    run = Run.objects.get()
    page = of("undo-run", connected, run.pk)
    assert page in owner.get(of("run", connected)).text
    shown = owner.get(page).text
    assert "Smith Ltd" in shown
    assert "Undo 1 of 1" in shown
    owner.post(page, {"act": "void"})
    link = Link.objects.get()
    assert (link.undoing_id, link.undo_act, link.reason) == (edited.pk, "update", "decided")


def test_what_was_built_upon_since_is_said_and_not_offered(
    connected: Company, owner: Client, edited: Operation
) -> None:
    Link.objects.update(our_version=99)
    page = of("undo-run", connected, Run.objects.get().pk)
    shown = owner.get(page).text
    assert "It was changed here since." in shown
    assert "Undo 1" not in shown
    assert "None of these writes can be taken back" in owner.post(page, {"act": "void"}).text


def test_only_who_may_resolve_undoes(connected: Company, client: Client, edited: Operation) -> None:
    member = client
    member.force_login(make.person("kim@example.com", of=connected, role=Role.MEMBER))
    page = of("undo-run", connected, Run.objects.get().pk)
    assert page not in member.get(of("run", connected)).text
    assert member.post(page, {"act": "void"}).status_code == 403
    assert Link.objects.get().undoing_id is None


def test_a_second_name_is_given(connected: Company, owner: Client) -> None:
    link = make.failed(make.contact(connected, "Smith Ltd"), "Has it already.", "second_name")
    page = of("second-name-of-result", connected, link.pk)
    assert page in owner.get(of("result", connected, link.pk)).text
    assert "Smith Ltd (customer)" in owner.get(page).text
    assert "colon" in owner.post(page, {"name": "Smith: rents"}).text
    owner.post(page, {"name": "Smith (rents)"})
    link.refresh_from_db()
    assert (link.own_name, link.state) == ("Smith (rents)", "new")


@pytest.mark.parametrize("way", ["zero", "delete"])
def test_it_is_chosen_what_happens_to_what_cannot_be_voided_there(connected: Company, owner: Client, way: str) -> None:
    note = make.credit_note(make.contact(connected, "Smith Ltd"), "C-1")
    link = make.failed(note, "Void here.", "cannot_void_there")
    page = of("void-there-of-result", connected, link.pk)
    assert page in owner.get(of("result", connected, link.pk)).text
    assert "Set it to zero there" in owner.get(page).text
    owner.post(page, {"way": way})
    link.refresh_from_db()
    assert (link.facts["way"], link.due) == (way, True)
    assert "settled already" in owner.get(page).text
