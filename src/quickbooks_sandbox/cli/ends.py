"""How the command ends: its exit codes, and sentences instead of tracebacks."""

import sys

DONE, DIFFERENT, WRONG_USE, DATA_IN_USE = 0, 1, 2, 4


class CannotStart(Exception):
    """Why, in one sentence."""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return code
