"""One run that is due, under whichever runner."""

from __future__ import annotations

import logging

from tieout.quickbooks.errors import ConnectionTrouble
from tieout.sync.setting_up.prepare import turn

from . import due

log = logging.getLogger(__name__)


def run(job: due.Job) -> None:
    """Nothing that goes wrong with one company may end what runs the others."""
    try:
        turn(job.company, job.trigger, job.by, only=job.only)
    except ConnectionTrouble as trouble:  # the run says so itself, to those who look at it
        log.info("%s could not be synced: %s", job.company, trouble)
    except Exception:
        log.exception("The run of %s ended with an error.", job.company)
    finally:
        due.finished(job.company, job.slot)
