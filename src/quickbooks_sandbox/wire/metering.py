"""Which class a call is metered in, after the "App Partner Program" guide: reading costs, writing is free.

A batch counts as reading whatever is in it.
"""

from typing import Literal

CallClass = Literal["Core", "CorePlus"]
READING = {"query", "batch", "cdc", "reports", "download"}


def call_class(method: str, segment: str) -> CallClass:
    if method != "POST":
        return "CorePlus"
    return "CorePlus" if segment in READING else "Core"
