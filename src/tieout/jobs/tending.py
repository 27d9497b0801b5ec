"""What is looked after between runs: mails that are due are written and sent."""

from __future__ import annotations

import logging

from tieout.mails import outbox
from tieout.quickbooks import notices

EVERY_S = 20.0

log = logging.getLogger(__name__)


def tend() -> None:
    """Several may do so at once. What goes wrong is tried again the next time."""
    try:
        notices.check()
        outbox.deliver()
    except Exception:
        log.exception("Mails could not be looked after; it is tried again.")
