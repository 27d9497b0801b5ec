"""Every recipe of the cook-book, run as it stands on the page; what it shows is what the page says."""

import re
import subprocess
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.quickbooks_sandbox.docs.blocks import DOCS, blocks

PAGE = blocks("cook-book.md")
BEFORE = next(block for block in PAGE if block.kind == "sh before")
RECIPES = {
    heading: list(found) for heading, found in groupby(PAGE, lambda block: block.heading) if heading != BEFORE.heading
}


def pattern(shown: str) -> str:
    return ".*".join(re.escape(part) for part in shown.rstrip("\n").split("…"))


def test_every_recipe_says_what_it_shows() -> None:
    assert [[block.kind for block in found] for found in RECIPES.values()] == [["sh", "text"]] * len(RECIPES)


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_shows_what_the_page_says(served: Any, tmp_path: Path, heading: str) -> None:
    recipe, expected = RECIPES[heading]
    script = BEFORE.at(served.url) + recipe.text
    command = ["timeout", "60", "bash", "-uc", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stderr == ""
    lines, wanted = done.stdout.rstrip("\n"), pattern(expected.text)
    assert re.match(wanted, lines, re.DOTALL), done.stdout


def test_every_control_is_told_of_in_the_docs(served: Any) -> None:
    told = "".join(block.text for block in PAGE) + _controls_page()
    paths = {line.split("/sandbox/")[1] for line in served.get("/sandbox/").json()}
    assert {path for path in paths if path.split("/{")[0] not in told} == set()


def _controls_page() -> str:
    return (DOCS / "controls.md").read_text("utf-8")
