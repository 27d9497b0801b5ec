"""python-quickbooks 0.9 against the sandbox, with the calls its own live tests make."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from quickbooks.batch import batch_create, batch_delete, batch_update
from quickbooks.cdc import change_data_capture
from quickbooks.exceptions import ObjectNotFoundException, QuickbooksException, ValidationException
from quickbooks.objects import (
    Account,
    CompanyInfo,
    CreditMemo,
    Customer,
    EmailAddress,
    Invoice,
    Item,
    Payment,
    PaymentLine,
    PaymentMethod,
    PhoneNumber,
    Preferences,
    SalesItemLine,
    SalesItemLineDetail,
    TaxCode,
    TaxRate,
    Term,
    Vendor,
)
from quickbooks.objects.base import Address, CustomerMemo

from quickbooks import QuickBooks


def new_customer(qb: QuickBooks) -> Customer:
    customer = Customer()
    customer.DisplayName = f"Customer {uuid.uuid4().hex[:12]}"
    return customer.save(qb=qb)


def invoice_for(qb: QuickBooks, customer: Customer, amount: int = 100) -> Invoice:
    invoice = Invoice()
    line = SalesItemLine()
    line.LineNum = 1
    line.Description = "description"
    line.Amount = amount
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = Item.all(max_results=1, qb=qb)[0].to_ref()
    invoice.Line.append(line)
    invoice.CustomerRef = customer.to_ref()
    invoice.CustomerMemo = CustomerMemo()
    invoice.CustomerMemo.value = "Customer Memo"
    return invoice


def payment_for(invoice: Invoice) -> Payment:
    payment = Payment()
    payment.TotalAmt = invoice.TotalAmt
    payment.CustomerRef = invoice.CustomerRef
    line = PaymentLine()
    line.Amount = invoice.TotalAmt
    line.LinkedTxn.append(invoice.to_linked_txn())
    payment.Line.append(line)
    return payment


def test_a_customer_is_created_and_read_back(qb: QuickBooks) -> None:
    customer = Customer()
    customer.Title = "Ms"
    customer.GivenName = "Robin"
    customer.FamilyName = f"Castle {uuid.uuid4().hex[:6]}"
    customer.CompanyName = "Castle Works"
    customer.PrimaryPhone = PhoneNumber()
    customer.PrimaryPhone.FreeFormNumber = "(555) 555-5555"
    customer.PrimaryEmailAddr = EmailAddress()
    customer.PrimaryEmailAddr.Address = "robin@example.com"
    customer.BillAddr = Address()
    customer.BillAddr.Line1 = "123 Main"
    customer.BillAddr.City = "Mountain View"
    customer.save(qb=qb)

    found = Customer.get(customer.Id, qb=qb)
    assert found.GivenName == "Robin"
    assert found.CompanyName == "Castle Works"
    assert found.PrimaryPhone.FreeFormNumber == "(555) 555-5555"
    assert found.PrimaryEmailAddr.Address == "robin@example.com"
    assert found.BillAddr.City == "Mountain View"


def test_an_object_that_was_read_is_changed_and_saved(qb: QuickBooks) -> None:
    customer = Customer.get(new_customer(qb).Id, qb=qb)
    customer.GivenName = "Changed"
    customer.save(qb=qb)
    again = Customer.get(customer.Id, qb=qb)
    assert again.GivenName == "Changed"
    assert int(again.SyncToken) == 1


def test_lists_are_filtered_paged_and_counted(qb: QuickBooks) -> None:
    for _ in range(3):
        new_customer(qb)
    count = Customer.count(qb=qb)
    assert count >= 3
    assert len(Customer.all(max_results=2, qb=qb)) == 2
    assert len(Customer.where("Active = True", start_position=count, max_results=5, qb=qb)) == 1
    one = Customer.all(max_results=1, qb=qb)[0]
    assert [found.Id for found in Customer.filter(DisplayName=one.DisplayName, qb=qb)] == [one.Id]
    assert {found.Id for found in Customer.choose([one.Id], field="Id", qb=qb)} == {one.Id}
    assert Customer.query(f"SELECT * FROM Customer WHERE Id = '{one.Id}'", qb=qb)[0].Id == one.Id


def test_every_kind_of_list_can_be_read(qb: QuickBooks) -> None:
    for kind in (Account, Vendor, Item, TaxCode, TaxRate, Term, PaymentMethod, Invoice, CreditMemo, Payment):
        assert kind.all(max_results=2, qb=qb), kind.__name__
        one = kind.all(max_results=1, qb=qb)[0]
        assert kind.get(one.Id, qb=qb).Id == one.Id


def test_company_and_preferences_are_read_and_preferences_changed(qb: QuickBooks) -> None:
    assert CompanyInfo.get(qb.company_id, qb=qb).CompanyName
    preferences = Preferences.get(qb=qb)
    assert preferences.Id == "1"
    assert preferences.AccountingInfoPrefs.TaxYearMonth == "January"


def test_an_invoice_is_created_updated_and_found_by_its_customer(qb: QuickBooks) -> None:
    customer = new_customer(qb)
    invoice = invoice_for(qb, customer)
    invoice.save(qb=qb)
    found = Invoice.query(f"select * from Invoice where CustomerRef = '{customer.Id}'", qb=qb)
    assert [one.Id for one in found] == [invoice.Id]
    assert found[0].CustomerMemo.value == "Customer Memo"
    assert found[0].Line[0].Amount == 100
    found[0].PrivateNote = "changed"
    found[0].save(qb=qb)
    assert Invoice.get(invoice.Id, qb=qb).PrivateNote == "changed"


def test_a_request_id_makes_a_create_idempotent(qb: QuickBooks) -> None:
    customer = new_customer(qb)
    request_id = str(uuid.uuid4())
    first = invoice_for(qb, customer).save(qb=qb, request_id=request_id)
    again = invoice_for(qb, customer).save(qb=qb, request_id=request_id)
    assert first.Id == again.Id


def test_an_invoice_is_deleted_and_another_voided(qb: QuickBooks) -> None:
    customer = new_customer(qb)
    deleted = invoice_for(qb, customer).save(qb=qb)
    deleted.delete(qb=qb)
    assert Invoice.query(f"select * from Invoice where Id = '{deleted.Id}'", qb=qb) == []
    voided = invoice_for(qb, customer).save(qb=qb)
    voided.void(qb=qb)
    found = Invoice.get(voided.Id, qb=qb)
    assert found.Balance == 0.0
    assert found.TotalAmt == 0.0
    assert "Voided" in found.PrivateNote


def test_a_payment_pays_an_invoice_and_is_voided(qb: QuickBooks) -> None:
    invoice = invoice_for(qb, new_customer(qb)).save(qb=qb)
    payment = payment_for(invoice).save(qb=qb)
    assert Invoice.get(invoice.Id, qb=qb).Balance == 0
    payment.void(qb=qb)
    found = Payment.get(payment.Id, qb=qb)
    assert found.TotalAmt == 0
    assert "Voided" in found.PrivateNote
    assert Invoice.get(invoice.Id, qb=qb).Balance == invoice.TotalAmt


def test_a_credit_memo_is_created(qb: QuickBooks) -> None:
    memo = CreditMemo()
    memo.CustomerRef = new_customer(qb).to_ref()
    line = SalesItemLine()
    line.LineNum = 1
    line.Amount = 30
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = Item.all(max_results=1, qb=qb)[0].to_ref()
    memo.Line.append(line)
    memo.save(qb=qb)
    assert CreditMemo.get(memo.Id, qb=qb).RemainingCredit == 30


def test_objects_are_created_updated_and_deleted_in_batches(qb: QuickBooks) -> None:
    customers = []
    for n in range(3):
        customer = Customer()
        customer.DisplayName = f"Batch {n} {uuid.uuid4().hex[:8]}"
        customers.append(customer)
    created = batch_create(customers, qb=qb)
    assert [len(created.successes), len(created.faults)] == [3, 0]
    again = batch_create(customers[:1], qb=qb)
    assert again.faults[0].Error[0].code == "6240"

    found = [Customer.get(one.Id, qb=qb) for one in created.successes]
    for customer in found:
        customer.FamilyName = "Updated"
    assert len(batch_update(found, qb=qb).successes) == 3

    invoices = [invoice_for(qb, found[0]).save(qb=qb) for _ in range(2)]
    assert len(batch_delete(invoices, qb=qb).successes) == 2


def test_change_data_capture_shows_what_changed(connected: Any, qb: QuickBooks) -> None:
    served, _ = connected
    customer = new_customer(qb)
    invoice = invoice_for(qb, customer).save(qb=qb)
    gone = invoice_for(qb, customer).save(qb=qb)
    gone.delete(qb=qb)
    since = (served.sandbox.clock.now() - timedelta(seconds=30)).isoformat()
    answer = change_data_capture([Invoice, Customer], since, qb=qb)
    invoices = {one.Id: one for one in answer.Invoice}
    assert invoice.Id in invoices
    assert invoices[gone.Id].status == "Deleted"
    assert customer.Id in [one.Id for one in answer.Customer]


def test_faults_arrive_as_the_clients_exceptions(qb: QuickBooks) -> None:
    with pytest.raises(ObjectNotFoundException):
        Invoice.get("999999", qb=qb)
    with pytest.raises(ValidationException) as missing:
        Invoice().save(qb=qb)
    assert missing.value.error_code == 2020
    customer = new_customer(qb)
    stale = Customer.get(customer.Id, qb=qb)
    customer.GivenName = "First"
    customer.save(qb=qb)
    stale.GivenName = "Second"
    with pytest.raises(QuickbooksException) as refused:
        stale.save(qb=qb)
    assert refused.value.error_code == 5010


class Entitlements(Customer):  # type: ignore[misc] # python-quickbooks has no types
    qbo_object_name = "Entitlements"


def test_a_kind_that_is_not_modelled_says_so(qb: QuickBooks) -> None:
    with pytest.raises(QuickbooksException):
        Entitlements.all(qb=qb)
