"""Payments: entering, editing, setting against invoices, voiding; and credit notes set against invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tieout import clock
from tieout.pages.access import PageRequest, page
from tieout.pages.editing.forms import AllocationForm, CreditForm, PayerForm, PaymentForm, initial_of
from tieout.pages.editing.saving import attempted, in_words, save, show
from tieout.pages.frame import zone_of
from tieout.subledger.models import Allocation, Contact, CreditNote, Invoice, Payment, Status
from tieout.subledger.people import Act
from tieout.subledger.services import payments
from tieout.subledger.services.refusal import Refused
from tieout.sync.models import Policy

from .contacts import EITHER
from .documents import seen_version

SHOWN = 100  # open invoices of one customer, oldest first


@page(Act.EDIT, methods=EITHER)
def new(request: PageRequest) -> HttpResponse:
    payer = PayerForm(request.company, request.GET if "contact" in request.GET else None)
    form = PaymentForm(request.company, request.POST or None, initial=_start(request))
    customer = _customer(form, payer)
    rows = _rows(request, _open_invoices(customer))
    if all([form.is_bound and form.is_valid(), *(row.is_valid() for row in rows if row.is_bound)]):
        try:
            made = save(request, lambda: _create(request, form, rows))
            return redirect("payment", request.company.pk, made.pk)
        except Refused as refusal:
            show(refusal, form)
    context = {"form": form, "record": None, "rows": rows, "payer": payer, "customer": customer}
    return render(request, "editing/payment.html", context)


def _create(request: PageRequest, form: PaymentForm, rows: list[AllocationForm]) -> Payment:
    pays = [(row.invoice, row.cleaned_data["amount"]) for row in rows if row.cleaned_data["amount"]]
    return payments.create(request.company, request.user.email, pays=pays, **form.values)


@page(Act.EDIT, methods=EITHER)
def edit(request: PageRequest, record: int) -> HttpResponse:
    payment = _payment(request, record)
    form = PaymentForm(request.company, request.POST or None, initial=initial_of(payment, PaymentForm))
    if form.is_valid():
        by = request.user.email
        try:
            save(request, lambda: payments.edit(payment, by, seen_version=form.seen, **form.values))
            return redirect("payment", request.company.pk, record)
        except Refused as refusal:
            show(refusal, form)
            payment.refresh_from_db()
    return render(request, "editing/payment.html", {"form": form, "record": payment, "rows": []})


@page(Act.EDIT, methods=EITHER)
def void(request: PageRequest, record: int) -> HttpResponse:
    payment = _payment(request, record)
    problem = ""
    if request.method == "POST":
        try:
            save(request, lambda: payments.void(payment, request.user.email, seen_version=seen_version(request)))
            return redirect("payment", request.company.pk, record)
        except Refused as refusal:
            problem = in_words(refusal)
            payment = _payment(request, record)
    released = list(payment.allocations.select_related("invoice", "credit_note").order_by("id"))
    return render(request, "editing/void_payment.html", {"record": payment, "released": released, "problem": problem})


@page(Act.EDIT, methods=EITHER)
def apply(request: PageRequest, record: int) -> HttpResponse:
    """The rest of a payment, against more invoices of its customer."""
    payment = _payment(request, record)

    def allocate(rows: list[AllocationForm]) -> None:
        for row in rows:
            payments.allocate(payment, row.invoice, row.cleaned_data["amount"], request.user.email)

    return _apply(request, payment, payment.unapplied, allocate)


@page(Act.EDIT, methods=EITHER)
def apply_credit(request: PageRequest, record: int) -> HttpResponse:
    found = CreditNote.objects.select_related("contact")
    credit = get_object_or_404(found, company=request.company, pk=record)
    form = CreditForm(request.POST or None)

    def allocate(rows: list[AllocationForm]) -> None:
        for row in rows:
            payments.apply_credit(
                credit, row.invoice, row.cleaned_data["amount"], request.user.email, form.cleaned_data["date"]
            )

    return _apply(request, credit, credit.balance, allocate, form)


def _apply(request: PageRequest, record: Any, left: Decimal, allocate: Any, form: Any = None) -> HttpResponse:
    rows = _rows(request, _open_invoices(record.contact))
    problem = ""
    valid = all([request.method == "POST", form is None or form.is_valid(), *(row.is_valid() for row in rows)])
    filled = [row for row in rows if row.is_bound and row.is_valid() and row.cleaned_data["amount"] is not None]
    if valid and filled:
        try:
            save(request, lambda: allocate(filled))
            return redirect(record.kind.replace("_", "-"), request.company.pk, record.pk)
        except Refused as refusal:
            problem = in_words(refusal)
            record.refresh_from_db()
    elif valid:
        problem = "Type an amount beside at least one invoice."
    context = {"record": record, "rows": rows, "left": left, "form": form, "problem": problem}
    return render(request, "editing/apply.html", context)


@page(Act.EDIT, methods=["POST"])
def unapply(request: PageRequest, record: int) -> HttpResponse:
    payment = _payment(request, record)
    wanted = request.POST.get("allocation", "")
    found = Allocation.objects.filter(payment=payment, pk=int(wanted) if wanted.isdecimal() else 0).first()
    if found is None:
        messages.error(request, "Nothing was changed: somebody un-applied it already.")
    else:
        attempted(request, lambda: payments.unallocate(found, request.user.email), "Un-applied.")
    return redirect("payment", request.company.pk, record)


def _payment(request: PageRequest, record: int) -> Payment:
    found = Payment.objects.select_related("contact", "company")
    return get_object_or_404(found, company=request.company, pk=record)


def _start(request: PageRequest) -> dict[str, Any]:
    today = clock.now().astimezone(zone_of(request)).date()
    policy = Policy.objects.select_related("deposit_account").filter(company=request.company).first()
    start: dict[str, Any] = {"date": today, "deposit_account": policy.deposit_account if policy else None}
    wanted = request.GET.get("invoice", "")
    ours = Invoice.objects.filter(company=request.company).select_related("contact")
    if wanted.isdecimal() and (invoice := ours.filter(pk=int(wanted)).first()):
        start |= {"contact": invoice.contact, "total": invoice.balance}
    return start


def _customer(form: PaymentForm, payer: PayerForm) -> Contact | None:
    """Whose open invoices are listed: of the form that was sent, else by the name in the address."""
    if form.is_bound:
        form.full_clean()
        return form.cleaned_data.get("contact")
    if payer.is_valid():
        form.initial.setdefault("contact", payer.cleaned_data["contact"])
    return form.initial.get("contact")


def _open_invoices(customer: Contact | None) -> list[Invoice]:
    if customer is None:
        return []
    found = Invoice.objects.filter(contact=customer, status=Status.APPROVED, stub=False, balance__gt=0)
    return list(found.order_by("due_date", "id")[:SHOWN])


def _rows(request: PageRequest, invoices: list[Invoice]) -> list[AllocationForm]:
    chosen = request.GET.get("invoice", "")
    return [
        AllocationForm(
            invoice,
            request.POST or None,
            initial={"amount": invoice.balance} if str(invoice.pk) == chosen else {},
        )
        for invoice in invoices
    ]
