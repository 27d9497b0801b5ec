"""quickbooks-sandbox: the command."""

import argparse
import socket
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from quickbooks_sandbox import __version__
from quickbooks_sandbox.storage import DataInUse

DONE, WRONG_USE, DATA_IN_USE = 0, 2, 4

DESCRIPTION = "A local QuickBooks Online: the accounting API, OAuth and the pages, without an account or the internet."
EPILOG = """\
Try it:
  quickbooks-sandbox serve --port 8080
  curl http://127.0.0.1:8080/sandbox/credentials      keys and tokens, ready to use
  curl http://127.0.0.1:8080/sandbox/                 what else a test can read and turn
  http://127.0.0.1:8080/app                           the books, as pages

Point a client at it by giving it http://127.0.0.1:8080 in place of Intuit's hosts:
  discovery   /.well-known/openid_sandbox_configuration
  accounting  /v3/company/<realm>/...
"""


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        listener = _listen(arguments.host, arguments.port)
    except OSError as error:
        return _fail(f"Cannot listen on {arguments.host} port {arguments.port}: {error.strerror}.", WRONG_USE)
    try:
        return _serve(arguments, listener)
    except DataInUse as error:
        return _fail(str(error), DATA_IN_USE)
    except OSError as error:
        return _fail(f"Cannot use {arguments.data} for data: {error.strerror}.", WRONG_USE)
    except sqlite3.Error as error:
        return _fail(f"Cannot use {arguments.data} for data: {error}.", WRONG_USE)


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "quickbooks-sandbox", description=DESCRIPTION, epilog=EPILOG, formatter_class=shape
    )
    parser.add_argument("--version", action="version", version=f"quickbooks-sandbox {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    serve = commands.add_parser(
        "serve", help="serve until stopped", description=DESCRIPTION, epilog=EPILOG, formatter_class=shape
    )
    serve.add_argument("--port", type=_port, required=True, help="0 takes any free port, and prints it")
    serve.add_argument("--host", default="127.0.0.1", help="default: %(default)s, so only this machine gets in")
    serve.add_argument("--data", type=Path, metavar="DIR", help="keep the books here; without it, in memory")
    serve.add_argument(
        "--company",
        choices=("sample", "empty"),
        default="sample",
        help="what the first company holds (default: %(default)s); books already under --data win",
    )
    serve.add_argument(
        "--records",
        type=Path,
        metavar="FILE",
        help="a seed file, a JSON array of records, that a new first company holds as well",
    )
    serve.add_argument("--no-limits", action="store_true", help="no limits on requests a second or minute")
    serve.add_argument(
        "--consent",
        choices=("ask", "automatic"),
        default="ask",
        help="whether a person is asked to let an app in, or the redirect comes at once (default: %(default)s)",
    )
    return parser


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


def _serve(arguments: argparse.Namespace, listener: socket.socket) -> int:
    # Imported late: --help and a wrong option should answer at once.
    from quickbooks_sandbox.controls.seeding import BadSeed, read_records
    from quickbooks_sandbox.oauth.clients import is_loopback
    from quickbooks_sandbox.server import Sandbox
    from quickbooks_sandbox.serving import run
    from quickbooks_sandbox.settings import Settings

    try:
        sandbox = Sandbox(
            data=arguments.data,
            company=arguments.company,
            records=read_records(arguments.records) if arguments.records else (),
            settings=Settings(limits_on=not arguments.no_limits),
            consent=arguments.consent,
            loopback_only=is_loopback(arguments.host),
        )
    except BadSeed as error:
        return _fail(str(error), WRONG_USE)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    url = f"http://{host}:{listener.getsockname()[1]}"
    try:
        run(sandbox.app, listener, lambda: _say(f"QuickBooks sandbox on {url} (keys: {url}/sandbox/credentials)"))
    finally:
        sandbox.close()
    return DONE


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main())
