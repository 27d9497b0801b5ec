"""quickbooks-sandbox build"""

import argparse
from pathlib import Path
from typing import Any

from quickbooks_sandbox.cli.ends import DONE, say
from quickbooks_sandbox.cli.sizes import plan

EPILOG = """\
Examples:
  quickbooks-sandbox build --data ./books customers=1000,invoices=20000,years=2
  quickbooks-sandbox build --data ./books --name "Second" customers=50,invoices=500,seed=7
  quickbooks-sandbox serve --data ./books --port 8080

The same sizes and seed on the same day give the same company. Payments, deposits and credit memos follow from the
invoices; everything is entered by the rules that clients meet, so that all balances agree.
"""


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "build",
        help="add a company of any size, with a history, to a data folder",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    command.add_argument("--data", type=Path, metavar="DIR", required=True, help="where the books are kept")
    command.add_argument("--name", help="of the company")
    command.add_argument(
        "sizes",
        type=plan,
        nargs="?",
        default="",
        help="customers=100,vendors=20,items=30,invoices=1000,receipts=100,bills=150,expenses=100,years=1,seed=1 "
        "or some of them",
    )


def run(arguments: argparse.Namespace) -> int:
    from quickbooks_sandbox.clock import Clock
    from quickbooks_sandbox.companies import Companies
    from quickbooks_sandbox.settings import Settings
    from quickbooks_sandbox.storage import open_storage

    storage = open_storage(arguments.data)
    try:
        books = Companies(Clock(), Settings(), storage).create(arguments.sizes, arguments.name)
    finally:
        storage.close()
    held = ", ".join(f"{len(table.rows):,} {name}" for name, table in books.tables.items() if len(table.rows) > 1)
    say(f"Company {books.realm_id} in {arguments.data}: {held}.")
    return DONE
