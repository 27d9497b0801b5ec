from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tieout.cli.exits import Exit
from tieout.cli.output import answer, answer_json
from tieout.cli.start import start

if TYPE_CHECKING:
    from tieout.subledger.models import Company


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="end with one JSON object on one line")


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    from tieout.subledger.models import Company

    told = [about(company) for company in Company.objects.order_by("name")]
    if arguments.json:
        answer_json({"companies": told})
    else:
        answer("\n".join(map(as_line, told)) or "There is no company yet; begin with `tieout connect`.")
    return Exit.DONE


def about(company: Company) -> dict[str, Any]:
    from tieout.quickbooks.models import Connection
    from tieout.sync import status
    from tieout.sync.models import Run

    connection = Connection.objects.filter(company=company).first()
    run = Run.objects.filter(company=company).order_by("-started_at").first()
    return {
        "company": company.name,
        "connection": connection.get_status_display() if connection else "Not connected",
        "realm_id": connection.realm_id if connection else None,
        "flag": status.flag(company),
        "last_run": about_run(run) if run else None,
        "records": status.counts(company),
    }


def about_run(run: Any) -> dict[str, Any]:
    return {
        "trigger": run.trigger,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "ending": run.ending,
        "details": run.details,
        "calls": {"Core": run.calls_core, "CorePlus": run.calls_core_plus},
        "writes": run.writes,
    }


def as_line(told: dict[str, Any]) -> str:
    run = told["last_run"]
    last = f"last run {run['ending']} at {run['ended_at'] or run['started_at']}" if run else "no run yet"
    return f"{told['company']}: {told['connection']}; {last}; flag {told['flag']}"
