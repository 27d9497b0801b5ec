"""What payments settle beside documents with a balance: lines that post straight to a receivable or payable.

Such transactions show no balance and no link. What is open on one is what its lines add to its customer's or vendor's
balance, less what the lines of payments apply to it.
"""

from decimal import Decimal

from quickbooks_sandbox.ledger.numbers import total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: The entity by the TxnType that lines of payments name.
BY_LINE = {
    "JournalEntry": "JournalEntry",
    "Expense": "Purchase",
    "Check": "Purchase",
    "CreditCardCredit": "Purchase",
    "Deposit": "Deposit",
}


def shown_type(entity: str, object: Object) -> str:
    """Purchases are called by how they were paid."""
    if entity != "Purchase":
        return entity
    return "Check" if object["PaymentType"] == "Check" else "CreditCardCredit" if object.get("Credit") else "Expense"


def owners(work: Work, entity: str, object: Object) -> set[str]:
    """Whose balances the lines of the transaction move."""
    return {owner for owner, amount in work.entity(entity).open_amounts(work, object) if amount}


def owed(work: Work, entity: str, object: Object) -> Decimal:
    """Positive for a charge, negative for a credit."""
    return total(amount for _, amount in work.entity(entity).open_amounts(work, object))


def is_credit(work: Work, type: str, id: str) -> bool:
    entity = BY_LINE[type]
    row = work.row(entity, id) or work.committed(entity, id)
    return row is not None and owed(work, entity, row.object) < 0
