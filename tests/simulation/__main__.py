"""`python -m tests.simulation`: lives histories on both cores, and tells of those that broke a promise."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.many import Many, again
from tests.simulation.telling import told


def main() -> int:
    options = _options()
    if options.seed is not None:
        return _one(options.seed, options.steps)
    return _several(options.histories, options.first, options.workers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--histories", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="seed of the first history")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, help="live one history again, and tell each step")
    parser.add_argument("--steps", help="only these steps of it: 3,8,21")
    return parser.parse_args()


def _several(histories: int, first: int, workers: int) -> int:
    began, steps, broken, lived = time.monotonic(), 0, 0, 0
    with Many(workers) as many:
        for report in many.live(range(first, first + histories)):
            lived += 1
            steps += report.steps
            broken += bool(report.broken)
            if report.broken:
                print(told(report), flush=True)  # noqa: T201
    seconds = time.monotonic() - began
    print(f"{steps} steps in {seconds:.0f} s, {steps / seconds:.0f} a second")  # noqa: T201
    print(f"{lived} histories, {broken} broken")  # noqa: T201
    return 1 if broken or lived < histories else 0


def _one(seed: int, kept: str | None) -> int:
    report = again(seed, [int(number) for number in kept.split(",")] if kept else None)
    print("\n".join(report.lines))  # noqa: T201
    for broken in report.broken:
        print(broken)  # noqa: T201
    print(f"1 histories, {int(bool(report.broken))} broken")  # noqa: T201
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
