"""Which payment pays which document. The lines of a Payment say so; both ends are kept in step here.

A Payment's lines to invoices take from it, its lines to credit memos add to it:
UnappliedAmt = TotalAmt - invoices + credit memos.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from quickbooks_sandbox.books.numbers import ZERO, money, total
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.faults import fault

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work

#: A document: its TxnType and its id.
Document = tuple[str, str]

INVOICE, CREDIT_MEMO = "Invoice", "CreditMemo"


def document_of(line: Object) -> Document:
    link = line["LinkedTxn"][0]
    return link["TxnType"], link["TxnId"]


def allocations(lines: Iterable[Object]) -> dict[Document, Decimal]:
    found: dict[Document, Decimal] = {}
    for line in lines:
        found[document_of(line)] = found.get(document_of(line), ZERO) + line["Amount"]
    return found


def applied_to(document: Object) -> Decimal:
    """How much of an invoice is paid, or of a credit memo is used."""
    return Decimal(document["TotalAmt"] - document["Balance"])


def unapplied(amount: Decimal, lines: Iterable[Object]) -> Decimal:
    signed = ((1 if document_of(line)[0] == CREDIT_MEMO else -1) * line["Amount"] for line in lines)
    return amount + total(signed)


def link_documents(work: "Work", payment_id: str, before: Iterable[Object], after: Iterable[Object]) -> None:
    """Bring balances and links of the documents up to date whose share in the (staged) payment changed."""
    old, new = allocations(before), allocations(after)
    for document in {**old, **new}:
        if new.get(document) != old.get(document):
            _relink(work, document, payment_id, linked=document in new)


def release(work: "Work", entity: str, id: str, keep: Decimal) -> None:
    """Payments let go of what they applied to a document beyond `keep`, the newest payment first."""
    document = (entity, id)
    payments = _payments_on(work, document)
    excess = total(allocations(payment["Line"])[document] for payment in payments) - keep
    for payment in payments:
        given = min(excess, allocations(payment["Line"])[document])
        if given > 0:
            excess -= given
            _take_back(work, payment, document, given)


def _payments_on(work: "Work", document: Document) -> list[Object]:
    row = work.committed(*document)
    links = row.object["LinkedTxn"] if row else []
    found = (work.get("Payment", link["TxnId"]) for link in links if link["TxnType"] == "Payment")
    return sorted((payment for payment in found if payment), key=lambda payment: -int(payment["Id"]))


def _take_back(work: "Work", payment: Object, document: Document, amount: Decimal) -> None:
    if payment.get("LinkedTxn") and work.settings.release_deposited_payment == "refuse" and not work.by_person:
        raise fault("6540")
    lines = fit(payment["TotalAmt"], lessen(payment["Line"], amount, document))
    if not lines and not payment["TotalAmt"]:
        work.remove("Payment", payment["Id"])
    else:
        rest = money(unapplied(payment["TotalAmt"], lines))
        work.edit("Payment", {**payment, "Line": lines, "UnappliedAmt": rest})
    link_documents(work, payment["Id"], payment["Line"], lines)


def fit(amount: Decimal, lines: list[Object]) -> list[Object]:
    """Lines that the payment can carry: credits go back where no invoice takes them, and the other way round."""
    rest = unapplied(amount, lines)
    if rest < 0:
        return lessen(lines, -rest, kind=INVOICE)
    if rest > amount:
        return lessen(lines, rest - amount, kind=CREDIT_MEMO)
    return lines


def lessen(lines: Iterable[Object], amount: Decimal, document: Document | None = None, kind: str = "") -> list[Object]:
    """The lines less an amount, taken from the last of those for the document, or for that kind of document."""
    kept: list[Object] = []
    for line in reversed(list(lines)):
        here = document_of(line)
        cut = min(amount, line["Amount"]) if document == here or kind == here[0] else ZERO
        amount -= cut
        if cut == 0:
            kept.append(line)
        elif cut < line["Amount"]:
            kept.append({**line, "Amount": money(line["Amount"] - cut)})
    return kept[::-1]


def _relink(work: "Work", document: Document, payment_id: str, *, linked: bool) -> None:
    found = work.get(*document)
    if found is None:
        return
    link = {"TxnId": payment_id, "TxnType": "Payment"}
    links = [each for each in found["LinkedTxn"] if each != link] + ([link] if linked else [])
    paid = total(_share(work, each["TxnId"], document) for each in links if each["TxnType"] == "Payment")
    changed = {**found, "LinkedTxn": links, "Balance": money(found["TotalAmt"] - paid)}
    if document[0] == CREDIT_MEMO:
        changed["RemainingCredit"] = changed["Balance"]
    work.edit(document[0], changed)


def _share(work: "Work", payment_id: str, document: Document) -> Decimal:
    payment = work.get("Payment", payment_id)
    return allocations(payment["Line"]).get(document, ZERO) if payment else ZERO
