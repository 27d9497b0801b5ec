"""The kinds of objects, each with its rules. To add one: a file of rules, and its name here."""

from quickbooks_sandbox.entities.account import Account
from quickbooks_sandbox.entities.attachable import Attachable
from quickbooks_sandbox.entities.bill import Bill
from quickbooks_sandbox.entities.bill_payment import BillPayment
from quickbooks_sandbox.entities.budget import Budget
from quickbooks_sandbox.entities.company import CompanyInfo, Preferences
from quickbooks_sandbox.entities.credit_card_payment import CreditCardPayment
from quickbooks_sandbox.entities.credit_memo import CreditMemo
from quickbooks_sandbox.entities.currencies import CompanyCurrency, ExchangeRate
from quickbooks_sandbox.entities.customer import Customer
from quickbooks_sandbox.entities.customer_type import CustomerType
from quickbooks_sandbox.entities.deposit import Deposit
from quickbooks_sandbox.entities.employee import Employee
from quickbooks_sandbox.entities.estimate import Estimate
from quickbooks_sandbox.entities.invoice import Invoice
from quickbooks_sandbox.entities.item import Item
from quickbooks_sandbox.entities.journal_code import JournalCode
from quickbooks_sandbox.entities.journal_entry import JournalEntry
from quickbooks_sandbox.entities.lists import Class, Department, PaymentMethod, Term
from quickbooks_sandbox.entities.payment import Payment
from quickbooks_sandbox.entities.purchase import Purchase
from quickbooks_sandbox.entities.purchase_order import PurchaseOrder
from quickbooks_sandbox.entities.recurring_transaction import RecurringTransaction
from quickbooks_sandbox.entities.refund_receipt import RefundReceipt
from quickbooks_sandbox.entities.sales_receipt import SalesReceipt
from quickbooks_sandbox.entities.tax_lists import TaxAgency, TaxCode, TaxRate
from quickbooks_sandbox.entities.time_activity import TimeActivity
from quickbooks_sandbox.entities.transfer import Transfer
from quickbooks_sandbox.entities.vendor import Vendor
from quickbooks_sandbox.entities.vendor_credit import VendorCredit
from quickbooks_sandbox.ledger.entity import Entity

ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        Account(),
        Attachable(),
        Bill(),
        BillPayment(),
        Budget(),
        Class(),
        CompanyCurrency(),
        CompanyInfo(),
        CreditCardPayment(),
        CreditMemo(),
        Customer(),
        CustomerType(),
        Department(),
        Deposit(),
        Employee(),
        Estimate(),
        ExchangeRate(),
        Invoice(),
        Item(),
        JournalCode(),
        JournalEntry(),
        Payment(),
        PaymentMethod(),
        Preferences(),
        Purchase(),
        PurchaseOrder(),
        RecurringTransaction(),
        RefundReceipt(),
        SalesReceipt(),
        TaxAgency(),
        TaxCode(),
        TaxRate(),
        Term(),
        TimeActivity(),
        Transfer(),
        Vendor(),
        VendorCredit(),
    )
}

_BY_LOWER_NAME = {
    name.lower(): entity for entity in ENTITIES.values() for name in (entity.name, entity.element) if name
}


def entity_named(name: str) -> Entity | None:
    """By its name in any case, as it stands in paths and queries."""
    return _BY_LOWER_NAME.get(name.lower())


__all__ = ["ENTITIES", "Entity", "entity_named"]
