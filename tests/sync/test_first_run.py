"""What a set-up shows before anything is sent, and that the first sync then does just that."""

from __future__ import annotations

from datetime import date

import pytest
from tests.sync.conftest import BY, TODAY, World

from tieout.quickbooks.connecting import switching
from tieout.quickbooks.errors import NotConnected
from tieout.quickbooks.models import Connection
from tieout.subledger.models import Contact, Invoice, Membership, Role, User
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Cursor, Link, Policy, Run, Seen
from tieout.sync.run import sync
from tieout.sync.setting_up import first_run, forgetting, prepare, set_up


@pytest.fixture
def owner(world: World) -> User:
    """The company is put back to before its set-up was finished."""
    Connection.objects.update(status=Connection.Status.SET_UP_UNFINISHED, connected_at=None)
    Run.objects.all().delete()
    Cursor.objects.update(theirs=None, in_full=True)
    user = User.objects.create_user(BY)
    Membership.objects.create(user=user, company=world.company, role=Role.OWNER)
    return user


def counts(world: World, kind: str) -> dict[str, int]:
    return dict(first_run.counts(world.company)[kind])


def test_the_reading_sends_nothing_and_takes_no_record(world: World, owner: User) -> None:
    customer = world.customer_there("Bob Buyer")["Id"]
    world.invoice_there(customer)
    world.contact("Ada Tenant")
    assert not prepare.finished(world.company)
    prepare.turn(world.company, "manual")
    assert prepare.finished(world.company)
    assert {call.split()[0] for call in world.calls()} == {"GET"}
    assert (Contact.objects.count(), Invoice.objects.count()) == (1, 0)


def test_a_sync_is_refused_until_the_set_up_is_finished(world: World, owner: User) -> None:
    with pytest.raises(NotConnected, match="not finished"):
        sync(world.company)


def test_what_is_foreseen_is_what_happens(world: World, owner: User) -> None:
    ada, bob = world.customer_there("Ada Tenant")["Id"], world.customer_there("Bob Buyer")["Id"]
    both = world.invoice(world.contact("Ada Tenant"), "100.00", number="A-1", due_date=date(2026, 4, 14))
    world.invoice_there(ada, "100.00", DocNumber="A-1")
    world.invoice_there(bob, "55.00")
    world.invoice(world.contact("Cyd Caller"), "70.00", number="C-1")
    prepare.turn(world.company, "manual")
    sure = [
        decision.pair
        for decision in first_run.foreseen(world.company, first_run.CONTACTS)
        if first_run.becomes(decision) == first_run.LINK
    ]
    first_run.accept(world.company, sure, owner)
    assert counts(world, "contact") == {"link": 1, "send": 1, "take": 1}
    assert counts(world, "invoice") == {"link": 1, "send": 1, "take": 1}
    set_up.start(world.company, owner)
    run = world.sync()
    assert run.writes == 2, "one customer and one invoice; what is in both books is not sent"
    assert len(world.all_there("Invoice")) == 3
    assert Invoice.objects.count() == 3
    assert world.link(both).qbo_id
    world.settle()
    world.assert_agreed()


def test_a_date_may_be_changed_both_ways_until_the_start_and_then_only_back(world: World, owner: User) -> None:
    for day in (date(2026, 2, 1), date(2025, 1, 1), date(2026, 3, 1)):
        set_up.choose_date(world.company, day, open_items=False)
        assert Policy.objects.get().sync_from == day
    set_up.start(world.company, owner)
    with pytest.raises(Refused, match="only be moved back"):
        set_up.move_back(world.company, date(2026, 3, 2), owner)
    Cursor.objects.update(in_full=False)
    assert not set_up.move_back(world.company, date(2026, 3, 1), owner)
    assert not Cursor.objects.get().in_full
    assert set_up.move_back(world.company, date(2026, 1, 1), owner)
    assert Cursor.objects.get().in_full


def test_what_is_entered_while_setting_up_counts_as_before_connecting(world: World, owner: User) -> None:
    old = world.invoice(world.contact(), date=date(2025, 6, 1))
    set_up.choose_date(world.company, date(2026, 1, 1), open_items=False)
    set_up.start(world.company, owner)
    world.sync()
    assert world.link(old).reason == "before_sync_from"


class TestForgetting:
    def test_links_are_found_again_and_nothing_is_doubled(self, world: World) -> None:
        anna = User.objects.create_user(BY)
        world.invoice(world.contact(), number="A-1", date=TODAY)
        world.settle()
        linked = forgetting.number_of(world.company)
        switching.disable(world.company, anna)
        assert forgetting.forget_links(world.company, "Harbour Lettings", anna) == linked
        assert not Link.objects.exists()
        assert not Seen.objects.exists()
        switching.enable(world.company, anna)
        world.settle()
        assert forgetting.number_of(world.company) == linked
        assert (len(world.all_there("Invoice")), Invoice.objects.count()) == (1, 1)

    @pytest.mark.parametrize("name", ["", "harbour lettings", "Harbour"])
    def test_the_name_must_be_typed_as_it_is(self, world: World, name: str) -> None:
        anna = User.objects.create_user(BY)
        switching.disable(world.company, anna)
        with pytest.raises(Refused, match="exactly"):
            forgetting.forget_links(world.company, name, anna)

    def test_not_while_it_is_on(self, world: World) -> None:
        with pytest.raises(Refused, match="Switch the sync off"):
            forgetting.forget_links(world.company, "Harbour Lettings", User.objects.create_user(BY))
