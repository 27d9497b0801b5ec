"""Ids of lines: a line keeps the id it had, and no id is given out twice."""

from collections.abc import Iterable

from quickbooks_sandbox.ledger.store import Object


class LineIds:
    def __init__(self, before: Iterable[Object], last: int) -> None:
        self.before = {line["Id"]: line for line in before if "Id" in line}
        self._last = last

    def of(self, line: Object) -> str:
        sent = str(line.get("Id") or "")
        if sent in self.before:
            return sent
        self._last += 1
        return str(self._last)

    def earlier(self, line: Object) -> Object:
        """The line as it was before the change; empty for a new one."""
        return self.before.get(str(line.get("Id") or ""), {})
