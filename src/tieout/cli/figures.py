"""What a sync came to, in the shape that `--json` promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict

from .exits import Exit


@dataclass
class Outcome:
    """Of one company; calls and writes are those of this invocation."""

    exit: Exit
    differences: int = 0
    explained: int = 0
    records: dict[str, dict[str, int]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    writes: int = 0


class TieOut(TypedDict):
    differences: int
    explained: int


class Summary(TypedDict):
    tie_out: TieOut
    records: dict[str, dict[str, int]]
    calls: dict[str, int]
    writes: int


def summary(outcomes: Iterable[Outcome]) -> Summary:
    """The sum over companies."""
    total = Outcome(Exit.DONE)
    for one in outcomes:
        total.differences += one.differences
        total.explained += one.explained
        total.calls += one.calls
        total.writes += one.writes
        add(total.records, one.records)
    return {
        "tie_out": {"differences": total.differences, "explained": total.explained},
        "records": total.records,
        "calls": {klass: total.calls[klass] for klass in ("Core", "CorePlus")},
        "writes": total.writes,
    }


def add(total: dict[str, dict[str, int]], more: dict[str, dict[str, int]]) -> None:
    for kind, counts in more.items():
        into = total.setdefault(kind, {})
        for status, count in counts.items():
            into[status] = into.get(status, 0) + count


def as_sentence(summary: Summary, exit: Exit = Exit.DONE) -> str:
    """For a person: `Both books agree; 12 writes, 40 calls.`"""
    differences = summary["tie_out"]["differences"]
    verdict = "both books agree" if not differences else f"{counted(differences, 'record')} differ"
    verdict = f"as last read, {verdict}" if exit > Exit.ATTENTION else verdict
    calls = sum(summary["calls"].values())
    return f"{verdict[0].upper()}{verdict[1:]}; {counted(summary['writes'], 'write')}, {counted(calls, 'call')}."


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
