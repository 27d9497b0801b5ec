"""What the engine needs to know about a kind of record. Pure: no Django, no clock, no network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

import msgspec

Object = dict[str, Any]
"""A QuickBooks object as its JSON says, with numbers as Decimal."""

RefMapper = Callable[[str, str | None], str | None]
"""From (entity, id in one book) to the id in the other; None stays None."""


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """The mapped fields of one record. References are ids of whichever book the values belong to."""


V = TypeVar("V", bound=Values)
V_contra = TypeVar("V_contra", bound=Values, contravariant=True)


class Likeness(Enum):
    SURE = "sure"
    CANDIDATE = "candidate"
    NONE = "none"


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """By what a counterpart is looked for."""

    name: str = ""  # folded: case and blanks aside
    number: str = ""
    former_numbers: tuple[str, ...] = ()
    contact: str = ""
    date: date | None = None
    total: Decimal | None = None
    balance: Decimal | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """All it goes by: people know a renumbered document by the number on its paper."""
        return tuple(filter(None, (self.number, *self.former_numbers)))


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why QuickBooks would refuse a record, found before a call is spent on it."""

    reason: str  # key of the registry of reasons
    facts: dict[str, str] = {}
    group: str = ""
    """If it matters only to who writes this group."""


Groups = Mapping[str, Callable[[V], object]]
"""Each group is compared and decided as a whole; the callable gives what is compared."""


class Body(Protocol[V_contra]):
    def __call__(
        self, values: V_contra, groups: Collection[str], latest: Object | None, *, their_tax: bool
    ) -> Object: ...


class Fill(Protocol[V]):
    def __call__(self, sent: V, answer: V, *, their_tax: bool) -> V: ...


@dataclass(frozen=True)
class Kind(Generic[V]):
    name: str
    entity: str
    values: type[V]
    groups: Groups[V]
    parse: Callable[[Object], V]
    """From QuickBooks' object: what is missing there is empty here. Raises for what is no such object."""
    body: Body[V]
    """The JSON that writes these groups of values (in QuickBooks' ids) onto the object as last read, None to create."""
    traits: Callable[[V], Traits]
    fields: Mapping[str, tuple[str, ...]]
    """Which members of the values each group takes along."""
    map_refs: Callable[[V, RefMapper], V] = lambda values, _: values
    likeness: Callable[[V, V], Likeness] = lambda _ours, _theirs: Likeness.NONE
    """Of two records that nothing links, both in QuickBooks' ids."""
    problems: Callable[[V], list[Problem]] = lambda _: []
    """Of a record of ours that is to be written."""
    doubts: Callable[[V], list[Problem]] = lambda _: []
    """Of an object of theirs that is to be taken in."""
    remarks: Callable[[Object], list[Problem]] = lambda _: []
    """What is worth telling of an object of theirs that is taken in; it stops nothing."""
    read_only: Callable[[V, V | None, Collection[str]], Problem | None] = lambda _ours, _theirs, _groups: None
    """Why nobody can change these groups in QuickBooks by its API."""
    fill: Fill[V] = lambda sent, _answer, *, their_tax: sent  # noqa: ARG005
    """What was sent, completed by what QuickBooks assigns of itself."""
    open_amount: Callable[[Object], Decimal] = lambda _: Decimal(0)
    """What an object still has open; on the day of connecting open documents come along."""
    weightless: Callable[[V], bool] = lambda _: False
    """It holds no money of its own: its deletion only takes links apart, and is taken without asking."""
    ties_nothing: Callable[[V], bool] = lambda _: False
    """Weightless, and nothing is left that it ties together: its counterpart is deleted without asking."""
    needs: tuple[str, ...] = ()
    """Entities it refers to; they are synced before it."""
    outward: bool = True
    """False: QuickBooks is master, records are only taken in."""
    inward_groups: frozenset[str] = frozenset()
    """Only taken, never written."""
    money: frozenset[str] = frozenset()
    """Two people's changes of these are never settled by a policy."""
    zeroed: Callable[[V], V] = lambda values: values
    """With no money left in it, for what cannot be voided."""
    can_void: bool = False
    """QuickBooks' API can void it."""
    has_active: bool = False
    """A name list: inactive entries are left out of queries unless asked for."""
    in_cdc: bool = True

    @property
    def settled_by_policy(self) -> tuple[str, ...]:
        """Groups of which a company may say once and for all whose edit stands; money and voids always ask."""
        always = self.money | self.inward_groups | {"void"}
        return tuple(group for group in self.groups if self.outward and group not in always)

    def changed(self, before: V, after: V) -> frozenset[str]:
        return frozenset(name for name, of in self.groups.items() if of(before) != of(after))

    def blank(self, values: V) -> frozenset[str]:
        """Groups of which nothing is said."""
        return frozenset(name for name, of in self.groups.items() if _is_blank(of(values)))

    def with_groups(self, values: V, source: V, groups: Collection[str]) -> V:
        """`values` with the members of these groups taken from `source`."""
        taken = {name: getattr(source, name) for group in groups for name in self.fields[group]}
        return msgspec.structs.replace(values, **taken)


def _is_blank(value: object) -> bool:
    if isinstance(value, tuple):
        return all(_is_blank(part) for part in value)
    if hasattr(value, "__struct_fields__"):
        return all(_is_blank(getattr(value, name)) for name in value.__struct_fields__)
    return value in ("", None)


@dataclass(frozen=True)
class Held(Generic[V]):
    """A record as it stood when it was read."""

    id: int
    version: int
    values: V
    by: str
    draft: bool = False
    stub: bool = False
    open: bool = False  # has a balance
    label: str = ""
    whom: str = ""  # of a document: the name of its contact


def encode(values: Values) -> str:
    return msgspec.json.encode(values).decode()


def decode(kind: Kind[V], text: str) -> V | None:
    return msgspec.json.decode(text.encode(), type=kind.values) if text else None
