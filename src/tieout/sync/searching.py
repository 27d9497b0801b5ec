"""Results are found by what their rows show."""

from __future__ import annotations

from tieout.subledger.search import SearchIndex

LINKS = SearchIndex("sync.Link", ("number", "name", "details"))
