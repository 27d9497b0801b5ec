"""The words for a result's reason, with the facts of the one result in them."""

from __future__ import annotations

from tieout.sync import reasons
from tieout.sync.models import Link
from tieout.sync.reasons import Reason


def explanation(link: Link) -> Reason | None:
    """None where there is nothing to explain."""
    if not link.reason:
        return None
    reason = reasons.of(link.reason)
    return Reason(
        title=link.details or reasons.filled(reason.title, link.facts),
        why=reasons.filled(reason.why, link.facts),
        steps=tuple(reasons.filled(step, link.facts) for step in reason.steps),
        who=reason.who,
        click=reason.click,
    )


def of_many(reason: str, example: str) -> str:
    """One sentence for several results: the registry's, unless it speaks of one in particular."""
    title = reasons.of(reason).title if reason else ""
    return title if title and "{" not in title else example
