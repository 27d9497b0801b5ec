from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from tieout.cli.exits import Exit
from tieout.cli.output import say
from tieout.cli.start import start


def add_options(command: argparse.ArgumentParser) -> None:
    del command  # it has none of its own


def run(arguments: argparse.Namespace) -> Exit:
    folder = start(arguments.data, log="warning")
    from tieout.jobs import queue

    if queue.is_there():
        one_of_many()
    else:
        the_only_one(folder)
    return Exit.DONE


def one_of_many() -> None:
    from tieout.cli.running import PATIENCE_S
    from tieout.jobs import workers

    say("Running syncs when they are due, as one of any number of workers. Ctrl-C ends it.")
    workers.work(PATIENCE_S)


def the_only_one(folder: Path) -> None:
    from tieout.cli import running

    with running.alone(folder, "tieout worker"):
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        runner = running.start_runner()
        say("Running syncs when they are due. Ctrl-C ends it.")
        asked_to_stop.wait()
        runner.stop(running.PATIENCE_S)
