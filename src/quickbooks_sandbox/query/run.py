from dataclasses import dataclass
from typing import Any


@dataclass
class QueryAnswer:
    entity: str
    rows: list[dict[str, Any]] | None
    start_position: int
    max_results: int
    total_count: int | None


def run(books: Any, statement: str) -> QueryAnswer:
    name = statement.split()[3]
    from quickbooks_sandbox.entities import entity_named

    entity = entity_named(name)
    rows = [r.object for r in books.tables[entity.name].rows.values()][:1000]
    return QueryAnswer(entity.name, rows, 1, len(rows), None)
