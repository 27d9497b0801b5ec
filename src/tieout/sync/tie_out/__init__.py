"""Whether both books agree: record by record, contact by contact, and in the accounts that control them."""

from .records import KindReport, Report, Row, tie_out

__all__ = ["KindReport", "Report", "Row", "tie_out"]
