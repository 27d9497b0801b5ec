from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tieout.cli import companies
from tieout.cli.exits import Exit
from tieout.cli.output import answer, answer_json, say
from tieout.cli.start import start

if TYPE_CHECKING:
    from tieout.subledger.csv_import import ImportReport, Options
    from tieout.subledger.models import Company


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=["contacts", "invoices"])
    command.add_argument("file", type=Path, metavar="FILE.csv", help="UTF-8, in the columns of QuickBooks' template")
    command.add_argument("--company", metavar="NAME", required=True)
    command.add_argument("--approve", action="store_true", help="approve the invoices, so that they sync")
    command.add_argument("--dry-run", action="store_true", help="check everything and take in nothing")
    command.add_argument("--skip-bad", action="store_true", help="take in the good rows of a file with bad ones")
    command.add_argument("--date-format", metavar="F", default="%Y-%m-%d", help="as in %%d/%%m/%%Y")
    command.add_argument("--json", action="store_true", help="end with one JSON object on one line")


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    company = companies.named(arguments.company)
    from tieout.subledger import csv_import

    options = csv_import.Options(
        approve=arguments.approve,
        dry_run=arguments.dry_run,
        skip_bad=arguments.skip_bad,
        date_format=arguments.date_format,
    )
    report = take_in(company, arguments.what, arguments.file, options)
    for error in report.errors:
        say(str(error))
    if arguments.json:
        answer_json(report.as_dict())
    else:
        answer(str(report))
    return Exit.ATTENTION if report.errors else Exit.DONE


def take_in(company: Company, what: str, file: Path, options: Options) -> ImportReport:
    """What was taken in and the wish for a run commit together."""
    from django.db import transaction

    from tieout import jobs
    from tieout.subledger import csv_import
    from tieout.sync.models import Trigger

    with transaction.atomic():
        report = csv_import.import_file(company, what, file, options)
        if report.taken and not report.dry_run:
            jobs.wake(company, by="tieout import", trigger=Trigger.ON_DEMAND)
    return report
