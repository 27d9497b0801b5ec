"""A run that would change suspiciously much at once stops and asks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World, policy

from tieout.subledger.models import Company, Invoice, Payment, User
from tieout.subledger.services import documents, states
from tieout.subledger.services.lines import LineDraft
from tieout.subledger.services.refusal import Refused
from tieout.sync.acts.releasing import Stopped, links_of, release, stopped
from tieout.sync.models import Link, Status


def invoices(world: World, number: int) -> list[Invoice]:
    tenant = world.contact()
    made = [world.invoice(tenant) for _ in range(number)]
    world.settle()
    return made


def the_one(company: Company) -> Stopped:
    (each,) = stopped(company)
    return each


def test_ten_voids_go_through_and_eleven_stop(world: World) -> None:
    made = invoices(world, 21)
    for invoice in made[:10]:
        states.void(invoice, BY)
    assert world.sync().writes == 10
    for invoice in made[10:]:
        states.void(invoice, BY)
    assert world.sync().writes == 0
    each = the_one(world.company)
    assert (each.kind, each.book, each.change, len(each.links), each.total) == (
        *("invoice", "QuickBooks", "void"),
        *(11, Decimal(1100)),
    )
    link = world.link(made[10])
    assert (link.status, link.reason) == (Status.FAILED, "mass_change")
    assert link.details == "Stopped, because 11 invoices would be voided at once in QuickBooks."
    assert world.there(made[10])["TotalAmt"] == 100


def test_the_share_of_a_large_book_counts_if_it_is_more(world: World) -> None:
    policy(world, mass_percent=60)
    made = invoices(world, 20)
    for invoice in made[:12]:
        states.void(invoice, BY)
    assert world.sync().writes == 12


def test_nothing_of_the_kind_is_done_until_somebody_releases_it(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 12)
    for invoice in made:
        states.void(invoice, BY)
    world.sync()
    assert world.sync().writes == 0
    each = the_one(world.company)
    assert release(world.company, each.key, mara, seen=each.seen) == 12
    assert world.sync().writes == 12
    assert stopped(world.company) == []
    assert {world.there(invoice)["TotalAmt"] for invoice in made} == {0}
    assert "Released by mara@example.com." in world.link(made[0]).attempts.values_list("details", flat=True)


def test_who_releases_lets_through_only_what_they_saw(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 24)
    for invoice in made[:12]:
        states.void(invoice, BY)
    world.sync()
    each = the_one(world.company)
    for invoice in made[12:]:
        states.void(invoice, BY)
    world.sync()
    with pytest.raises(Refused):
        release(world.company, each.key, mara, seen=each.seen)
    now = the_one(world.company)
    assert links_of(world.company, now).count() == 24


def test_what_comes_after_a_release_is_counted_anew(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 24)
    for invoice in made[:12]:
        states.void(invoice, BY)
    world.sync()
    each = the_one(world.company)
    release(world.company, each.key, mara, seen=each.seen)
    for invoice in made[12:]:
        states.void(invoice, BY)
    assert world.sync().writes == 12
    assert len(the_one(world.company).links) == 12


def test_a_release_outlasts_an_outage(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 12)
    for invoice in made:
        states.void(invoice, BY)
    world.sync()
    each = the_one(world.company)
    release(world.company, each.key, mara, seen=each.seen)
    world.fail(method="POST", status=400, body=BUSY)
    world.sync()
    world.heal()
    world.clock.sleep(90_000)
    assert world.sync().writes == 12


def test_voids_there_are_not_taken_by_the_dozen(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 12)
    for invoice in made:
        world.void_there("Invoice", world.id_there(invoice))
    world.sync()
    each = the_one(world.company)
    assert (each.book, each.change) == ("Tieout", "void")
    assert not Invoice.objects.filter(status="void").exists()
    release(world.company, each.key, mara, seen=each.seen)
    world.settle()
    assert Invoice.objects.filter(status="void").count() == 12


def test_many_gone_at_once_first_suspect_another_company(world: World, mara: User) -> None:  # noqa: F811
    made = invoices(world, 12)
    for invoice in made:
        world.delete_there("Invoice", world.id_there(invoice))
    world.sync()
    link = world.link(made[0])
    assert (link.state, link.reason) == ("held", "many_gone")
    each = the_one(world.company)
    release(world.company, each.key, mara, seen=each.seen)
    world.sync()
    assert set(Link.objects.filter(kind="invoice").values_list("state", "reason")) == {("gone", "deleted_there")}


def test_amounts_customers_and_numbers_are_counted_apart(world: World) -> None:
    made = invoices(world, 12)
    other = world.contact("Bert Buyer")
    world.invoice(other)
    world.settle()
    for invoice in made[:6]:
        documents.edit(invoice, BY, lines=[LineDraft(world.item(), Decimal("110.00"))])
    for invoice in made[6:]:
        documents.edit(invoice, BY, contact=other)
    assert world.sync().writes == 12
    for number, invoice in enumerate(made):
        invoice.refresh_from_db()
        documents.edit(invoice, BY, number=f"R-{number}")
    assert world.sync().writes == 0
    assert the_one(world.company).change == "number"


def test_memos_and_new_documents_are_never_too_many(world: World) -> None:
    made = invoices(world, 12)
    for invoice in made:
        documents.edit(invoice, BY, memo="for March")
    assert world.sync().writes == 12
    assert Payment.objects.count() == 0


def test_one_kind_that_is_stopped_stops_no_other(world: World) -> None:
    made = invoices(world, 12)
    for invoice in made:
        states.void(invoice, BY)
    note = world.credit_note(made[0].contact)
    world.sync()
    assert world.link(note).status == Status.SYNCED


BUSY = {
    "Fault": {
        "Error": [{"Message": "Busy", "Detail": "You can only add or edit one name at a time.", "code": "6000"}],
        "type": "ValidationFault",
    },
    "time": "2026-03-15T05:00:00.000-07:00",
}
