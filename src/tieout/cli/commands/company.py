from __future__ import annotations

import argparse

from tieout.cli.exits import Exit, Problem
from tieout.cli.output import answer
from tieout.cli.start import start

from .connect import company_name


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("act", choices=["add"], help="make a company, to be connected in the browser")
    command.add_argument("name", metavar="NAME")


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    from tieout.subledger.models import Company

    company, is_new = Company.objects.get_or_create(name=company_name(arguments.name))
    if not is_new:
        raise Problem(Exit.WRONG_USE, f"there is a company {company.name!r} already.")
    answer(f"{company} is made. Give it an owner with `tieout user add`, who connects it in the browser.")
    return Exit.DONE
