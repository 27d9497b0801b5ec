"""One change while it is staged: reads see it, the books do not, until it is committed."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.ledger.balances import move_accounts, move_names, move_quantities
from quickbooks_sandbox.ledger.entity import Entity
from quickbooks_sandbox.ledger.numbers import ZERO
from quickbooks_sandbox.ledger.rates import in_account_currencies
from quickbooks_sandbox.ledger.store import Act, Called, Object, Row, index_key
from quickbooks_sandbox.ledger.times import shown, to_micros, today

if TYPE_CHECKING:
    from quickbooks_sandbox.ledger.ledger import Ledger


class Work:
    def __init__(self, books: "Ledger", include: frozenset[str] = frozenset()) -> None:
        self.books = books
        self.settings = books.settings
        #: Options of the request, such as allowduplicatedocnum.
        self.include = include
        #: A person in QuickBooks' pages may do what the API refuses.
        self.by_person = books.person_at_work
        self.now = books.clock.now()
        self.staged: dict[tuple[str, str], Row] = {}
        #: Found once; which account it is does not change.
        self.control_accounts: dict[tuple[str, str], str] = {}
        self.called: Called = {}
        self._afterwards: list[Callable[[], None]] = []
        self._counters: dict[str, int] = {}

    # -- reading
    @property
    def today(self) -> date:
        return today(self.now)

    def entity(self, name: str) -> Entity:
        return self.books.registry[name]

    def row(self, entity: str, id: str) -> Row | None:
        staged = self.staged.get((entity, id))
        if staged is not None:
            return None if staged.deleted else staged
        table = self.books.tables.get(entity)
        return table.rows.get(id) if table else None

    def get(self, entity: str, id: str) -> Object | None:
        row = self.row(entity, id)
        return row.object if row else None

    def existing(self, entity: str, id: str) -> Object:
        """The object of an id that was checked before."""
        return self.existing_row(entity, id).object

    def existing_row(self, entity: str, id: str) -> Row:
        row = self.row(entity, id)
        if row is None:
            raise LookupError(f"{entity} {id}")
        return row

    def committed(self, entity: str, id: str) -> Row | None:
        return self.books.tables[entity].rows.get(id)

    def find(self, entity: str, field: str, value: Any) -> Iterator[Object]:
        """Objects whose indexed field has the value."""
        key = index_key(value)
        for row in list(self.books.tables[entity].find(field, key)):
            if (entity, row.id) not in self.staged:
                yield row.object
        for row in list(self.staged.values()):
            if row.entity == entity and not row.deleted and index_key(row.object.get(field, "")) == key:
                yield row.object

    def all(self, entity: str) -> Iterator[Object]:
        for id in list(self.books.tables[entity].rows):
            object = self.get(entity, id)
            if object is not None:
                yield object
        for (name, id), row in list(self.staged.items()):
            if name == entity and not row.deleted and id not in self.books.tables[entity].rows:
                yield row.object

    def preference(self, group: str, name: str) -> Any:
        preferences = self.get("Preferences", "1") or {}
        return preferences.get(group, {}).get(name)

    # -- staging
    def add(self, entity: str, new: Object, internal: Object | None = None) -> Object:
        id = new.get("Id") or self.new_id(self.entity(entity))
        meta: Object = {"CreateTime": shown(self.now), "LastUpdatedTime": shown(self.now)}
        if self.entity(entity).names_last_editor:
            meta["LastModifiedByRef"] = {"value": self.books.user_id}
        new = {**new, "domain": "QBO", "sparse": False, "Id": id, "SyncToken": "0", "MetaData": meta}
        return self._stage(entity, id, new, internal or {})

    def edit(self, entity: str, new: Object, internal: Object | None = None) -> Object:
        """A change that clients must take notice of: SyncToken and LastUpdatedTime move, once per commit."""
        before = self.committed(entity, new["Id"])
        token = str(int(before.object["SyncToken"]) + 1) if before else "0"
        return self._restage(entity, {**new, "SyncToken": token}, internal)

    def move(self, entity: str, new: Object) -> Object:
        """A change of a balance: as recordings show, LastUpdatedTime moves and SyncToken does not."""
        return self._restage(entity, new, None)

    def rename(self, entity: str, new: Object) -> Object:
        """Another name shown for a reference: nothing moves."""
        row = self.existing_row(entity, new["Id"])
        return self._put(Row(entity, row.id, self.entity(entity).ordered(new), row.updated, False, row.internal))

    def remember(self, entity: str, id: str, **internal: Any) -> None:
        """Keep with the object what no client sees: nothing moves."""
        row = self.existing_row(entity, id)
        self._put(Row(entity, id, row.object, row.updated, False, {**row.internal, **internal}))

    def remove(self, entity: str, id: str) -> Object:
        tombstone = {
            "domain": "QBO",
            "status": "Deleted",
            "Id": id,
            "MetaData": {"LastUpdatedTime": shown(self.now)},
        }
        return self._put(Row(entity, id, tombstone, to_micros(self.now), deleted=True))

    def call(self, entity: str, id: str, act: str, other: str = "") -> None:
        """Name the change for those who watch the books, where it is more than an update."""
        self.called[entity, id] = Act(act, other)

    def new_id(self, rules: Entity) -> str:
        return self.next_id(rules.id_sequence or rules.name)

    def next_id(self, sequence: str) -> str:
        return str(self.count(sequence))

    def count(self, counter: str) -> int:
        """The next number of a counter, from 1."""
        self._counters[counter] = self.peek(counter) + 1
        return self._counters[counter]

    def peek(self, counter: str) -> int:
        return self._counters.get(counter, self.books.counters.get(counter, 0))

    def set_counter(self, counter: str, value: int) -> None:
        self._counters[counter] = value

    def _restage(self, entity: str, new: Object, internal: Object | None) -> Object:
        row = self.existing_row(entity, new["Id"])
        meta = {**new["MetaData"], "LastUpdatedTime": shown(self.now)}
        return self._stage(entity, row.id, {**new, "MetaData": meta}, internal or row.internal)

    def _stage(self, entity: str, id: str, new: Object, internal: Object) -> Object:
        return self._put(Row(entity, id, self.entity(entity).ordered(new), to_micros(self.now), False, internal))

    def _put(self, row: Row) -> Object:
        self.staged[row.entity, row.id] = row
        return row.object

    # -- committing
    def afterwards(self, act: Callable[[], None]) -> None:
        """What QuickBooks does by itself once what was asked for is staged."""
        self._afterwards.append(act)

    def commit(self) -> None:
        for act in self._afterwards:
            act()
        self._settle_balances()
        self.books.apply(list(self.staged.values()), self._counters, self.called)

    def _settle_balances(self) -> None:
        """Balances follow from the transactions that changed, and from nothing else."""
        names: dict[str, Decimal] = {}
        accounts: dict[str, Decimal] = {}
        quantities: dict[str, Decimal] = {}
        for row in list(self.staged.values()):
            before = self.committed(row.entity, row.id)
            entity = self.entity(row.entity)
            for object, sign in ((before and before.object, -1), (None if row.deleted else row.object, 1)):
                if object:
                    for name, amount in entity.open_amounts(self, object):
                        names[name] = names.get(name, ZERO) + sign * amount
                    for account, amount in in_account_currencies(self, object, entity.postings(self, object)):
                        accounts[account] = accounts.get(account, ZERO) + sign * amount
                    for item, many in entity.quantities(object):
                        quantities[item] = quantities.get(item, ZERO) + sign * many
        move_names(self, {id: amount for id, amount in names.items() if amount})
        move_accounts(self, {id: amount for id, amount in accounts.items() if amount})
        move_quantities(self, {id: many for id, many in quantities.items() if many})
