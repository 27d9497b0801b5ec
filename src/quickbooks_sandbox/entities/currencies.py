"""Currencies of the world, as far as companies use them, and the two lists a company keeps of them."""

from quickbooks_sandbox.entities.people import currency, home_currency
from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, boolean, date, number, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class CompanyCurrency(Entity):
    """A currency the company uses beside its own. Deleting one makes it inactive."""

    name = "CompanyCurrency"
    fields = (
        text("Code", 3, kept=True),
        text("Name", 100),
        boolean("Active", queryable=True),
        *HEADER,
    )
    required = ("Code",)
    operations = frozenset({"create", "read", "update", "delete", "query"})
    indexed = ("Code",)
    id_sequence = "company currencies"
    default_order = "Name"
    deleting_deactivates = True

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        new["Code"] = new["Code"].upper()
        known = currency(new["Code"])
        if old is not None and new["Code"] != old["Code"]:
            raise fault("2220", value=new["Code"])
        if old is None and any(True for _ in work.find(self.name, "Code", new["Code"])):
            raise fault("6240", text="Another currency is already using this name. Please use a different name.")
        new.setdefault("Name", known["name"])
        new.setdefault("Active", True)


class ExchangeRate(Entity):
    """The rate of a currency on a day. It has no id: currency and day say which one is meant."""

    name = "ExchangeRate"
    fields = (
        shown_only("SyncToken"),
        shown_only("domain"),
        text("SourceCurrencyCode", 3, queryable=True),
        text("TargetCurrencyCode", 3),
        number("Rate"),
        date("AsOfDate", queryable=True),
        shown_only("MetaData", queryable=True),
    )
    dropped = ("CustomField",)
    required = ("SourceCurrencyCode", "Rate")
    operations = frozenset({"create", "read", "update", "query"})
    indexed = ("SourceCurrencyCode",)
    needs_sync_token = False
    has_word_ids = True
    in_cdc = False

    def key(self, work: Work, sent: Object) -> str:
        self.require(sent)
        day = sent.setdefault("AsOfDate", work.today.isoformat())
        return f"{sent['SourceCurrencyCode'].upper()}-{day}"

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        new["Id"] = self.key(work, new)
        new["SourceCurrencyCode"] = currency(new["SourceCurrencyCode"].upper())["value"]
        home = home_currency(work)
        if new.setdefault("TargetCurrencyCode", home) != home:
            raise fault("2220", value=new["TargetCurrencyCode"])
        if new["Rate"] <= 0:
            raise fault("2240", field="Rate", value=new["Rate"])
