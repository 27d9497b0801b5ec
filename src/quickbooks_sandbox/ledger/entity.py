"""What all entities share: reading a request, full and sparse updates, references by id."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from quickbooks_sandbox.faults import Fault, Faults, fault
from quickbooks_sandbox.ledger.fields import Field, is_blank
from quickbooks_sandbox.ledger.store import Object, Row

if TYPE_CHECKING:
    from quickbooks_sandbox.ledger.work import Work

_ENVELOPE = ("domain", "sparse", "status", "Id", "SyncToken", "MetaData", "CustomField", "AttachableRef")


class Entity:
    """The rules of one kind of object. A subclass states its fields and completes what a client sent."""

    name: ClassVar[str]
    #: The name of its element in answers, where that is another.
    element: ClassVar[str] = ""
    #: In the order in which answers show them.
    fields: ClassVar[tuple[Field, ...]]
    required: ClassVar[tuple[str, ...]] = ()
    #: Fields that even a sparse update must send.
    resent: ClassVar[tuple[str, ...]] = ()
    #: Properties of QuickBooks' schema that are accepted and dropped.
    dropped: ClassVar[tuple[str, ...]] = ()
    operations: ClassVar[frozenset[str]] = frozenset({"create", "read", "update", "query"})
    indexed: ClassVar[tuple[str, ...]] = ()
    #: Entities of one sequence never share an id.
    id_sequence: ClassVar[str] = ""
    #: The field a query sorts by when it names none; "" for the newest change first.
    default_order: ClassVar[str] = ""
    order_ignores_case: ClassVar[bool] = True
    in_cdc: ClassVar[bool] = True
    needs_sync_token: ClassVar[bool] = True
    deletes_without_sync_token: ClassVar[bool] = False
    #: Voided by `operation=update&include=void` and not by `operation=void`.
    voids_by_update_only: ClassVar[bool] = False
    #: Voiding is answered like a batch of nothing, and does nothing.
    void_does_nothing: ClassVar[bool] = False
    #: Deleting an entry makes it inactive.
    deleting_deactivates: ClassVar[bool] = False
    #: Tax codes have the ids TAX and NON beside numbers.
    has_word_ids: ClassVar[bool] = False
    #: Whether MetaData says who changed it last.
    names_last_editor: ClassVar[bool] = False
    #: A known fault of QuickBooks: MAXRESULTS has no effect on tax codes.
    ignores_max_results: ClassVar[bool] = False
    #: Whether lists of it carry totalCount, as recordings show for some entities.
    counts_lists: ClassVar[bool] = False

    @cached_property
    def field(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.refers_to)

    @cached_property
    def is_name_list(self) -> bool:
        """Whether entries are made inactive instead of deleted."""
        return "Active" in self.field

    def allow(self, operation: str) -> None:
        if operation not in self.operations:
            raise fault("500.operation", operation=operation)

    def opened(self, body: Object) -> Object:
        """The object in what a client sent."""
        return body

    def shown(self, object: Object) -> Object:
        """The object as answers show it."""
        return object

    def read(self, body: Object) -> Object:
        """What the client sent, by field; None for fields it sent empty. Faults are raised together."""
        self._refuse_unknown(body)
        faults = Faults()
        sent: Object = {}
        for name, value in body.items():
            field = self.field.get(name)
            if field is None or field.read_only:
                continue
            sent[name] = None if is_blank(value) else field.read(field, value, faults)
        faults.raise_if_any()
        return sent

    def merge(self, sent: Object, old: Object | None, *, sparse: bool) -> Object:
        """The object as the client means it, before anything is computed."""
        if old is None:
            new = dict(sent)
        elif sparse:
            new = {**old, **sent}
        else:
            new = {**{name: value for name, value in old.items() if self._survives(name)}, **sent}
        return {name: value for name, value in new.items() if value is not None}

    def key(self, work: "Work", sent: Object) -> str:
        """The id that what was sent implies, where clients send none; "" for entities that have ids."""
        return ""

    def complete(self, work: "Work", new: Object, old: Object | None) -> None:
        """Fill defaults and computed fields into `new`, and refuse what the rules forbid."""

    def internals(self, new: Object, old: Row | None) -> Object:
        """What is kept with the object and shown to nobody."""
        return {}

    def before_delete(self, work: "Work", old: Object) -> None:
        """Refuse a delete that the rules forbid."""

    def voided(self, work: "Work", old: Object) -> Object:
        raise fault("500.operation", operation="void")

    def settle(self, work: "Work", new: Object | None, old: Object | None) -> None:
        """Side effects on other objects once `new` is staged; None stands for not there."""

    def open_amounts(self, work: "Work", object: Object) -> Iterable[tuple[str, Decimal]]:
        """What the object adds to the balances of customers and vendors: (id of the name, amount)."""
        return ()

    def postings(self, work: "Work", object: Object) -> Iterable[tuple[str, Decimal]]:
        """What the object adds to accounts: (account id, debit less credit). They sum to zero."""
        return ()

    def quantities(self, object: Object) -> Iterable[tuple[str, Decimal]]:
        """What the object adds to the quantities on hand: (item id, how many)."""
        return ()

    def shown_name(self, object: Object) -> str:
        """How references to the object show it."""
        return str(object.get("FullyQualifiedName") or object.get("Name") or "")

    def ordered(self, object: Object) -> Object:
        return {name: object[name] for name in self.field if name in object}

    def require(self, new: Object, *names: str) -> None:
        faults = Faults()
        for name in names or self.required:
            if is_blank(new.get(name)):
                faults.add("2020", field=name)
        faults.raise_if_any()

    def resolve_references(self, work: "Work", new: Object, old: Object | None) -> None:
        for field in self.references:
            if field.name in new:
                before = (old or {}).get(field.name)
                new[field.name] = resolve(work, field, new[field.name], before)

    def _survives(self, name: str) -> bool:
        field = self.field[name]
        return field.read_only or field.kept

    def _refuse_unknown(self, body: Object) -> None:
        for name in body:
            if name not in self.field and name not in _ENVELOPE and name not in self.dropped:
                raise self._unknown(name)

    def _unknown(self, name: str) -> Fault:
        known = sorted({*self.field, *_ENVELOPE, *self.dropped})
        listed = ", ".join(f'"{one}"' for one in known[:60])
        return fault(
            "2010",
            text=f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.{self.name}), not marked as '
            f"ignorable ({len(known)} known properties: {listed} [truncated]])\n",
        )


def resolve(work: "Work", field: Field, ref: Any, before: Any = None) -> Object:
    """The reference with the name it is shown by. One that was there before may point to an inactive entry."""
    target = work.get(field.refers_to, ref["value"])
    if target is None:
        raise fault("2500")
    unchanged = before is not None and before["value"] == ref["value"]
    if not unchanged and target.get("Active") is False:
        raise fault("610")
    found = {"value": ref["value"]}
    if field.named:
        found["name"] = work.entity(field.refers_to).shown_name(target)
    return found
