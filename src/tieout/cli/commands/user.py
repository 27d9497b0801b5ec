from __future__ import annotations

import argparse

from tieout.cli import companies
from tieout.cli.exits import Exit
from tieout.cli.output import answer
from tieout.cli.start import start

ROLES = ("owner", "admin", "member", "viewer")


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("act", choices=["add"], help="let a person log in")
    command.add_argument("email", metavar="EMAIL")
    command.add_argument("--company", metavar="NAME", required=True)
    command.add_argument("--role", choices=ROLES, required=True)


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    from tieout.subledger import people

    company = companies.named(arguments.company)
    added = people.add_user(arguments.email, company, arguments.role)
    answer(str(added))
    return Exit.DONE
