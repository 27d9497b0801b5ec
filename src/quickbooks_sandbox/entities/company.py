"""CompanyInfo and Preferences: one of each, always there."""

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, address, anything, email, phone, shown_only, text, web
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class CompanyInfo(Entity):
    name = "CompanyInfo"
    fields = (
        text("CompanyName", 1024, queryable=True),
        text("LegalName", 1024, queryable=True),
        address("CompanyAddr"),
        address("CustomerCommunicationAddr"),
        address("LegalAddr"),
        email("CustomerCommunicationEmailAddr"),
        phone("PrimaryPhone"),
        shown_only("CompanyStartDate", queryable=True),
        shown_only("FiscalYearStartMonth"),
        shown_only("Country", queryable=True),
        email("Email"),
        web("WebAddr"),
        text("EmployerId", 100),
        shown_only("SupportedLanguages"),
        shown_only("DefaultTimeZone"),
        shown_only("NameValue"),
        *HEADER,
    )
    required = ("CompanyName", "CompanyAddr")
    operations = frozenset({"read", "update", "query"})

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)


class Preferences(Entity):
    """Groups of switches. An update changes the members it names; what only a person may set is left alone."""

    name = "Preferences"
    fields = (
        anything("AccountingInfoPrefs"),
        anything("ProductAndServicesPrefs"),
        anything("SalesFormsPrefs"),
        anything("EmailMessagesPrefs"),
        anything("VendorAndPurchasesPrefs"),
        anything("TimeTrackingPrefs"),
        anything("TaxPrefs"),
        anything("CurrencyPrefs"),
        anything("ReportPrefs"),
        anything("OtherPrefs"),
        *HEADER,
    )
    operations = frozenset({"read", "update", "query"})

    def merge(self, sent: Object, old: Object | None, *, sparse: bool) -> Object:
        """Groups that are left out stay, in a full update too: no company is without preferences."""
        if old is None:
            return sent
        new = dict(old)
        for group, members in sent.items():
            if isinstance(members, dict):
                new[group] = _merged(old.get(group, {}), members)
        return new

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if work.by_person or old is None:
            return
        for group, names in _READ_ONLY.items():
            kept = {name: old[group][name] for name in names or old.get(group, {}) if name in old.get(group, {})}
            others = {} if not names else {k: v for k, v in new[group].items() if k not in names}
            new[group] = {**others, **kept}


#: Members that the API shows and does not change; an empty tuple stands for the whole group.
_READ_ONLY: dict[str, tuple[str, ...]] = {
    "AccountingInfoPrefs": ("BookCloseDate", "FirstMonthOfFiscalYear", "TaxYearMonth", "TaxForm"),
    "TaxPrefs": (),
    "CurrencyPrefs": (),
}


#: Lists that are kept as they are: custom fields are set up in QuickBooks' pages.
_SET_BY_A_PERSON = ("CustomField", "POCustomField", "NameValue")


def _merged(old: Object, sent: Object) -> Object:
    new = dict(old)
    for name, value in sent.items():
        before = old.get(name)
        if name in _SET_BY_A_PERSON or value is None or value == "":
            continue
        if before is not None and type(value) is not type(before):
            raise fault("2010", text=f"Can not deserialize the value of {name}")
        new[name] = _merged(before, value) if isinstance(before, dict) else value
    return new
