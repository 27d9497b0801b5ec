"""What people do to the same thing, or to two that look the same, in both books."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.simulation import acts_here, acts_there
from tests.simulation.acting import Act, Acting, Nothing
from tests.simulation.world import OWNER

from tieout.subledger.models import Contact, CreditNote, Invoice
from tieout.subledger.services import contacts, documents, states
from tieout.subledger.services.lines import LineDraft
from tieout.sync.models import Link

MODELS: dict[str, Any] = {"Customer": Contact, "Invoice": Invoice, "CreditMemo": CreditNote}


def edit_the_same_there(on: Acting) -> str:
    """The counterpart of what was changed last in our book; where a run is on, that may be on its way."""
    link = max(_linked(on), key=lambda each: _record(each).version)
    obj = on.world.theirs.read(link.entity, link.qbo_id)
    if link.entity == "Customer":
        return acts_there.change_customer(on, obj)
    return acts_there.change_form(on, link.entity, obj)


def edit_the_same_here(on: Acting) -> str:
    """The counterpart of what was changed last in QuickBooks."""
    objects = on.world.theirs.tables
    there = [link for link in _linked(on) if link.qbo_id in objects[link.entity].rows]
    if not there:
        raise Nothing
    link = max(there, key=lambda each: objects[each.entity].rows[each.qbo_id].object["MetaData"]["LastUpdatedTime"])
    record = _record(link)
    return acts_here.change_contact(on, record) if link.entity == "Customer" else acts_here.change_document(on, record)


def _linked(on: Acting) -> list[Link]:
    both = Link.objects.filter(company=on.company, record_id__isnull=False, qbo_id__isnull=False)
    found = list(both.filter(entity__in=MODELS).order_by("pk"))
    if not found:
        raise Nothing
    return found


def _record(link: Link) -> Any:
    return MODELS[link.entity].objects.get(pk=link.record_id)


def enter_namesakes(on: Acting) -> str:
    """Two people of one name and two telephones, one in either book, each with an invoice."""
    name = f"Namesake {on.chance.randint(0, 99)}"
    mine = contacts.create(on.company, OWNER, name=name, given_name=on.tag, phone=on.words())
    _invoice_here(on, mine, f"{on.tag}a")
    phone = {"FreeFormNumber": on.words()}
    theirs = on.world.theirs.create("Customer", {"DisplayName": name, "GivenName": on.tag, "PrimaryPhone": phone})
    _invoice_there(on, theirs["Id"], f"{on.tag}b")
    return f"contact {mine.pk} and Customer {theirs['Id']} {name}"


def enter_one_number_twice(on: Acting) -> str:
    """An invoice here and an invoice there of one customer, for different things and under the same number."""
    link = on.one(each for each in _linked(on) if each.entity == "Customer")
    number = f"N-{on.words()}"
    mine = _invoice_here(on, _record(link), f"{on.tag}a", number=number)
    theirs = _invoice_there(on, link.qbo_id or "", f"{on.tag}b", DocNumber=number)
    return f"invoice {mine.pk} and Invoice {theirs['Id']}, both {number}"


def _invoice_here(on: Acting, contact: Contact, tag: str, **header: str) -> Invoice:
    lines = [LineDraft(on.item, Decimal(on.amount()), description=tag)]
    made = documents.create(Invoice, on.company, OWNER, contact=contact, lines=lines, date=on.day(), **header)
    states.approve(made, OWNER)
    return made


def _invoice_there(on: Acting, customer: str, tag: str, **header: str) -> Any:
    lines = [acts_there.line(on, on.amount(), tag)]
    body = {"CustomerRef": {"value": customer}, "TxnDate": on.day().isoformat(), "Line": lines, **header}
    return on.world.theirs.create("Invoice", body)


ACTS: dict[str, Act] = {
    "edit the same there": edit_the_same_there,
    "edit the same here": edit_the_same_here,
    "enter namesakes": enter_namesakes,
    "enter one number twice": enter_one_number_twice,
}
