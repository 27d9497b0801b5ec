"""A mistake about what a person takes back."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from tests.simulation import flavours
from tests.simulation.mutants.mutant import mutant, swap

from tieout.sync.matching import ends


@mutant("What a person took back is decided about by the next run.", 188, flavour=flavours.TAKEN_BACK)
def decides_about_what_was_undone(stack: ExitStack) -> None:
    def make(original: Any) -> Any:
        return lambda link: replace(original(link), is_undone=False)

    swap(stack, ends, "_facts", make)
