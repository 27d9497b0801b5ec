"""What happened at a firm in the last five months. Pure: the same firm and day give the same plan."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tieout.subledger.services.totals import line_amount

from .firms import Firm

MONTHS = 5
RENT, MANAGEMENT_FEE, REPAIRS, UTILITIES = "Rent", "Management fee", "Repairs", "Utilities"
ITEMS = (RENT, MANAGEMENT_FEE, REPAIRS, UTILITIES)


@dataclass(frozen=True)
class PlannedLine:
    item: str
    description: str
    quantity: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return line_amount(self.quantity, self.rate, "USD")


@dataclass
class PlannedDocument:
    contact: str
    place: str
    date: datetime.date
    lines: list[PlannedLine]
    memo: str = ""
    number: str = ""
    status: str = "approved"
    open: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def due_date(self) -> datetime.date:
        return self.date + timedelta(days=7)


@dataclass
class PlannedPayment:
    contact: str
    date: date
    total: Decimal
    pays: list[tuple[PlannedDocument, Decimal]]
    reference: str
    bounced: bool = False


@dataclass
class PlannedCredit:
    credit: PlannedDocument
    invoice: PlannedDocument
    amount: Decimal
    date: date


@dataclass
class Plan:
    invoices: list[PlannedDocument] = field(default_factory=list)
    credit_notes: list[PlannedDocument] = field(default_factory=list)
    payments: list[PlannedPayment] = field(default_factory=list)
    carriers: list[PlannedCredit] = field(default_factory=list)


def first_day(today: date) -> date:
    """Of the sample: nothing is dated before it."""
    return months(today)[0]


def months(today: date) -> list[date]:
    """First days, oldest first; the last is the current month."""
    newest = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(newest - MONTHS + 1, newest + 1)]


def make(firm: Firm, today: date) -> Plan:
    return _Writer(firm, today).write()


class _Writer:
    def __init__(self, firm: Firm, today: date) -> None:
        self.firm, self.today, self.plan = firm, today, Plan()
        self.random = Random(firm.name)  # noqa: S311 - a sample, not a secret
        self.rents = {name: Decimal(self.random.randrange(850, 2400, 25)) for name in firm.tenants}
        self.places = dict(zip(firm.tenants, firm.places(), strict=True))

    def write(self) -> Plan:
        for first in months(self.today):
            for tenant in self.firm.tenants:
                self.rent(tenant, first)
            for owner in self.firm.owners:
                self.fee(owner, first)
        self.number()
        self.credit()
        for habit, tenant in enumerate(self.firm.tenants):
            self.pay(tenant, habit)
        return self.plan

    def rent(self, tenant: str, first: date) -> None:
        place, month = self.places[tenant], first.strftime("%B %Y")
        lines = [PlannedLine(RENT, f"Rent {month}, {place}", Decimal(1), self.rents[tenant])]
        if self.random.random() < 0.3:
            used = Decimal(self.random.randrange(35, 140)) / 4
            lines.append(PlannedLine(UTILITIES, "Water, per 1,000 gallons", used, Decimal("6.85")))
        if self.random.random() < 0.08:
            hours = Decimal(self.random.randrange(2, 9)) / 2
            lines.append(PlannedLine(REPAIRS, "Call-out at the tenant's charge, hours", hours, Decimal("62.50")))
        self.plan.invoices.append(PlannedDocument(tenant, place, first, lines, f"{place}, {month}"))

    def fee(self, owner: str, first: date) -> None:
        day = min(first + timedelta(days=2), self.today)
        share = sum(self.rents.values(), Decimal(0)) / len(self.firm.owners)
        fee = line_amount(share, Decimal("0.08"), "USD")
        line = PlannedLine(MANAGEMENT_FEE, f"Management, {first:%B %Y}, 8 % of rents", Decimal(1), fee)
        self.plan.invoices.append(PlannedDocument(owner, "", day, [line], f"Management {first:%B %Y}"))

    def number(self) -> None:
        """The newest three are drafts, and drafts have no number yet; one of each kind of contact was voided."""
        for invoice in self.plan.invoices[-3:]:
            invoice.status = "draft"
        numbered = [invoice for invoice in self.plan.invoices if invoice.status != "draft"]
        for number, invoice in enumerate(numbered, 1001):
            invoice.number = f"{self.firm.prefix}{number}"
            invoice.open = invoice.total
        for voided in (numbered[6], numbered[len(self.firm.tenants) + 1]):
            voided.status, voided.open = "void", Decimal(0)

    def credit(self) -> None:
        """Every other tenant had a repair done at their own cost; most had it set against the rent that followed."""
        tenants = self.firm.tenants[1::2]
        for number, tenant in enumerate(tenants, 1):
            following = self.owed(tenant)[self.random.randrange(1, 3)]
            day = following.date - timedelta(days=self.random.randrange(3, 12))
            amount = Decimal(self.random.randrange(4000, 18000, 50)) / 100
            line = PlannedLine(REPAIRS, "Repair paid by the tenant", Decimal(1), amount)
            note = PlannedDocument(tenant, self.places[tenant], day, [line], "Thank you for seeing to it")
            note.number = f"{self.firm.prefix}C{number:02d}"
            self.plan.credit_notes.append(note)
            if number % 3:
                self.apply(note, following)
        self.plan.credit_notes[-1].status = "draft" if len(tenants) % 3 == 0 else "approved"

    def apply(self, note: PlannedDocument, invoice: PlannedDocument) -> None:
        self.plan.carriers.append(PlannedCredit(note, invoice, note.total, invoice.date))
        invoice.open -= note.total

    def owed(self, tenant: str) -> list[PlannedDocument]:
        return [invoice for invoice in self.plan.invoices if invoice.contact == tenant and invoice.open]

    def pay(self, tenant: str, habit: int) -> None:
        owed = [invoice for invoice in self.owed(tenant) if invoice.date < months(self.today)[-1]]
        match habit:
            case 0:
                self.pay_together(owed[:2])
                self.pay_each(owed[2:])
            case 1:
                self.pay_in_parts(owed)
            case 2:
                self.pay_each(owed[:-1])
                self.overpay(owed[-1])
            case 3:
                self.pay_each(owed[:-2])  # in arrears since
            case 4:
                self.bounce(owed[0])
                self.pay_each(owed)
            case _:
                self.pay_each(owed)

    def pay_each(self, invoices: list[PlannedDocument]) -> None:
        for invoice in invoices:
            self.received(invoice.date, [(invoice, invoice.open)], invoice.open)

    def pay_together(self, invoices: list[PlannedDocument]) -> None:
        parts = [(invoice, invoice.open) for invoice in invoices]
        self.received(invoices[-1].date, parts, sum((amount for _, amount in parts), Decimal(0)))

    def pay_in_parts(self, invoices: list[PlannedDocument]) -> None:
        for invoice in invoices:
            half = (invoice.open / 2).quantize(Decimal("0.01"))
            self.received(invoice.date, [(invoice, half)], half)
        self.pay_each(invoices[:-1])

    def overpay(self, invoice: PlannedDocument) -> None:
        self.received(invoice.date, [(invoice, invoice.open)], invoice.open + 150)

    def bounce(self, invoice: PlannedDocument) -> None:
        payment = self.received(invoice.date, [(invoice, invoice.open)], invoice.open)
        payment.bounced = True
        invoice.open += payment.total

    def received(self, after: date, pays: list[tuple[PlannedDocument, Decimal]], total: Decimal) -> PlannedPayment:
        day = min(after + timedelta(days=self.random.randrange(0, 9)), self.today)
        reference = f"{self.random.randrange(100000, 999999)}"
        payment = PlannedPayment(pays[0][0].contact, day, total, pays, reference)
        self.plan.payments.append(payment)
        for invoice, amount in pays:
            invoice.open -= amount
        return payment
