"""quickbooks-sandbox replay"""

import argparse
from pathlib import Path
from typing import Any

from quickbooks_sandbox.cli.ends import DIFFERENT, DONE, CannotStart, say
from quickbooks_sandbox.cli.sizes import plan

EPILOG = """\
Example:
  quickbooks-sandbox serve --port 8080 --company empty --record calls.jsonl     ... the app under test runs ...
  quickbooks-sandbox replay calls.jsonl --company empty

Every call is made again at its moment, in a sandbox of its own that starts as that one did. What is answered
otherwise is shown. Exit code 0: all the same; 1: something differs. Moments and signed addresses do not count.
"""


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "replay",
        help="make recorded calls again and show what is answered otherwise",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    command.add_argument("file", type=Path, help="from serve --record")
    command.add_argument("--company", choices=("sample", "empty"), default="sample", help="as it was for serve")
    command.add_argument("--build", type=plan, metavar="SIZES", help="as it was for serve")
    command.add_argument("--data", type=Path, metavar="DIR", help="a copy of the books as they were at the start")
    command.add_argument(
        "--manner",
        choices=("usual", "strict", "forgiving"),
        default="usual",
        help="usual, unless another is to be tried",
    )


def run(arguments: argparse.Namespace) -> int:
    from quickbooks_sandbox.clock import Clock
    from quickbooks_sandbox.manners import with_manner
    from quickbooks_sandbox.parts.replaying import replay
    from quickbooks_sandbox.recording.reading import BadRecording, read
    from quickbooks_sandbox.server import Sandbox
    from quickbooks_sandbox.settings import Settings

    try:
        exchanges = read(arguments.file)
    except BadRecording as error:
        raise CannotStart(str(error)) from None
    settings = with_manner(Settings(), arguments.manner)
    # A replay is faster than what it replays.
    settings.limits_on = False
    clock = Clock(exchanges[0].at) if exchanges else Clock()
    company = arguments.build or arguments.company
    sandbox = Sandbox(data=arguments.data, company=company, settings=settings, clock=clock)
    try:
        different = sum(_shown(each.method, each.uri, each.differences) for each in replay(sandbox, exchanges))
    finally:
        sandbox.close()
    say(f"{len(exchanges)} calls, {different} answered otherwise")
    return DIFFERENT if different else DONE


def _shown(method: str, uri: str, found: list[str]) -> int:
    if found:
        say(f"{method} {uri}\n  " + "\n  ".join(found))
    return bool(found)
