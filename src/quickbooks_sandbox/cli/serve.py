"""quickbooks-sandbox serve"""

import argparse
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quickbooks_sandbox.cli.ends import DONE, CannotStart, say
from quickbooks_sandbox.cli.sizes import plan

if TYPE_CHECKING:
    from quickbooks_sandbox.server import Sandbox

EPILOG = """\
Examples:
  quickbooks-sandbox serve --port 8080                          the sample company, forgotten at the end
  quickbooks-sandbox serve --port 8080 --data ./books           kept in ./books, also when it is killed
  quickbooks-sandbox serve --port 8080 --build customers=1000,invoices=20000,years=2
  quickbooks-sandbox serve --port 8080 --consent automatic      lets an app in without asking a person
  quickbooks-sandbox serve --port 8080 --manner strict          of every doubt the answer a client finds harder
  quickbooks-sandbox serve --port 8080 --record calls.jsonl     every call and its answer, for `replay`

Then:
  curl http://127.0.0.1:8080/sandbox/credentials                keys and tokens, ready to use
  http://127.0.0.1:8080/app                                     the books; /app/panel makes trouble
"""


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "serve", help="serve until stopped", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.set_defaults(run=run)
    command.add_argument("--port", type=_port, required=True, help="0 takes any free port, and prints it")
    command.add_argument("--host", default="127.0.0.1", help="default: %(default)s, so only this machine gets in")
    command.add_argument("--data", type=Path, metavar="DIR", help="keep the books here; without it, in memory")
    _add_company(command)
    command.add_argument("--no-limits", action="store_true", help="no limits on requests a second or minute")
    command.add_argument(
        "--manner",
        choices=("usual", "strict", "forgiving"),
        default="usual",
        help="how it answers where QuickBooks' documents leave it open (default: %(default)s)",
    )
    command.add_argument("--record", type=Path, metavar="FILE", help="append every call and its answer to this file")
    command.add_argument(
        "--consent",
        choices=("ask", "automatic"),
        default="ask",
        help="whether a person is asked to let an app in, or the redirect comes at once (default: %(default)s)",
    )


def _add_company(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--company",
        choices=("sample", "empty"),
        default="sample",
        help="what the first company holds (default: %(default)s); books already under --data win",
    )
    command.add_argument(
        "--build",
        type=plan,
        metavar="SIZES",
        help="or a first company of this size with a history: customers=1000,invoices=20000,years=2 "
        "(also vendors, items, receipts, bills, expenses, seed)",
    )
    command.add_argument(
        "--records",
        type=Path,
        metavar="FILE",
        help="a seed file, a JSON array of records, that a new first company holds as well",
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        listener = _listen(arguments.host, arguments.port)
    except OSError as error:
        raise CannotStart(f"Cannot listen on {arguments.host} port {arguments.port}: {error.strerror}.") from None
    # Imported late: --help and a wrong option should answer at once.
    from quickbooks_sandbox.serving import run as serve

    sandbox = _sandbox(arguments)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    url = f"http://{host}:{listener.getsockname()[1]}"
    try:
        serve(sandbox.app, listener, lambda: say(f"QuickBooks sandbox on {url} (keys: {url}/sandbox/credentials)"))
    finally:
        sandbox.close()
    return DONE


def _sandbox(arguments: argparse.Namespace) -> "Sandbox":
    from quickbooks_sandbox.manners import with_manner
    from quickbooks_sandbox.oauth.clients import is_loopback
    from quickbooks_sandbox.parts.seeding import BadSeed, read_records
    from quickbooks_sandbox.server import Sandbox
    from quickbooks_sandbox.settings import Settings

    settings = with_manner(Settings(), arguments.manner)
    settings.limits_on = settings.limits_on and not arguments.no_limits
    _check_file(arguments.record)
    try:
        return Sandbox(
            data=arguments.data,
            company=arguments.build or arguments.company,
            records=read_records(arguments.records) if arguments.records else (),
            settings=settings,
            consent=arguments.consent,
            loopback_only=is_loopback(arguments.host),
            record=arguments.record,
        )
    except BadSeed as error:
        raise CannotStart(str(error)) from None


def _check_file(file: Path | None) -> None:
    if file is None:
        return
    try:
        file.open("ab").close()
    except OSError as error:
        raise CannotStart(f"Cannot write to {file}: {error.strerror}.") from None


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; a port is a number from 0 to 65535")


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Listening here and not only in the server, so that a port in use is known before any work is done.
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener
