from __future__ import annotations

import argparse

from tieout.cli.exits import Exit
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--once", action="store_true", help="end after the tie-out; on free ports")
    command.add_argument("--json", action="store_true", help="end with one JSON object on one line")
    command.add_argument("--port", type=int, metavar="P", default=8000, help="of the pages (8000)")


def run(arguments: argparse.Namespace) -> Exit:
    folder = start(arguments.data, default="demo-data")
    from tieout.demo import demo

    return demo.run(arguments, folder)
