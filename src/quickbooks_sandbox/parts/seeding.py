"""Fills a company with records from a seed file: objects as the API takes them, which may name each other."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quickbooks_sandbox.books.company import Books
from quickbooks_sandbox.faults import Fault

#: {"Customer": {...}, "as": "smith"}; later records have "{smith}" where the id of that customer belongs.
Record = dict[str, Any]
_NAME = re.compile(r"\{(\w+)\}")


class BadSeed(ValueError):
    """Why a record could not be made, said in one sentence."""


class _NotCalled(LookupError):
    pass


def fill(books: Books, records: Sequence[Record]) -> None:
    ids: dict[str, str] = {}
    for position, record in enumerate(records, start=1):
        entity, fields = _read(position, record)
        try:
            made = books.create(entity, _with_ids(fields, ids))
        except Fault as refused:
            raise BadSeed(f"Record {position} ({entity}) is refused: {refused}.") from None
        except _NotCalled as name:
            raise BadSeed(f"Record {position} ({entity}) names {name}, which no record before it is called.") from None
        if "as" in record:
            ids[str(record["as"])] = made["Id"]


def _read(position: int, record: Record) -> tuple[str, dict[str, Any]]:
    rest = [(entity, fields) for entity, fields in record.items() if entity != "as" and isinstance(fields, dict)]
    if len(rest) != 1 or len(record) != 1 + ("as" in record):
        raise BadSeed(f'Record {position} must be an entity and its fields, such as {{"Customer": {{...}}}}.')
    return rest[0]


def read_records(path: Path) -> list[Record]:
    """The records of a seed file: a JSON array of them."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Record])
    except OSError as error:
        raise BadSeed(f"Cannot read {path}: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise BadSeed(f"The seed file is not an array of records: {error}.") from None


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _with_ids(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_ids(each, ids) for each in value]
    if isinstance(value, str) and (named := _NAME.fullmatch(value)):
        if named[1] not in ids:
            raise _NotCalled(named[1])
        return ids[named[1]]
    return value
