"""The refusals of the accounting API. Codes, texts and statuses stand in `faults.tsv`, one row per known wording;
`faults.fr.tsv` has the texts that a company in French is told, `sentences.fr.tsv` what they quote. Only the codes are
the same in every language.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["en", "fr"]


@dataclass(frozen=True)
class Error:
    code: str
    message: str
    detail: str
    #: The field at fault; "" where QuickBooks sends an empty element, None where it sends none.
    element: str | None = None
    #: The row of the table and what filled its braces, for telling it in another language.
    key: str = field(default="", compare=False)
    values: Mapping[str, object] = field(default_factory=dict, compare=False)

    def told_in(self, language: Language) -> "Error":
        """The same in another language, where its texts are known there."""
        row = fault_table(language).get(self.key)
        if language == "en" or row is None:
            return self
        values = dict(self.values)
        if "text" in values:
            values["text"] = _sentence(language, str(values["text"]))
        return replace(self, message=row["message"], detail=row["detail"].format(**values))


class Fault(Exception):
    def __init__(self, errors: list[Error], type: str = "ValidationFault", status: int = 400) -> None:
        super().__init__("; ".join(f"{error.code} {error.detail}" for error in errors))
        self.errors = errors
        self.type = type
        self.status = status

    @property
    def code(self) -> str:
        return self.errors[0].code


def fault(key: str, **values: object) -> Fault:
    """The fault of one row of the table; `values` fill the braces of its wording."""
    row = fault_table()[key]
    element = None if row["element"] == "-" else row["element"].format(**{"field": "", **values})
    error = Error(row["code"], row["message"], row["detail"].format(**values), element, key, values)
    return Fault([error], row["type"], int(row["status"]))


def not_modelled(what: str) -> Fault:
    """For what QuickBooks may well do and this sandbox does not: it says so instead of guessing."""
    return fault("500", operation=what)


def business(text: str) -> Fault:
    return fault("6000", text=text)


class Faults:
    """Collects what is wrong with a request, since QuickBooks reports several errors in one answer."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, key: str, **values: object) -> None:
        self.found.append(fault(key, **values))

    def raise_if_any(self) -> None:
        if self.found:
            first = self.found[0]
            raise Fault([error for each in self.found for error in each.errors], first.type, first.status)


@cache
def fault_table(language: Language = "en") -> dict[str, dict[str, str]]:
    """The rows of the table by key; in another language, the texts of those that have one."""
    name = "faults.tsv" if language == "en" else f"faults.{language}.tsv"
    return {row["key"]: row for row in _table(name)}


def _sentence(language: Language, text: str) -> str:
    """The sentence that a fault quotes, where its translation is known; what stands in its braces stays."""
    for pattern, translated in _sentences(language):
        if found := pattern.fullmatch(text):
            return translated.format(**found.groupdict())
    return text


@cache
def _sentences(language: Language) -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(row["english"]), row["translated"]) for row in _table(f"sentences.{language}.tsv")]


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)))


def _table(name: str) -> list[dict[str, str]]:
    text = files("quickbooks_sandbox").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
