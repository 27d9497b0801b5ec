"""`Books`: one company. What the API can do to it; what only a person can do is in `pages.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from quickbooks_sandbox.books.countries import COUNTRIES, UNITED_STATES
from quickbooks_sandbox.books.new_company import furnish
from quickbooks_sandbox.books.pages import Pages
from quickbooks_sandbox.books.tax_service import make_tax_code
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.entities import ENTITIES, Entity, entity_named
from quickbooks_sandbox.faults import fault, not_modelled
from quickbooks_sandbox.ledger.store import Object, Row, Save, moment
from quickbooks_sandbox.ledger.times import to_micros
from quickbooks_sandbox.ledger.work import Work
from quickbooks_sandbox.settings import Settings


class Books(Pages):
    """Answers are the stored objects themselves: read them, do not change them."""

    registry = ENTITIES

    @classmethod
    def empty(  # noqa: PLR0913 - as the others, and the country
        cls,
        realm_id: str,
        name: str,
        clock: Clock,
        settings: Settings,
        save: Save | None = None,
        *,
        country: str = UNITED_STATES,
    ) -> "Books":
        """What every new company has: special accounts, preferences, terms, payment methods."""
        books = cls(realm_id, clock, settings, save)
        furnish(books, name, COUNTRIES[country] if country != UNITED_STATES else None)
        return books

    # -- the operations of the API
    def create(self, entity: str, body: Object, *, include: Sequence[str] = ()) -> Object:
        rules = self._rules(entity, "create")
        work = Work(self, frozenset(include))
        sent = rules.read(body)
        known = self.tables[rules.name].rows.get(rules.key(work, sent))
        if known is not None:
            return self._change(work, rules, known, rules.merge(sent, known.object, sparse=False))
        new = rules.merge(sent, None, sparse=False)
        rules.complete(work, new, None)
        id = new["Id"] = new.get("Id") or work.new_id(rules)
        return self._finish(work, rules, id, work.add(rules.name, new, rules.internals(new, None)), None)

    def update(self, entity: str, body: Object, *, include: Sequence[str] = ()) -> Object:
        """Full, or sparse if the body says so. A change of nothing leaves SyncToken and times alone."""
        rules = self._rules(entity, "update")
        work = Work(self, frozenset(include))
        row = self._row_to_change(rules, body)
        sparse = body.get("sparse") in (True, "true")
        sent = rules.read(body)
        if sparse and rules.resent and not work.by_person:
            rules.require(sent, *rules.resent)
        return self._change(work, rules, row, rules.merge(sent, row.object, sparse=sparse))

    def delete(self, entity: str, body: Object) -> Object:
        rules = self._rules(entity, "delete")
        work = Work(self)
        row = self._row_to_change(rules, body, needs_token=not rules.deletes_without_sync_token)
        if rules.deleting_deactivates:
            return self._change(work, rules, row, {**row.object, "Active": False})
        rules.before_delete(work, row.object)
        work.remove(rules.name, row.id)
        rules.settle(work, None, row.object)
        work.commit()
        return {"domain": "QBO", "status": "Deleted", "Id": row.id}

    def make_tax_code(self, body: Object) -> Object:
        """What the tax service does at /taxservice/taxcode."""
        work = Work(self)
        made = make_tax_code(work, body)
        work.commit()
        return made

    def report(self, name: str, params: Mapping[str, str]) -> Object:
        # Imported on use, as is the query's parser: a sandbox should start fast.
        from quickbooks_sandbox.reports import report

        return report(self, name, params)

    def void(self, entity: str, body: Object, *, by_update: bool = True) -> Object:
        """`by_update` is the form operation=update&include=void."""
        if entity.lower() == "creditmemo" and self.settings.void_credit_memo == "nothing":
            return self._row_to_change(self._rules(entity, "update"), body).object
        rules = self._rules(entity, "void")
        if self._refuses_void(rules, by_update):
            raise fault("500.operation", operation="void")
        work = Work(self)
        row = self._row_to_change(rules, body)
        new = rules.voided(work, row.object)
        if new == row.object:
            return row.object
        work.call(rules.name, row.id, "Void")
        return self._finish(work, rules, row.id, work.edit(rules.name, new), row.object)

    def _refuses_void(self, rules: Entity, by_update: bool) -> bool:
        if rules.name == "Payment":
            return self.settings.void_payment_by not in ("either", "update" if by_update else "void")
        return rules.voids_by_update_only and not by_update

    def read(self, entity: str, id: str) -> Object:
        return self._row(self._rules(entity, "read"), id).object

    def query(self, statement: str) -> Any:
        from quickbooks_sandbox.query import run

        return run(self, statement)

    def changes(self, entity: str, since: datetime) -> list[Object]:
        """What changed at or after the moment, oldest change first, deleted objects as tombstones."""
        rules = self._rules(entity, "query")
        if not rules.in_cdc:
            raise not_modelled(f"cdc on {rules.name}")
        micros, older = to_micros(since), self.visibility.still_shown(rules.name, self.clock.now())
        shown = [row for row in self.tables[rules.name].changed_since(micros) if row.id not in older]
        shown += [row for row in older.values() if row is not None and row.updated >= micros]
        return [row.object for row in (sorted(shown, key=moment) if older else shown)]

    # -- helpers
    def _rules(self, name: str, operation: str) -> Entity:
        rules = entity_named(name)
        if rules is None:
            raise fault("2000", value=name)
        rules.allow(operation)
        return rules

    def _change(self, work: Work, rules: Entity, row: Row, new: Object) -> Object:
        rules.complete(work, new, row.object)
        if rules.ordered(new) == row.object:
            return row.object
        edited = work.edit(rules.name, {**new, "Id": row.id}, rules.internals(new, row))
        return self._finish(work, rules, row.id, edited, row.object)

    def _finish(self, work: Work, rules: Entity, id: str, new: Object, old: Object | None) -> Object:
        rules.settle(work, new, old)
        work.commit()
        return self.tables[rules.name].rows[id].object

    def _row(self, rules: Entity, id: str) -> Row:
        table = self.tables[rules.name]
        row = table.rows.get(id)
        if row is not None:
            return row
        if not id.isdigit() and not rules.has_word_ids:
            raise fault("2030", value=id)
        raise fault("610.deleted" if id in table.deleted else "610")

    def _row_to_change(self, rules: Entity, body: Object, *, needs_token: bool = True) -> Row:
        rules.require(body, "Id")
        row = self._row(rules, str(body["Id"]))
        token = body.get("SyncToken")
        if token is None or token == "":
            if needs_token and rules.needs_sync_token:
                raise fault("2020", field="SyncToken")
            return row
        if rules.needs_sync_token and str(token) != row.object["SyncToken"]:
            raise fault("5010", user=self.user)
        return row
