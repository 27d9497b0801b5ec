"""CustomerType: how a company sorts its customers. The API can only read it."""

from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.fields import HEADER, boolean, text


class CustomerType(Entity):
    name = "CustomerType"
    fields = (text("Name", 100, queryable=True), boolean("Active", queryable=True), *HEADER)
    operations = frozenset({"read", "query"})
    id_sequence = "customer types"
    default_order = "Name"
    in_cdc = False
