"""What is not linked is not changed as a side effect either."""

from __future__ import annotations

from tests.sync.acts.conftest import mara  # noqa: F401
from tests.sync.conftest import BY, World

from tieout.subledger.models import User
from tieout.subledger.services import payments
from tieout.sync.acts.relink import relink
from tieout.sync.acts.unlink import unlink
from tieout.sync.models import Status


def test_a_payment_is_not_taken_from_an_unlinked_invoice(world: World, mara: User) -> None:  # noqa: F811
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    unlink(world.company, [world.link(invoice)], mara)
    relink(world.company, [world.link(payment)], mara)
    payments.unallocate(payment.allocations.get(), BY)
    assert world.sync().writes == 0
    link = world.link(payment)
    assert (link.status, link.reason, link.facts["entity"]) == (Status.FAILED, "touches_unlinked", "Invoice")
    assert len(world.there(payment)["Line"]) == 1
