"""TaxCode, TaxRate and TaxAgency: read only here; QuickBooks makes them in its pages and its tax service."""

from quickbooks_sandbox.entities.entity import Entity
from quickbooks_sandbox.entities.fields import HEADER, boolean, ref, shown_only, text


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
    default_order = "Name"
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
    operations = frozenset({"read", "query"})
    default_order = "DisplayName"
    in_cdc = False
