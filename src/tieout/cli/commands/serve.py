from __future__ import annotations

import argparse

from tieout.cli.exits import Exit
from tieout.cli.output import say
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, metavar="P", default=8000)
    command.add_argument("--host", metavar="H", default="127.0.0.1", help="127.0.0.1 reaches this machine only")


def run(arguments: argparse.Namespace) -> Exit:
    folder = start(arguments.data, log="warning")
    from tieout.cli import running

    with running.alone(folder, "tieout serve"), running.listening(arguments.host, arguments.port) as listener:
        from tieout.cli.server import serve

        say(f"Serving on {running.url_of(listener)}, and running syncs when they are due. Ctrl-C ends it.")
        serve(listener)
    return Exit.DONE
