"""One case as it is carried out: every call, with what of its answer does not depend on company, day or run."""

import re
from typing import Any

from tests.quickbooks_sandbox.conformance.target import Target

_MOMENTS = {"time", "CreateTime", "LastUpdatedTime", "Time"}
_IDS = {"Id", "TxnId", "value", "TxnTaxCodeRef", "DefinitionId"}
#: What a company chooses for itself.
_OWN = {"name", "DocNumber", "FullyQualifiedName", "Email"}
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class Steps:
    def __init__(self, target: Target) -> None:
        self._target = target
        self._ids: dict[str, str] = {}
        self.taken: list[dict[str, Any]] = []

    def named(self, word: str) -> str:
        return f"{word} {self._target.run}"

    def get(self, path: str, **query: str) -> Any:
        return self._call("GET", path, None, query)

    def post(self, path: str, body: Any, **query: str) -> Any:
        return self._call("POST", path, body, query)

    def query(self, statement: str) -> Any:
        return self.get("query", query=statement)

    def unseen(self, statement: str) -> Any:
        """For ids of what every company has; what is answered is no part of the case."""
        _, answer = self._target.call("GET", "query", query=statement)
        return next(rows for rows in answer["QueryResponse"].values() if isinstance(rows, list))[0]

    def _call(self, method: str, path: str, body: Any, query: dict[str, str]) -> Any:
        status, answer = self._target.call(method, path, body, **query)
        asked = self._plain({"method": method, "path": self._without_ids(path), "query": query, "body": body})
        self.taken.append({**asked, "status": status, "answer": self._plain(answer)})
        return answer

    def _without_ids(self, path: str) -> str:
        return "/".join(
            self._ids.setdefault(part, self._next()) if part.isdigit() else part for part in path.split("/")
        )

    def _plain(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {member: self._plain(inner, member) for member, inner in value.items()}
        if isinstance(value, list):
            return [self._plain(inner, name) for inner in value]
        if name in _MOMENTS:
            return "<moment>"
        if name in _IDS and isinstance(value, str) and value.isdigit():
            return self._ids.setdefault(value, self._next())
        if isinstance(value, str):
            return self._text(value, name)
        return value

    def _text(self, value: str, name: str) -> str:
        if self._target.run in value:
            return value.replace(self._target.run, "<run>")
        if _DAY.match(value):
            return "<day>"
        return f"<{name}>" if name in _OWN else value

    def _next(self) -> str:
        return f"<id {len(self._ids) + 1}>"
