"""What all transactions share: a date, the closed period, voiding."""

from decimal import Decimal

from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.store import Object, Row
from quickbooks_sandbox.ledger.work import Work


class Transaction(Entity):
    operations = frozenset({"create", "read", "update", "delete", "query"})
    id_sequence = "transactions"

    def begin(self, work: Work, new: Object, old: Object | None) -> None:
        """The date and the closed period, before anything else is looked at."""
        new.setdefault("TxnDate", old["TxnDate"] if old else work.today.isoformat())
        refuse_closed(work, new["TxnDate"], *([old["TxnDate"]] if old else []))

    def internals(self, new: Object, old: Row | None) -> Object:
        """Line ids are not given out twice; what a bank statement showed stays known."""
        kept = old.internal if old else {}
        ids = [int(line["Id"]) for line in new.get("Line", []) if str(line.get("Id", "")).isdigit()]
        return {**kept, "last_line": max([kept.get("last_line", 0), *ids])}

    def last_line_id(self, work: Work, new: Object) -> int:
        row = work.row(self.name, new["Id"]) if "Id" in new else None
        return int(row.internal.get("last_line", 0)) if row else 0

    def before_delete(self, work: Work, old: Object) -> None:
        refuse_closed(work, old["TxnDate"])


def refuse_closed(work: Work, *dates: str) -> None:
    """Nothing dated on or before the closing date changes, but by a person, who has the password."""
    closed = work.preference("AccountingInfoPrefs", "BookCloseDate")
    if not closed or work.by_person or work.settings.closed_period == "warn":
        return
    if any(dated <= closed for dated in dates):
        raise fault("6200" if work.settings.closed_period == "refuse_without_password" else "6210")


def refuse_deposited(received: Object) -> None:
    """A payment or sales receipt that lies in a bank deposit is locked until it is taken out again."""
    if received.get("LinkedTxn"):
        raise fault("6540")


def refuse_zero(work: Work, amount: Decimal) -> None:
    if not amount and work.settings.zero_total == "refuse" and not work.by_person:
        raise business("The total of a transaction must be more than 0.")


def void_note(work: Work, old: Object) -> str:
    note = old.get("PrivateNote")
    word = work.settings.void_word
    if note and note.startswith(word):
        return str(note)
    if not note or work.settings.void_note == "replace":
        return word
    return f"{word} - {note}"
