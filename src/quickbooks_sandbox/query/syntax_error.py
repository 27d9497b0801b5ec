"""The wording of 4000: QuickBooks' parser names the word it met, its place, and what it waited for."""

import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from quickbooks_sandbox.faults import Fault, fault

_RESERVED = frozenset(
    [
        *("select", "from", "where", "and", "or", "not", "between", "contains", "in", "iterator", "like", "null"),
        *("true", "false", "order", "orderby", "startposition", "maxresults"),
    ]
)
_SHOWN = {
    "NAME": "<IDENTIFIER>",
    "STRING": "<STRING>",
    "NUMBER": "<NUMBER>",
    "STAR": '"*"',
    "LPAR": '"("',
    "RPAR": '")"',
    "COMMA": '","',
    "COMPARISON": '"="',
    "$END": "<EOF>",
}
_WORD = re.compile(r"'(?:\\.|[^'\\])*'|\w[\w.]*|\S")


def syntax_error(text: str, error: UnexpectedInput) -> Fault:
    place = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        place = len(text.rstrip())
    encountered, where = _encountered(text, place)
    return fault("4000", text=f"Encountered {encountered} at {where}.\n{_expected(error)}")


def _encountered(text: str, place: int) -> tuple[str, str]:
    before = text[:place]
    line = before.count("\n") + 1
    column = place - (before.rfind("\n") + 1) + 1
    match = _WORD.match(text, place)
    if match is None:
        return '"<EOF>"', f"line {line}, column {max(column - 1, 0)}"
    word = match.group()
    return f'" {_kind(word)} "{word} ""', f"line {line}, column {column}"


def _kind(word: str) -> str:
    if word.lower() in _RESERVED or not (word[0].isalnum() or word[0] in "'_"):
        return f'"{word.lower()}"'
    if word[0] == "'":
        return "<STRING>"
    return "<NUMBER>" if word[0].isdigit() else "<IDENTIFIER>"


def _expected(error: UnexpectedInput) -> str:
    names: set[str] = set()
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected)
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    shown = sorted(_SHOWN.get(name, f'"{name.lower()}"') for name in names if name not in ("WS", "SEMICOLON"))
    head = "Was expecting:" if len(shown) == 1 else "Was expecting one of:"
    return "\n    ".join([head, *(f"{each} ..." for each in shown), ""])
