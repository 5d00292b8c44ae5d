"""Write the pages of what is published into a folder, for any static host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from scheduler import calendars
from scheduler.actions.fairness import look_back
from scheduler.actions.feeds import feeds
from scheduler.actions.horizon import running
from scheduler.actions.put import put
from scheduler.domain.rotation import Rotation
from scheduler.errors import Refused
from scheduler.files import read_rotations, read_team
from scheduler.files.team import Team
from scheduler.reports.pages import GENERATOR, View, pages, paths
from scheduler.reports.pages.turns import Turns
from scheduler.reports.roster import Roster
from scheduler.reports.rule_book import in_force
from scheduler.reports.shared import sharing

FEEDS = "feeds"
"""The folder of the calendars, beside the pages."""
QUARTERS = 4
"""How many rotations the page about fairness looks back on."""


@dataclass(frozen=True, slots=True)
class SiteWritten:
    """What became of the files, calendars included: ``written`` ones are new or different,
    ``removed`` ones belong to nobody any more, and the rest was as it should be."""

    out: Path
    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    unchanged: int


def site(
    folder: Path, out: Path, now: datetime, base_url: str = "", on: date | None = None
) -> SiteWritten:
    """Write every page and calendar of a roster that is not yet there byte for byte, and remove
    pages of former members and upstreams.

    Today, where the team is, decides which rotation is the current one and which hours are
    delivered. The pages name no day as today but leave that to the browser, unless ``on`` says a
    day, which then stands for today. ``base_url`` is where the folder will be served, if that is
    known.

    Raises:
        BadFiles: the files hold mistakes.
        BadRequest: ``base_url`` is no web address.
        Refused: nothing is published yet, or the folder cannot be written.
    """
    team = read_team(folder)
    today = on or now.astimezone(ZoneInfo(team.timezone)).date()
    view = replace(look(team, read_rotations(folder), today), marked=on is not None)
    base = base_url.rstrip("/")
    calendar = feeds(folder, out / FEEDS, f"{base}/{FEEDS}" if base else "")
    view = replace(view, feeds=_feeds(view, base))
    wanted = {
        name: page.encode() if isinstance(page, str) else page for name, page in pages(view).items()
    }
    try:
        written = tuple(put(out, wanted))
        removed = tuple(_clear(out, wanted))
    except OSError as error:
        raise Refused(
            f"The pages cannot be written to {error.filename}: {error.strerror}."
        ) from error
    return SiteWritten(
        out,
        (*written, *calendar.written),
        (*removed, *calendar.removed),
        len(wanted) - len(written) + calendar.unchanged,
    )


def look(team: Team, rotations: Sequence[Rotation], today: date) -> View:
    """What pages show of a team on a day; drafts are passed over.

    Raises:
        Refused: nothing is published yet.
    """
    final = tuple(
        sorted((r for r in rotations if r.is_published), key=lambda r: (r.horizon, r.name))
    )
    if not final:
        raise Refused("Nothing is published yet, and pages show only what is: run `rota publish`.")
    roster = Roster(
        team.members, team.duties, team.upstreams, team.kinds, team.contributions, team.issues
    )
    back = look_back(team, final, QUARTERS)
    return View(
        team=team.name,
        roster=roster,
        rotations=final,
        current=running(final, today),
        today=today,
        sharing=sharing(back.rotations, roster, back.carried, back.ledgers_carried),
        rules=in_force(team.policy.rules),
        goals=tuple(tier.name for tier in team.policy.tiers),
        turns=Turns(final),
    )


def _feeds(view: View, base: str) -> dict[str, str]:
    """The address of each feed: one that calendars subscribe to where the folder is served, else
    the file."""
    names = ("team", *(path for path in paths(view) if path.startswith(("members/", "upstreams/"))))
    feeds = {name: f"{FEEDS}/{name}.ics" for name in names}
    if not base:
        return {unquote(name): path for name, path in feeds.items()}
    return {
        unquote(name): calendars.subscription(f"{base}/{quote(path)}", name).webcal
        for name, path in feeds.items()
    }


def _clear(out: Path, wanted: Mapping[str, bytes]) -> Iterator[Path]:
    """Remove pages that there are no more, but no file that we did not write."""
    for path in sorted(out.rglob("*.html")):
        name = path.relative_to(out).as_posix()
        ours = not name.startswith(f"{FEEDS}/") and GENERATOR.encode() in path.read_bytes()
        if ours and name not in wanted:
            path.unlink()
            yield path
