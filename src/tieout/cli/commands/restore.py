from __future__ import annotations

import argparse
from pathlib import Path

from tieout.cli import start
from tieout.cli.exits import Exit
from tieout.cli.output import answer


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="written by `tieout backup`")


def run(arguments: argparse.Namespace) -> Exit:
    folder = start.settle(arguments.data)
    start.in_use(folder, shared=False)
    from tieout.cli import archive

    kept = archive.restore(folder, arguments.file)
    start.set_up_django()
    start.migrate(folder)
    archive.begin_anew()
    answer(f"{arguments.file} is restored. The next sync matches both books in full before it writes.")
    if kept:
        answer(f"What was there before is kept in {kept}.")
    return Exit.DONE
