"""The books of an invented property manager with two companies, the same at every call on the same day.

`people_and_places(company)` first; `documents(company, today)` once QuickBooks' lists have been read in;
`already_in_quickbooks(company, today)` tells what stands in QuickBooks beforehand and must be recognised.
"""

from .existing import already_in_quickbooks
from .firms import COMPANIES
from .plan import first_day
from .storing import ListsMissing, documents, people_and_places

__all__ = ["COMPANIES", "ListsMissing", "already_in_quickbooks", "documents", "first_day", "people_and_places"]
