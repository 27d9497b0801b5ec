"""Puts the web before the parts: one sandbox, and a handle on it for use in the same process."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette

from quickbooks_sandbox.app import App, Sleep
from quickbooks_sandbox.builder import Plan
from quickbooks_sandbox.clock import Clock
from quickbooks_sandbox.companies import Seed
from quickbooks_sandbox.controls.routes import Controls
from quickbooks_sandbox.oauth.consent import Consent, ConsentPages
from quickbooks_sandbox.oauth.endpoints import Endpoints
from quickbooks_sandbox.oauth.keys import SigningKey
from quickbooks_sandbox.pages.editing import Editing
from quickbooks_sandbox.pages.panel import Panel
from quickbooks_sandbox.pages.routes import Pages
from quickbooks_sandbox.pages.state import StatePages
from quickbooks_sandbox.parts import Parts
from quickbooks_sandbox.parts.seeding import Record
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.wire.app import AccountingApp
from quickbooks_sandbox.wire.downloads import Downloads


class Sandbox(Parts):
    """A local QuickBooks Online. `app` is its ASGI app; it needs no socket and no lifespan.

    In process, a planned cut of the connection is raised as `controls.interference.ConnectionCut`, and
    `sleep` stands for the waiting of a planned delay, so that a virtual clock can be moved instead. Calls are kept
    in the file `record`, if one is named.
    """

    def __init__(  # noqa: PLR0913 (all by name, all optional)
        self,
        *,
        data: Path | None = None,
        company: Seed | Plan = "sample",
        records: Sequence[Record] = (),
        settings: Settings | None = None,
        clock: Clock | None = None,
        consent: Consent = "ask",
        loopback_only: bool = True,
        sleep: Sleep = asyncio.sleep,
        record: Path | None = None,
    ) -> None:
        super().__init__(data=data, company=company, records=records, settings=settings, clock=clock, record=record)
        self.app = self._assemble(consent, loopback_only, sleep)

    def _assemble(self, consent: Consent, loopback_only: bool, sleep: Sleep) -> App:
        routes = [
            *Endpoints(self.connections, SigningKey(self.storage), self.clock, self.conditions).routes(),
            *ConsentPages(self.connections, self.companies, self.conditions, consent).routes(),
            *Downloads(self.companies, self.files).routes(),
            *Controls(self).routes(),
            *Editing(self.companies).routes(),
            *StatePages(self).routes(),
            *Panel(self).routes(),
            *Pages(self.companies, self.connections).routes(),
        ]
        return App(
            accounting=AccountingApp(self.service, self.clock),
            service=self.service,
            web=Starlette(routes=routes),
            faults=self.faults,
            clock=self.clock,
            loopback_only=loopback_only,
            sleep=sleep,
            webhooks=self.webhooks,
        )
