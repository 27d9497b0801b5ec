from __future__ import annotations

import argparse

from tieout.cli.exits import Exit
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, metavar="P", default=8000)
    command.add_argument("--host", metavar="H", default="127.0.0.1", help="127.0.0.1 reaches this machine only")


def run(arguments: argparse.Namespace) -> Exit:
    folder = start(arguments.data)
    from tieout.cli import running

    with running.alone(folder, "tieout serve"), running.listening(arguments.host, arguments.port) as socket:
        from tieout.cli.server import serve

        serve(socket)
    return Exit.DONE
