"""The index page in a browser: it fits a phone, is readable in the dark, and an accessibility
checker finds no fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from scheduler.calendars import index, titles
from tests.calendars.making import directory, rotation, turn
from tests.needs import node_package, program

PEOPLE = {"ana": "Ana Silva", "ben": "b" * 90, "cleo": "שרה כהן"}
WORLD = directory(members=PEOPLE)
PLACED = rotation(turn("2027-01-04", "ana", "2027-01-10"))
PHONE, DESK = 320, 1280


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "https://example.org/c"])
def test_the_page_fits_and_no_fault_is_found(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"], address: str
) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(index(titles([PLACED], WORLD), WORLD.team, address))
    checker = node_package("axe-core") / "axe.min.js"
    # The page allows no script at all, which would keep the checker out too.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    page.add_script_tag(path=checker)
    found = page.evaluate("axe.run().then(told => told.violations.map(v => `${v.id}: ${v.help}`))")
    assert found == []
    context.close()
