"""Records as the values of their kinds, for the sync; one adapter per QuickBooks entity."""

from __future__ import annotations

from typing import Any

from . import contacts, documents, lists, payments
from .adapter import BY_QUICKBOOKS, Adapter, ChangedMeanwhile, New

ADAPTERS: dict[str, Adapter[Any, Any]] = {
    **lists.ADAPTERS,
    **contacts.ADAPTERS,
    **documents.ADAPTERS,
    **payments.ADAPTERS,
}

__all__ = ["ADAPTERS", "BY_QUICKBOOKS", "Adapter", "ChangedMeanwhile", "New"]
