from __future__ import annotations

import argparse

from tieout.cli import companies, figures
from tieout.cli.exits import Exit
from tieout.cli.output import answer, answer_json
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--company", metavar="NAME", help="only this one")
    command.add_argument("--json", action="store_true", help="end with one JSON object on one line")


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    chosen = companies.connected(arguments.company)
    from tieout.cli import runs

    synced = runs.sync_all(chosen)
    summary, exit = figures.summary(synced), max(one.exit for one in synced)
    if arguments.json:
        answer_json(summary)
    else:
        answer(figures.as_sentence(summary, exit))
    return exit
