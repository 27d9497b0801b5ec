"""What the tie-out calls a difference in the end must be one that the results ask somebody about."""

from __future__ import annotations

from collections.abc import Sequence

from tests.simulation.chronicle import Shown

from tieout.subledger.models import Company
from tieout.sync.tie_out import Row, tie_out


def unasked(company: Company, results: Sequence[Shown]) -> list[str]:
    asked = [line for line in results if line.status == "failed"]
    return [
        f"the tie-out shows {row.kind} {row.record_id or '-'} / {row.qbo_id or '-'} to differ, and nobody is asked"
        for row in tie_out(company).rows
        if row.is_difference and not any(_concerns(line, row) for line in asked)
    ]


def _concerns(line: Shown, row: Row) -> bool:
    """As the line's own, or as the other half of a possible duplicate."""
    if line.kind != row.kind:
        return False
    if row.record_id is not None and line.record == str(row.record_id):
        return True
    candidates = [each["id"] for each in line.facts.get("candidates", ())]
    return row.qbo_id is not None and (line.object == row.qbo_id or row.qbo_id in candidates)
