"""What people do in QuickBooks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.simulation.acting import Act, Acting, Nothing

Object = dict[str, Any]


def enter_customer(on: Acting) -> str:
    body: Object = {"DisplayName": on.name()}
    if on.chance.random() < 0.5:
        body |= {"GivenName": on.tag, "PrimaryPhone": {"FreeFormNumber": on.words()}}
    made = on.world.theirs.create("Customer", body)
    return f"Customer {made['Id']} {made['DisplayName']}"


def edit_customer(on: Acting) -> str:
    return change_customer(on, _some(on, "Customer"))


def change_customer(on: Acting, customer: Object) -> str:
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
        "Line": [line(on, on.amount(), on.tag)],
        "PrivateNote": on.chance.choice(("", on.words())),
    }
    made = on.world.theirs.create(entity, body)
    return f"{entity} {made['Id']} {made.get('DocNumber')}, {made['TotalAmt']}"


def line(on: Acting, amount: str, description: str) -> Object:
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(amount),
        "Description": description,
        "SalesItemLineDetail": {"ItemRef": {"value": on.world.rent}},
    }


def edit_form(on: Acting) -> str:
    entity = on.chance.choice(("Invoice", "Invoice", "CreditMemo"))
    return change_form(on, entity, _some(on, entity))


def change_form(on: Acting, entity: str, form: Object) -> str:
    tag = next((line["Description"] for line in form["Line"] if line.get("Description")), on.tag)
    change: Object = on.chance.choice(
        [
            {"PrivateNote": on.words()},
            {"CustomerMemo": {"value": on.words()}},
            {"Line": [line(on, on.amount(), tag)]},
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


def close_books(on: Acting) -> str:
    until = on.world.today - timedelta(days=on.chance.choice((3, 15, 60)))
    return _close(on, until)


def open_books(on: Acting) -> str:
    return _close(on, None)


def _close(on: Acting, until: date | None) -> str:
    on.world.theirs.close_books(until)
    on.world.chronicle.closed.append((on.world.time.theirs.now(), until))
    return str(until)


def deactivate_customer(on: Acting) -> str:
    customer = _some(on, "Customer")
    on.world.theirs.deactivate_customer(customer["Id"])
    return f"Customer {customer['Id']}"


def reactivate_customer(on: Acting) -> str:
    customer = on.one(each for each in _all(on, "Customer") if not each["Active"])
    _edit(on, "Customer", customer, Active=True)
    return f"Customer {customer['Id']}"


def merge_customers(on: Acting) -> str:
    loser, winner = _some(on, "Customer"), _some(on, "Customer")
    on.world.theirs.merge("Customer", loser["Id"], winner["Id"])
    return f"Customer {loser['Id']} into {winner['Id']}"


def choose_numbers(on: Acting) -> str:
    custom = on.chance.random() < 0.5
    on.world.theirs.set_preference("SalesFormsPrefs", "CustomTxnNumbers", custom)
    return f"custom transaction numbers {'on' if custom else 'off'}"


def switch_multi_currency_on(on: Acting) -> str:
    """For good: QuickBooks cannot switch it off again."""
    if _is_multi_currency(on):
        raise Nothing
    on.world.theirs.set_preference("CurrencyPrefs", "MultiCurrencyEnabled", True)
    return ""


def enter_a_foreign_invoice(on: Acting) -> str:
    if not _is_multi_currency(on):
        raise Nothing
    euro = {"CurrencyRef": {"value": "EUR"}}
    made = on.world.theirs.create("Customer", {"DisplayName": f"Euro {on.tag}", "GivenName": on.tag, **euro})
    body = {"CustomerRef": {"value": made["Id"]}, "Line": [line(on, on.amount(), f"{on.tag}a")], **euro}
    rate = {"ExchangeRate": Decimal("1.08"), "TxnDate": on.day().isoformat()}
    invoice = on.world.theirs.create("Invoice", body | rate)
    return f"Invoice {invoice['Id']} of {invoice['TotalAmt']} EUR"


def _is_multi_currency(on: Acting) -> bool:
    (preferences,) = on.world.theirs.query("select * from Preferences").rows
    return bool(preferences["CurrencyPrefs"]["MultiCurrencyEnabled"])


def pay_for_a_sub_customer(on: Acting) -> str:
    """A parent pays what its sub-customer owes."""
    parent = _some(on, "Customer")
    sub = {"DisplayName": f"Sub {on.tag}", "ParentRef": {"value": parent["Id"]}, "Job": True}
    made = on.world.theirs.create("Customer", sub)
    body = {"CustomerRef": {"value": made["Id"]}, "Line": [line(on, on.amount(), on.tag)]}
    invoice = on.world.theirs.create("Invoice", {**body, "TxnDate": on.day().isoformat()})
    return _receive(on, parent["Id"], invoice["TotalAmt"], (invoice["Id"], invoice["TotalAmt"]))


def enter_a_cheque_here_too(on: Acting) -> str:
    """The same payment typed into both books: nobody told the other."""
    from tieout.subledger.models import Contact
    from tieout.subledger.services import payments

    payment = on.one(each for each in _all(on, "Payment") if each["TotalAmt"] > 0)
    name = on.world.theirs.read("Customer", payment["CustomerRef"]["value"])["DisplayName"]
    contact = on.one(Contact.objects.filter(company=on.company, name=name))
    day = date.fromisoformat(payment["TxnDate"])
    total, reference = Decimal(payment["TotalAmt"]), payment.get("PaymentRefNum", "")
    made = payments.create(on.company, "ann@example.com", contact=contact, total=total, date=day, reference=reference)
    return f"Payment {payment['Id']} as payment {made.pk}"


def delete_and_enter_again(on: Acting) -> str:
    """How bookkeepers correct a payment."""
    payment = on.one(each for each in _all(on, "Payment") if each["TotalAmt"] > 0)
    on.world.theirs.delete("Payment", {"Id": payment["Id"], "SyncToken": payment["SyncToken"]})
    return _receive(on, payment["CustomerRef"]["value"], Decimal(payment["TotalAmt"]))


def settle_by_journal_entry(on: Acting) -> str:
    """What a customer owes is written off by an entry on accounts receivable, which a payment then ties to it."""
    invoice = on.one(form for form in _all(on, "Invoice") if form["Balance"] > 0)
    accounts = on.world.theirs.query("select * from Account").rows
    receivable = on.one(each["Id"] for each in accounts if each["AccountType"] == "Accounts Receivable")
    income = on.one(each["Id"] for each in accounts if each["AccountType"] == "Income")
    customer, amount = invoice["CustomerRef"], invoice["Balance"]
    entity = {"Type": "Customer", "EntityRef": customer}
    lines = [_posting("Credit", receivable, amount, Entity=entity), _posting("Debit", income, amount)]
    entry = on.world.theirs.create("JournalEntry", {"Line": lines, "TxnDate": on.day().isoformat()})
    ends = (("JournalEntry", entry["Id"]), ("Invoice", invoice["Id"]))
    ties = [{"Amount": amount, "LinkedTxn": [{"TxnId": id_, "TxnType": entity_}]} for entity_, id_ in ends]
    made = on.world.theirs.create("Payment", {"CustomerRef": customer, "TotalAmt": Decimal(0), "Line": ties})
    return f"JournalEntry {entry['Id']} by Payment {made['Id']} on Invoice {invoice['Id']}"


def _posting(side: str, account: str, amount: Decimal, **more: Any) -> Object:
    detail = {"PostingType": side, "AccountRef": {"value": account}, **more}
    return {"DetailType": "JournalEntryLineDetail", "Amount": amount, "JournalEntryLineDetail": detail}


def reconcile(on: Acting) -> str:
    payment = _some(on, "Payment")
    on.world.theirs.set_cleared("Payment", payment["Id"], "Reconciled")
    return f"Payment {payment['Id']}"


def revoke(on: Acting) -> str:
    """An admin disconnects the app."""
    grants = [grant for grant in on.world.sandbox.connections.grants() if not grant.own]
    for grant in grants:
        on.world.sandbox.connections.end(grant.id)
    on.world.revoked = True
    return ""


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
    f"{act.__name__} there".replace("_", " "): act
    for act in (
        *(enter_customer, edit_customer, rename_customer, enter_invoice, enter_credit_memo, edit_form, void_form),
        *(delete_form, pay, pay_in_advance, edit_payment, unapply, apply_credit, deposit, take_out_of_deposit),
        *(close_books, open_books, deactivate_customer, reactivate_customer, merge_customers, choose_numbers),
        *(pay_for_a_sub_customer, enter_a_cheque_here_too, delete_and_enter_again, settle_by_journal_entry),
        *(reconcile, revoke, switch_multi_currency_on, enter_a_foreign_invoice),
    )
}
