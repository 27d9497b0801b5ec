"""Every flavour names only what there is, and every mistake is hunted in histories that exist."""

from __future__ import annotations

import pytest
from tests.simulation import flavours, steps
from tests.simulation.flavours import flavour_of
from tests.simulation.history import ACTS, AROUND
from tests.simulation.mutants.all import MUTANTS
from tests.simulation.steps import Flavour

SPECIAL = list({id(each): each for each in flavours.SPECIAL}.values())


@pytest.mark.parametrize("flavour", [*flavours.FLAVOURS.values(), flavours.CROWDED, *SPECIAL])
def test_a_flavour_names_acts_and_surroundings_that_there_are(flavour: Flavour) -> None:
    named = flavour.weights.keys() | flavour.inner.keys() | flavour.workers.keys()
    assert named <= ACTS.keys() | {steps.HOLDING}
    assert set(flavour.around) <= AROUND.keys()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mistake_is_hunted_in_its_own_flavour(name: str) -> None:
    mutant = MUTANTS[name]
    if mutant.flavour is not None:
        assert {id(flavour_of(seed)) for seed in mutant.seeds} <= {id(mutant.flavour)}
    assert mutant.seeds, "no history is known that catches it"
