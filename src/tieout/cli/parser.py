"""The command line: every option stands after its subcommand, and wrong use is told in one sentence."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn, Protocol

import tieout

from .commands import backup, company, connect, demo, import_, keys, restore, serve, status, sync, tie_out, user, worker
from .exits import Exit


class Command(Protocol):
    def add_options(self, command: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> Exit: ...


COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (demo, "Show the main job: a local QuickBooks, sample books, sync, tie-out, and the pages."),
    "connect": (connect, "Connect a company to a QuickBooks sandbox; make the company if it is new."),
    "company": (company, "Make a company that is to be connected in the browser."),
    "sync": (sync, "Sync one company, or all of them, and wait for the end."),
    "import": (import_, "Take contacts or invoices in from a CSV file."),
    "status": (status, "Tell how every company stands."),
    "tie-out": (tie_out, "Check that both books agree."),
    "serve": (serve, "Serve the pages and run syncs when they are due."),
    "worker": (worker, "Run syncs when they are due, without pages."),
    "user": (user, "Manage who may log in."),
    "keys": (keys, "Rotate the keys that seal what opens QuickBooks."),
    "backup": (backup, "Write the database and its keys to one file."),
    "restore": (restore, "Put a backup in place of the present data."),
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(Exit.WRONG_USE, f"{self.prog}: {message}. See `{self.prog} --help`.\n")


def build() -> Parser:
    parser = Parser(prog="tieout", description=tieout.__doc__, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"tieout {tieout.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        command.add_argument("--data", type=Path, metavar="DIR", help="where Tieout keeps its data (or TIEOUT_DATA)")
        command.set_defaults(run=module.run)
        module.add_options(command)
    return parser
