"""A document renumbered in QuickBooks is still known by the number on its paper."""

from __future__ import annotations

from datetime import date

from tests.sync.conftest import World

from tieout.subledger.models import Invoice
from tieout.sync.models import Link


def renumbered(world: World) -> Invoice:
    invoice = world.invoice(world.contact(), number="1001")
    world.settle()
    world.clock.sleep(600)
    world.edit_there("Invoice", world.link(invoice).qbo_id or "", DocNumber="A-7")
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.number, invoice.former_numbers) == ("A-7", "1001")
    return invoice


def test_deleted_and_entered_anew_under_it_is_offered_as_the_replacement(world: World) -> None:
    invoice = renumbered(world)
    customer = world.there(invoice)["CustomerRef"]["value"]
    world.delete_there("Invoice", world.link(invoice).qbo_id or "")
    world.settle()
    again = world.invoice_there(customer, "120.00", DocNumber="1001", TxnDate="2026-03-01")
    world.sync()
    link = world.link(invoice)
    assert (link.reason, [each["id"] for each in link.facts["candidates"]]) == ("replaced_there", [again["Id"]])
    assert Invoice.objects.count() == 1


def test_the_same_typed_into_both_books_is_a_question_after_the_links_are_gone(world: World) -> None:
    invoice = renumbered(world)
    world.edit_there("Invoice", world.link(invoice).qbo_id or "", DocNumber="1001", TxnDate=str(date(2026, 3, 1)))
    Link.objects.filter(kind="invoice").delete()
    assert world.sync().writes == 0
    assert world.link(invoice).reason == "possible_duplicate"
    assert Invoice.objects.count() == 1
