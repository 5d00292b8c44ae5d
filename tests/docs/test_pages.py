"""Every page can be reached from README, no link between pages is dead, and the lists are whole."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "examples/*.md", "examples/*/*.md")
    for page in ROOT.glob(pattern)
)


def text(page: Path) -> str:
    """A page without its code blocks."""
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def linked(page: Path) -> set[Path]:
    """What a page links to in this repository; a folder stands for its README."""
    found = set()
    for target in LINK.findall(text(page)):
        if "://" not in target:
            path = (page.parent / target).resolve()
            readme = path / "README.md"
            found.add(readme if readme.is_file() else path)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    assert [str(target) for target in linked(page) if not target.exists()] == []


def test_every_page_can_be_reached_from_the_first() -> None:
    reached: set[Path] = set()
    ahead = {ROOT / "README.md"}
    while ahead:
        page = ahead.pop()
        reached.add(page)
        ahead |= {target for target in linked(page) if target.suffix == ".md"} - reached
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_room_is_in_the_tables(name: str) -> None:
    rooms = {path.parent.name for path in ROOT.glob("scheduler/*/__init__.py")}
    rows = "\n".join(line for line in text(ROOT / name).splitlines() if line.startswith("|"))
    assert {room for room in rooms if f"`{room}`" not in rows and f"`{room}/`" not in rows} == set()
