"""RecurringTransaction: the template of a transaction and when it is to be made.

A template looks like the transaction it makes and is checked by the same rules, but posts nothing. Requests and answers
wrap it in the name of its transaction. Nothing is made from it by itself here.
"""

from quickbooks_sandbox.entities.plans import require_essentials
from quickbooks_sandbox.entities.schedule import recurring_info
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, anything, is_blank, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

KINDS = (
    *("Bill", "CreditMemo", "Deposit", "Estimate", "Invoice", "JournalEntry", "Purchase", "PurchaseOrder"),
    *("RefundReceipt", "SalesReceipt", "Transfer", "VendorCredit"),
)
#: What each transaction gets when it is made, and its template has not.
_OF_EACH = ("TxnDate", "DocNumber", "DueDate")
_ENVELOPE = ("Id", "SyncToken", "MetaData", "domain", "sparse", "RecurringInfo", "RecurDataRef")


class RecurringTransaction(Entity):
    name = "RecurringTransaction"
    fields = (
        text("Type", 30, queryable=True, kept=True),
        text("Name", 100),
        anything("Template"),
        anything("RecurringInfo"),
        shown_only("RecurDataRef"),
        *HEADER,
    )
    operations = frozenset({"create", "read", "update", "delete", "query"})
    id_sequence = "transactions"
    indexed = ("Name",)
    in_cdc = False

    def opened(self, body: Object) -> Object:
        kinds = [name for name in body if name in KINDS]
        if len(kinds) != 1 or not isinstance(body[kinds[0]], dict):
            return body
        inner = body[kinds[0]]
        envelope = {name: inner[name] for name in ("Id", "SyncToken", "sparse") if not is_blank(inner.get(name))}
        info = {"RecurringInfo": inner["RecurringInfo"]} if "RecurringInfo" in inner else {}
        template = {name: value for name, value in inner.items() if name not in _ENVELOPE}
        return {**envelope, **info, "Type": kinds[0], "Template": template}

    def shown(self, object: Object) -> Object:
        if "Template" not in object:
            return object
        envelope = {name: object[name] for name in _ENVELOPE if name in object}
        return {object["Type"]: {**object["Template"], **envelope}}

    def merge(self, sent: Object, old: Object | None, *, sparse: bool) -> Object:
        if old is not None and sent.get("Type", old["Type"]) != old["Type"]:
            raise fault("2170", field="Type", value=sent["Type"])
        new = super().merge(sent, old, sparse=sparse)
        if old is not None and sparse and "Template" in sent:
            new["Template"] = {**old["Template"], **sent["Template"]}
        return new

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        require_essentials(work, "Recurring transactions")
        if new.get("Type") not in KINDS:
            raise fault("2020", field="RecurringTransaction")
        self.require(new, "RecurringInfo", "Template")
        if new["RecurringInfo"] is not (old or {}).get("RecurringInfo"):
            new["RecurringInfo"] = recurring_info(new["RecurringInfo"])
        new["Name"] = new["RecurringInfo"]["Name"]
        for other in work.find(self.name, "Name", new["Name"]):
            if other["Id"] != new.get("Id"):
                text = "Another recurring transaction is already using this name. Please use a different name."
                raise fault("6240", text=text)
        if new["Template"] is not (old or {}).get("Template"):
            new["Template"] = _template(work, new["Type"], new["Template"])
        new["Id"] = new.get("Id") or work.new_id(self)
        new["RecurDataRef"] = {"value": new["Id"]}


def _template(work: Work, kind: str, sent: Object) -> Object:
    """Completed by the rules of its kind in a change of its own, of which nothing stays."""
    rules = work.entity(kind)
    aside = type(work)(work.books)
    new = rules.merge(rules.read(sent), None, sparse=False)
    rules.complete(aside, new, None)
    if aside.staged:
        raise not_modelled("a recurring transaction in a currency that has no account yet")
    return {name: value for name, value in rules.ordered(new).items() if name not in _OF_EACH}
