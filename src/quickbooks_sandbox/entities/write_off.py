"""Making a customer inactive in QuickBooks' pages writes its open balance off with a credit memo."""

from quickbooks_sandbox.entities.auto_apply import tie
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
    invoices = [one for one in work.find("Invoice", "CustomerRef", customer["Id"]) if one["Balance"]]
    owed = total(invoice["Balance"] for invoice in invoices)
    if owed != customer["Balance"]:
        raise not_modelled("making a customer inactive that has open credits")
    if not owed:
        return
    line = {"DetailType": "SalesItemLineDetail", "Amount": owed, "Description": NOTE, "SalesItemLineDetail": {}}
    memo: Object = {"CustomerRef": {"value": customer["Id"]}, "PrivateNote": NOTE, "Line": [line]}
    rules = work.entity("CreditMemo")
    rules.complete(work, memo, None)
    added = work.add("CreditMemo", memo, rules.internals(memo, None))
    for invoice in invoices:
        tie(work, added["Id"], invoice["Id"])
