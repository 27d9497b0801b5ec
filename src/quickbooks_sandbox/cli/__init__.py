"""quickbooks-sandbox: the command."""

import argparse
import sqlite3
from collections.abc import Sequence

from quickbooks_sandbox import __version__
from quickbooks_sandbox.cli import build, replay, serve
from quickbooks_sandbox.cli.ends import DATA_IN_USE, WRONG_USE, CannotStart, fail
from quickbooks_sandbox.storage import DataInUse

DESCRIPTION = "A local QuickBooks Online: the accounting API, OAuth and the pages, without an account or the internet."
EPILOG = """\
Try it:
  quickbooks-sandbox serve --port 8080
  curl http://127.0.0.1:8080/sandbox/credentials      keys and tokens, ready to use
  curl http://127.0.0.1:8080/sandbox/                 what else a test can read and turn
  http://127.0.0.1:8080/app                           the books, as pages

Ask it something, as any client would:
  curl -G http://127.0.0.1:8080/v3/company/REALM/query -H "Authorization: Bearer TOKEN" \\
       -H "Accept: application/json" --data-urlencode "query=select * from Customer maxresults 3"

Point a client at it by giving it http://127.0.0.1:8080 in place of Intuit's hosts:
  discovery   /.well-known/openid_sandbox_configuration
  accounting  /v3/company/<realm>/...

Make trouble:
  curl -X PUT http://127.0.0.1:8080/sandbox/faults -d '[{"method": "POST", "entity": "Invoice", "cut": "lost"}]'

Each command says more with --help: quickbooks-sandbox serve --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        return code
    except CannotStart as error:
        return fail(str(error), WRONG_USE)
    except DataInUse as error:
        return fail(str(error), DATA_IN_USE)
    except OSError as error:
        return fail(f"Cannot use {arguments.data} for data: {error.strerror}.", WRONG_USE)
    except sqlite3.Error as error:
        return fail(f"Cannot use {arguments.data} for data: {error}.", WRONG_USE)


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "quickbooks-sandbox", description=DESCRIPTION, epilog=EPILOG, formatter_class=shape
    )
    parser.add_argument("--version", action="version", version=f"quickbooks-sandbox {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (serve, build, replay):
        command.add_to(commands)
    return parser
