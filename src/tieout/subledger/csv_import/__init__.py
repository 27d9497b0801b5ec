"""CSV import of contacts and invoices: all or nothing unless asked otherwise, and twice is as once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import transaction

from tieout.subledger.models import Company
from tieout.subledger.services.changing import changing

from .contacts import ContactTaker
from .invoices import InvoiceTaker
from .options import Options
from .reading import BadFile, read
from .report import ImportReport, RowError

__all__ = ["BadFile", "ImportReport", "Options", "RowError", "import_file"]

_TAKERS: Final[dict[str, type[ContactTaker] | type[InvoiceTaker]]] = {
    "contacts": ContactTaker,
    "invoices": InvoiceTaker,
}
WHAT: Final = tuple(_TAKERS)


def import_file(company: Company, what: str, path: Path | str, options: Options | None = None) -> ImportReport:
    """`what`: contacts or invoices. Raises BadFile; bad rows are in the report."""
    options = options or Options()
    report = ImportReport(what, options.dry_run)
    if options.dry_run:
        _take(company, Path(path), options, report)
        return report
    with changing(company):
        _take(company, Path(path), options, report)
        if report.refused:
            transaction.set_rollback(True)
    return report


def _take(company: Company, path: Path, options: Options, report: ImportReport) -> None:
    taker = _TAKERS[report.what](company, options, report)
    taker.take(read(path, taker.columns))
    if report.error_count and not options.skip_bad:
        report.refuse()
