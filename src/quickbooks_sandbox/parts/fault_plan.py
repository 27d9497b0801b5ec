"""Planned trouble: rules that say which requests fail, and how."""

import random
import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

Cut = Literal["before", "after", "lost", "truncated"]


class BadRule(ValueError):
    """A rule that cannot be followed, said in one sentence."""


class Rule(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a request must be like (all that is given), and what then happens to it."""

    method: str | None = None
    path: str | None = None
    """A regular expression, searched in the path and in the path with its query; plain text works too."""
    entity: str | None = None
    """The entity in the path; for query, cdc and batch: named anywhere in the statement, list or body, but for the
    CDCQuery of a batch, which names many that it does nothing to."""
    nth: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """Only the n-th request that matches."""
    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    """Answer with this status instead of doing anything; with the cut "after", once it is done."""
    body: Any = None
    delay_ms: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Wait this long before anything else."""
    cut: Cut | None = None


@dataclass(slots=True)
class Subject:
    """The request as the rules see it."""

    method: str
    path: str
    query: str
    body: bytes

    def concerns(self, entity: str) -> bool:
        parts = self.path.split("/")
        segment = parts[4].lower() if len(parts) > 4 else ""
        if segment not in ("query", "cdc", "batch"):
            return segment == entity.lower()
        text = f"{self.query} {self.body.decode('utf-8', 'replace')}".replace("%20", " ").replace("+", " ")
        # The digits after a percent sign must not hide a word's beginning: %2CInvoice.
        text = re.sub(r"%[0-9A-Fa-f]{2}", " ", text)
        if segment == "batch":
            text = re.sub(r'"CDCQuery"\s*:\s*\{[^}]*\}', "", text)
        return re.search(rf"\b{re.escape(entity)}\b", text, re.IGNORECASE) is not None


@dataclass
class FaultPlan:
    rules: list[Rule] = field(default_factory=list)
    _seen: list[int] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    def replace(self, raw: bytes) -> None:
        try:
            rules = msgspec.json.decode(raw, type=list[Rule])
        except msgspec.DecodeError as error:
            raise BadRule(f"Faults are an array of rules: {error}.") from None
        for rule in rules:
            _check(rule)
        self.rules = rules
        self._seen = [0] * len(rules)
        # The same plan always takes the same chances.
        self._chance = random.Random(0)  # noqa: S311

    def clear(self) -> None:
        self.replace(b"[]")

    def strike(self, subject: Subject) -> Rule | None:
        """The first rule that applies now. Every rule counts the requests that match it, applied or not."""
        struck = None
        for index, rule in enumerate(self.rules):
            if not _matches(rule, subject):
                continue
            self._seen[index] += 1
            if rule.nth is not None and rule.nth != self._seen[index]:
                continue
            if rule.probability is not None and self._chance.random() >= rule.probability:
                continue
            struck = struck or rule
        return struck


def _matches(rule: Rule, subject: Subject) -> bool:
    if rule.method is not None and rule.method.upper() != subject.method:
        return False
    if rule.path is not None and not _path_matches(rule.path, subject):
        return False
    return rule.entity is None or subject.concerns(rule.entity)


def _path_matches(pattern: str, subject: Subject) -> bool:
    whole = f"{subject.path}?{subject.query}"
    return pattern in whole or any(re.search(pattern, text) for text in (subject.path, whole))


def _check(rule: Rule) -> None:
    if rule.path is not None:
        try:
            re.compile(rule.path)
        except re.error as error:
            raise BadRule(f"The path {rule.path!r} is not a regular expression: {error}.") from None
    if rule.status is None and rule.cut is None and not rule.delay_ms:
        raise BadRule("A rule needs a status, a cut or a delay_ms; without one nothing would happen.")
    if rule.status is not None and rule.cut in ("before", "lost"):
        raise BadRule(f"A rule has a status or the cut {rule.cut!r}, not both: no answer has no status.")
    if rule.body is not None and rule.status is None:
        raise BadRule("A rule with a body needs a status.")
