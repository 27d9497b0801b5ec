"""What a report is asked for."""

from collections.abc import Mapping
from datetime import date, datetime

from quickbooks_sandbox.books.times import parse_date, today
from quickbooks_sandbox.faults import fault, not_modelled

#: Without meaning for what a report contains.
_NEUTRAL = {"minorversion", "requestid", "format"}


class Params:
    def __init__(self, report: str, given: Mapping[str, str], now: datetime) -> None:
        self.report = report
        self.given = {name.lower(): value for name, value in given.items() if name.lower() not in _NEUTRAL and value}
        self.now = now
        self.today = today(now)

    def allow(self, *names: str) -> None:
        for name in self.given:
            if name not in names:
                raise not_modelled(f"{self.report} with {name}")

    def day(self, name: str, default: date) -> date:
        text = self.given.get(name)
        if text is None:
            return default
        try:
            return parse_date(text)
        except ValueError:
            raise fault("2060", field=name, value=text) from None

    def count(self, name: str, default: int) -> int:
        text = self.given.get(name, str(default))
        if not text.isdigit() or not 1 <= int(text) <= 100:
            raise fault("2090", field=name, value=text)
        return int(text)

    def one_of(self, name: str, default: str, *choices: str) -> str:
        text = self.given.get(name, default)
        for choice in choices:
            if text.lower() == choice.lower():
                return choice
        raise fault("2170", field=name, value=text)

    def ids(self, name: str) -> set[str]:
        return {id.strip() for id in self.given.get(name, "").split(",") if id.strip()}
