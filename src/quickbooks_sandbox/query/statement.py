"""A statement as the grammar reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from quickbooks_sandbox.query.syntax_error import syntax_error

Node = Tree[Token] | Token


@dataclass(frozen=True)
class Literal:
    """A value as it was written; what it is compared with decides how it is read."""

    text: str
    kind: str


@dataclass(frozen=True)
class Condition:
    property: str
    #: = < > <= >= IN LIKE
    operator: str
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Statement:
    entity: str
    counts: bool
    #: Properties asked for; empty for all.
    properties: tuple[str, ...]
    conditions: tuple[Condition, ...]
    #: (property, descending)
    order: tuple[tuple[str, bool], ...]
    start_position: int | None
    max_results: int | None


def parse(text: str) -> Statement:
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise syntax_error(text, error) from error
    return _statement(tree)


@cache
def _parser() -> Lark:
    grammar = files("quickbooks_sandbox.query").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _statement(tree: Tree[Token]) -> Statement:
    entity = next(str(child) for child in tree.children if isinstance(child, Token) and child.type == "NAME")
    projection = next(tree.find_pred(lambda each: each.data in ("count", "fields")))
    names = tuple(str(token) for token in _tokens(projection))
    return Statement(
        entity=entity,
        counts=projection.data == "count",
        properties=() if "*" in names or projection.data == "count" else names,
        conditions=tuple(_condition(each) for each in _in_order(tree, "comparison", "membership", "likeness")),
        order=tuple(_ordering(each) for each in _in_order(tree, "ordering")),
        start_position=_number(tree, "start_position"),
        max_results=_number(tree, "max_results"),
    )


def _in_order(tree: Tree[Token], *names: str) -> list[Tree[Token]]:
    """In the order of the text; finding them from the top down does not keep it."""
    return sorted(tree.find_pred(lambda each: each.data in names), key=lambda each: each.meta.start_pos)


def _tokens(tree: Tree[Token], *types: str) -> Iterator[Token]:
    for child in tree.children:
        if isinstance(child, Token) and (not types or child.type in types):
            yield child


def _condition(tree: Tree[Token]) -> Condition:
    name, *rest = _tokens(tree)
    operator = str(rest[0]).upper()
    return Condition(str(name), operator, tuple(_literal(token) for token in rest[1:]))


def _literal(token: Token) -> Literal:
    if token.type != "STRING":
        return Literal(str(token), token.type)
    return Literal(_unescape(str(token)[1:-1]), "STRING")


def _unescape(text: str) -> str:
    """A quote inside is written with a backslash before it, or doubled."""
    characters = iter(text)
    return "".join(next(characters) if character in "\\'" else character for character in characters)


def _ordering(tree: Tree[Token]) -> tuple[str, bool]:
    name = str(next(_tokens(tree, "NAME")))
    return name, any(True for _ in _tokens(tree, "DESC"))


def _number(tree: Tree[Token], name: str) -> int | None:
    """The last one counts where an option is repeated."""
    options = _in_order(tree, name)
    return int(float(next(_tokens(options[-1], "NUMBER")))) if options else None
