"""python-quickbooks 0.9: estimates, purchase orders, time, recurring transactions, card payments, budgets, reports."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quickbooks.cdc import change_data_capture
from quickbooks.objects import (
    Account,
    Bill,
    Budget,
    Customer,
    Employee,
    Estimate,
    Invoice,
    Item,
    LinkedTxn,
    PurchaseOrder,
    SalesItemLine,
    SalesItemLineDetail,
    TimeActivity,
    Vendor,
)
from quickbooks.objects.creditcardpayment_entity import CreditCardPayment
from quickbooks.objects.customertype import CustomerType
from quickbooks.objects.detailline import AccountBasedExpenseLine, AccountBasedExpenseLineDetail
from quickbooks.objects.recurringtransaction import (
    RecurringBill,
    RecurringInfo,
    RecurringInvoice,
    RecurringTransaction,
    ScheduleInfo,
)

from quickbooks import QuickBooks
from quickbooks_sandbox.reports import REPORTS


def sales_line(qb: QuickBooks, amount: int = 100) -> SalesItemLine:
    line = SalesItemLine()
    line.Amount = amount
    line.Description = "description"
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = Item.filter(Type="Service", max_results=1, qb=qb)[0].to_ref()
    return line


def expense_line(qb: QuickBooks, amount: int = 100) -> AccountBasedExpenseLine:
    line = AccountBasedExpenseLine()
    line.Amount = amount
    line.AccountBasedExpenseLineDetail = AccountBasedExpenseLineDetail()
    line.AccountBasedExpenseLineDetail.AccountRef = Account.filter(AccountType="Expense", qb=qb)[0].to_ref()
    return line


def new_estimate(qb: QuickBooks) -> Estimate:
    estimate = Estimate()
    estimate.CustomerRef = Customer.all(max_results=1, qb=qb)[0].to_ref()
    estimate.Line.append(sales_line(qb))
    return estimate.save(qb=qb)


def link_to(entity: Any, type: str) -> LinkedTxn:
    link = LinkedTxn()
    link.TxnId, link.TxnType = entity.Id, type
    return link


def schedule(interval: str, **fields: Any) -> RecurringInfo:
    info = RecurringInfo()
    info.Active, info.RecurType, info.Name = True, "Automated", f"Recurring {uuid.uuid4().hex[:8]}"
    info.ScheduleInfo = ScheduleInfo()
    info.ScheduleInfo.StartDate, info.ScheduleInfo.IntervalType = "2026-05-20", interval
    for name, value in fields.items():
        setattr(info.ScheduleInfo, name, value)
    return info


def test_an_estimate_becomes_an_invoice(qb: QuickBooks) -> None:
    estimate = new_estimate(qb)
    assert Estimate.get(estimate.Id, qb=qb).TxnStatus == "Pending"
    invoice = Invoice()
    invoice.CustomerRef = estimate.CustomerRef
    invoice.Line.append(sales_line(qb))
    invoice.LinkedTxn.append(link_to(estimate, "Estimate"))
    invoice.save(qb=qb)
    closed = Estimate.get(estimate.Id, qb=qb)
    assert (closed.TxnStatus, closed.LinkedTxn[0].TxnId) == ("Closed", invoice.Id)


def test_an_estimate_is_printed_sent_changed_and_deleted(qb: QuickBooks) -> None:
    estimate = new_estimate(qb)
    assert estimate.download_pdf(qb=qb).startswith(b"%PDF")
    estimate.send(qb=qb, send_to="buyer@example.com")
    sent = Estimate.get(estimate.Id, qb=qb)
    assert sent.EmailStatus == "EmailSent"
    sent.TxnStatus = "Accepted"
    sent.save(qb=qb)
    Estimate.get(estimate.Id, qb=qb).delete(qb=qb)
    assert Estimate.filter(Id=estimate.Id, qb=qb) == []


def test_a_purchase_order_becomes_a_bill(qb: QuickBooks) -> None:
    order = PurchaseOrder()
    order.VendorRef = Vendor.all(max_results=1, qb=qb)[0].to_ref()
    order.Line.append(expense_line(qb))
    order.save(qb=qb)
    assert PurchaseOrder.get(order.Id, qb=qb).POStatus == "Open"
    bill = Bill()
    bill.VendorRef = order.VendorRef
    bill.Line.append(expense_line(qb))
    bill.LinkedTxn.append(link_to(order, "PurchaseOrder"))
    bill.save(qb=qb)
    assert PurchaseOrder.get(order.Id, qb=qb).POStatus == "Closed"


def test_time_is_entered_and_changed(qb: QuickBooks) -> None:
    worked = TimeActivity()
    worked.NameOf = "Employee"
    worked.EmployeeRef = Employee.all(max_results=1, qb=qb)[0].to_ref()
    worked.Hours, worked.Minutes = 2, 30
    worked.save(qb=qb)
    found = TimeActivity.get(worked.Id, qb=qb)
    found.Description = "changed"
    found.save(qb=qb)
    again = TimeActivity.get(worked.Id, qb=qb)
    assert again.Description == "changed"
    again.delete(qb=qb)


def test_a_card_is_paid_off_from_the_bank(qb: QuickBooks) -> None:
    payment = CreditCardPayment()
    payment.Amount = 25
    payment.BankAccountRef = Account.filter(AccountType="Bank", qb=qb)[0].to_ref()
    payment.CreditCardAccountRef = Account.filter(AccountType="Credit Card", qb=qb)[0].to_ref()
    payment.save(qb=qb)
    found = CreditCardPayment.get(payment.Id, qb=qb)
    found.Amount = 26
    found.save(qb=qb)
    (again,) = CreditCardPayment.filter(Id=payment.Id, qb=qb)
    assert again.Amount == 26
    again.delete(qb=qb)


@pytest.mark.parametrize("kind", ["Invoice", "Bill"])
def test_templates_are_made_read_changed_listed_and_deleted(qb: QuickBooks, kind: str) -> None:
    template: Any = RecurringInvoice() if kind == "Invoice" else RecurringBill()
    if kind == "Invoice":
        template.CustomerRef = Customer.all(max_results=1, qb=qb)[0].to_ref()
        template.Line.append(sales_line(qb))
    else:
        template.VendorRef = Vendor.all(max_results=1, qb=qb)[0].to_ref()
        template.Line.append(expense_line(qb))
    template.RecurringInfo = schedule("Monthly", DayOfMonth=1, NumInterval=1, MaxOccurrences=6)
    recurring = RecurringTransaction()
    setattr(recurring, kind, template)
    id = getattr(recurring.save(qb=qb), kind).Id
    found = RecurringTransaction.get(id, qb=qb)
    inner = getattr(found, kind)
    inner.RecurringInfo.ScheduleInfo.DayOfMonth = 15
    inner.Deposit = None
    found.save(qb=qb)
    again = getattr(RecurringTransaction.get(id, qb=qb), kind)
    assert again.RecurringInfo.ScheduleInfo.DayOfMonth == 15
    listed = RecurringTransaction.where(f"Type = '{kind}'", qb=qb)
    assert id in [getattr(one, kind).Id for one in listed]
    RecurringTransaction.get(id, qb=qb).delete(qb=qb)


def test_budgets_and_customer_types_are_read(qb: QuickBooks) -> None:
    (budget,) = Budget.all(qb=qb)
    assert Budget.get(budget.Id, qb=qb).BudgetDetail[0].AccountRef.name
    assert [one.Name for one in CustomerType.all(qb=qb)] == ["Commercial", "Public", "Residential"]


def test_changes_of_estimates_and_orders_are_captured(qb: QuickBooks) -> None:
    week_ago = (datetime.now(UTC) - timedelta(days=7)).isoformat(timespec="seconds")
    changed = change_data_capture([Estimate, PurchaseOrder], week_ago, qb=qb)
    assert len(changed.Estimate) >= 4
    assert len(changed.PurchaseOrder) >= 3


def test_every_report_is_read(qb: QuickBooks) -> None:
    for name in REPORTS:
        report = qb.get_report(name, qs={"date_macro": "this calendar year-to-date"} if name in DATED else {})
        assert report["Header"]["ReportName"] == name
        assert report["Columns"]["Column"], name


DATED = set(REPORTS) - {"AccountList"}
