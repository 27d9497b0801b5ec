"""Importing the families registers their mutants."""

from __future__ import annotations

from tests.simulation.mutants import peers, reading_and_deciding, undoing, writing
from tests.simulation.mutants.mutant import MUTANTS

__all__ = ["MUTANTS", "peers", "reading_and_deciding", "undoing", "writing"]
