from __future__ import annotations

import argparse

from tieout.cli import companies, figures
from tieout.cli.exits import Exit
from tieout.cli.output import answer, answer_json
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--company", metavar="NAME", help="only this one")
    command.add_argument("--fresh", action="store_true", help="first read both books in full, in a run of its own")
    command.add_argument("--json", action="store_true", help="end with one JSON object on one line")


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    chosen = companies.connected(arguments.company)
    from tieout.cli import runs, table

    outcomes = runs.sync_in_full(chosen) if arguments.fresh else [runs.as_it_stands(one) for one in chosen]
    summary = figures.summary(outcomes)
    if arguments.json:
        answer_json(summary)
    else:
        table.show(chosen)
        answer(figures.as_sentence(summary))
    unable = [one.exit for one in outcomes if one.exit > Exit.ATTENTION]
    return max(unable, default=Exit.ATTENTION if summary["tie_out"]["differences"] else Exit.DONE)
