"""JournalEntry: debits and credits as an accountant writes them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quickbooks_sandbox.entities.control import (
    PAYABLE,
    RECEIVABLE,
    Posted,
    balances_moved,
    find_party,
    require_party,
)
from quickbooks_sandbox.entities.doc_numbers import refuse_duplicate_purchase
from quickbooks_sandbox.entities.foreign import choose_currency, require_home_or
from quickbooks_sandbox.entities.links import release_lines
from quickbooks_sandbox.entities.transaction import Transaction
from quickbooks_sandbox.faults import business, fault, not_modelled
from quickbooks_sandbox.ledger.entity import resolve
from quickbooks_sandbox.ledger.fields import (
    HEADER,
    boolean,
    choice,
    date,
    is_blank,
    number,
    objects,
    parts,
    party,
    read_whole,
    ref,
    shown_only,
    text,
)
from quickbooks_sandbox.ledger.numbers import ZERO, money, total
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work

_ACCOUNT = ref("AccountRef", "Account")
_LINE = (text("Id", 20), text("Description", 4000), number("Amount"))
_DETAIL = (
    choice("PostingType", "Debit", "Credit"),
    parts("Entity", party("EntityRef")),
    _ACCOUNT,
    ref("ClassRef", "Class"),
    ref("DepartmentRef", "Department"),
    choice("BillableStatus", "Billable", "NotBillable", "HasBeenBilled"),
    ref("TaxCodeRef"),
    choice("TaxApplicableOn", "Sales", "Purchase"),
    number("TaxAmount"),
)


class JournalEntry(Transaction):
    name = "JournalEntry"
    fields = (
        boolean("Adjustment"),
        *HEADER,
        text("DocNumber", 21, queryable=True),
        date("TxnDate", queryable=True, kept=True),
        ref("CurrencyRef"),
        number("ExchangeRate"),
        text("PrivateNote", 4000),
        objects("Line"),
        shown_only("TxnTaxDetail"),
        shown_only("TotalAmt"),
        text("GlobalTaxCalculation"),
        text("TransactionLocationType"),
    )
    dropped = ("RecurDataRef", "HomeTotalAmt", "TaxRateRef", "RecurringInfo", "JournalCodeRef", "LinkedTxn")
    required = ("Line",)
    operations = frozenset({"create", "read", "update", "delete", "void", "query"})
    #: As recorded: status 200, an empty batch answer, and nothing done.
    void_does_nothing = True
    indexed = ("DocNumber",)
    counts_lists = True

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if new.get("Line") == []:
            raise fault("2250")
        self.require(new)
        self.begin(work, new, old)
        before = (old or {}).get("Line", [])
        if new["Line"] is not before:
            new["Line"] = [_line(work, line, place) for place, line in enumerate(new["Line"])]
        choose_currency(work, new, old)
        _check_currencies(work, new)
        if len([line for line in new["Line"] if "JournalEntryLineDetail" in line]) < 2:
            raise fault("2250")
        _refuse_several_controls(work, new)
        if total(debit for _, _, debit in _posted(new)):
            raise fault("2300")
        new.setdefault("Adjustment", False)
        new["TxnTaxDetail"] = {}
        # Whatever the lines say, reading shows 0.
        new["TotalAmt"] = ZERO
        refuse_duplicate_purchase(work, self.name, new, old)

    def voided(self, work: Work, old: Object) -> Object:
        return old

    def settle(self, work: Work, new: Object | None, old: Object | None) -> None:
        release_lines(work, self.name, new, old)

    def open_amounts(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        return balances_moved(work, _posted(object))

    def postings(self, work: Work, object: Object) -> Iterable[tuple[str, Decimal]]:
        for account, _, debit in _posted(object):
            yield account, debit


def _posted(entry: Object) -> Iterator[Posted]:
    for line in entry["Line"]:
        detail = line.get("JournalEntryLineDetail")
        if detail:
            sign = 1 if detail["PostingType"] == "Debit" else -1
            beside = detail.get("Entity", {}).get("EntityRef", {}).get("value", "")
            yield detail["AccountRef"]["value"], beside, sign * line["Amount"]


def _refuse_several_controls(work: Work, entry: Object) -> None:
    types = [work.existing("Account", account)["AccountType"] for account, _, _ in _posted(entry)]
    if work.settings.journal_control_lines == "one" and sum(type in (RECEIVABLE, PAYABLE) for type in types) > 1:
        raise business("A journal entry can have only one line on accounts receivable or accounts payable.")


def _line(work: Work, sent: Object, place: int) -> Object:
    if is_blank(sent.get("DetailType")):
        raise fault("2020", field="Line.DetailType")
    common = read_whole(_LINE, sent, "Line")
    shown: Object = {"Id": common.get("Id", str(place))}
    shown |= {name: common[name] for name in ("Description",) if name in common}
    if sent["DetailType"] == "DescriptionOnly":
        return shown | {"DetailType": "DescriptionOnly", "DescriptionLineDetail": {}}
    if sent["DetailType"] != "JournalEntryLineDetail":
        raise fault("2170", field="Line.DetailType", value=sent["DetailType"])
    if "Amount" not in common:
        raise fault("2020", field="Line.Amount")
    if common["Amount"] < 0:
        raise fault("2290", value=common["Amount"])
    detail = _detail(work, sent.get("JournalEntryLineDetail") or {})
    amount = {"Amount": money(common["Amount"])}
    return shown | amount | {"DetailType": "JournalEntryLineDetail", "JournalEntryLineDetail": detail}


def _detail(work: Work, sent: Object) -> Object:
    detail = read_whole(_DETAIL, sent, "Line.JournalEntryLineDetail")
    if "PostingType" not in detail:
        raise fault("2260")
    if "AccountRef" not in detail:
        raise fault("2020", field="Line.JournalEntryLineDetail.AccountRef")
    _refuse_tax(detail)
    for field in _DETAIL:
        if field.refers_to and field.name in detail:
            detail[field.name] = resolve(work, field, detail[field.name])
    beside = detail.get("Entity", {}).get("EntityRef")
    if beside is None:
        detail.pop("Entity", None)
    else:
        entity, found = find_party(work, beside)
        shown = {"value": found["Id"], "name": work.entity(entity).shown_name(found)}
        detail["Entity"] = {"Type": entity, "EntityRef": shown}
    return detail


def _check_currencies(work: Work, entry: Object) -> None:
    code = entry["CurrencyRef"]["value"]
    for account, beside, _ in _posted(entry):
        require_party(work, account, {"value": beside} if beside else None, code)
        require_home_or(work, account, code)


def _refuse_tax(detail: Object) -> None:
    if "TaxCodeRef" not in detail:
        return
    if "TaxApplicableOn" not in detail:
        raise fault("2270")
    if "TaxAmount" not in detail:
        raise fault("2280")
    raise not_modelled("tax on a journal entry")
