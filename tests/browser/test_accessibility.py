"""No page breaks a rule of WCAG A or AA that axe can see, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser.addresses import addresses
from tests.browser.states import STATES, TROUBLES
from tests.pages import situations
from tests.pages.scene import Scene

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
NARROW = 390
# What reaches over the edge of the screen, but for what is there for readers of the screen alone.
BEYOND = """[...document.querySelectorAll("main *, .drop-panel, .bulk, dialog")].some((one) =>
  one.checkVisibility() && !one.closest(".visually-hidden, .rows > thead, .clip, svg")
  && getComputedStyle(one).position !== "absolute" && one.getBoundingClientRect().right > innerWidth + 1)"""
# No more than what is asked for: no style sheets are fetched anew, and what holds is not described.
RUN = "rules => axe.run(document, {runOnly: rules, preload: false, resultTypes: ['violations']})"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    # Through the debugger, since the page's own policy admits no other script.
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, RULES)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_every_page_is_accessible(
    open_page: Callable[..., Page], made: Scene, live_server: LiveServer, theme: str, width: int
) -> None:
    page = open_page("/", theme=theme, width=width)
    broken = {}
    for name, address in addresses(made).items():
        if name != "not-found":
            page.goto(live_server.url + address)
            broken[name] = violations(page)
    assert {name: rules for name, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_before_the_log_in_are_accessible(
    open_page: Callable[..., Page], live_server: LiveServer, theme: str
) -> None:
    page = open_page("/log-in/", theme=theme, log_in=False)
    for address in ("/log-in/", "/password/", "/password/sent/", "/password/x/y/"):
        page.goto(live_server.url + address)
        assert violations(page) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_what_is_opened_ticked_and_refused_is_accessible(
    open_page: Callable[..., Page], live_server: LiveServer, made: Scene, theme: str, width: int
) -> None:
    page = open_page("/", theme=theme, width=width)
    broken = {}
    for name, state in STATES.items():
        state.reach(page, live_server.url, made)
        broken[name] = violations(page)
    assert {name: rules for name, rules in broken.items() if rules} == {}


def test_companies_in_trouble_are_shown_accessibly_and_within_a_wide_and_a_narrow_screen(
    open_page: Callable[..., Page], live_server: LiveServer, made: Scene
) -> None:
    situations.build(made.owner)
    page = open_page("/", theme="dark")
    broken = {}
    for name, state in TROUBLES.items():
        state.reach(page, live_server.url, made)
        broken[name] = violations(page) + ["too wide"] * is_too_wide(page)
        page.set_viewport_size({"width": NARROW, "height": 800})
        broken[name] += ["too wide for a narrow screen"] * is_too_wide(page)
        page.set_viewport_size({"width": 1280, "height": 800})
    assert {name: rules for name, rules in broken.items() if rules} == {}


def test_no_page_is_wider_than_a_narrow_screen(
    open_page: Callable[..., Page], made: Scene, live_server: LiveServer
) -> None:
    page = open_page("/", width=NARROW)
    too_wide = []
    for name, address in addresses(made).items():
        if name != "not-found":
            page.goto(live_server.url + address)
            too_wide += [name] if is_too_wide(page) else []
    for name, state in STATES.items():
        state.reach(page, live_server.url, made)
        too_wide += [name] if is_too_wide(page) else []
    assert too_wide == []


def is_too_wide(page: Page) -> bool:
    """Also where something is cut off at the edge without a way to scroll to it."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth || " + BEYOND))
