from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from . import parser
from .errors import problem_of
from .exits import Exit
from .output import say


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parser.build().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`tieout status | head`); nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the one place where every failure becomes a sentence
        problem = problem_of(error)
        say(f"tieout {arguments.command}: {problem.sentence}")
        return problem.exit
