"""The fenced blocks of a page of the docs, with the heading they stand under."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs" / "sandbox"
ADDRESS = "http://127.0.0.1:8080"


@dataclass(frozen=True)
class Block:
    heading: str
    kind: str
    """What stands behind the fence: the language, and which of its blocks."""
    text: str

    def at(self, url: str) -> str:
        return self.text.replace(ADDRESS, url)


def blocks(page: str) -> list[Block]:
    found, heading = [], ""
    pattern = re.compile(r"^#+ (?P<heading>[^\n]*)$|^```(?P<kind>[\w ]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
    text = (DOCS / page).read_text("utf-8")
    for match in pattern.finditer(text):
        if match["kind"]:
            found.append(Block(heading, match["kind"], match["text"]))
        else:
            heading = match["heading"]
    return found
