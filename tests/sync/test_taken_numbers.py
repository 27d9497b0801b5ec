"""Where numbers are given by hand, one that is taken in QuickBooks costs no call."""

from __future__ import annotations

from tests.sync.conftest import BY, World

from tieout.subledger.models import Invoice
from tieout.subledger.services import documents, states
from tieout.sync.models import Status


def numbered_by_hand(world: World) -> Invoice:
    world.theirs.set_preference("SalesFormsPrefs", "CustomTxnNumbers", True)
    customer = world.customer_there("Bob Buyer")["Id"]
    world.sync()
    world.theirs.create("CreditMemo", credit(world, customer, "1001"))
    return world.invoice(world.contact(), number="1001")


def credit(world: World, customer: str, number: str) -> dict[str, object]:
    detail = {"ItemRef": {"value": world.rent_id}}
    line = {"DetailType": "SalesItemLineDetail", "Amount": 7, "SalesItemLineDetail": detail}
    return {"CustomerRef": {"value": customer}, "DocNumber": number, "TxnDate": "2026-03-15", "Line": [line]}


def test_it_is_held_with_its_holder_before_a_call_is_spent(world: World) -> None:
    invoice = numbered_by_hand(world)
    world.sync()
    link = world.link(invoice)
    assert (link.status, link.reason) == (Status.FAILED, "number_taken")
    assert link.details == "Credit memo 1001 in QuickBooks already has this number."
    assert world.calls().count("POST invoice") == 0


def test_with_another_number_it_goes_out(world: World) -> None:
    invoice = numbered_by_hand(world)
    world.sync()
    documents.edit(invoice, BY, number="1002")
    world.settle()
    assert world.there(invoice)["DocNumber"] == "1002"


def test_once_it_is_void_here_it_is_no_longer_shown_as_failed(world: World) -> None:
    invoice = numbered_by_hand(world)
    world.sync()
    states.void(invoice, BY)
    world.settle()
    link = world.link(invoice)
    assert (link.status, link.reason) == (Status.NOT_SYNCED, "nothing_to_send")


def test_it_goes_out_by_itself_once_the_number_is_free(world: World) -> None:
    invoice = numbered_by_hand(world)
    world.sync()
    world.clock.sleep(600)
    world.edit_there("CreditMemo", world.all_there("CreditMemo")[0]["Id"], DocNumber="C-1")
    world.settle()
    assert world.link(invoice).status == Status.SYNCED


def test_a_memo_typed_with_other_line_breaks_is_equal_in_both_books(world: World) -> None:
    invoice = world.invoice(world.contact(), memo="first\r\nsecond ")
    world.settle()
    assert (invoice.memo, world.link(invoice).status) == ("first\nsecond", Status.SYNCED)
