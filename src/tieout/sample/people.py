from __future__ import annotations

import re
from collections.abc import Iterator

from .firms import Firm


def people(firm: Firm) -> Iterator[dict[str, str]]:
    """The fields of every contact; tenants live where they rent."""
    town = {"city": firm.city, "state": firm.state, "postal_code": firm.postal_code, "country": "USA"}
    for number, (name, place) in enumerate(zip(firm.tenants, firm.places(), strict=True)):
        yield {**_person(name, "tenant", number), "street": place, **town}
    for number, name in enumerate(firm.owners, 40):
        yield {**_person(name, "client", number), **town}
    for number, name in enumerate(firm.suppliers, 60):
        yield _person(name, "supplier", number)


def _person(name: str, type: str, number: int) -> dict[str, str]:
    words = name.split()
    is_person = len(words) == 2 and not re.search(r"LLC|LP|Trust|Partners|Cleaning|Plumbing|Electric|Locksmiths", name)
    names = {"given_name": words[0], "family_name": words[1]} if is_person else {"company_name": name}
    return {
        "name": name,
        "type": type,
        "email": f"{_mailbox(name)}@example.com",
        "phone": f"555-01{number:02d}",
        **names,
    }


def _mailbox(name: str) -> str:
    plain = name.replace("é", "e").lower()
    return ".".join(re.findall(r"[a-z]+", plain))
