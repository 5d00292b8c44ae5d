"""The life of a rotation, in any order: after each step it is true, and nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from icalendar import Calendar

from scheduler.actions.alter import Altered, Wish
from scheduler.actions.audit import audit
from scheduler.actions.cover import cover
from scheduler.actions.done import done
from scheduler.actions.feeds import directory
from scheduler.actions.horizon import named
from scheduler.actions.missed import missed
from scheduler.actions.override import override
from scheduler.actions.plan import Request as PlanRequest
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Request, replan
from scheduler.actions.swap import swap
from scheduler.actions.undo import undo
from scheduler.calendars import feeds
from scheduler.domain.change import Entry, Kind, grants
from scheduler.domain.rotation import Placed, Rotation
from scheduler.domain.shifts import SeatKey
from scheduler.errors import RotaError
from scheduler.files import read_rotations, read_team, rotation_path

INSTALLATION = UUID("2f0e3c8b-31a4-4c56-9f52-3a3c9c8f7d01")
WEEKS = tuple(date(2027, 1, 4) + timedelta(weeks=week) for week in range(12))
QUARTERS = tuple(f"{WEEKS[n]}_{WEEKS[n] + timedelta(days=27)}" for n in (0, 4, 8))
SUNDAY = timedelta(days=6)
TEAM_OF_FOUR = ("ana", "ben", "chi", "dee")
NEWCOMER = "eve"
DUTIES = """\
duties:
  - id: triage
    kind: triage
    why: Newcomers are heard
    cadence: weekly
    effort: 3h
    seats: [{seat: lead, must: true}]
  - id: notes
    kind: meetings
    why: Who was not there can read it
    cadence: weekly
    effort: 1h
    seats: [lead]
  - id: release
    kind: releases
    why: Fixes reach people
    cadence: {dates: [2027-01-13, 2027-01-27, 2027-02-10, 2027-03-10]}
    effort: 2h
    skill: release
    seats: [{seat: lead, must: true}]
"""
Thing = TypeVar("Thing")
TAKEN = {Kind.swap, Kind.cover, Kind.override}

members = st.sampled_from(TEAM_OF_FOUR)
pick = st.integers(min_value=0, max_value=10)


class Life(RuleBasedStateMachine):
    """A roster folder, the moment, and all that was ever seen and has to stay."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rota-life-"))
        self.now = datetime(2026, 12, 20, 9, tzinfo=UTC)
        self.away: dict[str, list[date]] = {}
        self.joined: date | None = None
        self.left: dict[str, date] = {}
        self.stale = False
        """Whether the roster was edited since the published turns were planned."""
        self.draft_stale = False
        self.behind: set[str] = set()
        """Rotations whose balances hang on an earlier one that was changed afterwards."""
        self.facts: dict[SeatKey, tuple[str, date]] = {}
        self.entries: dict[str, tuple[Entry, ...]] = {}
        self.revisions: dict[SeatKey, int] = {}
        self.events: dict[str, tuple[int, bytes]] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        (self.folder / "duties.yaml").write_text(DUTIES)
        self.write_roster()
        self.plan_next()
        self.publish_draft()

    # ------------------------------------------------------------------------------------ steps

    @rule(days=st.integers(min_value=1, max_value=12))
    def time_passes(self, days: int) -> None:
        self.now = min(self.now + timedelta(days=days), datetime(2027, 2, 20, 9, tzinfo=UTC))

    @rule()
    def plan_next(self) -> None:
        final = {rotation.name for rotation in self.published()}
        name = next((name for name in QUARTERS if name not in final), None)
        if name is not None:
            plan(self.folder, PlanRequest(name, named(name), write=True))
            self.draft_stale = False

    @precondition(lambda self: not self.stale)
    @rule()
    def publish_draft(self) -> None:
        if self.draft_stale:
            self.plan_next()
        if self.drafts():
            publish(self.folder, None, self.moment())

    @rule(turn=pick, other=pick)
    def exchange(self, turn: int, other: int) -> None:
        for one in self.one_of([placed for placed in self.coming() if placed.member], turn):
            others = [p for p in self.coming() if p.member not in {"", one.member}]
            for two in self.one_of(others, other):
                self.attempt(
                    partial(
                        swap, self.folder, one.shift, self.moment(), WRITE, partners=[two.shift]
                    )
                )

    @rule(turn=pick, who=members)
    def take_over(self, turn: int, who: str) -> None:
        for placed in self.one_of(self.coming(), turn):
            self.attempt(partial(cover, self.folder, placed.shift, self.moment(), WRITE, to=who))

    @rule(turn=pick, who=members, insist=st.booleans())
    def decide(self, turn: int, who: str, insist: bool) -> None:
        wish = Wish(by="ana", insist=insist, write=True)
        for placed in self.one_of(self.coming(), turn):
            self.attempt(partial(override, self.folder, placed.shift, self.moment(), wish, to=who))

    @rule(number=st.none() | st.integers(min_value=1, max_value=6))
    def take_back(self, number: int | None) -> None:
        self.attempt(partial(undo, self.folder, self.moment(), WRITE, number=number))

    @rule(who=members, week=pick)
    def goes_on_leave(self, who: str, week: int) -> None:
        """From a Monday to come on, so that no turn that has begun is cut in two."""
        for monday in self.one_of(self.mondays(), week):
            self.away.setdefault(who, []).append(monday)
            self.write_roster()

    @rule(turn=pick)
    def a_holder_goes_on_leave(self, turn: int) -> None:
        """In the very week of a turn to come, so that the turn has to move."""
        held = [placed for placed in self.coming() if placed.member in TEAM_OF_FOUR]
        for placed in self.one_of([p for p in held if self.week(p) in self.mondays()], turn):
            self.away.setdefault(placed.member, []).append(self.week(placed))
            self.write_roster()

    @rule(turn=pick, was_missed=st.booleans())
    def say_what_became(self, turn: int, was_missed: bool) -> None:
        """Of the turns that have begun, the latest ones first."""
        say = missed if was_missed else done
        begun = [placed for placed in self.placed() if placed.span.first <= self.today]
        for placed in self.one_of([p for p in reversed(begun) if p.member], turn):
            self.attempt(partial(say, self.folder, placed.shift, self.moment(), MARK))

    @precondition(lambda self: self.joined is None)
    @rule(week=pick)
    def joins(self, week: int) -> None:
        for monday in self.one_of(self.mondays(), week):
            self.joined = monday
            self.write_roster()

    @precondition(lambda self: not self.left)
    @rule(who=st.sampled_from(TEAM_OF_FOUR[2:]), week=pick)
    def leaves(self, who: str, week: int) -> None:
        for monday in self.one_of(self.mondays(), week):
            self.left[who] = monday - timedelta(days=1)
            self.write_roster()

    @rule()
    def plan_the_rest_again(self) -> None:
        for rotation in self.running():
            again = replan(
                self.folder, Request(self.today, self.moment(), rotation.name, by="ana", write=True)
            )
            assert all(tier.proved for tier in again.outcome.tiers if tier.name == "stay")
            self.check_taken(again.before, again.rotation)
        self.stale = False
        self.draft_stale = True
        self.behind.clear()

    # ------------------------------------------------------------------------------- what holds

    @invariant()
    def the_audit_passes(self) -> None:
        for rotation in [] if self.stale else self.running():
            report = audit(self.folder, rotation_path(self.folder, rotation.name))
            assert not report.broken, report.broken
            assert rotation.name in self.behind or not report.false_figures, report.false_figures

    @invariant()
    def the_past_is_unchanged(self) -> None:
        seats = {placed.key: (placed.member, placed.span.first) for placed in self.placed()}
        assert {key: seats[key] for key in self.facts} == self.facts
        self.facts |= {key: fact for key, fact in seats.items() if fact[1] <= self.today}

    @invariant()
    def entries_are_only_added(self) -> None:
        for rotation in self.published():
            known = self.entries.get(rotation.name, ())
            assert rotation.changes[: len(known)] == known
            assert [entry.id for entry in rotation.changes] == [
                number for number, _ in enumerate(rotation.changes, 1)
            ]
            self.entries[rotation.name] = rotation.changes

    @invariant()
    def revisions_only_grow(self) -> None:
        now = {placed.key: placed.revision for placed in self.placed()}
        assert all(now.get(key, old) >= old for key, old in self.revisions.items())
        self.revisions |= now

    @invariant()
    def a_calendar_keeps_its_events(self) -> None:
        """A turn has one UID for ever, and whatever shows anew has a higher SEQUENCE."""
        ours = {str(uuid5(INSTALLATION, "/".join(placed.key))) for placed in self.placed()}
        for uid, sequence, content in self.shown():
            assert uid in ours
            known, before = self.events.get(uid, (-1, b""))
            assert sequence > known or (sequence, content) == (known, before)
            self.events[uid] = sequence, content

    def check_taken(self, before: Rotation, after: Rotation) -> None:
        """What people took stays theirs, unless they cannot serve or were needed elsewhere."""
        now = {placed.key: placed for placed in after.placed}
        took = {key for key, given in grants(before.changes).items() if given.entry is not None
                and given.entry.kind in TAKEN}  # fmt: skip
        needed = {(p.member, self.week(p)) for p in after.placed
                  if p.member != self.holders(before).get(p.key)}  # fmt: skip
        for old in before.placed:
            if old.key in took and old.member and self.can_serve(old):
                kept = now[old.key].member == old.member
                assert kept or (old.member, self.week(old)) in needed, old.key

    # ----------------------------------------------------------------------------------- helpers

    @property
    def today(self) -> date:
        return self.now.date()

    def moment(self) -> datetime:
        """A minute later than anything before."""
        self.now += timedelta(minutes=1)
        return self.now

    def attempt(self, change: Callable[[], object]) -> None:
        """A change that is made, or refused with every file as it was."""
        before = self.files()
        try:
            made = change()
        except RotaError:
            assert self.files() == before
        else:
            assert isinstance(made, Altered)
            self.draft_stale = True
            first = made.rotation.horizon.first
            self.behind |= {r.name for r in self.published() if r.horizon.first > first}

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "rotations").glob("*.yaml")}

    def published(self) -> list[Rotation]:
        return [rotation for rotation in self.everything() if rotation.is_published]

    def drafts(self) -> list[Rotation]:
        return [rotation for rotation in self.everything() if not rotation.is_published]

    def everything(self) -> tuple[Rotation, ...]:
        return tuple(read_rotations(self.folder))

    def running(self) -> list[Rotation]:
        return [rotation for rotation in self.published() if rotation.horizon.end > self.today]

    def placed(self) -> list[Placed]:
        return [placed for rotation in self.published() for placed in rotation.placed]

    def coming(self) -> list[Placed]:
        return [placed for placed in self.placed() if placed.span.first > self.today]

    def mondays(self) -> list[date]:
        return [monday for monday in WEEKS if monday > self.today]

    def shown(self) -> Iterator[tuple[str, int, bytes]]:
        team = feeds(self.everything(), directory(read_team(self.folder)))["team.ics"]
        for event in Calendar.from_ical(team).walk("VEVENT"):
            yield str(event["UID"]), int(str(event["SEQUENCE"])), event.to_ical()

    def can_serve(self, placed: Placed) -> bool:
        away = self.week(placed) in self.away.get(placed.member, ())
        gone = self.left.get(placed.member, placed.span.end) < placed.span.first
        return not away and not gone

    @staticmethod
    def holders(rotation: Rotation) -> dict[SeatKey, str]:
        return {placed.key: placed.member for placed in rotation.placed}

    @staticmethod
    def week(placed: Placed) -> date:
        return placed.span.first - timedelta(days=placed.span.first.weekday())

    @staticmethod
    def one_of(things: list[Thing], number: int) -> list[Thing]:
        return [things[number % len(things)]] if things else []

    def write_roster(self) -> None:
        lines = [f"team: Moons\ninstallation: {INSTALLATION}\nmembers:"]
        lines += [self.line(member) for member in TEAM_OF_FOUR]
        if self.joined is not None:
            lines.append(self.line(NEWCOMER))
        (self.folder / "roster.yaml").write_text("\n".join(lines) + "\n")
        self.stale = self.draft_stale = True

    def line(self, member: str) -> str:
        fields = [f"id: {member}", "budget: 6h"]
        if member in {"ana", "ben", NEWCOMER}:
            fields.append("skills: [release]")
        if member == "ana":
            fields.append("lead: true")
        if member == NEWCOMER:
            fields.append(f"joined: {self.joined}")
        if member in self.left:
            fields.append(f"left: {self.left[member]}")
        away = sorted(set(self.away.get(member, ())))
        if away:
            spans = ", ".join(f"{{first: {day}, last: {day + SUNDAY}}}" for day in away)
            fields.append(f"away: [{spans}]")
        return f"  - {{{', '.join(fields)}}}"


WRITE = Wish(write=True)
MARK = Wish(by="ana", write=True)

TestLife = Life.TestCase
TestLife.settings = settings(
    derandomize=True,
    database=None,
    max_examples=24,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
