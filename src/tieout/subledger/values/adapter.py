"""The seam between a model and the values of its kind: reading many, taking in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from tieout.kinds.kind import Held, V, Values
from tieout.subledger.models import Company, Record

BY_QUICKBOOKS = "QuickBooks"

M = TypeVar("M", bound=Record)


class ChangedMeanwhile(Exception):
    """Somebody changed the record after the sync looked at it; the next look decides anew."""


@dataclass(frozen=True)
class New(Generic[V]):
    """A record to be made, from values in our ids."""

    values: V
    version: int
    stub: bool = False


class Adapter(Generic[M, V]):
    """Ids in values are primary keys as text, as everything in them is JSON."""

    model: ClassVar[type[Any]]

    def load(self, company: Company, ids: Collection[int]) -> dict[int, Held[V]]:
        if not ids:
            return {}
        records = self.related(self.model.objects.of(company).filter(pk__in=ids))
        return {record.pk: self.held(company, record) for record in records}

    def records(self, company: Company) -> Any:
        """Those that can be kept under this entity at all."""
        return self.model.objects.of(company)

    def keeps(self, type_: str) -> bool:
        """As `records`, of one that is known."""
        return True

    def related(self, records: Any) -> Any:
        """What reading the values will need, fetched at once."""
        return records

    def held(self, company: Company, record: M) -> Held[V]:
        raise NotImplementedError

    def create(self, company: Company, new: Sequence[New[V]]) -> list[M]:
        """Call it in a transaction that also stores the links."""
        records = [self._made(company, each) for each in new]
        self.model.objects.bulk_create(records, batch_size=500)
        self.complete([(record, each.values) for record, each in zip(records, new, strict=True)])
        return records

    def _made(self, company: Company, new: New[V]) -> M:
        record: M = self.model(company=company, **({"stub": True} if new.stub else {}))
        record.stamp(new.version, BY_QUICKBOOKS)
        self.assign(record, new.values)
        return record

    def update(self, company: Company, held: Held[V], values: V, version: int) -> M:
        """Writes all of `values`; the caller has put what is not to change into it."""
        record: M = self.model.objects.of(company).select_for_update().get(pk=held.id)
        if record.version != held.version:
            raise ChangedMeanwhile
        record.stamp(version, BY_QUICKBOOKS)
        self.assign(record, values)
        record.save(force_update=True)
        self.renew(record, held.values, values)
        return record

    def assign(self, record: M, values: V) -> None:
        raise NotImplementedError

    def complete(self, made: Sequence[tuple[M, V]]) -> None:
        """Rows of their own, once the records are saved."""

    def renew(self, record: M, before: V, after: V) -> None:
        """Rows of its own, once the record is saved anew."""

    def moves(self, before: V | None, after: V) -> bool:
        """Whether balances depend on what is different."""
        return False

    def settle(self, records: Sequence[M]) -> None:
        """Computes the balances anew that depend on these."""

    def alike(self, company: Company, values: Iterable[Values]) -> list[int]:
        """Primary keys of records that could be one of these (ours, in our ids), by whatever an index holds."""
        raise NotImplementedError


def pk(id_: str | None) -> int | None:
    return int(id_) if id_ else None


def ref(key: int | None) -> str | None:
    return str(key) if key is not None else None
