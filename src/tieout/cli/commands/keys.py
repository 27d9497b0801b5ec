from __future__ import annotations

import argparse
from pathlib import Path

from tieout.cli.exits import Exit, Problem
from tieout.cli.output import answer
from tieout.cli.start import start

BY_ENVIRONMENT = (
    "the keys come from TIEOUT_SEALING_KEYS: put the new one first there, restart, and use `tieout keys reseal`"
)
ACTS = {
    "rotate": "make a new key and seal everything with it",
    "reseal": "seal everything with the newest key",
    "drop-old": "seal everything with the newest key and forget the others",
}


def add_options(command: argparse.ArgumentParser) -> None:
    told = "; ".join(f"{act}: {words}" for act, words in ACTS.items())
    command.add_argument("act", choices=list(ACTS), help=told)


def run(arguments: argparse.Namespace) -> Exit:
    start(arguments.data)
    from tieout.quickbooks.connecting import rotation

    if arguments.act == "rotate":
        rotation.reseal()  # what an interrupted rotation left, with the key it made
        rotation.add_key(keys_file())
    number = rotation.reseal()
    if arguments.act == "drop-old":
        rotation.drop_old(keys_file())
    answer(f"Sealed anew: {number} connections. Programs that run take the new key up by themselves.")
    return Exit.DONE


def keys_file() -> Path:
    from django.conf import settings

    file: Path | None = settings.SEALING_KEYS_FILE
    if file is None:
        raise Problem(Exit.WRONG_USE, f"{BY_ENVIRONMENT}.")
    return file
