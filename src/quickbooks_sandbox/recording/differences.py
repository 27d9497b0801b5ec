"""Where two answers differ, member by member."""

from collections.abc import Iterator
from typing import Any

#: Moments, and addresses that are signed anew each time.
PASSING = frozenset({"time", "Time", "CreateTime", "LastUpdatedTime", "DeliveryTime", "TempDownloadUri"})


def differences(now: Any, then: Any, path: str = "") -> list[str]:
    """One sentence for each; passing members and the order of members do not count."""
    if isinstance(now, dict) and isinstance(then, dict):
        return [found for name in dict.fromkeys([*then, *now]) for found in _member(now, then, name, path)]
    if isinstance(now, list) and isinstance(then, list):
        return _lists(now, then, path)
    return [] if now == then else [f"{path or 'the whole answer'} is {now!r}, and was {then!r}"]


def _member(now: Any, then: Any, name: str, path: str) -> Iterator[str]:
    here = f"{path}.{name}" if path else name
    if name in PASSING:
        return
    if name not in now:
        yield f"{here} is missing"
    elif name not in then:
        yield f"{here} is new"
    else:
        yield from differences(now[name], then[name], here)


def _lists(now: list[Any], then: list[Any], path: str) -> list[str]:
    if len(now) != len(then):
        return [f"{path} has {len(now)} entries, and had {len(then)}"]
    return [
        found
        for place, (ours, theirs) in enumerate(zip(now, then, strict=True))
        for found in differences(ours, theirs, f"{path}[{place}]")
    ]
