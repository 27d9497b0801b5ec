"""The query language: parsed by a grammar, checked against the entity's properties, answered from indexes."""

from quickbooks_sandbox.query.run import QueryAnswer, run

__all__ = ["QueryAnswer", "run"]
