"""What people do in QuickBooks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.simulation.acting import Act, Acting

Object = dict[str, Any]


def enter_customer(on: Acting) -> str:
    body: Object = {"DisplayName": on.name()}
    if on.chance.random() < 0.5:
        body |= {"GivenName": on.tag, "PrimaryPhone": {"FreeFormNumber": on.words()}}
    made = on.world.theirs.create("Customer", body)
    return f"Customer {made['Id']} {made['DisplayName']}"


def edit_customer(on: Acting) -> str:
    customer = _some(on, "Customer")
    change: Object = on.chance.choice(
        [
            {"PrimaryPhone": {"FreeFormNumber": on.words()}},
            {"Mobile": {"FreeFormNumber": on.words()}},
            {"PrimaryEmailAddr": {"Address": f"{on.chance.choice('xyz')}@example.com"}},
            {"CompanyName": f"{on.words()} Inc"},
            {"BillAddr": {"Line1": on.words(), "City": on.words()}},
        ]
    )
    _edit(on, "Customer", customer, **change)
    return f"Customer {customer['Id']}: {change}"


def rename_customer(on: Acting) -> str:
    customer = _some(on, "Customer")
    name = on.name()
    _edit(on, "Customer", customer, DisplayName=name)
    return f"Customer {customer['Id']}: {name}"


def enter_invoice(on: Acting) -> str:
    return _enter(on, "Invoice")


def enter_credit_memo(on: Acting) -> str:
    return _enter(on, "CreditMemo")


def _enter(on: Acting, entity: str) -> str:
    customer = _some(on, "Customer")
    body: Object = {
        "CustomerRef": {"value": customer["Id"]},
        "TxnDate": on.day().isoformat(),
        "Line": [_line(on, on.amount(), on.tag)],
        "PrivateNote": on.chance.choice(("", on.words())),
    }
    made = on.world.theirs.create(entity, body)
    return f"{entity} {made['Id']} {made.get('DocNumber')}, {made['TotalAmt']}"


def _line(on: Acting, amount: str, description: str) -> Object:
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(amount),
        "Description": description,
        "SalesItemLineDetail": {"ItemRef": {"value": on.world.rent}},
    }


def edit_form(on: Acting) -> str:
    entity = on.chance.choice(("Invoice", "Invoice", "CreditMemo"))
    form = _some(on, entity)
    tag = next((line["Description"] for line in form["Line"] if line.get("Description")), on.tag)
    change: Object = on.chance.choice(
        [
            {"PrivateNote": on.words()},
            {"CustomerMemo": {"value": on.words()}},
            {"Line": [_line(on, on.amount(), tag)]},
            {"TxnDate": on.day().isoformat()},
            {"DocNumber": f"Q-{on.words()}"},
        ]
    )
    made = _edit(on, entity, form, **change)
    return f"{entity} {form['Id']}: {', '.join(change)}, {made['TotalAmt']}"


def void_form(on: Acting) -> str:
    entity = on.chance.choice(("Invoice", "Invoice", "Payment"))
    form = _some(on, entity)
    on.world.theirs.void(entity, {"Id": form["Id"], "SyncToken": form["SyncToken"]})
    return f"{entity} {form['Id']}"


def delete_form(on: Acting) -> str:
    entity = on.chance.choice(("Invoice", "Payment", "CreditMemo"))
    form = _some(on, entity)
    on.world.theirs.delete(entity, {"Id": form["Id"], "SyncToken": form["SyncToken"]})
    return f"{entity} {form['Id']}"


def pay(on: Acting) -> str:
    invoice = on.one(form for form in _all(on, "Invoice") if form["Balance"] > 0)
    paid = on.chance.choice((invoice["Balance"], min(invoice["Balance"], Decimal(on.amount()))))
    return _receive(on, invoice["CustomerRef"]["value"], paid + on.chance.choice((0, 0, 7)), (invoice["Id"], paid))


def pay_in_advance(on: Acting) -> str:
    return _receive(on, _some(on, "Customer")["Id"], Decimal(on.amount()))


def _receive(on: Acting, customer: str, total: Decimal, *pays: tuple[str, Decimal]) -> str:
    lines = [{"Amount": amount, "LinkedTxn": [{"TxnId": id_, "TxnType": "Invoice"}]} for id_, amount in pays]
    body = {
        "CustomerRef": {"value": customer},
        "TotalAmt": total,
        "TxnDate": on.day().isoformat(),
        "Line": lines,
        "PaymentRefNum": on.tag,
    }
    made = on.world.theirs.create("Payment", body)
    return f"Payment {made['Id']} of {total} for {list(pays)}"


def edit_payment(on: Acting) -> str:
    payment = _some(on, "Payment")
    _edit(on, "Payment", payment, PrivateNote=on.words())
    return f"Payment {payment['Id']}"


def unapply(on: Acting) -> str:
    payment = on.one(each for each in _all(on, "Payment") if each.get("Line"))
    with on.world.theirs.person():
        _edit(on, "Payment", payment, Line=[], TotalAmt=payment["TotalAmt"], CustomerRef=payment["CustomerRef"])
    return f"Payment {payment['Id']}"


def apply_credit(on: Acting) -> str:
    memo = on.one(form for form in _all(on, "CreditMemo") if form["RemainingCredit"] > 0)
    invoices = [form for form in _all(on, "Invoice") if form["Balance"] > 0]
    invoice = on.one(form for form in invoices if form["CustomerRef"]["value"] == memo["CustomerRef"]["value"])
    amount = min(memo["RemainingCredit"], invoice["Balance"], Decimal(on.amount()))
    ends = (("CreditMemo", memo["Id"]), ("Invoice", invoice["Id"]))
    lines = [{"Amount": amount, "LinkedTxn": [{"TxnId": id_, "TxnType": entity}]} for entity, id_ in ends]
    body = {"CustomerRef": memo["CustomerRef"], "TotalAmt": Decimal(0), "Line": lines, "PaymentRefNum": on.tag}
    made = on.world.theirs.create("Payment", body)
    return f"Payment {made['Id']}: {amount} of CreditMemo {memo['Id']} to Invoice {invoice['Id']}"


def deposit(on: Acting) -> str:
    payment = _some(on, "Payment")
    on.world.theirs.make_deposit([payment["Id"]])
    return f"Payment {payment['Id']}"


def take_out_of_deposit(on: Acting) -> str:
    payment = on.one(each for each in _all(on, "Payment") if each.get("LinkedTxn"))
    on.world.theirs.undeposit(payment["Id"])
    return f"Payment {payment['Id']}"


def _all(on: Acting, entity: str) -> list[Object]:
    rows = on.world.theirs.tables[entity].rows.values()
    return [row.object for row in sorted(rows, key=lambda row: int(row.id))]


def _some(on: Acting, entity: str) -> Object:
    found: Object = on.one(_all(on, entity))
    return found


def _edit(on: Acting, entity: str, obj: Object, **members: Any) -> Object:
    body = {"Id": obj["Id"], "SyncToken": obj["SyncToken"], "sparse": True, **members}
    made: Object = on.world.theirs.update(entity, body)
    return made


ACTS: dict[str, Act] = {
    act.__name__.replace("_", " ") + " there": act
    for act in (
        *(enter_customer, edit_customer, rename_customer, enter_invoice, enter_credit_memo, edit_form, void_form),
        *(delete_form, pay, pay_in_advance, edit_payment, unapply, apply_credit, deposit, take_out_of_deposit),
    )
}
