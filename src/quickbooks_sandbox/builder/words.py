"""What invented names are made of: `words.toml`."""

import tomllib
from importlib.resources import files
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads(files("quickbooks_sandbox.builder").joinpath("words.toml").read_text("utf-8"))

GIVEN: list[str] = _WORDS["given"]
FAMILY: list[str] = _WORDS["family"]
FIRMS: list[str] = _WORDS["firms"]
VENDORS: list[str] = _WORDS["vendors"]
STREETS: list[str] = _WORDS["streets"]
WAYS: list[str] = _WORDS["ways"]
DEEDS: list[str] = _WORDS["deeds"]
THINGS: list[str] = _WORDS["things"]
#: Town and postal code.
TOWNS: list[tuple[str, str]] = _WORDS["towns"]
#: Account, its detail type, and what is usually paid: from, to.
EXPENSES: list[tuple[str, str, int, int]] = _WORDS["expenses"]
