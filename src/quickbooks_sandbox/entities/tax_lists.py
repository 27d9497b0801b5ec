"""TaxCode and TaxRate, which the tax service makes, and TaxAgency."""

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, boolean, ref, shown_only, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class TaxCode(Entity):
    name = "TaxCode"
    fields = (
        text("Name", 100, queryable=True),
        text("Description", 100, queryable=True),
        boolean("Active", queryable=True),
        shown_only("Hidden"),
        shown_only("Taxable"),
        shown_only("TaxGroup"),
        shown_only("SalesTaxRateList"),
        shown_only("PurchaseTaxRateList"),
        shown_only("TaxCodeConfigType"),
        *HEADER,
    )
    operations = frozenset({"read", "query"})
    # The two codes of lines, TAX and NON, come first.
    default_order = "TaxGroup"
    has_word_ids = True
    ignores_max_results = True
    in_cdc = False


class TaxRate(Entity):
    name = "TaxRate"
    fields = (
        text("Name", 100, queryable=True),
        text("Description", 100, queryable=True),
        boolean("Active", queryable=True),
        shown_only("RateValue"),
        ref("AgencyRef", queryable=True),
        ref("TaxReturnLineRef", queryable=True),
        shown_only("SpecialTaxType"),
        shown_only("DisplayType"),
        shown_only("EffectiveTaxRate"),
        shown_only("OriginalTaxRate"),
        *HEADER,
    )
    operations = frozenset({"read", "query"})
    id_sequence = "tax rates"
    default_order = "Name"
    in_cdc = False


class TaxAgency(Entity):
    name = "TaxAgency"
    fields = (
        text("DisplayName", 100, queryable=True),
        shown_only("TaxTrackedOnPurchases"),
        shown_only("TaxTrackedOnSales"),
        shown_only("LastFileDate"),
        *HEADER,
    )
    required = ("DisplayName",)
    dropped = ("TaxRegistrationNumber", "TaxAgencyConfig")
    operations = frozenset({"create", "read", "query"})
    indexed = ("DisplayName",)
    id_sequence = "tax agencies"
    default_order = "DisplayName"
    in_cdc = False

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        self.require(new)
        if any(True for _ in work.find(self.name, "DisplayName", new["DisplayName"])):
            raise fault("6240", text="Another tax agency is already using this name. Please use a different name.")
        new["TaxTrackedOnPurchases"] = False
        new["TaxTrackedOnSales"] = True
