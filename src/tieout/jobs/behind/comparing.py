"""The tie-out on all three levels, kept until the next is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from tieout.quickbooks.connecting.connection import open_client
from tieout.quickbooks.errors import ConnectionTrouble, ReadFailed
from tieout.subledger.models import Company
from tieout.sync.models import Task
from tieout.sync.tie_out import KindReport, tie_out
from tieout.sync.tie_out.balances import Balance, balances
from tieout.sync.tie_out.control import Control, controls
from tieout.sync.tie_out.statement import Statement, read

KEPT = 2_000  # rows of each kind; what is left out is counted


@dataclass
class Whole:
    kinds: list[KindReport]
    differences: int
    explained: int
    records_left_out: int
    records_read_at: datetime | None
    balances: list[Balance]
    balances_left_out: int
    agreeing: int
    controls: list[Control]
    balances_read_at: datetime | None
    trouble: str
    """Why what is owed could not be read from QuickBooks."""

    @property
    def is_clean(self) -> bool:
        return not (self.differences or self.trouble or any(each.unexplained for each in self.controls))


def compare(task: Task) -> None:
    task.report = msgspec.json.encode(_whole(task.company)).decode()


def whole(task: Task) -> Whole:
    return msgspec.json.decode(task.report, type=Whole)


def _whole(company: Company) -> Whole:
    statement, trouble = _statement(company)
    report = tie_out(company)
    rows = balances(company, statement) if statement else []
    apart = [row for row in rows if row.items]
    for kind in report.kinds:
        kind.rows.sort(key=lambda row: not row.is_difference)
    found = Whole(
        kinds=report.kinds,
        differences=report.differences,
        explained=report.explained,
        records_left_out=sum(max(len(kind.rows) - KEPT, 0) for kind in report.kinds),
        records_read_at=report.read_at,
        balances=apart[:KEPT],
        balances_left_out=max(len(apart) - KEPT, 0),
        agreeing=len(rows) - len(apart),
        controls=controls(rows, statement) if statement else [],
        balances_read_at=statement.read_at if statement else None,
        trouble=trouble,
    )
    for kind in found.kinds:
        del kind.rows[KEPT:]
    return found


def _statement(company: Company) -> tuple[Statement | None, str]:
    try:
        with open_client(company) as client:
            return read(client), ""
    except (ConnectionTrouble, ReadFailed) as trouble:
        return None, str(trouble)
