"""JournalCode: the journal that a French company's transaction belongs to. Other companies have none."""

from quickbooks_sandbox.faults import fault
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, choice, objects, text
from quickbooks_sandbox.ledger.store import Object
from quickbooks_sandbox.ledger.work import Work


class JournalCode(Entity):
    name = "JournalCode"
    fields = (
        text("Name", 2, queryable=True),
        text("Description", 100, queryable=True),
        choice("Type", "Expenses", "Sales", "Bank", "Nouveaux", "Wages", "Cash", "Others", queryable=True, kept=True),
        objects("CustomField"),
        *HEADER,
    )
    required = ("Name",)
    operations = frozenset({"create", "read", "update", "query"})
    indexed = ("Name",)
    id_sequence = "journal codes"
    default_order = "Name"
    in_cdc = False

    def complete(self, work: Work, new: Object, old: Object | None) -> None:
        if (work.get("CompanyInfo", "1") or {}).get("Country") != "FR":
            raise fault("5020", text="Journal codes are for companies in France.")
        self.require(new)
        for other in work.find("JournalCode", "Name", new["Name"]):
            if other["Id"] != new.get("Id"):
                text = "Another journal code is already using this name. Please use a different name."
                raise fault("6240", text=text)
        new.setdefault("Type", "Others")
