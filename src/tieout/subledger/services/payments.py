"""Money received. A carrier, a payment with a total of 0, only sets a credit note against an invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tieout.kinds.limits import LARGEST
from tieout.subledger.models import Account, Allocation, Company, CreditNote, Invoice, Payment, Status
from tieout.subledger.money import exponent, fits

from . import balances
from .changing import changing, changing_record
from .references import check_currency, check_date, check_open, check_reference
from .refusal import Refusals, refuse
from .texts import check_texts, tidy

FIELDS: Final = frozenset(
    "contact date total deposit_account method reference memo".split()  # noqa: SIM905
)
_REFERENCES: Final = ("contact", "deposit_account", "method")
_HOLDS_MONEY: Final = ("Bank", "Other Current Asset")


def create(company: Company, by: str, *, pays: Iterable[tuple[Invoice, Decimal]] = (), **values: Any) -> Payment:
    """`values`: any of FIELDS; contact, date and total are needed. What `pays` leaves over stays unapplied."""
    with changing(company):
        payment = Payment(company=company, currency=company.currency)
        wrong = Refusals()
        changed = _set(payment, values)
        _check(payment, changed, wrong)
        check_open(company, [payment.date] if payment.date else [], "date", wrong)
        wrong.unless(payment.total, "total", "Must be more than 0.")
        wrong.stop()
        payment.save_change(by)
        for invoice, amount in pays:
            _apply(payment, invoice, amount)
        _settle(payment)
    return payment


def edit(payment: Payment, by: str, *, seen_version: int | None = None, **values: Any) -> None:
    with changing_record(payment, seen_version):
        before, customer = payment.date, payment.contact_id
        check_changeable(payment)
        changed = _set(payment, values)
        if not changed:
            return
        wrong = Refusals()
        _check(payment, changed, wrong)
        check_open(payment.company, [before, payment.date], "date", wrong)
        if payment.contact_id != customer and payment.allocations.exists():
            wrong.add("contact", "It pays something already. Un-apply that before you change who it is from.")
        wrong.stop()
        payment.save_change(by)
        _settle(payment)


def void(payment: Payment, by: str, *, seen_version: int | None = None) -> None:
    """What it paid is open again."""
    with changing_record(payment, seen_version):
        check_changeable(payment)
        released = list(payment.allocations.all())
        payment.allocations.all().delete()
        payment.status = Status.VOID
        payment.unapplied = Decimal(0)
        payment.save_change(by)
        balances.refresh_ends(released)


def allocate(payment: Payment, invoice: Invoice, amount: Decimal, by: str) -> None:
    with changing_record(payment):
        check_changeable(payment)
        _apply(payment, invoice, amount)
        payment.save_change(by)
        _settle(payment)


def unallocate(allocation: Allocation, by: str) -> None:
    """A carrier, which would be left with nothing, is voided."""
    payment = allocation.payment
    if payment.total == 0:
        void(payment, by)
        return
    with changing_record(payment):
        check_changeable(payment)
        Allocation.objects.filter(pk=allocation.pk).delete()
        balances.refresh_ends([allocation])
        payment.save_change(by)
        _settle(payment)


def apply_credit(
    credit_note: CreditNote, invoice: Invoice, amount: Decimal, by: str, on: date | None = None
) -> Payment:
    """Makes the carrier, dated `on`, else on the later date of its two ends."""
    company = credit_note.company
    with changing(company):
        credit_note.refresh_from_db()
        _check_credit(credit_note, amount)
        day = max(credit_note.date, invoice.date)
        wrong = Refusals()
        wrong.unless(on is None or on >= day, "date", f"Must not be before {day.isoformat()}, when both ends exist.")
        check_open(company, [on or day], "date", wrong)
        wrong.stop()
        carrier = Payment(company=company, currency=company.currency, contact=credit_note.contact, date=on or day)
        carrier.total = Decimal(0)
        carrier.save_change(by)
        Allocation.objects.create(payment=carrier, credit_note=credit_note, amount=amount)
        balances.refresh(credit_notes=[credit_note.pk])
        _apply(carrier, invoice, amount)
        _settle(carrier)
    return carrier


def check_changeable(payment: Payment) -> None:
    if payment.status == Status.VOID:
        raise refuse("It is void.")
    if payment.deposited:
        raise refuse(
            "This payment is part of a bank deposit in QuickBooks, which locks it. Change it there, or take it out "
            "of the deposit first."
        )
    wrong = Refusals()
    check_currency(payment.company, payment.currency, wrong)
    check_open(payment.company, [payment.date], "date", wrong)
    wrong.stop()


def _set(payment: Payment, values: dict[str, Any]) -> set[str]:
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a payment has no {', '.join(sorted(unknown))}")
    tidied = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    changed = {name for name, value in tidied.items() if getattr(payment, _stored(name)) != getattr(value, "pk", value)}
    for name in changed:
        setattr(payment, name, tidied[name])
    return changed


def _stored(name: str) -> str:
    return f"{name}_id" if name in _REFERENCES else name


def _check(payment: Payment, changed: set[str], wrong: Refusals) -> None:
    wrong.unless(payment.contact_id, "contact", "Is needed.")
    wrong.unless(payment.date, "date", "Is needed.")
    check_date(payment.date, "date", wrong)
    for name in changed & {*_REFERENCES}:
        check_reference(payment.company, getattr(payment, name), name, wrong)
    if "deposit_account" in changed:
        _check_account(payment.deposit_account, wrong)
    check_texts(Payment, {"reference": payment.reference, "memo": payment.memo}, wrong)
    _check_total(payment, wrong)


def _check_account(account: Account | None, wrong: Refusals) -> None:
    if account is not None and account.type not in _HOLDS_MONEY:
        wrong.add("deposit_account", f"“{account}” is no account that money is paid into.")


def _check_total(payment: Payment, wrong: Refusals) -> None:
    if payment.total is None or payment.total < 0:
        wrong.add("total", "Must be more than 0.")
    elif not fits(payment.total, payment.currency):
        decimals = exponent(payment.currency)
        wrong.add("total", f"{payment.currency} amounts have at most {decimals} decimals, and are below {LARGEST:,}.")


def _apply(payment: Payment, invoice: Invoice, amount: Decimal) -> None:
    """Adds to what the payment already pays of that invoice."""
    invoice = Invoice.objects.get(pk=invoice.pk)
    _check_end(payment, invoice)
    _check_amount(amount, invoice, f"{invoice.balance} is open on invoice {invoice}")
    allocation, made = Allocation.objects.get_or_create(payment=payment, invoice=invoice, defaults={"amount": amount})
    if not made:
        allocation.amount += amount
        allocation.save(update_fields=["amount"])
    balances.refresh(invoices=[invoice.pk])


def _check_end(payment: Payment, invoice: Invoice) -> None:
    if invoice.company_id != payment.company_id or invoice.contact_id != payment.contact_id:
        raise refuse(f"Invoice {invoice} is for another customer.", "invoice")
    if invoice.currency != payment.currency:
        raise refuse(f"Invoice {invoice} is in {invoice.currency}. Apply it in QuickBooks.", "invoice")
    if invoice.stub:
        raise refuse(f"Invoice {invoice} is older than what this company syncs. Apply it in QuickBooks.", "invoice")
    if invoice.status != Status.APPROVED:
        raise refuse(f"Invoice {invoice} is {invoice.get_status_display().lower()}; only an approved one.", "invoice")


def _check_amount(amount: Decimal, end: Invoice | CreditNote, sentence: str) -> None:
    if amount <= 0 or not fits(amount, end.currency):
        raise refuse(f"Must be more than 0, with at most {exponent(end.currency)} decimals.", "amount")
    if amount > end.balance:
        raise refuse(f"Only {sentence}.", "amount")


def _check_credit(credit_note: CreditNote, amount: Decimal) -> None:
    if credit_note.status != Status.APPROVED or credit_note.stub:
        raise refuse(f"Credit note {credit_note} is not approved, or is kept for reading only.", "credit_note")
    _check_amount(amount, credit_note, f"{credit_note.balance} is left of credit note {credit_note}")


def _settle(payment: Payment) -> None:
    """Credits are never left over on a payment, and it never pays more than it has."""
    balances.refresh(payments=[payment.pk])
    payment.refresh_from_db(fields=["unapplied"])
    if payment.unapplied < 0:
        raise refuse(f"It pays {-payment.unapplied} more than there is of it.", "amount")
    if payment.unapplied > payment.total:
        raise refuse("It takes up a credit that would then be left over. Un-apply the payment as a whole.", "amount")
