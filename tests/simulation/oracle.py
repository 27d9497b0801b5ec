"""Judges a history by the two books, by what people did and by the results that people see; by nothing else.

It knows nothing of how the engine works. Its one idea: what a person changed is *pending* until the other book shows
the same. Nobody but a person may change what is pending; what is pending cannot be shown as Synced; in the end
nothing is pending but what waits for a person. And whatever the engine writes into one book, the other book held.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.simulation import books, restored
from tests.simulation.books import ENTITIES, KINDS, VOID, Refs
from tests.simulation.chronicle import ENGINE, PEOPLE, RESTORED, Change, Chronicle, Decision, Key, Shown, Values
from tests.simulation.restored import Kept
from tests.simulation.taken_back import NOT_TAKEN_BACK, TakenBack

CLOSING_IS_KNOWN = timedelta(minutes=5)
# QuickBooks or our own services fill these in by themselves where a person left them blank.
ASSIGNED = {"number", "due date"}
TAG = re.compile(r"T\d+[a-c]?")
# What is deleted in QuickBooks never comes back.
DELETED = ("deleted_there", "replaced_there")
# In place of a pending value: a person has agreed that it names another customer now.
AGREED_TO = object()
Place = tuple[str, Key]  # ("here" or "there", key)


@dataclass(frozen=True)
class Broken:
    promise: str
    words: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.words}"


@dataclass
class Oracle:
    chronicle: Chronicle
    broken: list[Broken] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chronicle.told.append(self._untold)
        self._news: list[Change | Decision] = []
        self.now: dict[Place, Values] = {}
        self.held: dict[Place, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.pending: dict[Place, dict[str, Any]] = defaultdict(dict)
        self.edited: dict[Place, dict[str, datetime]] = defaultdict(dict)  # when, since everything was read
        self.before_edits: dict[tuple[Place, str], Any] = {}
        self.made_by_people: Counter[tuple[str, str]] = Counter()  # by (book, tag)
        self.made_by_engine: Counter[tuple[str, str]] = Counter()
        self.sent_anew: Counter[str] = Counter()
        self.entered: set[Place] = set()  # by a person, not by the engine
        self.said_the_same: set[Place] = set()
        self.unlinked: set[Place] = set()
        self.overruled: set[str] = set()  # sides that a policy lets lose
        self.taken_back: dict[Place, TakenBack] = {}
        self.undone: set[Place] = set()  # as the results showed, and left alone until somebody decides
        self.pairs: dict[Place, Place] = {}
        self.known_pairs: set[tuple[Place, Place]] = set()
        self.changed_before_known: dict[Place, set[str]] = defaultdict(set)  # in the other of a pair
        self.kept: Kept | None = None  # when a copy of our database was made
        self.since_copy: set[Place] = set()  # objects that a copy that came back knows nothing of
        self.refs = Refs({})
        self.results: Sequence[Shown] = ()

    def _untold(self, change: Change) -> None:
        self._news.append(change)

    def decided(self, decision: Decision) -> None:
        self.chronicle.decisions.append(decision)
        self._news.append(decision)

    # Looking

    def look(self, results: Sequence[Shown]) -> None:
        """After each step: what happened since the last look, then what is shown."""
        self.results = results
        self._pair_up(results)
        news, self._news = self._news, []
        for each in news:
            if isinstance(each, Change):
                self._follow(each)
            else:
                self._heed(each)
        for place in list(self.pending):
            for group in list(self.pending[place]):
                self._settle(place, group)  # two that were linked only now
        for pair in self.pairs.items() - self.known_pairs:
            self._note_arrivals(pair[0])
            self._note_changes(*pair)
            if pair[0][0] == "here":
                self._check_pair(*pair)
        self.known_pairs |= self.pairs.items()
        self._check_synced()
        undone = [line for line in results if line.reason == "undone"]
        self.undone = {place for line in undone for place in _both_ends(line)}

    def _pair_up(self, results: Iterable[Shown]) -> None:
        self.pairs = {}
        table: dict[Key, str] = {}
        for line in results:
            if line.entity == "Item" and line.record and line.object:
                table["Item", line.record] = line.object
            if line.entity in ENTITIES and line.record and line.object:
                here, there = ("here", (line.kind, line.record)), ("there", (line.entity, line.object))
                self.pairs[here], self.pairs[there] = there, here
                table[line.entity, line.record] = line.object
        self.refs = Refs(table)

    def _check_pair(self, here: Place, there: Place) -> None:
        """What people entered on both sides is one thing only when they say so; a contact, when nothing speaks
        against it. What was in both books before the first run may be recognised."""
        if not {here, there} <= self.entered or here in self.said_the_same:
            return
        mine, theirs = self.held[here], self.held[there]
        if here[1][0] != "contact":
            self._break("S1", f"{_called(here)} and {_called(there)} were entered apart, and nobody said they are one")
        elif not set(map(_folded, mine["name"])) & set(map(_folded, theirs["name"])):
            self._break("S1", f"{_called(here)} and {_called(there)} were linked, and never had the same name")
        elif _speak_against(mine, theirs):
            self._break(
                "S1", f"{_called(here)} and {_called(there)} were linked, though nothing known of both is equal"
            )

    # One change after another

    def _follow(self, change: Change) -> None:
        place = (change.book, change.key)
        if change.who == RESTORED:
            restored.follow(self, place, change, tag_of(change.key[0], change.before or {}))
            return
        self._remember(place, change)
        self._note_arrivals(place)
        if change.who == PEOPLE:
            self._by_people(place, change)
        else:
            self._by_engine(place, change)
        for each in (place, self.pairs.get(place, place)):
            for group in list(self.pending[each]):
                self._settle(each, group)

    def _remember(self, place: Place, change: Change) -> None:
        if change.after is None:
            self.now.pop(place, None)
            return
        self.now[place] = change.after
        for group, value in change.after.items():
            if value not in self.held[place][group]:
                self.held[place][group].append(value)

    def _by_people(self, place: Place, change: Change) -> None:
        if change.after is None and change.before is not None and not {place} & (self.entered | self.pairs.keys()):
            # A copy that nobody was told of yet: its record has no counterpart any more, and is sent anew.
            self.sent_anew[tag_of(place[1][0], change.before)] += 1
        if change.before is None and change.after is not None:
            self.made_by_people[place[0], tag_of(change.key[0], change.after)] += 1
            self.entered.add(place)
            said = {group: value for group, value in change.after.items() if group != VOID and not _blank(value)}
            self.pending[place] |= said
        if change.after is not None and VOID in change.groups and not change.after[VOID]:
            self.pending[place] |= change.after  # amounts after a void: all of it is news
            return
        for group in change.groups:
            self._edited(place, group, change)

    def _edited(self, place: Place, group: str, change: Change) -> None:
        """Who takes an edit back before it was read has edited nothing; had a run read it, the next one reads this."""
        self.edited[place][group] = change.at
        after = change.after and change.after[group]
        if group not in self.pending[place]:
            self.before_edits[place, group] = change.before and change.before[group]
        if after is not None and after == self.before_edits.get((place, group)):
            self.pending[place].pop(group, None)
        else:
            self.pending[place][group] = after

    def all_is_read(self, visible: datetime) -> None:
        """A run in calm weather has ended, and nobody did anything meanwhile. `visible`: till when QuickBooks showed it
        what had been done there."""
        for (book, _), groups in self.edited.items():
            for group in [group for group, at in groups.items() if book == "here" or at <= visible]:
                del groups[group]

    def _settle(self, place: Place, group: str) -> None:
        """No longer pending once both books show it."""
        other = self.pairs.get(place)
        mine, theirs = self.now.get(place), self.now.get(other) if other else None
        if mine is None or theirs is None:
            return
        differing = self._differing(place)
        if group not in books.MONEY and (mine.get(VOID) or theirs.get(VOID)):
            del self.pending[place][group]  # a void ends all but the money
        elif group not in differing and differing != [VOID]:
            del self.pending[place][group]
            for each in (place, self.pairs[place]):
                self.changed_before_known[each].discard(group)

    def _note_arrivals(self, place: Place) -> None:
        """Of two that the results show as one only now: what the engine made of the other held these values then,
        whatever people made of it since."""
        other = self.pairs.get(place)
        if other is None or (place, other) in self.known_pairs:
            return
        for entered, made in ((place, other), (other, place)):
            if entered in self.entered and made not in self.entered:
                for group in [group for group in self.pending[entered] if self._ever_held(made, entered, group)]:
                    del self.pending[entered][group]

    def _note_changes(self, entered: Place, made: Place) -> None:
        """What people had made of it before anybody could know that it was made of the other: it may as well be an
        entry of their own, so that it may be asked about."""
        if entered in self.entered and made not in self.entered:
            self.changed_before_known[entered] |= self.pending[made].keys()

    def _ever_held(self, made: Place, entered: Place, group: str) -> bool:
        value, held = self.pending[entered][group], self.held[made][group]
        kind = entered[1][0] if entered[0] == "here" else made[1][0]
        if value is AGREED_TO:
            return False
        if entered[0] == "here":
            return self.refs.there(kind, group, value) in held
        return value in [self.refs.there(kind, group, each) for each in held]

    def _differing(self, place: Place) -> list[str]:
        other = self.pairs[place]
        here, there = (place, other) if place[0] == "here" else (other, place)
        return books.equal(self.refs, here[1][0], self.now[here], self.now[there])

    # What the engine did

    def _by_engine(self, place: Place, change: Change) -> None:
        if place in self.unlinked:
            self._break("S4", f"{_called(place)} is unlinked, and was changed: {change.groups or 'made or deleted'}")
        if place in self.undone and not (change.groups == ["allocations"] and self._fewer(change)):
            self._break("S3", f"{_called(place)} was undone and left to people, and was changed all the same")
        if place[0] == "there":
            self._check_closed(place, change)
        if change.before is None:
            self._made(place, change)
        elif change.after is None:
            self._removed(place, change)
        for group in change.groups:
            self._check_overwritten(place, change, group)
            self._check_cause(place, change, group)
        if place[0] == "there" and "allocations" in change.groups and self._fewer(change):
            # QuickBooks' own doing in answer to another write, which the next read shows.
            self.pending[place]["allocations"] = change.after and change.after["allocations"]

    def _made(self, place: Place, change: Change) -> None:
        tag = tag_of(place[1][0], change.after or {})
        if not TAG.fullmatch(tag):
            return
        self.made_by_engine[place[0], tag] += 1
        other = "here" if place[0] == "there" else "there"
        allowed = self.made_by_people[other, tag] + (self.sent_anew[tag] if place[0] == "there" else 0)
        if not allowed:
            self._break("S3", f"{_called(place)} ({tag}) was made, which nobody entered")
        elif self.made_by_engine[place[0], tag] > allowed:
            self._break("S1", f"{_called(place)} is one more of what a person entered once ({tag})")

    def _removed(self, place: Place, change: Change) -> None:
        if place[0] == "here":
            self._break("S3", f"{_called(place)} was deleted")
        elif self.taken_back.get(place, NOT_TAKEN_BACK).allows_deletion:
            return
        elif place[1][0] != "Payment" or change.before is None or change.before["money"][1] != 0:
            self._break("S3", f"{_called(place)} was deleted in QuickBooks")

    def _check_overwritten(self, place: Place, change: Change, group: str) -> None:
        if (
            group not in self.pending[place]
            or change.after is None
            or change.after[group] == self.pending[place][group]
        ):
            return
        if change.after.get(VOID) and group not in books.MONEY:
            return
        if self.pending[place][group] is AGREED_TO or (group in ASSIGNED and not self.pending[place][group]):
            return
        if group == "allocations" and self._freed_by_voids(change):
            self.pending[place].pop(group)
            return
        if place[0] in self.overruled and group not in books.MONEY:
            del self.pending[place][group]
            return
        was, now = self.pending[place].pop(group), change.after[group]
        self._break("S2", f"a person's {group} of {_called(place)} ({was}) was overwritten with {now}")

    def _check_cause(self, place: Place, change: Change, group: str) -> None:
        """Whatever is written into one book, the other held at some time."""
        other = self.pairs.get(place)
        if other is None or change.after is None:
            return
        value = change.after[group]
        if change.after.get(VOID) and (group != VOID or other not in self.now):
            return  # what QuickBooks makes of the amounts and the note of a void; or it was deleted there
        if self.taken_back.get(place, NOT_TAKEN_BACK).allows(group, value):
            return
        kind = place[1][0] if place[0] == "here" else other[1][0]
        known = self.held[other].get(group, [])
        if place[0] == "there":
            known = [self.refs.there(kind, group, each) for each in known]
        else:
            value = self.refs.there(kind, group, value)
        if value not in known and not (group == "allocations" and self._fewer(change)):
            self._break("S3", f"{group} of {_called(place)} became {value}, which {_called(other)} never held")

    def _fewer(self, change: Change) -> bool:
        """An effect of QuickBooks' or of our book: what was tied to a void or deleted document is free again."""
        before = {(entity, id_): amount for entity, id_, amount in (change.before or {}).get("allocations", ())}
        after = {(entity, id_): amount for entity, id_, amount in (change.after or {}).get("allocations", ())}
        return all(amount <= before.get(key, Decimal(0)) for key, amount in after.items())

    def _freed_by_voids(self, change: Change) -> bool:
        """Only what was tied to documents that are void by now is free, which their voiding says."""
        before, after = ((side or {}).get("allocations", ()) for side in (change.before, change.after))
        freed = set(before) - set(after)
        ends = [(change.book, (entity, id_)) for entity, id_, _ in freed]
        return not set(after) - set(before) and all(self._is_void(end) for end in ends)

    def _is_void(self, place: Place) -> bool:
        either = (place, self.pairs.get(place, place))
        return any(self.now.get(each, {}).get(VOID) for each in either)

    def _check_closed(self, place: Place, change: Change) -> None:
        closed = self._closed_at(change)
        days = [day for day in (_dated(place, change.before), _dated(place, change.after)) if day]
        touched = change.before is None or change.after is None or change.groups
        if closed and touched and any(day <= closed.isoformat() for day in days):
            self._break("S5", f"{_called(place)} of {min(days)} was changed; the books are closed until {closed}")

    def _closed_at(self, change: Change) -> date | None:
        """As everybody must have known it: the earliest of the last five minutes."""
        known: date | None = None
        recent: list[date | None] = []
        for at, until in self.chronicle.closed:
            if at <= change.at - CLOSING_IS_KNOWN:
                known, recent = until, []
            elif at <= change.at:
                recent.append(until)
        ends = [known, *recent]
        return None if None in ends else min(each for each in ends if each is not None)

    # What people decided

    def _heed(self, decision: Decision) -> None:
        here = ("here", (decision.kind, decision.record or ""))
        there = ("there", (KINDS.get(decision.kind, ""), decision.object or ""))
        self.undone -= {here, there}
        match decision.what:
            case "choose":
                for group, side in decision.facts.items():
                    self.pending[here if side == "theirs" else there].pop(groups_of(group), None)
            case "unlink":
                self.unlinked |= {here, there}
            case "relink":
                self.unlinked -= {here, there}
            case "merge":
                for place, groups in self.pending.items():
                    if place[0] == "there" and "money" in groups:
                        groups["money"] = AGREED_TO
            case "take back":
                held = {group: tuple(values) for group, values in self.held[there].items()}
                self.taken_back[there] = TakenBack(str(decision.facts["act"]), held)
            case "same":
                self.said_the_same.add(here)
            case "recreate":
                self.sent_anew[tag_of(decision.kind, self.now.get(here, {}))] += 1
            case _:
                self._heed_of_the_company(decision)

    def _heed_of_the_company(self, decision: Decision) -> None:
        match decision.what:
            case "back up":
                self.kept = restored.keep(self)
            case "restore" if self.kept is not None:
                restored.restore(self, self.kept)
            case "policy":
                self.overruled = {"ours": {"there"}, "theirs": {"here"}}.get(str(decision.facts["conflicts"]), set())

    # What is shown

    def _check_synced(self) -> None:
        for line in self.results:
            if line.status == "synced" and line.entity in ENTITIES:
                self._check_line(line)
            elif line.reason in DELETED and ("there", (line.entity, line.object or "")) in self.now:
                self._break("S8", f"QuickBooks {line.entity} {line.object} is shown as deleted, and is there")

    def _check_line(self, line: Shown) -> None:
        here, there = _both_ends(line)
        mine, theirs = self.now.get(here), self.now.get(there)
        if mine is None:
            self._break("S8", f"{_called(there)} is shown as Synced and is not in our book")
        elif theirs is None:
            if not mine.get(VOID) and not self._deleted_unread(there):
                self._break("S8", f"{_called(here)} is shown as Synced and is not in QuickBooks")
        else:
            waiting = self.pending[here].keys() | self.pending[there].keys()
            waiting |= self.edited[here].keys() | self.edited[there].keys()
            if differing := [group for group in self._differing(here) if group not in waiting]:
                a = {group: mine.get(group) for group in differing}
                b = {group: theirs.get(group) for group in differing}
                self._break("S8", f"{_called(here)} is shown as Synced with {_called(there)}: {a} and {b}")

    def _deleted_unread(self, there: Place) -> bool:
        """Somebody deleted it, which no run may have read yet; in the end it is asked for again."""
        return there in self.held

    def _break(self, promise: str, words: str) -> None:
        broken = Broken(promise, words)
        if broken not in self.broken:
            self.broken.append(broken)


def tag_of(kind: str, values: Values) -> str:
    match ENTITIES.get(kind, kind):
        case "contact":
            return str(values.get("person", ("",))[0])
        case "payment":
            return str(values.get("reference", ""))
        case _:
            lines = values.get("money", ("", ()))[1]
            return str(lines[0][1]) if lines else ""


def _both_ends(line: Shown) -> tuple[Place, Place]:
    return ("here", (line.kind, line.record or "")), ("there", (line.entity, line.object or ""))


def _blank(value: Any) -> bool:
    """Left out when it was entered; whoever fills it in overwrites nothing."""
    return all(map(_blank, value)) if isinstance(value, tuple) else value in ("", None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _speak_against(mine: Mapping[str, list[Any]], theirs: Mapping[str, list[Any]]) -> bool:
    """E-mail, phone and postcode, where both have ever had one."""
    facts = [(set(filter(None, mine[fact])), set(filter(None, theirs[fact]))) for fact in ("email", "phone")]
    our_codes, their_codes = ({address[3] for address in side["address"] if address[3]} for side in (mine, theirs))
    facts.append((our_codes, their_codes))
    known = [(ours, others) for ours, others in facts if ours and others]
    return bool(known) and not any(ours & others for ours, others in known)


def groups_of(group: str) -> str:
    """The engine's results call a few groups otherwise."""
    return {"e-mail": "email", "company name": "company"}.get(group, group)


def _dated(place: Place, values: Values | None) -> str:
    if values is None:
        return ""
    return str(values["money"][2]) if place[1][0] == "Payment" else str(values.get("date", ""))


def _called(place: Place) -> str:
    return f"{'our' if place[0] == 'here' else 'QuickBooks'} {place[1][0]} {place[1][1]}".replace("our ", "our ")


__all__ = ["ENGINE", "Broken", "Oracle"]
