"""What people do in QuickBooks arrives in our book."""

from __future__ import annotations

from decimal import Decimal

from tests.sync.conftest import BY, TODAY, World, policy

from tieout.subledger.models import Account, Contact, CreditNote, Invoice, Payment
from tieout.subledger.services import contacts, payments, states
from tieout.sync.models import Link, Seen, Status


def test_a_new_invoice_arrives_with_its_customer_and_nothing_is_written(world: World) -> None:
    customer = world.customer_there("Bob Buyer", PrimaryEmailAddr={"Address": "bob@example.com"})
    there = world.invoice_there(customer["Id"], "75.50", PrivateNote="by hand")
    assert world.sync().writes == 0
    invoice = world.here(Invoice, there)
    assert (invoice.number, invoice.total, invoice.memo) == (there["DocNumber"], Decimal("75.50"), "by hand")
    assert (invoice.contact.name, invoice.contact.email) == ("Bob Buyer", "bob@example.com")
    assert invoice.status == "approved"
    assert str(invoice.due_date) == there["DueDate"]
    assert world.link(invoice).name == "Bob Buyer"
    world.settle()
    world.assert_agreed()


def test_a_customer_that_no_document_names_is_left_there(world: World) -> None:
    world.customer_there("Nobody's")
    world.sync()
    assert not Contact.objects.of(world.company).exists()
    policy(world, contacts="all")
    world.customer_there("Somebody's")
    world.sync()
    assert list(Contact.objects.of(world.company).values_list("name", flat=True)) == ["Somebody's"]


def test_an_edit_there_arrives_here(world: World) -> None:
    tenant = world.contact(phone="555 0101")
    invoice = world.invoice(tenant)
    world.sync()
    world.edit_there("Customer", world.id_there(tenant), PrimaryPhone={"FreeFormNumber": "555 0199"})
    world.edit_there("Invoice", world.id_there(invoice), PrivateNote="said there")
    world.settle()
    tenant.refresh_from_db()
    invoice.refresh_from_db()
    assert (tenant.phone, invoice.memo) == ("555 0199", "said there")
    world.assert_agreed()


def test_edits_of_different_fields_on_both_sides_both_arrive(world: World) -> None:
    tenant = world.contact(phone="1", email="a@example.com")
    world.invoice(tenant)
    world.sync()
    contacts.edit(tenant, BY, phone="2")
    world.edit_there("Customer", world.id_there(tenant), PrimaryEmailAddr={"Address": "b@example.com"})
    world.settle()
    tenant.refresh_from_db()
    there = world.there(tenant)
    assert (tenant.phone, tenant.email) == ("2", "b@example.com")
    assert (there["PrimaryPhone"]["FreeFormNumber"], there["PrimaryEmailAddr"]["Address"]) == ("2", "b@example.com")


def test_a_payment_there_settles_ours(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    world.sync()
    there = world.payment_there(world.id_there(tenant), "70", (world.id_there(invoice), "60"))
    world.settle()
    payment = world.here(Payment, there)
    invoice.refresh_from_db()
    assert (payment.total, payment.unapplied, invoice.balance) == (70, 10, Decimal(40))
    world.assert_agreed()


def test_an_unapplication_there_is_an_edit_here(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    world.edit_there("Payment", world.id_there(payment), Line=[])
    world.settle()
    payment.refresh_from_db()
    invoice.refresh_from_db()
    assert (payment.unapplied, invoice.balance) == (Decimal(100), Decimal(100))
    world.assert_agreed()


def test_a_void_there_is_a_void_here_that_keeps_its_amounts(world: World) -> None:
    tenant = world.contact()
    invoice = world.invoice(tenant)
    payment = world.payment(tenant, "100.00", (invoice, "100.00"))
    world.settle()
    world.void_there("Invoice", world.id_there(invoice))
    world.settle()
    invoice.refresh_from_db()
    payment.refresh_from_db()
    assert (invoice.status, invoice.total, invoice.balance) == ("void", Decimal(100), Decimal(0))
    assert (payment.status, payment.unapplied) == ("approved", Decimal(100))
    world.assert_agreed()


def test_zero_amounts_without_a_void_are_an_edit(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    line = world.there(invoice)["Line"][0] | {"Amount": Decimal(0)}
    line["SalesItemLineDetail"].pop("UnitPrice", None)
    world.edit_there("Invoice", world.id_there(invoice), Line=[line])
    world.settle()
    invoice.refresh_from_db()
    assert (invoice.status, invoice.total) == ("approved", Decimal(0))


def test_a_deletion_there_is_held_and_never_mirrored(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    world.delete_there("Invoice", world.id_there(invoice))
    world.sync()
    link = world.link(invoice)
    assert (link.status, link.state, link.reason) == (Status.FAILED, "gone", "deleted_there")
    invoice.refresh_from_db()
    assert invoice.status == "approved"
    assert world.sync().writes == 0


def test_the_deletion_of_a_carrier_there_is_an_unapplication(world: World) -> None:
    tenant = world.contact()
    invoice, note = world.invoice(tenant), world.credit_note(tenant)
    carrier = payments.apply_credit(note, invoice, Decimal("40.00"), BY)
    world.settle()
    world.delete_there("Payment", world.id_there(carrier))
    world.settle()
    invoice.refresh_from_db()
    note.refresh_from_db()
    carrier.refresh_from_db()
    assert (carrier.status, invoice.balance, note.balance) == ("void", Decimal(100), Decimal(40))
    world.assert_agreed()


def test_an_inactive_customer_is_archived_under_its_own_name(world: World) -> None:
    tenant = world.contact("Ada Tenant")
    world.invoice(tenant)
    world.settle()
    late = world.invoice(tenant)  # approved before we know that the customer was made inactive
    world.edit_there("Customer", world.id_there(tenant), Active=False)
    world.sync()
    assert world.link(late).reason == "waits_for"
    tenant.refresh_from_db()
    assert (tenant.archived, tenant.name) == (True, "Ada Tenant")
    world.edit_there("Customer", world.id_there(tenant), Active=True)
    world.settle()
    tenant.refresh_from_db()
    assert not tenant.archived
    assert world.link(late).status == Status.SYNCED


def test_an_account_and_an_item_are_renamed_and_archived_as_there(world: World) -> None:
    account = world.theirs.create("Account", {"Name": "Parking", "AccountType": "Income"})
    world.sync()
    assert Account.objects.of(world.company).filter(name="Parking").exists()
    world.edit_there("Account", account["Id"], Name="Parking fees", AccountType="Income")
    world.sync()
    assert Account.objects.of(world.company).filter(name="Parking fees").exists()
    world.edit_there("Account", account["Id"], Name="Parking fees", AccountType="Income", Active=False)
    world.sync()
    assert Account.objects.of(world.company).get(name="Parking fees").archived


def test_an_old_document_there_is_left_out_until_somebody_touches_it(world: World) -> None:
    policy(world, open_items=False)
    customer = world.customer_there()["Id"]
    old = world.invoice_there(customer, TxnDate="2025-06-01")
    Seen.objects.all().delete()
    from tieout.sync.models import Policy

    Policy.objects.update(connected_at=world.clock.now())
    world.sync()
    assert not Invoice.objects.of(world.company).exists()
    world.clock.sleep(600)
    world.edit_there("Invoice", old["Id"], PrivateNote="still owed")
    world.sync()
    assert Invoice.objects.of(world.company).get().memo == "still owed"


def test_an_old_invoice_that_a_new_payment_pays_comes_as_a_stub(world: World) -> None:
    from tieout.sync.models import Policy

    customer = world.customer_there()["Id"]
    old = world.invoice_there(customer, TxnDate="2025-06-01")
    policy(world, open_items=False)
    world.clock.sleep(600)
    Policy.objects.update(connected_at=world.clock.now() + (world.clock.now() - world.clock.now()))
    world.sync()
    there = world.payment_there(customer, "100", (old["Id"], "100"))
    # The payment moves the invoice's balance; a document of another time is known by its date alone here.
    Policy.objects.update(connected_at="2027-01-01T00:00:00Z")
    world.sync()
    stub = world.here(Invoice, old)
    assert (stub.stub, stub.total, stub.balance) == (True, 100, 0)
    assert world.here(Payment, there).unapplied == 0
    assert world.link(stub).stub


def test_lines_that_we_cannot_write_are_taken_to_the_cent_and_only_read(world: World) -> None:
    customer = world.customer_there()["Id"]
    rent = {"ItemRef": {"value": world.rent_id}}
    there = world.theirs.create(
        "Invoice",
        {
            "CustomerRef": {"value": customer},
            "TxnDate": str(TODAY),
            "Line": [
                {"DetailType": "SalesItemLineDetail", "Amount": Decimal("200"), "SalesItemLineDetail": rent},
                {"DetailType": "DescriptionOnly", "Description": "for March", "DescriptionLineDetail": {}},
                {
                    "DetailType": "DiscountLineDetail",
                    "Amount": Decimal("20"),
                    "DiscountLineDetail": {"PercentBased": True, "DiscountPercent": Decimal(10)},
                },
            ],
        },
    )
    world.settle()
    invoice = world.here(Invoice, there)
    assert (invoice.total, sorted(invoice.lines.values_list("type", flat=True))) == (180, ["discount", "item", "text"])
    world.assert_agreed()


def test_a_customer_in_another_currency_is_held_with_the_cause(world: World) -> None:
    world.theirs.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    world.theirs.create("Customer", {"DisplayName": "Maple", "CurrencyRef": {"value": "CAD"}})
    policy(world, contacts="all")
    world.sync()
    link = Link.objects.get(name="Maple")
    assert (link.status, link.reason) == (Status.FAILED, "other_currency")
    assert "CAD" in link.details


def test_both_void_it_and_all_is_well(world: World) -> None:
    invoice = world.invoice(world.contact())
    world.sync()
    states.void(invoice, BY)
    world.void_there("Invoice", world.id_there(invoice))
    world.settle()
    assert (world.link(invoice).state, world.link(invoice).status) == ("void", Status.SYNCED)
    world.assert_agreed()


def test_a_credit_memo_and_its_application_arrive_together(world: World) -> None:
    customer = world.customer_there()["Id"]
    invoice = world.invoice_there(customer, "100")
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(30),
        "SalesItemLineDetail": {"ItemRef": {"value": world.rent_id}},
    }
    memo = world.theirs.create(
        "CreditMemo", {"CustomerRef": {"value": customer}, "TxnDate": str(TODAY), "Line": [line]}
    )
    ends = [("Invoice", invoice["Id"]), ("CreditMemo", memo["Id"])]
    lines = [{"Amount": Decimal(30), "LinkedTxn": [{"TxnId": id_, "TxnType": kind}]} for kind, id_ in ends]
    world.theirs.create(
        "Payment",
        {"CustomerRef": {"value": customer}, "TotalAmt": Decimal(0), "TxnDate": str(TODAY), "Line": lines},
    )
    world.settle()
    assert world.here(Invoice, invoice).balance == 70
    assert world.here(CreditNote, memo).balance == 0
    world.assert_agreed()
