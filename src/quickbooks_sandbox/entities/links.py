"""Which payment pays which document. The lines of a payment say so; both ends are kept in step here.

Lines to charges (invoices, bills) take from a payment, lines to credits add to it:
what is left over = TotalAmt - charges + credits.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Protocol, cast

from quickbooks_sandbox.entities.foreign import exchange_account, show_home_amounts
from quickbooks_sandbox.entities.posted_lines import BY_LINE, is_credit, owed, owners
from quickbooks_sandbox.faults import business, fault
from quickbooks_sandbox.ledger.numbers import ZERO, money, total
from quickbooks_sandbox.ledger.rates import in_home_currency
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

#: A document: its TxnType and its id.
Document = tuple[str, str]

CREDITS = ("CreditMemo", "VendorCredit")
#: The entity of a payment by the TxnType under which documents show it.
PAYERS = {"Payment": "Payment", "BillPaymentCheck": "BillPayment", "BillPaymentCreditCard": "BillPayment"}


class Payer(Protocol):
    """What settles documents: Payment and BillPayment."""

    def link_to(self, object: Object) -> Object: ...

    def with_lines(self, work: Work, object: Object, lines: list[Object]) -> Object: ...


def is_link_to(link: Object, type: str, id: str) -> bool:
    return bool(link["TxnType"] == type and link["TxnId"] == id)


def document_of(line: Object) -> Document:
    link = line["LinkedTxn"][0]
    return link["TxnType"], link["TxnId"]


def allocations(lines: Iterable[Object]) -> dict[Document, Decimal]:
    found: dict[Document, Decimal] = {}
    for line in lines:
        found[document_of(line)] = found.get(document_of(line), ZERO) + line["Amount"]
    return found


def owing(document: Object) -> Decimal:
    """What payments can settle of a document: not what an invoice says was paid at once."""
    return Decimal(document["TotalAmt"] - document.get("Deposit", ZERO))


def applied_to(document: Object) -> Decimal:
    """How much of a charge is paid, or of a credit is used."""
    return owing(document) - Decimal(document["Balance"])


def gives(work: Work, line: Object) -> bool:
    """Whether the line is to a credit, and adds to the payment."""
    type, id = document_of(line)
    return type in CREDITS or (type in BY_LINE and is_credit(work, type, id))


def unapplied(work: Work, amount: Decimal, lines: Iterable[Object]) -> Decimal:
    return amount + total((1 if gives(work, line) else -1) * line["Amount"] for line in lines)


def link_documents(work: Work, link: Object, before: Iterable[Object], after: Iterable[Object]) -> None:
    """Bring up to date the documents whose share in the (staged) payment changed; `link` is how they show it."""
    old, new = allocations(before), allocations(after)
    for document in {**old, **new}:
        if new.get(document) != old.get(document):
            _relink(work, document, link, linked=document in new)


def complete_balance(work: Work, new: Object, old: Object | None, *, moved: bool) -> None:
    """What is open of a document's TotalAmt; one that moved to somebody else leaves its payments behind."""
    applied = applied_to(old) if old and not moved else ZERO
    if owing(new) < applied and work.settings.total_below_applied == "refuse":
        raise business("The total is less than the amount that was applied to the transaction.")
    new["Balance"] = money(max(owing(new) - applied, ZERO))
    show_home_amounts(new)
    new["LinkedTxn"] = [] if old is None or moved else old["LinkedTxn"]


def let_go(work: Work, entity: str, new: Object | None, old: Object, *, moved: bool) -> None:
    """Payments let go of a document that is gone, void, somebody else's, or smaller than what they paid."""
    keep = ZERO if new is None or moved else owing(new)
    if applied_to(old) > keep:
        release(work, entity, old["Id"], keep)
    follow_rate(work, entity, new, old)


def release(work: Work, entity: str, id: str, keep: Decimal) -> None:
    """Payments let go of what they applied to a document beyond `keep`, the newest payment first."""
    document = (entity, id)
    payments = _payments_on(work, document)
    excess = total(allocations(payment["Line"])[document] for _, payment in payments) - keep
    for payer, payment in payments:
        given = min(excess, allocations(payment["Line"])[document])
        if given > 0:
            excess -= given
            take_back(work, payer, payment, document, given)


def release_lines(work: Work, entity: str, new: Object | None, old: Object | None) -> None:
    """Payments let go of what they applied to lines that are gone, smaller, somebody else's or on the other side."""
    if old is None:
        return
    had, has = owed(work, entity, old), owed(work, entity, new) if new else ZERO
    same = new is not None and owners(work, entity, new) == owners(work, entity, old) and had * has > 0
    excess = applied_to_lines(work, entity, old) - (abs(has) if same else ZERO)
    for payer, payment in _payments_on_lines(work, entity, old)[::-1]:
        for document, amount in allocations(payment["Line"]).items():
            if (BY_LINE.get(document[0]), document[1]) == (entity, old["Id"]) and excess > 0:
                take_back(work, payer, payment, document, min(excess, amount))
                excess -= min(excess, amount)


def applied_to_lines(work: Work, entity: str, object: Object) -> Decimal:
    return total(
        amount
        for _, payment in _payments_on_lines(work, entity, object)
        for (type, id), amount in allocations(payment["Line"]).items()
        if (BY_LINE.get(type), id) == (entity, object["Id"])
    )


def _payments_on_lines(work: Work, entity: str, object: Object) -> list[tuple[str, Object]]:
    """Payments of the one whom the lines concern, the oldest first: no index says which of them name the lines."""
    found = [
        (payer, payment)
        for owner in owners(work, entity, object)
        for payer, party in (("Payment", "CustomerRef"), ("BillPayment", "VendorRef"))
        for payment in work.find(payer, party, owner)
    ]
    return sorted(found, key=lambda each: int(each[1]["Id"]))


def is_paid(document: Object) -> bool:
    return any(link["TxnType"] in PAYERS for link in document["LinkedTxn"])


def _payments_on(work: Work, document: Document) -> list[tuple[str, Object]]:
    row = work.committed(*document)
    links = row.object["LinkedTxn"] if row else []
    payers = [(PAYERS[link["TxnType"]], link["TxnId"]) for link in links if link["TxnType"] in PAYERS]
    found = [(payer, payment) for payer, id in payers if (payment := work.get(payer, id))]
    return sorted(found, key=lambda each: -int(each[1]["Id"]))


def take_back(work: Work, payer: str, payment: Object, document: Document, amount: Decimal) -> None:
    if payment.get("LinkedTxn") and work.settings.release_deposited_payment == "refuse" and not work.by_person:
        raise fault("6540")
    rules = cast("Payer", work.entity(payer))
    lines = fit(work, payment["TotalAmt"], lessen(payment["Line"], amount, lambda line: document_of(line) == document))
    if not lines and not payment["TotalAmt"]:
        work.remove(payer, payment["Id"])
    else:
        work.edit(payer, rules.with_lines(work, payment, lines))
        book_exchange(work, payer, work.existing(payer, payment["Id"]))
    link_documents(work, rules.link_to(payment), payment["Line"], lines)


def fit(work: Work, amount: Decimal, lines: list[Object]) -> list[Object]:
    """Lines that the payment can carry: credits go back where no charge takes them, and the other way round."""
    rest = unapplied(work, amount, lines)
    if rest < 0:
        return lessen(lines, -rest, lambda line: not gives(work, line))
    if rest > amount:
        return lessen(lines, rest - amount, lambda line: gives(work, line))
    return lines


def lessen(lines: Iterable[Object], amount: Decimal, which: Callable[[Object], bool]) -> list[Object]:
    """The lines less an amount, taken from the last of those in question."""
    kept: list[Object] = []
    for line in reversed(list(lines)):
        cut = min(amount, line["Amount"]) if which(line) else ZERO
        amount -= cut
        if cut == 0:
            kept.append(line)
        elif cut < line["Amount"]:
            kept.append({**line, "Amount": money(line["Amount"] - cut)})
    return kept[::-1]


def book_exchange(work: Work, payer: str, payment: Object) -> None:
    """Keep with a payment what its documents are worth at its own rate beyond what they were worth at theirs."""
    row = work.existing_row(payer, payment["Id"])
    difference = exchange_difference(work, payer, payment)
    if difference != row.internal.get("exchange", ZERO):
        exchange_account(work)
        work.remember(payer, payment["Id"], exchange=difference)


def exchange_difference(work: Work, payer: str, payment: Object) -> Decimal:
    """As a debit of the receivable or payable."""
    if "ExchangeRate" not in payment:
        return ZERO
    found = ZERO
    for line in payment["Line"]:
        document = work.get(*document_of(line))
        if document is not None and "Balance" in document:
            at_own_rate, at_its_rate = (in_home_currency(each, line["Amount"]) for each in (payment, document))
            found += (at_its_rate - at_own_rate) if gives(work, line) else (at_own_rate - at_its_rate)
    return found if payer == "Payment" else -found


def follow_rate(work: Work, entity: str, new: Object | None, old: Object) -> None:
    """What is gained on a document depends on its rate too."""
    if new is not None and new.get("ExchangeRate") != old.get("ExchangeRate"):
        for payer, payment in _payments_on(work, (entity, new["Id"])):
            book_exchange(work, payer, payment)


def _relink(work: Work, document: Document, link: Object, *, linked: bool) -> None:
    found = None if document[0] in BY_LINE else work.get(*document)
    if found is None:
        return
    links = [each for each in found["LinkedTxn"] if each != link] + ([link] if linked else [])
    paid = total(_share(work, each, document) for each in links)
    changed = {**found, "LinkedTxn": links, "Balance": money(owing(found) - paid)}
    show_home_amounts(changed)
    if "RemainingCredit" in changed:
        changed["RemainingCredit"] = changed["Balance"]
    work.edit(document[0], changed)


def _share(work: Work, link: Object, document: Document) -> Decimal:
    payment = work.get(PAYERS[link["TxnType"]], link["TxnId"]) if link["TxnType"] in PAYERS else None
    return allocations(payment["Line"]).get(document, ZERO) if payment else ZERO
