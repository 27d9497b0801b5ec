"""One sandbox: its companies and connections, what goes wrong in it on purpose, and what it remembers."""

from collections.abc import Sequence
from pathlib import Path

from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.companies import Companies, Seed
from quickbooks_sandbox.conditions import Conditions
from quickbooks_sandbox.manners import Manner
from quickbooks_sandbox.oauth.clients import BUILT_IN
from quickbooks_sandbox.oauth.connections import Connections
from quickbooks_sandbox.parts.credentials import Credentials
from quickbooks_sandbox.parts.fault_plan import FaultPlan
from quickbooks_sandbox.parts.seeding import Record, fill
from quickbooks_sandbox.parts.snapshots import Snapshots
from quickbooks_sandbox.parts.state import State
from quickbooks_sandbox.recording import Recorder
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.storage import open_storage
from quickbooks_sandbox.webhooks.webhooks import Webhooks
from quickbooks_sandbox.wire.calls import CallLog
from quickbooks_sandbox.wire.files import Files
from quickbooks_sandbox.wire.limits import Limits
from quickbooks_sandbox.wire.replay import Replays
from quickbooks_sandbox.wire.service import AccountingService


class Parts:
    def __init__(  # noqa: PLR0913 (all by name, all optional)
        self,
        *,
        data: Path | None = None,
        company: Seed | Plan = "sample",
        records: Sequence[Record] = (),
        settings: Settings | None = None,
        clock: Clock | None = None,
        record: Path | None = None,
    ) -> None:
        self.storage = open_storage(data)
        self.clock = clock or Clock()
        self.settings = settings or Settings()
        self._first_company, self._records = company, records
        self._state = State(self.storage, self.clock, self.settings)
        self._state.restore()
        self.connections = Connections(self.clock, self.settings, self.storage)
        self.conditions = Conditions(self.clock, self.settings, self.storage)
        self.webhooks = Webhooks(self.clock, self.settings, self.storage, self.connections)
        self.companies = Companies(self.clock, self.settings, self.storage, self.webhooks.watch)
        if not len(self.companies):
            self._make_first_company()
        self.calls = CallLog(self.storage)
        self.faults = FaultPlan()
        self.limits = Limits()
        self.replays = Replays(self.clock, self.settings, self.storage)
        self.files = Files(self.clock, self.storage)
        self.recorder = Recorder(self.clock, record)
        self.snapshots = Snapshots(self.storage, self.companies, self.files)
        self.service = AccountingService(
            clock=self.clock,
            settings=self.settings,
            storage=self.storage,
            companies=self.companies,
            connections=self.connections,
            calls=self.calls,
            limits=self.limits,
            replays=self.replays,
            files=self.files,
            conditions=self.conditions,
            note=self.recorder.note,
        )

    def _make_first_company(self) -> None:
        with self.storage.transaction():
            fill(self.companies.create(self._first_company), self._records)

    def credentials(self, realm_id: str | None = None, base_url: str = "http://localhost") -> Credentials:
        """The standing grant of a company, the first one if none is named. KeyError if there is no such one."""
        books = self.companies[realm_id] if realm_id else self.companies.first()
        grant, access = self.connections.own_access(BUILT_IN.client_id, books.realm_id)
        return Credentials(
            base_url=base_url,
            client_id=BUILT_IN.client_id,
            client_secret=BUILT_IN.client_secret,
            realm_id=books.realm_id,
            access_token=access.value,
            refresh_token=grant.refresh_token,
        )

    def keep_state(self) -> None:
        self._state.keep()

    def take_manner(self, manner: Manner) -> None:
        """From what the settings were at the start: what was changed since is forgotten."""
        self._state.take_manner(manner)
        self.keep_state()

    def reset(self) -> None:
        """As at the first start: one fresh company under the first realm, no calls, no planned faults, real time.

        Connections to that realm go on working; those to other companies end with the companies.
        """
        with self.storage.transaction():
            first = self.companies.first().realm_id
            for books in list(self.companies):
                if books.realm_id != first:
                    self.connections.forget_company(books.realm_id)
                self.companies.forget(books.realm_id)
            self._state.reset()
            self._make_first_company()
            self.calls.clear()
            self.faults.clear()
            self.limits.clear()
            self.replays.clear()
            self.webhooks.clear()
            self.files.clear()
            self.conditions.clear()
            self.snapshots.clear()

    def restore(self, name: str) -> None:
        """Back to a snapshot. Connections, calls, settings and the clock stay; request ids are forgotten, since
        their answers tell of objects that may be gone. KeyError if there is no such snapshot."""
        with self.storage.transaction():
            self.snapshots.restore(name)
            self.replays.clear()
            kept = {books.realm_id for books in self.companies}
            for realm_id in {grant.realm_id for grant in self.connections.grants() if grant.realm_id}:
                if realm_id not in kept:
                    self.connections.forget_company(realm_id)

    def close(self) -> None:
        self.recorder.close()
        self.storage.close()
