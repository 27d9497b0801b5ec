"""Pictures of every page, at 1280 and 390 pixels, light and dark: `python scripts/screenshots.py [FOLDER]`.

Without a folder they go to screenshots/, and the README's are made anew from them.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.browser.states import State
    from tests.pages.scene import Scene

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {1280: 800, 390: 844}
IN_README = {
    "results-open-1280-light": "sync-results",
    "unlink-1280-light": "unlink",
    "preview-1280-light": "preview",
    "tied-out-1280-light": "tie-out",
    "conflict-1280-dark": "conflict",
    "results-390-light": "results-narrow",
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    logging.disable(logging.WARNING)  # one of the pages is the one that says there is no such page
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(
            TIEOUT_DATA=data,
            DJANGO_SETTINGS_MODULE="tieout.settings",
            DJANGO_ALLOW_ASYNC_UNSAFE="true",
            TIEOUT_HOSTS="*",
        )
        sys.path.insert(0, str(ROOT))
        photograph(folder)
    if len(sys.argv) == 1:
        for picture, name in IN_README.items():
            shutil.copy(folder / f"{picture}.png", ROOT / "docs" / "images" / f"{name}.png")


def photograph(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from playwright.sync_api import sync_playwright
    from tests.browser.addresses import addresses
    from tests.browser.serving import serving
    from tests.browser.states import STATES, TROUBLES, State, nothing
    from tests.pages import scene, situations
    from tests.pages.conftest import NoonClock

    from tieout import clock

    call_command("migrate", verbosity=0)
    with clock.using(NoonClock()), serving() as origin, sync_playwright() as playwright:
        made = scene.build()
        client = Client()
        client.force_login(made.owner)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        visit = Visit(origin, made, client.cookies["sessionid"].value)
        pages = {name: State(partial(_plainly, address), nothing) for name, address in addresses(made).items()}
        _photograph(browser, visit, pages | STATES, folder)
        situations.build(made.owner)  # later, so that the lists of companies are not full of them
        _photograph(browser, visit, TROUBLES, folder)
        browser.close()


@dataclass(frozen=True)
class Visit:
    origin: str
    scene: Scene
    session: str


def _plainly(address: str, _scene: Scene) -> str:
    return address


def _photograph(browser: Browser, visit: Visit, states: Mapping[str, State], folder: Path) -> None:
    for (width, height), theme in product(WIDTHS.items(), ("light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": height})
        cookies = {"sessionid": visit.session, "theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": visit.origin} for name, value in cookies.items()])
        page = context.new_page()
        for name, state in states.items():
            state.reach(page, visit.origin, visit.scene)
            page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
        context.close()


if __name__ == "__main__":
    main()
