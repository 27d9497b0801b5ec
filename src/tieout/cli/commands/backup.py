from __future__ import annotations

import argparse
from pathlib import Path

from tieout.cli.exits import Exit
from tieout.cli.output import answer
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", type=Path, metavar="FILE", help="a new file; it can open your connections: keep it safe"
    )


def run(arguments: argparse.Namespace) -> Exit:
    folder = start(arguments.data)
    from tieout.cli import archive

    archive.write(folder, arguments.file)
    answer(
        f"{arguments.file} holds the database and the keys that open its secrets; whoever has the file "
        "can use your QuickBooks connections."
    )
    return Exit.DONE
