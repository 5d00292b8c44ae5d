"""What every page is made from, and where a page's links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import quote

from scheduler.domain.rotation import Rotation
from scheduler.reports.pages.turns import Turns
from scheduler.reports.roster import Roster
from scheduler.reports.rule_book import RulePage
from scheduler.reports.shared import Sharing

SECTIONS = ("index", "handovers", "backlog", "changes", "training", "upstreams")
"""The pages that every rotation has of its own."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of pages and files. ``root`` is where a server has them, such as ``/``; ``None``
    is for files that lie side by side on any static host, linked relative to one another."""

    root: str | None = None

    def page(self, path: str, here: str) -> str:
        """The address of a page, by its path without ending, seen from the page ``here``."""
        if self.root is None:
            return self.file(f"{path}.html", here)
        return self.root + ("" if path == "index" else quote(path))

    def file(self, path: str, here: str) -> str:
        """The address of a file that is no page."""
        root = "../" * here.count("/") if self.root is None else self.root
        return root + quote(path)


@dataclass(frozen=True)
class View:
    """A moment of a team, ready to be shown: published rotations only, at least one, in order.

    ``today`` is the day that figures are counted to; it is marked in the pages where ``marked`` is
    set, and by the reader's browser otherwise. ``feeds`` has the address of each feed that may be
    shown, by the feed's path (``members/ana``); one without a scheme is a path beside the pages.
    ``goals`` are the tiers in their order. ``notice`` is a sentence that stands on every page.
    """

    team: str
    roster: Roster
    rotations: tuple[Rotation, ...]
    current: Rotation
    today: date
    sharing: Sharing
    rules: tuple[RulePage, ...] = ()
    goals: tuple[str, ...] = ()
    feeds: Mapping[str, str] = field(default_factory=dict)
    links: Links = Links()
    marked: bool = False
    notice: str = ""
    turns: Turns = field(default_factory=Turns)
    here: str = "index"
    """The path of the page that is being made."""
    shown: Rotation | None = None
    """The rotation that this page is about, where it is not the current one."""

    @property
    def rotation(self) -> Rotation:
        """The rotation that the page is about."""
        return self.shown or self.current

    def at(self, path: str) -> View:
        """The same for the page of a path.

        Raises:
            LookupError: the path names a rotation that is not published.
        """
        if not path.startswith("rotations/"):
            return replace(self, here=path, shown=None)
        name = path.split("/")[1]
        for rotation in self.rotations:
            if quote(rotation.name, safe="") == name:
                return replace(self, here=path, shown=rotation)
        raise LookupError(path)

    @property
    def section(self) -> str:
        """The first part of the path, or for a page of a rotation which of its pages it is."""
        parts = self.here.split("/")
        if parts[0] != "rotations":
            return parts[0]
        return parts[2] if len(parts) > 2 else "index"

    def to(self, path: str) -> str:
        """The address of a page."""
        return self.links.page(path, self.here)

    def within(self, section: str, rotation: Rotation | None = None) -> str:
        """The address of a page of a rotation, by default of the one that this page is about."""
        rotation = rotation or self.shown
        return self.to(section if rotation is None else place(rotation, section))

    def file(self, path: str) -> str:
        """The address of a file that is no page."""
        return self.links.file(path, self.here)

    def member(self, member: str) -> str:
        """The address of a member's page."""
        return self.to(f"members/{quote(member, safe='')}")

    def upstream(self, upstream: str) -> str:
        """The address of the page of a community."""
        return self.to(f"upstreams/{quote(upstream, safe='')}")

    def feed(self, path: str) -> str:
        """The address of a feed; empty where it may not be shown."""
        found = self.feeds.get(path, "")
        return found if not found or "://" in found else self.file(found)


def place(rotation: Rotation, section: str) -> str:
    """The path of a page of a rotation."""
    root = f"rotations/{quote(rotation.name, safe='')}"
    return root if section == "index" else f"{root}/{section}"
