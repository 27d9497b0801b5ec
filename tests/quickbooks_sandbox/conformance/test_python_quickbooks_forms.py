"""python-quickbooks 0.9: attachments, forms sent and printed, purchases, money moved, the tax service, a report."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from quickbooks.exceptions import QuickbooksException
from quickbooks.objects import (
    Account,
    AccountBasedExpenseLine,
    AccountBasedExpenseLineDetail,
    Attachable,
    AttachableRef,
    Bill,
    Customer,
    Department,
    Employee,
    Invoice,
    Item,
    RefundReceipt,
    SalesItemLine,
    SalesItemLineDetail,
    SalesReceipt,
    TaxAgency,
    Transfer,
    Vendor,
    VendorCredit,
)
from quickbooks.objects.base import EmailAddress
from quickbooks.objects.billpayment import BillPayment, BillPaymentLine, CheckPayment
from quickbooks.objects.journalentry import JournalEntry, JournalEntryLine, JournalEntryLineDetail
from quickbooks.objects.taxservice import TaxRateDetails, TaxService
from quickbooks.objects.trackingclass import Class

from quickbooks import QuickBooks


def fresh(word: str) -> str:
    return f"{word} {uuid.uuid4().hex[:8]}"


def first(kind: Any, qb: QuickBooks) -> Any:
    return kind.all(max_results=1, qb=qb)[0]


def bank(qb: QuickBooks) -> Any:
    return Account.filter(AccountType="Bank", qb=qb)[0]


def attached_to(entity: Any) -> AttachableRef:
    ref = AttachableRef()
    ref.EntityRef = entity.to_ref()
    return ref


def fetched(connected: Any, uri: str) -> bytes:
    content: bytes = connected[0].http.get(uri).content
    return content


def test_a_note_is_attached_and_changed(qb: QuickBooks) -> None:
    note = Attachable()
    note.AttachableRef.append(attached_to(first(Vendor, qb)))
    note.Note = "Sample note"
    note.save(qb=qb)
    read = Attachable.get(note.Id, qb=qb)
    assert read.Note == "Sample note"
    read.Note = "Updated"
    read.save(qb=qb)
    assert Attachable.get(note.Id, qb=qb).Note == "Updated"


@pytest.mark.parametrize("by", ["path", "bytes"])
def test_a_file_is_uploaded(connected: Any, qb: QuickBooks, tmp_path: Path, by: str) -> None:
    file = tmp_path / "test.txt"
    file.write_bytes(b"File contents")
    upload = Attachable()
    upload.FileName = file.name
    upload.ContentType = "text/plain"
    upload.AttachableRef.append(attached_to(first(Vendor, qb)))
    if by == "path":
        upload._FilePath = str(file)
    else:
        upload._FileBytes = file.read_bytes()
    upload.save(qb=qb)
    read = Attachable.get(upload.Id, qb=qb)
    assert (read.FileName, read.Size) == ("test.txt", 13)
    assert fetched(connected, read.TempDownloadUri) == b"File contents"


def an_open_invoice(qb: QuickBooks) -> Any:
    return Invoice.where("Balance > '0'", max_results=1, qb=qb)[0]


def test_an_invoice_is_sent_and_printed(qb: QuickBooks) -> None:
    invoice = an_open_invoice(qb)
    sent = invoice.send(qb=qb, send_to="someone+x@example.com")
    assert sent["Invoice"]["EmailStatus"] == "EmailSent"
    assert sent["Invoice"]["BillEmail"]["Address"] == "someone+x@example.com"
    assert invoice.download_pdf(qb=qb).startswith(b"%PDF-")


def expense(qb: QuickBooks, amount: int) -> AccountBasedExpenseLine:
    line = AccountBasedExpenseLine()
    line.Amount = amount
    line.AccountBasedExpenseLineDetail = AccountBasedExpenseLineDetail()
    line.AccountBasedExpenseLineDetail.AccountRef = Account.filter(AccountType="Expense", qb=qb)[0].to_ref()
    return line


def new_bill(qb: QuickBooks, vendor: Any) -> Any:
    bill = Bill()
    bill.Line.append(expense(qb, 200))
    bill.VendorRef = vendor.to_ref()
    return bill.save(qb=qb)


def test_a_bill_is_paid_and_the_payment_voided(qb: QuickBooks) -> None:
    vendor = first(Vendor, qb)
    bill = new_bill(qb, vendor)
    assert Bill.get(bill.Id, qb=qb).Balance == 200
    payment = BillPayment()
    payment.PayType = "Check"
    payment.TotalAmt = 200
    payment.CheckPayment = CheckPayment()
    payment.CheckPayment.BankAccountRef = bank(qb).to_ref()
    payment.VendorRef = vendor.to_ref()
    line = BillPaymentLine()
    line.LinkedTxn.append(bill.to_linked_txn())
    line.Amount = 200
    payment.Line.append(line)
    payment = payment.save(qb=qb)
    assert Bill.get(bill.Id, qb=qb).Balance == 0
    payment.void(qb=qb)
    voided = BillPayment.get(payment.Id, qb=qb)
    assert voided.TotalAmt == 0
    assert "Voided" in voided.PrivateNote


def test_a_vendor_credit_is_made(qb: QuickBooks) -> None:
    credit = VendorCredit()
    credit.VendorRef = first(Vendor, qb).to_ref()
    credit.Line.append(expense(qb, 50))
    assert VendorCredit.get(credit.save(qb=qb).Id, qb=qb).TotalAmt == 50


def sale(qb: QuickBooks) -> SalesItemLine:
    line = SalesItemLine()
    line.Amount = 100
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = Item.filter(Type="Service", qb=qb)[0].to_ref()
    line.SalesItemLineDetail.Qty = 1
    line.SalesItemLineDetail.UnitPrice = 100
    return line


def test_a_sales_receipt_is_made_and_voided(qb: QuickBooks) -> None:
    receipt = SalesReceipt()
    receipt.CustomerRef = first(Customer, qb).to_ref()
    receipt.Line.append(sale(qb))
    receipt = receipt.save(qb=qb)
    assert SalesReceipt.get(receipt.Id, qb=qb).TotalAmt == 100
    receipt.void(qb=qb)
    assert SalesReceipt.get(receipt.Id, qb=qb).TotalAmt == 0


def test_a_refund_is_made(qb: QuickBooks) -> None:
    refund = RefundReceipt()
    refund.CustomerRef = first(Customer, qb).to_ref()
    refund.DepositToAccountRef = bank(qb).to_ref()
    refund.BillEmail = EmailAddress()
    refund.BillEmail.Address = "a@example.com"
    refund.Line.append(sale(qb))
    assert RefundReceipt.get(refund.save(qb=qb).Id, qb=qb).TotalAmt == 100


def test_money_is_transferred(qb: QuickBooks) -> None:
    two = Account.filter(AccountType="Bank", qb=qb)[:2]
    transfer = Transfer()
    transfer.Amount = 100
    transfer.FromAccountRef, transfer.ToAccountRef = (account.to_ref() for account in two)
    saved = transfer.save(qb=qb)
    read = Transfer.get(saved.Id, qb=qb)
    assert read.Amount == 100
    read.Amount = 200
    read.save(qb=qb)
    assert Transfer.get(saved.Id, qb=qb).Amount == 200


def test_a_journal_entry_is_made_and_one_that_does_not_balance_refused(qb: QuickBooks) -> None:
    two = Account.filter(AccountType="Expense", qb=qb)[:2]

    def entry(*amounts: int) -> JournalEntry:
        made = JournalEntry()
        for posting, account, amount in zip(("Debit", "Credit"), two, amounts, strict=True):
            line = JournalEntryLine()
            line.Amount = amount
            line.JournalEntryLineDetail = JournalEntryLineDetail()
            line.JournalEntryLineDetail.PostingType = posting
            line.JournalEntryLineDetail.AccountRef = account.to_ref()
            made.Line.append(line)
        return made

    saved = entry(25, 25).save(qb=qb)
    assert len(JournalEntry.get(saved.Id, qb=qb).Line) == 2
    with pytest.raises(QuickbooksException):
        entry(25, 24).save(qb=qb)


@pytest.mark.parametrize("kind", [Class, Department])
def test_small_lists_are_added_to_and_changed(qb: QuickBooks, kind: Any) -> None:
    entry = kind()
    entry.Name = fresh(kind.__name__)
    saved = entry.save(qb=qb)
    saved.Name = fresh("Renamed")
    saved.save(qb=qb)
    assert kind.get(saved.Id, qb=qb).Name == saved.Name


def test_an_employee_is_hired(qb: QuickBooks) -> None:
    employee = Employee()
    employee.GivenName, employee.FamilyName = "Given", fresh("Family")
    saved = employee.save(qb=qb)
    assert Employee.get(saved.Id, qb=qb).DisplayName == f"Given {employee.FamilyName}"


def test_a_tax_code_is_made_by_the_tax_service(qb: QuickBooks) -> None:
    service = TaxService()
    service.TaxCode = fresh("Tax")
    rate = TaxRateDetails()
    rate.TaxRateName = fresh("R")[:10]
    rate.RateValue = 10
    rate.TaxAgencyId = TaxAgency.all(max_results=1, qb=qb)[0].Id
    rate.TaxApplicableOn = "Sales"
    service.TaxRateDetails.append(rate)
    made = service.save(qb=qb)
    assert made.TaxCode == service.TaxCode


def test_a_report_is_read(qb: QuickBooks) -> None:
    report = qb.get_report("TrialBalance")
    assert report["Header"]["ReportName"] == "TrialBalance"
    assert report["Rows"]["Row"]
