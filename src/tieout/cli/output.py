"""Standard output is for answers, standard error for everything said along the way."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def answer(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def answer_json(value: Mapping[str, object]) -> None:
    """One object on one line, the last thing on standard output."""
    answer(json.dumps(value, ensure_ascii=False))
