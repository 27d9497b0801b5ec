"""A real Chromium on the pages, with rows as a run leaves them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.pages import scene
from tests.pages.conftest import NoonClock
from tests.pages.scene import Scene

from tieout import clock
from tieout.jobs.behind import running
from tieout.subledger.models import User

ColorScheme = Literal["light", "dark"]
CHROMIUM = Path("/usr/bin/chromium")
HERE = Path(__file__).parent

# Playwright runs an event loop in this thread, which Django would otherwise refuse to be called from.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For no longer than a file's tests: while it lives, no other event loop can run in the process's main thread."""
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium; apt-get install chromium brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def made(transactional_db: None) -> Iterator[Scene]:
    with clock.using(NoonClock()):
        yield scene.build()


@pytest.fixture(autouse=True)
def work_behind_the_pages_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread of its own did after a test's end would be found by the next."""
    monkeypatch.setattr(running, "spawn", running.carry_out)


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, made: Scene) -> Iterator[Callable[..., Page]]:
    """Opens a page in which the owner has logged in. What the browser refuses or cannot find fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        address: str,
        *,
        width: int = 1280,
        theme: ColorScheme = "light",
        log_in: bool = True,
        user: User | None = None,
        **options: Any,
    ) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, **options)
        contexts.append(context)
        if log_in:
            client = Client()
            client.force_login(user or made.owner)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + address)
        return page

    expect.set_options(timeout=10_000)
    yield opened
    for context in contexts:
        context.close()
    # A session that has ended is answered so, and the page then leads to the log-in.
    assert [text for text in complaints if "401 (Unauthorized)" not in text] == []
