"""Which payment pays which document. The lines of a payment say so; both ends are kept in step here.

Lines to charges (invoices, bills) take from a payment, lines to credits add to it:
what is left over = TotalAmt - charges + credits.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from quickbooks_sandbox.books.numbers import ZERO, money, total
from quickbooks_sandbox.books.store import Object
from quickbooks_sandbox.entities.foreign import show_home_amounts
from quickbooks_sandbox.faults import fault

if TYPE_CHECKING:
    from quickbooks_sandbox.books.work import Work
    from quickbooks_sandbox.entities.settlement import Settlement

#: A document: its TxnType and its id.
Document = tuple[str, str]

CHARGES = ("Invoice", "Bill")
CREDITS = ("CreditMemo", "VendorCredit")
#: The entity of a payment by the TxnType under which documents show it.
PAYERS = {"Payment": "Payment", "BillPaymentCheck": "BillPayment", "BillPaymentCreditCard": "BillPayment"}


def document_of(line: Object) -> Document:
    link = line["LinkedTxn"][0]
    return link["TxnType"], link["TxnId"]


def allocations(lines: Iterable[Object]) -> dict[Document, Decimal]:
    found: dict[Document, Decimal] = {}
    for line in lines:
        found[document_of(line)] = found.get(document_of(line), ZERO) + line["Amount"]
    return found


def applied_to(document: Object) -> Decimal:
    """How much of a charge is paid, or of a credit is used."""
    return Decimal(document["TotalAmt"] - document["Balance"])


def unapplied(amount: Decimal, lines: Iterable[Object]) -> Decimal:
    signed = ((1 if document_of(line)[0] in CREDITS else -1) * line["Amount"] for line in lines)
    return amount + total(signed)


def link_documents(work: "Work", link: Object, before: Iterable[Object], after: Iterable[Object]) -> None:
    """Bring up to date the documents whose share in the (staged) payment changed; `link` is how they show it."""
    old, new = allocations(before), allocations(after)
    for document in {**old, **new}:
        if new.get(document) != old.get(document):
            _relink(work, document, link, linked=document in new)


def release(work: "Work", entity: str, id: str, keep: Decimal) -> None:
    """Payments let go of what they applied to a document beyond `keep`, the newest payment first."""
    document = (entity, id)
    payments = _payments_on(work, document)
    excess = total(allocations(payment["Line"])[document] for _, payment in payments) - keep
    for payer, payment in payments:
        given = min(excess, allocations(payment["Line"])[document])
        if given > 0:
            excess -= given
            _take_back(work, payer, payment, document, given)


def is_paid(document: Object) -> bool:
    return any(link["TxnType"] in PAYERS for link in document["LinkedTxn"])


def _payments_on(work: "Work", document: Document) -> list[tuple[str, Object]]:
    row = work.committed(*document)
    links = row.object["LinkedTxn"] if row else []
    payers = [(PAYERS[link["TxnType"]], link["TxnId"]) for link in links if link["TxnType"] in PAYERS]
    found = [(payer, payment) for payer, id in payers if (payment := work.get(payer, id))]
    return sorted(found, key=lambda each: -int(each[1]["Id"]))


def _take_back(work: "Work", payer: str, payment: Object, document: Document, amount: Decimal) -> None:
    if payment.get("LinkedTxn") and work.settings.release_deposited_payment == "refuse" and not work.by_person:
        raise fault("6540")
    rules = cast("Settlement", work.entity(payer))
    lines = fit(payment["TotalAmt"], lessen(payment["Line"], amount, document))
    if not lines and not payment["TotalAmt"]:
        work.remove(payer, payment["Id"])
    else:
        work.edit(payer, rules.with_lines(payment, lines))
    link_documents(work, rules.link_to(payment), payment["Line"], lines)


def fit(amount: Decimal, lines: list[Object]) -> list[Object]:
    """Lines that the payment can carry: credits go back where no charge takes them, and the other way round."""
    rest = unapplied(amount, lines)
    if rest < 0:
        return lessen(lines, -rest, kinds=CHARGES)
    if rest > amount:
        return lessen(lines, rest - amount, kinds=CREDITS)
    return lines


def lessen(
    lines: Iterable[Object], amount: Decimal, document: Document | None = None, kinds: tuple[str, ...] = ()
) -> list[Object]:
    """The lines less an amount, taken from the last of those for the document, or for those kinds of document."""
    kept: list[Object] = []
    for line in reversed(list(lines)):
        here = document_of(line)
        cut = min(amount, line["Amount"]) if document == here or here[0] in kinds else ZERO
        amount -= cut
        if cut == 0:
            kept.append(line)
        elif cut < line["Amount"]:
            kept.append({**line, "Amount": money(line["Amount"] - cut)})
    return kept[::-1]


def _relink(work: "Work", document: Document, link: Object, *, linked: bool) -> None:
    found = work.get(*document)
    if found is None:
        return
    links = [each for each in found["LinkedTxn"] if each != link] + ([link] if linked else [])
    paid = total(_share(work, each, document) for each in links)
    changed = {**found, "LinkedTxn": links, "Balance": money(found["TotalAmt"] - paid)}
    show_home_amounts(changed)
    if "RemainingCredit" in changed:
        changed["RemainingCredit"] = changed["Balance"]
    work.edit(document[0], changed)


def _share(work: "Work", link: Object, document: Document) -> Decimal:
    payment = work.get(PAYERS[link["TxnType"]], link["TxnId"]) if link["TxnType"] in PAYERS else None
    return allocations(payment["Line"]).get(document, ZERO) if payment else ZERO
