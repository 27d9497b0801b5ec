"""What can be set is told to whoever runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')


def settings() -> list[str]:
    return sorted({*READ.findall((ROOT / "src/tieout/settings.py").read_text()), "DATABASE_URL"})


@pytest.mark.parametrize("name", settings())
def test_every_setting_is_in_the_guide_to_hosting(name: str) -> None:
    table = (ROOT / "docs/hosting.md").read_text().split("## Settings")[1].split("## ")[0]
    assert f"`{name}`" in table
