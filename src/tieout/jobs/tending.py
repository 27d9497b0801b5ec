"""What is looked after between runs: mails that are due are written and sent, what is old is thrown away."""

from __future__ import annotations

import logging

from tieout.mails import outbox
from tieout.quickbooks.connecting import notices
from tieout.quickbooks.webhooks import inbox

from . import late

EVERY_S = 20.0
AWAKE = late.Awake()

log = logging.getLogger(__name__)


def tend() -> None:
    """Several may do so at once. What goes wrong is tried again the next time, and keeps nothing else waiting."""
    for task in (notices.check, _tell_of_the_late, outbox.deliver, inbox.prune):
        try:
            task()
        except Exception:
            log.exception("Something between runs went wrong (%s); it is tried again.", task.__name__)


def _tell_of_the_late() -> None:
    late.check(AWAKE.since())
