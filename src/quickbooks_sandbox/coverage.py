"""What of QuickBooks the sandbox has, as a page made from the code: `python -m quickbooks_sandbox.coverage [FILE]`."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from quickbooks_sandbox.entities import ENTITIES, Entity
from quickbooks_sandbox.faults import fault_table
from quickbooks_sandbox.pages.editing import MADE
from quickbooks_sandbox.reports import REPORTS
from quickbooks_sandbox.settings import Settings
from quickbooks_sandbox.webhooks.events import ACTS, TOLD
from quickbooks_sandbox.wire.forms import is_printed, is_sent
from quickbooks_sandbox.wire.not_modelled import ENTITIES as NOT_MODELLED

HEAD = """\
# What the sandbox covers

Made from the code by `python -m quickbooks_sandbox.coverage docs/sandbox/coverage.md`; a test keeps it up to date.
What is not here is refused by name. [Known differences](known-differences.md) says where what is here differs.
"""
OPERATIONS = ("create", "read", "update", "delete", "void", "query")
SERVICES = (
    "query by GET and POST, count, change data capture, batch, request ids, `upload`, `download`, "
    "`taxservice/taxcode`, webhooks in both forms, `include=invoiceLink`, `include=allowduplicatedocnum`, "
    "OAuth 2.0 with OpenID Connect"
)


def page() -> str:
    return "\n".join([HEAD, *_entities(), *_services(), *_faults(), *_settings()])


def raised() -> set[str]:
    """The rows of the table of faults that the code can raise; those of the gateway have no rows there."""
    found = {"500", "6000"}  # through not_modelled() and business()
    for source in _sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and _called(node) in ("fault", "add") and node.args:
                found |= {key for key in _constants(node.args[0]) if key in fault_table()}
    return found


def _entities() -> Iterator[str]:
    yield "## Entities\n"
    yield _row("entity", *OPERATIONS, "cdc", "webhooks", "pdf", "send", "new, in the pages", "fields", "filterable")
    yield _row(*["---"] * (len(OPERATIONS) + 8))
    for name, entity in ENTITIES.items():
        has = [operation in entity.operations for operation in OPERATIONS]
        has += [entity.in_cdc and "query" in entity.operations, name in TOLD or name == "Preferences"]
        has += [is_printed(entity), is_sent(entity), name in MADE]
        queryable = sum(field.queryable for field in entity.fields) + ("MetaData" in entity.field)
        yield _row(name, *map(_tick, has), str(len(entity.fields)), str(queryable))
    for act, entities in ACTS.items():
        here = sorted(set(ENTITIES) & entities)
        yield f"\nWebhooks tell {act} of {', '.join(here)}."
    yield f"\nRefused by name: {', '.join(sorted(NOT_MODELLED))}.\n"
    yield from _habits()


def _habits() -> Iterator[str]:
    """What a client must know of one entity and not of others."""
    habits: dict[str, Callable[[Entity], Any]] = {
        "Voided by `operation=update&include=void` only": lambda one: one.voids_by_update_only,
        "A void is answered and does nothing": lambda one: one.void_does_nothing,
        "Deleting makes inactive": lambda one: one.deleting_deactivates,
        "Even a sparse update must send": lambda one: one.resent,
    }
    for words, has in habits.items():
        named = [_named(one, has(one)) for one in ENTITIES.values() if has(one)]
        if named:
            yield f"{words}: {', '.join(named)}.\n"


def _named(entity: Entity, habit: Any) -> str:
    return f"{entity.name} ({', '.join(habit)})" if isinstance(habit, tuple) else entity.name


def _services() -> Iterator[str]:
    yield f"## Services\n\n{SERVICES}.\n"
    yield f"Reports: {', '.join(sorted(REPORTS))}.\n"


def _faults() -> Iterator[str]:
    here = raised()
    yield "## Faults\n"
    yield "Of the gateway: 3001 (429), 3100 (403), 3200 (401); 10000 (500) where the sandbox itself fails.\n"
    yield "Of the accounting service, those that can occur here:\n"
    yield _row("code", "status", "message", "in French")
    yield _row("---", "---", "---", "---")
    for key, row in fault_table().items():
        if key in here:
            yield _row(key, row["status"], row["message"], _tick(key in fault_table("fr")))
    rest = sorted({row["code"] for key, row in fault_table().items()} - {key.split(".")[0] for key in here}, key=int)
    yield f"\nKnown from Intuit's table, and never raised here: {', '.join(rest)}.\n"


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    yield _row("setting", "default", "what it decides")
    yield _row("---", "---", "---")
    says = _comments(files("quickbooks_sandbox").joinpath("settings.py").read_text("utf-8"))
    for setting in fields(Settings):
        yield _row(f"`{setting.name}`", f"`{setting.default}`", says[setting.name])
    yield ""


def _comments(source: str) -> dict[str, str]:
    """The `#:` lines above each setting; one comment may stand for several settings in a row."""
    found, above, fresh = {}, "", True
    for line in source.splitlines():
        text = line.strip()
        if text.startswith("#:"):
            above = text[2:].strip() if fresh else f"{above} {text[2:].strip()}"
            fresh = False
        elif ":" in text and not text.startswith("#"):
            found[text.partition(":")[0]] = above
            fresh = True
    return found


def _sources() -> Iterator[str]:
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        yield path.read_text("utf-8")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _constants(node: ast.expr) -> Iterable[str]:
    """The strings an argument can be: itself, or both sides of a choice."""
    return (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _tick(has: bool) -> str:
    return "yes" if has else ""


def main() -> None:
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":
    main()
