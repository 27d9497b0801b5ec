"""The people who can sign in to the sandbox, and what they may do in a new company. Sample data."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Person:
    sub: str
    email: str
    password: str
    given_name: str
    family_name: str
    phone: str
    role: Literal["admin", "standard"] = "admin"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


OWNER = Person("5b0e6d0c-owner", "owner@example.com", "sandbox", "Robin", "Marsh", "+1 5550100001")
ACCOUNTANT = Person("5b0e6d0c-accountant", "accountant@example.com", "sandbox", "Kim", "Ledger", "+1 5550100002")
CLERK = Person("5b0e6d0c-clerk", "clerk@example.com", "sandbox", "Sam", "Till", "+1 5550100003", "standard")
PEOPLE = (OWNER, ACCOUNTANT, CLERK)


def person_by_sub(sub: str) -> Person:
    return next(person for person in PEOPLE if person.sub == sub)


def sign_in(email: str, password: str) -> Person | None:
    for person in PEOPLE:
        if person.email == email.strip().lower() and person.password == password:
            return person
    return None
