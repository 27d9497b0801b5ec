"""Where the log goes: to standard error, so that standard output holds answers only."""

from __future__ import annotations

import io
import logging
import sys
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


class _StandardError(io.TextIOBase):
    """Whatever is standard error when something is said, which a process may change while it runs."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


LEVELS = ("debug", "info", "warning", "error")


def to_stderr(level: str) -> None:
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(in_one_line)
    logging.basicConfig(handlers=[handler], level=number, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def in_one_line(record: logging.LogRecord) -> bool:
    """What Django refuses as bad input is no fault of ours: a trace of our calls would only hide the sentence."""
    if record.name.startswith("django.security."):
        record.exc_info = None
        record.msg = str(record.msg).replace("ALLOWED_HOSTS", "TIEOUT_HOSTS")
    return True


def logger(name: str) -> FilteringBoundLogger:
    """Imported late: it takes longer to load than most commands to run."""
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _StandardError())),
    )
    bound: FilteringBoundLogger = structlog.get_logger(name)
    return bound
