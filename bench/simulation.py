"""How many steps of simulated histories one core lives in a second: `python bench/simulation.py [HISTORIES]`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.simulation import bench


def main(histories: int) -> None:
    bench.set_up()
    from tests.simulation.flavours import flavour_of
    from tests.simulation.history import live

    live(0, flavour_of(0))  # migrations and imports are paid once
    began, steps = time.process_time(), 0
    for seed in range(1, histories + 1):
        steps += live(seed, flavour_of(seed)).steps
    seconds = time.process_time() - began
    print(f"{histories} histories of {steps // histories} steps")
    print(f"{seconds / histories:.2f} s of one core for each, {steps / seconds:.0f} steps a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
