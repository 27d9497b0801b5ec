"""What a mutant is: the engine with one well-known mistake in it, made by patches that only live here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from tests.simulation import opening
from tests.simulation.steps import Flavour

Enter = Callable[[ExitStack], None]


@dataclass(frozen=True)
class Mutant:
    name: str
    mistake: str
    enter: Enter
    seeds: tuple[int, ...] = ()  # tried first; then all others in order
    flavour: Flavour | None = None  # whose histories alone are lived, if any

    @contextmanager
    def alive(self) -> Iterator[None]:
        with ExitStack() as stack:
            opening.forget()
            stack.callback(opening.forget)
            self.enter(stack)
            yield


MUTANTS: dict[str, Mutant] = {}


def mutant(mistake: str, *seeds: int, flavour: Flavour | None = None) -> Callable[[Enter], Enter]:
    def register(enter: Enter) -> Enter:
        name = enter.__name__.replace("_", "-")
        MUTANTS[name] = Mutant(name, mistake, enter, seeds, flavour)
        return enter

    return register


def swap(stack: ExitStack, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """`make` gets the original; fails where there is nothing of that name any more."""
    stack.enter_context(patch.object(owner, name, make(getattr(owner, name))))


def put(stack: ExitStack, owner: Any, name: str, value: Any) -> None:
    swap(stack, owner, name, lambda _: value)


@contextmanager
def of_frozen(owner: Any, name: str, value: Any) -> Iterator[None]:
    """A member of a frozen dataclass."""
    before = getattr(owner, name)
    object.__setattr__(owner, name, value)
    try:
        yield
    finally:
        object.__setattr__(owner, name, before)
