"""The preference to apply credits automatically: QuickBooks makes a Payment of 0 that ties credit to charge."""

from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

NOTE = "Created by QB Online to link credits to charges."


def apply_credits_to_invoice(work: Work, invoice_id: str) -> None:
    """All open credit memos of the customer, the oldest first."""
    if _switched_on(work):
        for memo in _open(work, "CreditMemo", _customer(work, "Invoice", invoice_id)):
            tie(work, memo["Id"], invoice_id)


def apply_credit_memo(work: Work, memo_id: str) -> None:
    if _switched_on(work):
        for invoice in _open(work, "Invoice", _customer(work, "CreditMemo", memo_id)):
            tie(work, memo_id, invoice["Id"])


def _switched_on(work: Work) -> bool:
    return bool(work.preference("SalesFormsPrefs", "AutoApplyCredit"))


def _customer(work: Work, entity: str, id: str) -> str:
    return str(work.existing(entity, id)["CustomerRef"]["value"])


def _open(work: Work, entity: str, customer: str) -> list[Object]:
    found = (one for one in work.find(entity, "CustomerRef", customer) if one["Balance"] > 0)
    return sorted(found, key=lambda one: (one["TxnDate"], int(one["Id"])))


def tie(work: Work, memo_id: str, invoice_id: str) -> None:
    """Apply what is open on the one to what is open on the other, by a payment of 0."""
    memo, invoice = work.existing("CreditMemo", memo_id), work.existing("Invoice", invoice_id)
    amount = min(memo["Balance"], invoice["Balance"])
    if amount <= 0:
        return
    payment: Object = {
        "CustomerRef": invoice["CustomerRef"],
        "TotalAmt": 0,
        "TxnDate": max(memo["TxnDate"], invoice["TxnDate"]),
        "PrivateNote": NOTE,
        "Line": [
            {"Amount": amount, "LinkedTxn": [{"TxnId": invoice_id, "TxnType": "Invoice"}]},
            {"Amount": amount, "LinkedTxn": [{"TxnId": memo_id, "TxnType": "CreditMemo"}]},
        ],
    }
    rules = work.entity("Payment")
    rules.complete(work, payment, None)
    rules.settle(work, work.add("Payment", payment, rules.internals(payment, None)), None)


def spend(work: Work, payment_id: str, invoice_id: str) -> None:
    """Apply what is left of a payment to what is open on an invoice."""
    payment, invoice = work.existing("Payment", payment_id), work.existing("Invoice", invoice_id)
    amount = min(payment["UnappliedAmt"], invoice["Balance"])
    if amount <= 0:
        return
    line = {"Amount": amount, "LinkedTxn": [{"TxnId": invoice_id, "TxnType": "Invoice"}]}
    new = {**payment, "Line": [*payment["Line"], line]}
    rules = work.entity("Payment")
    rules.complete(work, new, payment)
    rules.settle(work, work.edit("Payment", new), payment)
