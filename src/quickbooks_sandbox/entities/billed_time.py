"""Time worked for a customer and billed on: an Invoice names it among its LinkedTxn. Intuit: Invoice, LinkedTxn."""

from quickbooks_sandbox.entities.links import is_link_to
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

TIME = "TimeActivity"
_BILLABLE, _BILLED = "Billable", "HasBeenBilled"
#: Expenses that were billed on; only a person can do that, in QuickBooks' pages.
_CHARGES = ("ReimburseCharge", "ChargeCredit", "StatementCharge")


def name_time(work: Work, new: Object, old: Object | None, sent: object) -> None:
    """Put the time that the client named beside the links that QuickBooks keeps itself."""
    links = [link for link in sent if isinstance(link, dict)] if isinstance(sent, list) else []
    if any(link.get("TxnType") in _CHARGES for link in links):
        raise not_modelled("billing an expense on to a customer")
    before = _time(old)
    asked = dict.fromkeys(str(link.get("TxnId", "")) for link in links if link.get("TxnType") == TIME)
    for id in asked:
        found = work.get(TIME, id)
        if found is None:
            raise business(f"The {TIME} {id} that the transaction is linked to does not exist.")
        if found.get("CustomerRef", {}).get("value") != new["CustomerRef"]["value"]:
            raise business(f"The transaction and the {TIME} it is linked to have different customers.")
        if id not in before and found["BillableStatus"] != _BILLABLE:
            raise fault("6320")
    others = [link for link in new["LinkedTxn"] if link["TxnType"] != TIME]
    new["LinkedTxn"] = others + [{"TxnId": id, "TxnType": TIME} for id in asked]


def bill_time(work: Work, new: Object | None, old: Object | None) -> None:
    """Time is billed while an invoice names it, and billable again afterwards."""
    before, after = _time(old), _time(new)
    for id in sorted(before ^ after):
        found = work.get(TIME, id)
        if found is not None:
            work.edit(TIME, {**found, "BillableStatus": _BILLED if id in after else _BILLABLE})


def forget_time(work: Work, time: Object) -> None:
    """Time that is gone is named no more."""
    if time["BillableStatus"] == _BILLED:
        for invoice in list(work.find("Invoice", "CustomerRef", time["CustomerRef"]["value"])):
            rest = [link for link in invoice["LinkedTxn"] if not is_link_to(link, TIME, time["Id"])]
            if len(rest) < len(invoice["LinkedTxn"]):
                work.edit("Invoice", {**invoice, "LinkedTxn": rest})


def _time(invoice: Object | None) -> set[str]:
    return {link["TxnId"] for link in (invoice or {}).get("LinkedTxn", []) if link["TxnType"] == TIME}
