"""The companies of one sandbox and their books."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.books.countries import UNITED_STATES
from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.ledger.store import Save, Watch
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import Row, Storage

#: "built" is one that was invented after a plan.
Seed = Literal["sample", "empty", "built"]
FIRST_REALM = 9_341_450_000_000_001
NAMES: dict[Seed, str] = {"sample": "Sandbox Company US 1", "empty": "Empty Company", "built": "Built Company"}


class Company(msgspec.Struct):
    realm_id: str
    seed: Seed


class Companies:
    def __init__(
        self, clock: Clock, settings: Settings, storage: Storage, watch: Callable[[str], Watch] | None = None
    ) -> None:
        """`watch` makes, for a realm, who is told of every change in its books."""
        self._clock, self._settings, self._storage = clock, settings, storage
        self._watch = watch
        self._books: dict[str, Books] = {}
        self._companies = {
            realm_id: msgspec.json.decode(value, type=Company) for realm_id, value in storage.entries("company")
        }
        for realm_id in self._companies:
            self._add(Books.load(realm_id, storage.objects(realm_id), clock, settings, self._save(realm_id)))

    def __iter__(self) -> Iterator[Books]:
        return iter(self._books.values())

    def __len__(self) -> int:
        return len(self._books)

    def get(self, realm_id: str) -> Books | None:
        return self._books.get(realm_id)

    def __getitem__(self, realm_id: str) -> Books:
        return self._books[realm_id]

    def first(self) -> Books:
        return next(iter(self._books.values()))

    def seed(self, realm_id: str) -> Seed:
        return self._companies[realm_id].seed

    def create(self, asked: Seed | Plan, name: str | None = None, country: str = UNITED_STATES) -> Books:
        """Of another country there are empty companies."""
        seed: Seed = "built" if isinstance(asked, Plan) else asked
        realm_id = str(max((int(realm) + 1 for realm in self._books), default=FIRST_REALM))
        with self._storage.transaction():
            company = Company(realm_id, seed)
            self._storage.put("company", realm_id, msgspec.json.encode(company))
            books = self._make(asked, realm_id, name or NAMES[seed], country)
        self._companies[realm_id] = company
        self._add(books)
        return books

    def _make(self, asked: Seed | Plan, realm_id: str, name: str, country: str) -> Books:
        new = (realm_id, name, self._clock, self._settings, self._save(realm_id))
        # Imported on use: most tests want an empty company, and that at once.
        if isinstance(asked, Plan):
            from quickbooks_sandbox.builder.build import built

            return built(*new, asked)
        if asked == "sample":
            from quickbooks_sandbox.sample import sample

            return sample(*new)
        return Books.empty(*new, country=country)

    def _add(self, books: Books) -> None:
        # Only now: what a company is furnished with is no news.
        books.watch = self._watch(books.realm_id) if self._watch else None
        self._books[books.realm_id] = books

    def load(self, company: Company, rows: list[tuple[str, str, bytes]]) -> None:
        """A company as it was dumped, under the realm it had."""
        realm_id = company.realm_id
        with self._storage.transaction():
            self._storage.put("company", realm_id, msgspec.json.encode(company))
            self._storage.save_objects(realm_id, rows)
        self._companies[realm_id] = company
        self._add(Books.load(realm_id, rows, self._clock, self._settings, self._save(realm_id)))

    def forget(self, realm_id: str) -> None:
        self._storage.remove("company", realm_id)
        self._storage.forget_objects(realm_id)
        del self._companies[realm_id], self._books[realm_id]

    def _save(self, realm_id: str) -> Save | None:
        if not self._storage.keeps:
            return None

        def save(rows: list[Row]) -> None:
            self._storage.save_objects(realm_id, rows)

        return save


def company_name(books: Books) -> str:
    return str(books.read("CompanyInfo", "1")["CompanyName"])
