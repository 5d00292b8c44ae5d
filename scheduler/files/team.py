"""A roster folder, read into one value: the people, their duties and the policy they plan by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scheduler.domain.burden import Burden
from scheduler.domain.contributions import Contribution
from scheduler.domain.duties import Duty, Upstream
from scheduler.domain.people import Member
from scheduler.domain.problem import QuietPeriod
from scheduler.domain.reminding import Chat
from scheduler.domain.shifts import SeatKey
from scheduler.domain.span import Span
from scheduler.domain.time_away import CalendarSource, Reading
from scheduler.domain.training import Paths
from scheduler.errors import BadFiles, Mistake
from scheduler.files import contributions_shape, duties_shape, policy_shape, roster_shape
from scheduler.files.ability import check_ability
from scheduler.files.away_lock import LOCK_FILE, STAND_INS, AwayLockShape, readings_of
from scheduler.files.contributions_shape import (
    ContributionsShape,
    check_contributions,
    contributions_of,
)
from scheduler.files.duties_shape import DutiesShape, duties_of, issues_of, upstreams_of
from scheduler.files.fingerprint import fingerprint
from scheduler.files.goals import check_tiers, policy_of
from scheduler.files.mentors import check_training, without_learners
from scheduler.files.names import check_names
from scheduler.files.parts import Part, read_part
from scheduler.files.pins import Place, check_pins, pins_of, places_of
from scheduler.files.policy_shape import PolicyShape, burden_of, quiet_of
from scheduler.files.roster_shape import (
    RosterShape,
    apart_of,
    calendars_of,
    leads_of,
    members_of,
)
from scheduler.files.slack_shape import chat_of
from scheduler.files.strategy import check_shares, without_aims
from scheduler.files.training import paths_of
from scheduler.files.words import standing
from scheduler.files.years import check_years
from scheduler.rules.book import Policy

ROSTER, DUTIES, POLICY = "roster.yaml", "duties.yaml", "policy.yaml"
CONTRIBUTIONS = "contributions.yaml"


@dataclass(frozen=True)
class Team:
    """Everything that a roster folder says, but for its rotations."""

    name: str
    installation: str
    """A UUID that tells this team's calendars from all others."""
    timezone: str
    members: tuple[Member, ...]
    upstreams: tuple[Upstream, ...]
    issues: Mapping[str, str]
    """Where the work of an upstream is discussed; no plan depends on it."""
    kinds: Mapping[str, int]
    """The share of the effort, in percent, that the strategy gives to a kind of work."""
    duties: tuple[Duty, ...]
    policy: Policy
    quiet: tuple[QuietPeriod, ...]
    burden: Burden
    """What burdensome time weighs."""
    apart: tuple[tuple[str, ...], ...]
    """Groups of members, by id, of whom no two share a shift."""
    pins: Mapping[SeatKey, str]
    pin_places: Mapping[SeatKey, Place]
    """File, line and column of each pin."""
    warn_weeks: int
    max_share_on_duty: int
    """Percent of the days."""
    paths: Paths
    """What it takes to lead a skill."""
    half_life: float
    """Quarters after which a carried balance counts half."""
    freeze: int
    """Days from today in which planning again gives no published turn to another."""
    most_moves: int | None
    """Published turns that one command may move unless it is forced; ``None`` = any number."""
    leads: tuple[str, ...]
    """The ids of the members who may decide for the team."""
    chat: Chat
    """Who is told what, and when; no plan depends on it."""
    contributions: tuple[Contribution, ...]
    """What people did of their own accord; no plan depends on it."""
    feed_generation: int
    """Goes into every secret address of a calendar; no plan depends on it."""
    calendars: tuple[tuple[CalendarSource, Place], ...]
    """The calendars that members' time away is read from, each with where the roster says so."""
    readings: tuple[Reading, ...]
    """What was read from calendars; its days are among the members' days away already."""
    warnings: tuple[Mistake, ...]
    inputs: str
    """The fingerprint of what the files mean, whatever their layout."""


@dataclass(frozen=True)
class _Parts:
    roster: Part[RosterShape]
    duties: Part[DutiesShape]
    policy: Part[PolicyShape]
    contributions: Part[ContributionsShape]
    away: Part[AwayLockShape]

    @property
    def all(self) -> tuple[Part[Any], ...]:
        return self.roster, self.duties, self.policy, self.contributions, self.away


def read_team(folder: Path) -> Team:
    """Read the roster in a folder.

    Raises:
        BadFiles: with every mistake of all its files.
    """
    if not folder.is_dir():
        raise BadFiles([Mistake(str(folder), 1, 1, _no_folder(folder))])
    parts = _Parts(
        read_part(
            folder, ROSTER, RosterShape, roster_shape.STAND_INS, absent=_absent(folder, ROSTER)
        ),
        read_part(
            folder, DUTIES, DutiesShape, duties_shape.STAND_INS, absent=_absent(folder, DUTIES)
        ),
        read_part(folder, POLICY, PolicyShape, policy_shape.STAND_INS),
        read_part(folder, CONTRIBUTIONS, ContributionsShape, contributions_shape.STAND_INS),
        read_part(folder, LOCK_FILE, AwayLockShape, STAND_INS),
    )
    mistakes = [mistake for part in parts.all for mistake in part.salvaged.mistakes]
    mistakes += _checked(parts)
    if any(mistake.severity == "error" for mistake in mistakes):
        raise BadFiles(mistakes)
    return _team(parts, tuple(sorted(set(mistakes))))


def _no_folder(folder: Path) -> str:
    if folder.exists():
        return "this is a file; name the folder that holds roster.yaml"
    return f'there is no such folder; "rota init {folder.name}" makes one with a starter roster'


def _absent(folder: Path, name: str) -> str:
    return (
        f'there is no {name} here; name the folder that holds it, or write a starter with "rota'
        f' init {folder.name or "."}"'
    )


def _checked(parts: _Parts) -> Iterator[Mistake]:
    """Mistakes that show only when the files are held side by side."""
    roster, duties, policy = parts.roster, parts.duties, parts.policy
    yield from check_names(roster, duties)
    yield from check_years(parts.all)
    yield from check_training(roster, duties, policy)
    yield from check_tiers(policy, idle=(*without_aims(duties), *without_learners(roster)))
    yield from check_shares(duties)
    members = members_of(roster.value) if roster.value else ()
    zone = roster.value.zone if roster.value else "UTC"
    laid_out = duties_of(duties.value, zone) if duties.value else ()
    yield from check_ability(roster, duties, members, laid_out, policy_of(policy))
    if roster.located and duties.located:
        known: dict[str, Duty | None] = {name: None for _, name in duties.ids("duties")}
        known.update(_sound(duties, laid_out))
        people = [name for _, name in roster.ids("members")]
        yield from check_pins(policy, known, people)
        upstreams = [name for _, name in duties.ids("upstreams")]
        yield from check_contributions(parts.contributions, people, upstreams)


def _sound(duties: Part[DutiesShape], laid_out: tuple[Duty, ...]) -> Iterator[tuple[str, Duty]]:
    """Duties of which nothing is missing."""
    indices = [index for index, _ in standing(duties.value.duties)] if duties.value else []
    for index, duty in zip(indices, laid_out, strict=True):
        if not duties.salvaged.damaged("duties", index):
            yield duty.id, duty


def _team(parts: _Parts, warnings: tuple[Mistake, ...]) -> Team:
    roster, duties, policy = parts.roster.value, parts.duties.value, parts.policy.value
    assert roster is not None
    assert duties is not None
    assert policy is not None
    readings = readings_of(parts.away.value)
    team = Team(
        name=roster.team,
        installation=str(roster.installation),
        timezone=roster.zone,
        members=tuple(_with_read(members_of(roster), readings)),
        upstreams=upstreams_of(duties),
        issues=issues_of(duties),
        kinds=dict(duties.kinds),
        duties=duties_of(duties, roster.zone),
        policy=policy_of(parts.policy),
        quiet=quiet_of(policy),
        burden=burden_of(policy),
        apart=apart_of(roster),
        pins=pins_of(policy),
        pin_places=places_of(parts.policy),
        warn_weeks=policy.warn_weeks,
        max_share_on_duty=policy.max_share_on_duty,
        paths=paths_of(policy.training),
        half_life=policy.half_life,
        freeze=policy.freeze,
        most_moves=policy.most_moves,
        leads=leads_of(roster),
        chat=chat_of(roster, duties),
        contributions=contributions_of(parts.contributions.value),
        feed_generation=roster.feed_generation,
        calendars=tuple(
            (source, _place(parts.roster, index, entry))
            for (index, entry), source in calendars_of(roster).items()
        ),
        readings=readings,
        warnings=warnings,
        inputs="",
    )
    return replace(team, inputs=_inputs(team))


def _with_read(members: Iterable[Member], readings: Iterable[Reading]) -> Iterator[Member]:
    """The members with the days away that were read from their calendars."""
    read: dict[str, set[Span]] = {}
    for reading in readings:
        read.setdefault(reading.member, set()).update(reading.away)
    for member in members:
        spans = sorted(read.get(member.id, set()) - set(member.away))
        yield replace(member, away=(*member.away, *spans))


def _place(roster: Part[RosterShape], index: int, entry: int) -> Place:
    found = roster.mistake(("members", index, "away", entry), "")
    return found.file, found.line, found.column


def _inputs(team: Team) -> str:
    pins = {f"{shift}/{seat}": member for (shift, seat), member in team.pins.items()}
    return fingerprint(
        team.name,
        team.timezone,
        # The address of a calendar does not change who can serve.
        [replace(member, feed_generation=0) for member in team.members],
        team.upstreams,
        team.kinds,
        # Where people talk about a duty and look things up does not change who serves.
        tuple(replace(duty, channel="", checklist="") for duty in team.duties),
        team.policy,
        team.quiet,
        team.burden,
        team.apart,
        pins,
        team.paths,
        team.half_life,
    )
