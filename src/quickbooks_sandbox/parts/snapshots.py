"""Snapshots: the books and files of all companies, kept under a name to go back to."""

import msgspec

from quickbooks_sandbox.companies import Companies, Company
from quickbooks_sandbox.storage import Storage
from quickbooks_sandbox.wire.files import Files

SPACE = "snapshot"


class CompanyKept(msgspec.Struct):
    company: Company
    rows: list[tuple[str, str, bytes]]


class Snapshot(msgspec.Struct):
    companies: list[CompanyKept]
    files: dict[str, bytes]


class Snapshots:
    def __init__(self, storage: Storage, companies: Companies, files: Files) -> None:
        self._storage, self._companies, self._files = storage, companies, files
        self._taken = dict(storage.entries(SPACE))

    def names(self) -> list[str]:
        return sorted(self._taken)

    def take(self, name: str) -> None:
        companies = [
            CompanyKept(Company(books.realm_id, self._companies.seed(books.realm_id)), books.dump())
            for books in self._companies
        ]
        self._taken[name] = msgspec.msgpack.encode(Snapshot(companies, self._files.dump()))
        self._storage.put(SPACE, name, self._taken[name])

    def restore(self, name: str) -> None:
        kept = msgspec.msgpack.decode(self._taken[name], type=Snapshot)
        for books in list(self._companies):
            self._companies.forget(books.realm_id)
        for each in kept.companies:
            self._companies.load(each.company, each.rows)
        self._files.load(kept.files)

    def clear(self) -> None:
        self._taken.clear()
        self._storage.clear(SPACE)
