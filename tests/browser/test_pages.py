"""Every page in a real browser: light and dark, at a desk and on a phone.

Screenshots go to ``shots/``, to be looked at; CI keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scheduler.reports.pages import View, pages
from tests.browser.teams import Size, view
from tests.needs import node_package, program

SHOTS = Path(__file__).parents[2] / "shots"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
SMALL = Size(members=12, duties=9, weeks=13)
TIMELINES = {"40-members": Size(40, 16, 13), "100x40x26": Size(100, 40, 26)}
PAGES = (
    "index", "handovers", "backlog", "changes", "training", "upstreams", "people", "fairness",
    "rules", "members/m1", "upstreams/up1",
)  # fmt: skip
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in SIZES]
# What a server would send. Files have no headers, so a page brings it in its head.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'self'; script-src 'self'; img-src 'self' data:\">"
)
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.timeline tbody td')].map(cell =>
    [...cell.querySelectorAll('.t')].map(chip => [chip.getBoundingClientRect(), cell]));
  return boxes.flat().filter(([box, cell]) => {
    const room = cell.getBoundingClientRect();
    return box.right > room.right + 1 || box.left < room.left - 1 || box.bottom > room.bottom + 1;
  }).length;
}"""
CUT = """() => [...document.querySelectorAll('.timeline .t')]
  .filter(chip => chip.scrollWidth > chip.clientWidth + 1).map(chip => chip.textContent)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = program("chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


def written(folder: Path, found: View, policy: str = "") -> Path:
    """The pages as files."""
    for name, content in pages(found).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content.replace("<title>", f"{policy}<title>"), encoding="utf-8")
        else:
            path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("site"), view(SMALL))


def context(browser: Browser, scheme: Any, size: str, **more: Any) -> BrowserContext:
    """A browser that looks in a given way; nothing may come from the network."""
    width, height = SIZES[size]
    return browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        offline=True,
        timezone_id="America/New_York",
        locale="en-GB",
        **more,
    )


def shoot(page: Page, name: str) -> None:
    path = SHOTS / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_axe_finds_nothing_serious_and_no_page_scrolls_sideways(
    browser: Browser, site: Path, scheme: str, size: str
) -> None:
    axe = node_package("axe-core") / "axe.min.js"
    with context(browser, scheme, size) as looked:
        page = looked.new_page()
        for path in PAGES:
            page.goto(f"file://{site}/{path}.html")
            assert page.evaluate(WIDER) <= 0, path
            shoot(page, f"{path.replace('/', '-')}-{size}-{scheme}")
            page.add_script_tag(path=axe)
            found = page.evaluate("axe.run()")
            serious = [
                (violation["id"], [node["html"] for node in violation["nodes"]][:3])
                for violation in found["violations"]
                if violation["impact"] in {"serious", "critical"}
            ]
            assert serious == [], path


@pytest.mark.parametrize("name", TIMELINES)
@pytest.mark.parametrize("size", SIZES)
def test_no_turn_of_a_large_timeline_covers_another_or_is_cut(
    browser: Browser, tmp_path: Path, name: str, size: str
) -> None:
    folder = written(tmp_path, view(TIMELINES[name]))
    with context(browser, "light", size) as looked:
        page = looked.new_page()
        page.goto(f"file://{folder}/index.html")
        assert page.evaluate(WIDER) <= 0
        assert page.evaluate(OVERLAPS) == 0
        assert page.evaluate(CUT) == []
        assert page.locator(".timeline .t").count() > 100
        shoot(page, f"timeline-{name}-{size}")


def test_nothing_on_a_page_breaks_a_strict_policy(browser: Browser, tmp_path: Path) -> None:
    folder = written(tmp_path, view(SMALL), POLICY.replace("'self'", "file:"))
    said: list[str] = []
    with context(browser, "light", "desk") as looked:
        page = looked.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in PAGES:
            page.goto(f"file://{folder}/{path}.html")
        assert said == []
        colour = page.evaluate("getComputedStyle(document.querySelector('.top')).borderBottomWidth")
        assert colour == "1px"  # the style sheet was let in


def test_times_are_told_in_the_readers_zone_and_in_utc_without_scripts(
    browser: Browser, site: Path
) -> None:
    time = "time[datetime$='Z']"
    with context(browser, "light", "desk") as looked:
        page = looked.new_page()
        page.goto(f"file://{site}/handovers.html")
        told = page.locator(time).first
        assert "11:00" in (told.text_content() or "")
        assert "16:00 UTC" in (told.get_attribute("title") or "")
    with context(browser, "light", "desk", java_script_enabled=False) as looked:
        page = looked.new_page()
        page.goto(f"file://{site}/handovers.html")
        assert "16:00 UTC" in (page.locator(time).first.text_content() or "")


def test_the_browser_marks_its_own_day_where_the_page_names_none(
    browser: Browser, tmp_path: Path
) -> None:
    folder = written(tmp_path, view(SMALL, marked=False))
    with context(browser, "light", "desk") as looked:
        page = looked.new_page()
        page.clock.install(time="2027-01-20T12:00:00Z")
        page.goto(f"file://{folder}/index.html")
        marked = page.locator("th[aria-current=date]")
        assert marked.count() == 1
        assert "18" in (marked.text_content() or "")


def test_the_keyboard_reaches_the_content_first_and_the_timeline_can_be_passed(
    browser: Browser, site: Path
) -> None:
    focused = "document.activeElement.textContent.trim()"
    with context(browser, "light", "desk") as looked:
        page = looked.new_page()
        page.goto(f"file://{site}/index.html")
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "Skip to the content"
        page.keyboard.press("Enter")
        reached = []
        for _ in range(8):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(focused))
        assert "Skip the timeline" in reached
        page.locator("text=Skip the timeline").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#after') !== null")
