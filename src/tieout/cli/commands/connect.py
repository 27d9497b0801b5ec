from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tieout.cli.exits import Exit, Problem
from tieout.cli.output import answer
from tieout.cli.start import start

if TYPE_CHECKING:
    from tieout.subledger.models import Company


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--sandbox", metavar="URL", required=True, type=origin, help="of quickbooks-sandbox")
    command.add_argument("--company", metavar="NAME", required=True, help="our company; made if it is new")
    command.add_argument("--sync-from", metavar="DATE", required=True, type=day, help="YYYY-MM-DD; older ones stay")
    command.add_argument("--realm", metavar="ID", help="the QuickBooks company; else the first not yet bound")


def origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write it as in http://127.0.0.1:8080")
    return text


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as YYYY-MM-DD") from None


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    from tieout.subledger.models import Company

    company, is_new = Company.objects.get_or_create(name=company_name(arguments.company))
    try:
        connect(company, arguments)
    except BaseException:
        if is_new:  # a failed first attempt leaves no empty company behind
            company.delete()
        raise
    answer(f"{company} is connected to {company.connection.company_name or 'QuickBooks'}.")
    return Exit.DONE


def company_name(text: str) -> str:
    from tieout.subledger.models import Company
    from tieout.subledger.services.texts import length

    longest = length(Company, "name") or 0
    if not 0 < len(text.strip()) <= longest:
        raise Problem(Exit.WRONG_USE, f"a company's name has 1 to {longest} characters.")
    return text.strip()


def connect(company: Company, arguments: argparse.Namespace) -> None:
    from tieout.quickbooks.connecting.connection import connect_sandbox
    from tieout.sync.setting_up.lists import take_in_lists
    from tieout.sync.setting_up.set_up import set_up

    connect_sandbox(company, arguments.sandbox, arguments.realm, by=None)
    set_up(company, arguments.sync_from)
    take_in_lists(company)
    company.refresh_from_db()
