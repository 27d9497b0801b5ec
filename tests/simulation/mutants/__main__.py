"""`python -m tests.simulation.mutants`: lets each mistake loose alone; the simulation must catch every one."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.mutants.hunt import Caught, begin, hunt, is_sound, names, seeds_known

TABLE = Path(__file__).parents[3] / "docs" / "simulation.md"
BEGIN, END = "<!-- mutants -->", "<!-- end of mutants -->"


def main() -> int:
    options = _options()
    os.environ["PYTHONHASHSEED"] = "0"
    with ProcessPoolExecutor(options.workers, get_context("spawn"), begin) as pool:
        wanted = options.names or pool.submit(names).result()
        found = []
        known = {} if options.names else _which_are_sound(pool)
        hunts = [pool.submit(hunt, name, options.first, options.histories, known) for name in wanted]
        for done in as_completed(hunts):
            found.append(done.result())
            print(_line(found[-1]), flush=True)  # noqa: T201
    found.sort(key=lambda each: wanted.index(each.name))
    if options.table:
        _write_table(found)
    caught = sum(each.seed is not None for each in found)
    print(f"{caught} of {len(found)} caught")  # noqa: T201
    return 0 if caught == len(found) else 1


def _which_are_sound(pool: ProcessPoolExecutor) -> dict[int, bool]:
    """Once for all mistakes that one history catches."""
    seeds = pool.submit(seeds_known).result()
    return dict(zip(seeds, pool.map(is_sound, seeds), strict=True))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.mutants", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--first", type=int, help="try seeds from here on instead of those that are known to catch")
    parser.add_argument("--histories", type=int, default=14, help="before a mistake counts as not caught")
    parser.add_argument("--table", action="store_true", help="write the table into docs/simulation.md")
    return parser.parse_args()


def _line(caught: Caught) -> str:
    what = f"seed {caught.seed}: {caught.broken[:150]}" if caught.seed is not None else "NOT CAUGHT"
    return f"{caught.name}: {what} ({caught.histories} histories, {caught.seconds:.0f} s)"


def _write_table(found: list[Caught]) -> None:
    rows = ["| mistake | caught by seed | as |", "|---|---:|---|"]
    for each in found:
        promise = each.broken.split(":", 1)[0]
        rows.append(f"| {each.mistake} | {'' if each.seed is None else each.seed} | {promise or 'not caught'} |")
    text = TABLE.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    TABLE.write_text(before + "\n".join([BEGIN, *rows, END]) + after)


if __name__ == "__main__":
    sys.exit(main())
