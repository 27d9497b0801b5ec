"""What a bank statement has confirmed is not changed from here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sync.conftest import BY, World

from tieout.subledger.models import Account, Payment
from tieout.subledger.services import payments
from tieout.sync.models import Status

NO_REPORT = {
    "Fault": {"Error": [{"Message": "No", "Detail": "No such report", "code": "5020"}], "type": "ValidationFault"}
}


@pytest.fixture
def banked(world: World) -> Payment:
    """A payment straight to the bank account."""
    world.sync()
    bank = Account.objects.filter(company=world.company, type="Bank").first()
    payment = world.payment(world.contact(), "50.00", deposit_account=bank)
    world.settle()
    return payment


def reports(world: World) -> int:
    return world.calls().count("GET TransactionList")


@pytest.mark.parametrize("change", [{"total": Decimal("60.00")}, {}])
def test_neither_its_total_nor_a_void_goes_out(world: World, banked: Payment, change: dict[str, Any]) -> None:
    world.theirs.set_cleared("Payment", world.id_there(banked), "Reconciled")
    payments.edit(banked, BY, **change) if change else payments.void(banked, BY)
    world.sync()
    link = world.link(banked)
    assert (link.status, link.reason) == (Status.FAILED, "reconciled")
    assert world.there(banked)["TotalAmt"] == 50
    assert reports(world) == 1


def test_one_that_is_not_goes_out_after_one_look(world: World, banked: Payment) -> None:
    payments.edit(banked, BY, total=Decimal("60.00"))
    world.settle()
    assert world.there(banked)["TotalAmt"] == 60
    assert reports(world) == 1


def test_a_memo_and_what_lies_in_undeposited_funds_need_no_look(world: World, banked: Payment) -> None:
    other = world.payment(banked.contact, "20.00")
    world.settle()
    payments.edit(banked, BY, memo="seen")
    payments.edit(other, BY, total=Decimal("25.00"))
    world.settle()
    assert reports(world) == 0


def test_where_quickbooks_does_not_say_it_waits_and_all_else_goes_on(world: World, banked: Payment) -> None:
    world.fail(path="/reports/TransactionList", status=400, body=NO_REPORT)
    payments.edit(banked, BY, total=Decimal("60.00"))
    invoice = world.invoice(banked.contact)
    world.sync()
    assert (world.link(banked).reason, world.there(banked)["TotalAmt"]) == ("try_later", 50)
    assert world.link(invoice).status == Status.SYNCED
    world.heal()
    world.clock.sleep(600)
    world.settle()
    assert world.there(banked)["TotalAmt"] == 60
