"""Who and what the two companies look after. All names are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Firm:
    name: str
    prefix: str  # of document numbers
    city: str
    state: str
    postal_code: str
    tenants: tuple[str, ...]
    owners: tuple[str, ...]
    suppliers: tuple[str, ...]
    streets: tuple[str, ...]

    def places(self) -> Iterator[str]:
        """One per tenant."""
        for number in range(len(self.tenants)):
            yield f"{number // len(self.streets) * 2 + 3} {self.streets[number % len(self.streets)]}"


HARBOUR = Firm(
    name="Harbour Lettings",
    prefix="HL-",
    city="Portsmouth",
    state="NH",
    postal_code="03801",
    tenants=(
        "Adaeze Whitlock",
        "Bram Castellane",
        "Clodagh Feeney",
        "Dmitri Halloran",
        "Esme Tarrant",
        "Florian Oakes",
        "Greta Lindqvist",
        "Hollis & Wren Bakery",
        "Imani Sorrell",
        "Jory Penhallow",
        "Kasimir Dunne",
        "Lowri Ashdown",
        "Marit Olufsen",
        "Nadia Birchall",
        "Orla Quintrell",
        "Piet Vandermeer",
        "Quillfeather Books LLC",
        "Roisin Mallory",
        "Saltmarsh Yoga Studio",
        "Tobias Grenfell",
    ),
    owners=(
        "Anchor Street Holdings LLC",
        "Beatrix Calloway",
        "Estate of H. Marchetti",
        "Fennimore Family Trust",
        "Gulls Nest Partners",
    ),
    suppliers=("Brightpane Window Cleaning", "Copperline Plumbing", "Daybreak Electric", "Evergreen Grounds Care"),
    streets=("Harbour Row", "Lantern Lane", "Ropewalk", "Chandler Street"),
)
QUAYSIDE = Firm(
    name="Quayside Homes",
    prefix="QH-",
    city="Newport",
    state="RI",
    postal_code="02840",
    tenants=(
        "Alasdair Munro-Pike",
        "Bettina Farrow",
        "Cormac Delahunt",
        "Delphine Rousseau-Kerr",
        "Eamon Sallow",
        "Fathima Ridgeway",
        "Gull & Gannet Café",
        "Hester Langtry",
        "Ivo Marchbanks",
        "Junia Thackeray",
    ),
    owners=("Keelson Property LP", "Leocadia Brandt", "Mooring Point Trust"),
    suppliers=("Northgate Locksmiths", "Oystercatcher Cleaning"),
    streets=("Quay Parade", "Sailmaker Court"),
)
COMPANIES = (HARBOUR, QUAYSIDE)


def firm_called(name: str) -> Firm:
    for firm in COMPANIES:
        if firm.name == name:
            return firm
    raise LookupError(f"There is no sample company called {name!r}; there are {', '.join(f.name for f in COMPANIES)}.")
