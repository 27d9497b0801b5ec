from __future__ import annotations

import argparse

from tieout.cli import companies
from tieout.cli.exits import Exit
from tieout.cli.output import answer
from tieout.cli.start import start

# Those of `subledger.models.Role`, which can be imported only once Django has started.
ROLES = ("owner", "admin", "member", "viewer")


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("act", choices=["add"], help="let a person log in")
    command.add_argument("email", metavar="EMAIL")
    command.add_argument("--company", metavar="NAME", required=True)
    command.add_argument("--role", choices=ROLES, required=True)


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    company = companies.named(arguments.company)
    from tieout.subledger import passwords, people

    user, is_new = people.add_user(arguments.email, company, arguments.role)
    answer(f"{user.email} may now log in as {arguments.role} of {company}.")
    if is_new:
        answer(f"First password, to be changed after logging in: {passwords.give_one_time_password(user)}")
    return Exit.DONE
