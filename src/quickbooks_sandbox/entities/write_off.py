"""Making a customer inactive in QuickBooks' pages brings its balance to 0.

A credit memo covers what it owes, an invoice the credit it has; either is tied to what was open. The example of Intuit:
Journal Report shows such an invoice.
"""

from quickbooks_sandbox.entities.auto_apply import spend, tie
from quickbooks_sandbox.entities.lines import default_item
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.numbers import total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

NOTE = "Created by QB Online to adjust balance for deletion"


def deactivate_customer(work: Work, id: str) -> Object:
    customer = work.get("Customer", id)
    if customer is None:
        raise fault("610")
    write_off(work, customer)
    rules = work.entity("Customer")
    # Writing off staged nothing on the customer itself; its balance follows at the commit.
    gone = {**customer, "Active": False}
    rules.complete(work, gone, customer)
    edited = work.edit("Customer", gone)
    rules.settle(work, edited, customer)
    return edited


def write_off(work: Work, customer: Object) -> None:
    balance = customer["Balance"]
    if not balance:
        return
    invoices, memos, payments = (_open(work, kind, customer["Id"]) for kind in ("Invoice", "CreditMemo", "Payment"))
    credit = total([*(memo["Balance"] for memo in memos), *(payment["UnappliedAmt"] for payment in payments)])
    if total(invoice["Balance"] for invoice in invoices) - credit != balance:
        raise not_modelled("making a customer inactive whose balance other transactions than sales and payments move")
    if balance > 0:
        memos.append(_adjusting(work, "CreditMemo", customer, balance))
    else:
        invoices.append(_adjusting(work, "Invoice", customer, -balance))
    # QuickBooks does it, so that neither a closing date nor a deposit is in the way.
    by_person, work.by_person = work.by_person, True
    for invoice in invoices:
        for payment in payments:
            spend(work, payment["Id"], invoice["Id"])
        for memo in memos:
            tie(work, memo["Id"], invoice["Id"])
    work.by_person = by_person


def _open(work: Work, entity: str, customer: str) -> list[Object]:
    left = "UnappliedAmt" if entity == "Payment" else "Balance"
    found = (one for one in work.find(entity, "CustomerRef", customer) if one[left])
    return sorted(found, key=lambda one: (one["TxnDate"], int(one["Id"])))


def _adjusting(work: Work, entity: str, customer: Object, amount: object) -> Object:
    detail = {"ItemRef": {"value": default_item(work)}}
    line = {"DetailType": "SalesItemLineDetail", "Amount": amount, "Description": NOTE, "SalesItemLineDetail": detail}
    form: Object = {"CustomerRef": {"value": customer["Id"]}, "PrivateNote": NOTE, "Line": [line]}
    rules = work.entity(entity)
    rules.complete(work, form, None)
    return work.add(entity, form, rules.internals(form, None))
