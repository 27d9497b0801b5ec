"""What `decide` looks at, and what it answers. Pure: no Django, no clock, no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic

from tieout.kinds.kind import Held, Kind, Object, V


class State(StrEnum):
    """Of a link, as the engine sees it."""

    NEW = "new"  # on one side only
    CANDIDATE = "candidate"  # a possible counterpart exists; a person decides
    UNCERTAIN = "uncertain"  # a write whose answer is unknown
    AGREED = "agreed"
    WAITING = "waiting"  # for a named thing; ends by itself
    HELD = "held"  # a person must choose
    CONFLICT = "conflict"
    GONE = "gone"  # deleted in QuickBooks, confirmed by a read
    VOID = "void"  # void on both sides
    SKIPPED = "skipped"  # by policy or by a person
    UNLINKED = "unlinked"  # by a person


class Book(StrEnum):
    """By the name that people read."""

    OURS = "Tieout"
    THEIRS = "QuickBooks"


class Act(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    VOID = "void"
    DELETE = "delete"


class Way(StrEnum):
    """What a person chose for what is void here and cannot be voided in QuickBooks from outside."""

    ZERO = "zero"
    DELETE = "delete"


@dataclass(frozen=True)
class Undo:
    """A write that a person wants taken back, and that nobody has changed here since."""

    operation: int
    act: Act
    groups: frozenset[str]
    before: Any
    by: str


@dataclass(frozen=True)
class LinkFacts:
    """The stored link, as far as deciding needs it."""

    id: int | None = None
    state: State = State.NEW
    sync_token: str = ""
    acted_at: datetime | None = None
    """When a person last decided about it."""
    released: frozenset[tuple[str, str]] = frozenset()
    """What a person let through the guard against mass changes: see `mass`."""
    way: Way | None = None
    is_undone: bool = False
    """A person took its last write back; only a person brings it back into the sync."""


@dataclass(frozen=True)
class Theirs(Generic[V]):
    """An object as it was last read."""

    id: str
    sync_token: str
    values: V
    body: Object
    deleted: bool = False
    pending: bool = False  # taken in, not yet looked at by a run to its end


@dataclass(frozen=True)
class Unreadable:
    """An object whose JSON is not what we know; it must stop nothing else."""

    id: str
    why: str
    pending: bool = False


@dataclass(frozen=True)
class Missing:
    """A reference that has no usable counterpart in the other book."""

    entity: str
    id: str
    why: str  # "not_linked", "left_out", "inactive", "not_agreed"
    name: str = ""
    counterpart: str = ""
    """What belongs to it there, though no write may use it now."""


@dataclass(frozen=True)
class Across(Generic[V]):
    """Values with their references in the other book's ids, or what keeps them from that."""

    values: V | None
    missing: tuple[Missing, ...] = ()
    compared: V | None = None
    """As values; where something is missing, with whatever belongs to it there, since that is enough to compare."""


@dataclass(frozen=True)
class Pair(Generic[V]):
    kind: Kind[V]
    link: LinkFacts = field(default_factory=LinkFacts)
    ours: Held[V] | None = None
    theirs: Theirs[V] | None = None
    unreadable: Unreadable | None = None  # instead of theirs
    base_ours: V | None = None
    base_theirs: V | None = None
    ours_there: Across[V] = field(default_factory=lambda: Across(None))
    theirs_here: Across[V] = field(default_factory=lambda: Across(None))
    undo: Undo | None = None
    merged: Mapping[str, Any] | None = None
    """Of a contact that was merged away in QuickBooks: into whom."""
    written_off: Mapping[str, Any] | None = None
    """Of a customer made inactive there, or of the credit memo by which QuickBooks wrote off what was open."""
    ties_closed: Mapping[str, Any] | None = None
    """Of what only ties a credit to documents: that one of them is dated in a closed period, and when."""
    candidates: tuple[Mapping[str, str], ...] = ()
    """Possible counterparts of the one end there is: {"id", "label"} each."""
    left_out: str = ""
    """Why policy or scope leaves the one end there is alone: a reason's key, or empty."""
    as_stub: bool = False
    """Out of scope, but something in scope refers to it: number, date and total are taken, to be read only."""

    @property
    def here(self) -> Held[V]:
        if self.ours is None:
            raise LookupError("this pair has no end on our side")
        return self.ours

    @property
    def there(self) -> Theirs[V]:
        if self.theirs is None:
            raise LookupError("this pair has no end in QuickBooks")
        return self.theirs


@dataclass(frozen=True)
class Policy:
    home_currency: str
    conflicts: str = "ask"  # or "ours", "theirs"
    conflicts_by_group: Mapping[str, str] = field(default_factory=dict)
    """Exceptions from it."""
    their_tax: bool = True
    sends_numbers: bool = True
    closed_until: date | None = None
    """As last read; what is written is guarded by a reading of its own."""

    def stands(self, kind: Kind[Any], group: str) -> str:
        """Whose edit of two stands; money always asks, and so does a void."""
        if group not in kind.settled_by_policy:
            return "ask"
        return self.conflicts_by_group.get(group, self.conflicts)


@dataclass(frozen=True)
class Write:
    act: Act
    groups: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What the link becomes when the decision has been carried out."""

    state: State
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision(Generic[V]):
    pair: Pair[V]
    verdict: Verdict
    take: frozenset[str] = frozenset()
    write: Write | None = None
    agreed: frozenset[str] = frozenset()
    """Groups whose base moves to what both sides hold now, taken and written ones included once done."""

    @property
    def takes_new(self) -> bool:
        return bool(self.take) and self.pair.ours is None


Key = tuple[str, str]  # (entity, id)


@dataclass(frozen=True)
class Merges:
    """Contacts that were merged away in QuickBooks, with the facts that a person decides on."""

    by_loser: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def winners(self) -> set[Key]:
        return {(entity, str(facts["winner"])) for (entity, _), facts in self.by_loser.items()}


def dated(values: Any) -> date | None:
    """The day by which a closed period locks a record; contacts have none."""
    return getattr(values, "date", None)
