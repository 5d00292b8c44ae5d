"""A swap in a real browser, with JavaScript and without it, on a server of this machine."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from scheduler.actions.remember import journal_of
from scheduler.files import read_rotations
from scheduler.web import Live, build
from scheduler.web.desk import Desk
from scheduler.web.forms import routes
from scheduler.web.signin import LocalLink, SignIn
from tests.actions.roster import change
from tests.needs import node_package, program
from tests.web.serving import SECRET, Clock, team

SHOTS = Path(__file__).parents[2] / "shots"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Running:
    """A server whose link signs one member in."""

    folder: Path
    address: str
    signin: SignIn

    def link(self, member: str) -> str:
        """A new link for a member; the one before ends."""
        self.signin.local = LocalLink(member)
        return f"{self.address}{self.signin.local.path}"

    def holder(self, shift: str) -> str:
        placed = read_rotations(self.folder)[0].placed
        return next(p.member for p in placed if p.shift == shift)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = program("chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    folder = team(tmp_path / "moons")
    change(folder, "roster.yaml", "{id: chi,", "{id: chi, lead: true,")
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    live = Live(folder, SECRET, address, Clock())
    live.start()
    signin = SignIn(live)
    desk = Desk(live, signin, journal_of(folder))
    app = build(
        live, guard=signin.guard, routes=[*signin.routes, *routes(desk)], layers=signin.layers
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    yield Running(folder, address, signin)
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_swap_from_the_page(browser: Browser, running: Running, scripts: bool) -> None:
    said: list[str] = []
    with browser.new_context(java_script_enabled=scripts) as ben:
        page = ben.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(running.link("ben"))
        page.get_by_role("link", name="Swap Issue triage, 18–24 Jan").click()
        page.get_by_label("Issue triage, 25–31 Jan").check()
        page.get_by_label("A word for everybody").fill("Thanks!")
        page.get_by_role("button", name="Ask").click()
        page.get_by_text("Asked: Chi Nguyen.").wait_for()
    with browser.new_context(java_script_enabled=scripts) as chi:
        page = chi.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(running.link("chi"))
        assert page.get_by_text("“Thanks!”").is_visible()
        page.get_by_role("button", name="Yes").click()
        page.get_by_text("Thank you! The rotation has it now.").wait_for()
        assert running.holder("triage@2027-01-18") == "chi"
        page.get_by_role("button", name="Take back change 1").click()
        page.get_by_text("is taken back").wait_for()
        assert running.holder("triage@2027-01-18") == "ben"
    assert said == []


def test_scripts_save_the_reload(browser: Browser, running: Running) -> None:
    with browser.new_context() as chi:
        page = chi.new_page()
        page.goto(running.link("chi"))
        page.evaluate("window.kept = true")
        page.get_by_role("button", name="Ask for cover").click()
        page.get_by_text("Asked: ").first.wait_for()
        assert page.evaluate("window.kept")
        assert "Asked: " in page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, running: Running, scheme: str, size: str
) -> None:
    axe = node_package("axe-core") / "axe.min.js"
    width, height = SIZES[size]
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
        bypass_csp=True,  # axe itself is added to the page
    ) as looked:
        page = looked.new_page()
        page.goto(f"{running.address}/signin")
        _is_fine(page, axe, f"signin-{size}-{scheme}")
        page.goto(running.link("chi"))
        _is_fine(page, axe, f"mine-{size}-{scheme}")
        page.get_by_text("Google, Outlook and other calendars").click()
        _is_fine(page, axe, f"mine-calendar-{size}-{scheme}")
        page.goto(f"{running.address}/nothing")
        _is_fine(page, axe, f"missing-{size}-{scheme}")
        page.goto(f"{running.address}/mine/swap?turn=triage@2027-01-25/lead")
        _is_fine(page, axe, f"swap-{size}-{scheme}")
        page.goto(f"{running.address}/whatif")
        page.get_by_label("Without").select_option("ben")
        page.get_by_role("button", name="Plan it").click()
        page.locator("#result").wait_for()
        page.get_by_role("button", name="Whose leaving would hurt most?").click()
        page.get_by_role("heading", name="Whose leaving would hurt most").wait_for()
        _is_fine(page, axe, f"whatif-{size}-{scheme}")


def _is_fine(page: Page, axe: Path, name: str) -> None:
    assert page.evaluate(WIDER) <= 0, name
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run()")
    serious = [
        (violation["id"], [node["html"] for node in violation["nodes"]][:3])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert serious == [], name
