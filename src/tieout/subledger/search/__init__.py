"""Finding rows by any part of their texts, without reading all of them.

Beside each searched table stands one that knows which three-letter parts each row's text has; triggers keep it, so no
way of writing can forget it. On SQLite it is an FTS5 table, on PostgreSQL an array under a GIN index, which needs no
extension. It is derived: `install` makes what is missing after a migration and fills it anew.
"""

from .index import INDEXES, SHORTEST, SearchIndex, ids, index_of, install, listed

__all__ = ["INDEXES", "SHORTEST", "SearchIndex", "ids", "index_of", "install", "listed"]
