"""What is worth telling of a decision that carries nothing worse: a note beside Synced. It stops nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tieout.kinds.kind import V

from .pair import Decision, State, Verdict


def remarked(decision: Decision[V]) -> Decision[V]:
    verdict = decision.verdict
    if verdict.reason or verdict.state not in (State.AGREED, State.VOID):
        return decision
    reason, facts = _remark(decision)
    return replace(decision, verdict=Verdict(verdict.state, reason, facts)) if reason else decision


def _remark(decision: Decision[Any]) -> tuple[str, Mapping[str, Any]]:
    pair = decision.pair
    if pair.ties_closed is not None and "allocations" in _moved(decision):
        return "cash_basis_moved", pair.ties_closed
    told = pair.kind.remarks(pair.there.body) if decision.take else []
    return (told[0].reason, told[0].facts) if told else ("", {})


def _moved(decision: Decision[Any]) -> frozenset[str]:
    return decision.take | (decision.write.groups if decision.write else frozenset())
