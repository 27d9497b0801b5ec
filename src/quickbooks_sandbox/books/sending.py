"""Sending a form by e-mail: nothing leaves the sandbox, but the form says from then on that it was sent."""

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Faults, fault
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.times import shown
from quickbooks_sandbox.ledger.work import Work


def send(books: Books, entity: str, id: str, to: str = "") -> Object:
    """To the given address, which the form keeps, or to the one it has."""
    form = books.read(entity, id)
    work = Work(books)
    rules = work.entity(entity)
    if to:
        faults = Faults()
        field = rules.field["BillEmail"]
        form = {**form, "BillEmail": field.read(field, {"Address": to}, faults)}
        faults.raise_if_any()
    if not form.get("BillEmail"):
        raise fault("6420")
    delivery = {"DeliveryType": "Email", "DeliveryTime": shown(work.now)}
    work.call(rules.name, id, "Emailed")
    work.edit(rules.name, {**form, "EmailStatus": "EmailSent", "DeliveryInfo": delivery})
    work.commit()
    return books.read(entity, id)
