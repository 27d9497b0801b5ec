"""python-quickbooks 0.9 against the sandbox: purchases, cash sales, deposits and the lists beside them."""

import pytest
from quickbooks.exceptions import QuickbooksException
from quickbooks.objects import (
    Account,
    AccountBasedExpenseLine,
    AccountBasedExpenseLineDetail,
    Bill,
    BillPayment,
    BillPaymentLine,
    Customer,
    Deposit,
    DepositLine,
    DepositLineDetail,
    Item,
    ItemBasedExpenseLine,
    ItemBasedExpenseLineDetail,
    Purchase,
    Ref,
    RefundReceipt,
    SalesItemLine,
    SalesItemLineDetail,
    TaxAgency,
    TaxCode,
    Vendor,
)
from quickbooks.objects.billpayment import CheckPayment
from quickbooks.objects.companycurrency import CompanyCurrency
from quickbooks.objects.exchangerate import ExchangeRate

from quickbooks import QuickBooks


def new_bill(qb: QuickBooks, amount: int = 200) -> Bill:
    line = AccountBasedExpenseLine()
    line.Amount = amount
    line.DetailType = "AccountBasedExpenseLineDetail"
    line.AccountBasedExpenseLineDetail = AccountBasedExpenseLineDetail()
    line.AccountBasedExpenseLineDetail.AccountRef = Ref()
    line.AccountBasedExpenseLineDetail.AccountRef.value = 1
    bill = Bill()
    bill.Line.append(line)
    bill.VendorRef = Vendor.all(max_results=1, qb=qb)[0].to_ref()
    return bill.save(qb=qb)


def check_for(qb: QuickBooks, bill: Bill, amount: int) -> BillPayment:
    payment = BillPayment()
    payment.PayType = "Check"
    payment.TotalAmt = amount
    payment.PrivateNote = "By hand"
    payment.VendorRef = bill.VendorRef
    payment.CheckPayment = CheckPayment()
    checking = Account.where("AccountSubType = 'Checking'", qb=qb)[0]
    payment.CheckPayment.BankAccountRef = checking.to_ref()
    payment.APAccountRef = Account.where("AccountSubType = 'AccountsPayable'", qb=qb)[0].to_ref()
    line = BillPaymentLine()
    line.LinkedTxn.append(bill.to_linked_txn())
    line.Amount = amount
    payment.Line.append(line)
    return payment.save(qb=qb)


def sales_line(qb: QuickBooks) -> SalesItemLine:
    line = SalesItemLine()
    line.Amount = 100
    line.SalesItemLineDetail = SalesItemLineDetail()
    line.SalesItemLineDetail.ItemRef = Item.all(max_results=1, qb=qb)[0].to_ref()
    return line


def test_a_bill_whose_payment_is_gone_can_be_deleted(qb: QuickBooks) -> None:
    bill = new_bill(qb)
    payment = check_for(qb, bill, 200)
    with pytest.raises(QuickbooksException):
        Bill.get(bill.Id, qb=qb).delete(qb=qb)
    payment.delete(qb=qb)
    Bill.get(bill.Id, qb=qb).delete(qb=qb)
    assert bill.Id not in [one.Id for one in Bill.all(max_results=1000, qb=qb)]


def test_the_address_on_a_bill_is_kept(qb: QuickBooks) -> None:
    bill = new_bill(qb)
    bill.VendorAddr = {"Line1": "123 Main", "City": "City"}
    bill.save(qb=qb)
    assert Bill.get(bill.Id, qb=qb).VendorAddr.Line1 == "123 Main"


def test_a_purchase_of_an_item_by_card(qb: QuickBooks) -> None:
    line = ItemBasedExpenseLine()
    line.Amount = 100
    detail = line.ItemBasedExpenseLineDetail = ItemBasedExpenseLineDetail()
    detail.BillableStatus = "NotBillable"
    detail.UnitPrice, detail.Qty = 100, 1
    detail.CustomerRef = Customer.all(max_results=1, qb=qb)[0].to_ref()
    tax_code = TaxCode.all(max_results=1, qb=qb)[0]
    detail.TaxCodeRef = tax_code.to_ref()
    detail.ItemRef = Item.filter(Type="Inventory", max_results=1, qb=qb)[0].to_ref()
    purchase = Purchase()
    purchase.DocNumber = "Doc123"
    purchase.PaymentType = "CreditCard"
    purchase.AccountRef = Account.get(42, qb=qb).to_ref()
    purchase.TotalAmt = 100
    purchase.Line.append(line)
    purchase.save(qb=qb, params={"include": "allowduplicatedocnum"})
    read = Purchase.get(purchase.Id, qb=qb)
    assert (read.AccountRef.value, read.TotalAmt, read.DocNumber) == ("42", 100, "Doc123")
    assert read.Line[0].ItemBasedExpenseLineDetail.TaxCodeRef.value == tax_code.Name


def test_a_refund_comes_from_an_account_named_in_any_case(qb: QuickBooks) -> None:
    refund = RefundReceipt()
    refund.Line.append(sales_line(qb))
    refund.DepositToAccountRef = Account.where("Name = 'checking'", qb=qb)[0].to_ref()
    refund.save(qb=qb)
    assert RefundReceipt.get(refund.Id, qb=qb).TotalAmt == 100


def test_a_deposit_between_two_banks(qb: QuickBooks) -> None:
    origin, into = Account.filter(AccountType="Bank", max_results=2, qb=qb)
    line = DepositLine()
    line.Amount = 20.00
    line.DetailType = "DepositLineDetail"
    line.DepositLineDetail = DepositLineDetail()
    line.DepositLineDetail.AccountRef = origin.to_ref()
    deposit = Deposit()
    deposit.DepositToAccountRef = into.to_ref()
    deposit.Line.append(line)
    deposit.save(qb=qb)
    assert Account.get(into.Id, qb=qb).CurrentBalance == into.CurrentBalance + 20


def test_currencies_and_rates(qb: QuickBooks) -> None:
    assert CompanyCurrency.get(id=1, qb=qb).Name == "Canadian Dollar"
    rate = ExchangeRate.where("SourceCurrencyCode = 'EUR'", qb=qb)[0]
    rate.Rate += 1
    rate.save(qb=qb)
    assert ExchangeRate.where("SourceCurrencyCode = 'EUR'", qb=qb)[0].Rate == rate.Rate


def test_a_tax_agency_is_made(qb: QuickBooks) -> None:
    agency = TaxAgency()
    agency.DisplayName = "Nevada Tax Board"
    agency.save(qb=qb)
    assert TaxAgency.get(agency.Id, qb=qb).DisplayName == "Nevada Tax Board"
