"""QuickBooks tells of its changes: late, twice, in another order, or never; through the address that takes it in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import RequestFactory, override_settings
from tests.simulation.network import finish
from tests.simulation.worker import elsewhere
from tests.simulation.world import World

from quickbooks_sandbox.webhooks.webhooks import Configuration
from tieout.api.webhooks import quickbooks
from tieout.sync.models import Trigger

TOKEN = "told in the simulation"
FATES = ("told", "told", "told", "told", "refused", "never")


@contextmanager
def told(world: World, chance: random.Random) -> Iterator[None]:
    """From now on; runs that nobody asked for then read only what they were told of."""
    world.trigger = Trigger.AUTOMATIC
    webhooks = world.sandbox.webhooks
    webhooks.configure(
        Configuration(
            url="http://localhost:2/",
            verifier_token=TOKEN,
            form=chance.choice(("cloudevents", "old")),
            delay_s=chance.choice((0, 5, 240)),
            doubled=chance.random() < 0.5,
            reordered=chance.random() < 0.5,
        )
    )

    async def post(_url: str, headers: dict[str, str], body: bytes) -> int:
        fate = chance.choice(FATES)
        if fate == "told":
            kind = headers["content-type"]
            return quickbooks(RequestFactory().post("/", data=body, content_type=kind, headers=headers)).status_code
        return 200 if fate == "never" else 503

    def deliver() -> None:
        due = webhooks.next_due()
        if due is not None and due <= world.time.theirs.now() and not connection.in_atomic_block:
            elsewhere(lambda: finish(webhooks.deliver_due(post)))

    world.time.passed.append(deliver)
    with override_settings(QUICKBOOKS_WEBHOOK_TOKENS=(TOKEN,)):
        yield
