"""From a file to rows, one at a time; what makes the whole file unreadable is one BadFile."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ENCODING = "utf-8-sig"  # with or without a byte order mark


class BadFile(Exception):
    """The message is one sentence for the person who chose the file."""


@dataclass(frozen=True)
class Row:
    line: int
    cells: dict[str, str]  # by the template's column name; trimmed; only columns that the file has
    problem: str = ""  # with its shape

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """`columns`: all there may be; those that begin with a star must be there."""
    try:
        _refuse_utf_16(path)
        with path.open(encoding=ENCODING, newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                yield from _rows(reader, columns)
            except csv.Error as error:
                raise BadFile(f"Line {reader.line_num} cannot be read as CSV: {error}.") from None
    except UnicodeDecodeError:
        raise BadFile(f"Line {_first_bad_line(path)} is not UTF-8. Save the file as “CSV UTF-8”.") from None
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from None


def _refuse_utf_16(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise BadFile("The file is UTF-16. Save it as “CSV UTF-8”.")


def _first_bad_line(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


def _rows(reader: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    header = next(reader, None)
    if header is None or not any(header):
        raise BadFile("The file is empty; its first line must name the columns.")
    names = _names(header, columns)
    start = reader.line_num + 1  # type: ignore[attr-defined]
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield _row(start, cells, names)
        start = reader.line_num + 1  # type: ignore[attr-defined]


def _row(line: int, cells: list[str], names: list[str]) -> Row:
    surplus = [cell for cell in cells[len(names) :] if cell.strip()]
    problem = ""
    if surplus or len(cells) < len(names):
        problem = f"Has {len(cells)} cells, but the first line names {len(names)} columns. Is a quote or comma missing?"
    return Row(line, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}, problem)


def _names(header: list[str], columns: Sequence[str]) -> list[str]:
    known = {_plain(column): column for column in columns}
    while header and not header[-1].strip():
        header = header[:-1]
    names = []
    for title in header:
        name = known.get(_plain(title))
        if name is None:
            raise BadFile(_unknown(title, columns))
        if name in names:
            raise BadFile(f"The column “{name}” is there twice.")
        names.append(name)
    for column in columns:
        if column.startswith("*") and column not in names:
            raise BadFile(f"The column “{column}” is missing. {_template(columns)}")
    return names


def _unknown(title: str, columns: Sequence[str]) -> str:
    if ";" in title or "\t" in title:
        return "The columns are not separated by commas. Save the file as CSV with commas."
    return f"There is no column “{title.strip()}”. {_template(columns)}"


def _template(columns: Sequence[str]) -> str:
    return f"The columns are {', '.join(columns)}; those with a star are needed."


def _plain(title: str) -> str:
    return "".join(title.split()).lstrip("*").casefold()
