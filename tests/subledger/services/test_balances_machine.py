"""Whatever people do in whatever order, balances follow from the allocations and nothing is paid twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.subledger.making import BY, credit_note, invoice, make_company, make_contact, payment

from tieout.subledger.models import Allocation, Company, CreditNote, Invoice, Payment
from tieout.subledger.services import documents, payments, states
from tieout.subledger.services.lines import LineDraft, drafts_of
from tieout.subledger.services.refusal import Refused

AMOUNTS = st.decimals("0.01", "50.00", places=2)
PICK = st.integers(0, 1000)


class Books(RuleBasedStateMachine):
    @initialize()
    def open_books(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.company = make_company("Harbour Lettings")
        self.customers = [make_contact(self.company, name) for name in ("Ada Byrne", "Bob Quinn")]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def pick(self, model: type[Any], number: int) -> Any:
        found = list(model.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    def attempt(self, act: Callable[..., object], *things: Any, **more: Any) -> None:
        """A refusal is an answer too; the invariants then see that it changed nothing by halves."""
        if all(thing is not None for thing in things):
            with suppress(Refused):
                act(*things, **more)

    @rule(who=st.integers(0, 1), amount=AMOUNTS)
    def bill(self, who: int, amount: Decimal) -> None:
        invoice(self.customers[who], str(amount))

    @rule(who=st.integers(0, 1), amount=AMOUNTS)
    def credit(self, who: int, amount: Decimal) -> None:
        credit_note(self.customers[who], str(amount))

    @rule(who=st.integers(0, 1), amount=AMOUNTS)
    def receive(self, who: int, amount: Decimal) -> None:
        payment(self.customers[who], str(amount))

    @rule(which=PICK, what=PICK, amount=AMOUNTS)
    def allocate(self, which: int, what: int, amount: Decimal) -> None:
        self.attempt(payments.allocate, self.pick(Payment, which), self.pick(Invoice, what), amount, BY)

    @rule(which=PICK, what=PICK, amount=AMOUNTS)
    def apply_credit(self, which: int, what: int, amount: Decimal) -> None:
        self.attempt(payments.apply_credit, self.pick(CreditNote, which), self.pick(Invoice, what), amount, BY)

    @rule(which=PICK)
    def unallocate(self, which: int) -> None:
        self.attempt(payments.unallocate, self.pick(Allocation, which), BY)

    @rule(which=PICK, amount=AMOUNTS)
    def edit_a_payment(self, which: int, amount: Decimal) -> None:
        self.attempt(payments.edit, self.pick(Payment, which), BY, total=amount)

    @rule(which=PICK, amount=AMOUNTS)
    def edit_an_invoice(self, which: int, amount: Decimal) -> None:
        if (edited := self.pick(Invoice, which)) is not None:
            line = LineDraft(drafts_of(edited)[0].item, amount)
            self.attempt(documents.edit, edited, BY, lines=[line])

    @rule(which=PICK)
    def void_a_payment(self, which: int) -> None:
        self.attempt(payments.void, self.pick(Payment, which), BY)

    @rule(which=PICK, release=st.booleans(), model=st.sampled_from([Invoice, CreditNote]))
    def void_a_document(self, which: int, release: bool, model: type[Any]) -> None:
        self.attempt(states.void, self.pick(model, which), BY, release=release)

    @precondition(lambda self: hasattr(self, "company"))
    @invariant()
    def documents_balance(self) -> None:
        for model, end in ((Invoice, "invoice"), (CreditNote, "credit_note")):
            rows = Allocation.objects.filter(**{f"{end}__isnull": False}).values_list(end).annotate(Sum("amount"))
            applied = dict(rows.order_by())
            for document in model.objects.all():
                used = applied.get(document.pk, Decimal(0))
                assert document.balance >= 0
                if document.status == "void":
                    assert (document.balance, used) == (Decimal(0), Decimal(0))
                else:
                    assert document.balance == document.total - used

    @precondition(lambda self: hasattr(self, "company"))
    @invariant()
    def payments_balance(self) -> None:
        for made in Payment.objects.all():
            parts = list(made.allocations.all())
            paid = sum((part.amount for part in parts if part.invoice_id), Decimal(0))
            credit = sum((part.amount for part in parts if part.credit_note_id), Decimal(0))
            assert 0 <= made.unapplied <= made.total
            if made.status == "void":
                assert (made.unapplied, len(parts)) == (Decimal(0), 0)
            else:
                assert made.unapplied == made.total + credit - paid

    @precondition(lambda self: hasattr(self, "company"))
    @invariant()
    def versions_are_the_companys(self) -> None:
        latest = Company.objects.get(pk=self.company.pk).version
        versions = [
            v for model in (Invoice, CreditNote, Payment) for v in model.objects.values_list("version", flat=True)
        ]
        assert len(set(versions)) == len(versions)
        assert max(versions, default=0) <= latest


@pytest.mark.slow
def test_balances_hold_through_any_history(db: None) -> None:
    run_state_machine_as_test(Books, settings=settings(max_examples=15, stateful_step_count=20, deadline=None))
