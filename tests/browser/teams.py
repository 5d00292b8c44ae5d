"""Published teams of any size, made in a moment: turns are dealt out in turn, nothing is solved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.duties import Duty, Handoff, Role, SeatPlan, Upstream
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.rotation import Ledger, Placed, Rotation, Share, TierResult
from scheduler.domain.span import Span
from scheduler.domain.training import BusFactor, Progress, Turns
from scheduler.reports.pages import View
from scheduler.reports.pages.turns import Turns as Rows
from scheduler.reports.roster import Roster
from scheduler.reports.rule_book import in_force
from scheduler.reports.shared import sharing
from scheduler.rules.book import Policy

FIRST = date(2027, 1, 4)
WORK = (
    "review",
    "triage",
    "release",
    "CI",
    "docs",
    "newcomers",
    "community call",
    "security watch",
)
KINDS = ("review", "triage", "releases", "ci", "docs", "onboarding", "meetings", "security")
PROJECTS = ("Bokeh", "Dask", "Jupyter Book", "JupyterHub", "napari", "scikit-image", "Zarr")
NAMES = ("Aaliyah", "Bartholomew", "Chi", "Dimitra", "Emeka", "Francisca", "Guðrún", "Hiroshi")
SURNAMES = ("Okafor", "Silva", "Nguyen", "van der Meer", "Łukasiewicz", "O'Neill")
REASONS = ("Everybody who leads docs is away on 5 of its 10 days", "Chi has no budget left")


@dataclass(frozen=True)
class Size:
    """How many people, duties and weeks there are."""

    members: int
    duties: int
    weeks: int


def view(size: Size, *, marked: bool = True) -> View:
    """A team of a size, on the tenth day of its second rotation."""
    members = tuple(_member(n, size) for n in range(size.members))
    upstreams = tuple(Upstream(f"up{n}", name, 10) for n, name in enumerate(PROJECTS))
    duties = tuple(_duty(n) for n in range(size.duties))
    issues = {"up1": "https://example.org/issues"}
    roster = Roster(members, duties, upstreams, {"review": 30}, issues=issues)
    begin = FIRST - timedelta(weeks=size.weeks)
    final = tuple(_rotation(day, size, roster) for day in (begin, FIRST))
    lines = sharing(final, roster, {"m1": 120}, {})
    return View(
        team="The Foundational Team",
        roster=roster,
        rotations=final,
        current=final[-1],
        today=FIRST + timedelta(days=9),
        sharing=lines,
        rules=in_force(Policy().rules),
        goals=("must", "backlog", "fairness"),
        feeds={"team": "feeds/team.ics", "members/m1": "feeds/members/m1.ics"},
        marked=marked,
        turns=Rows(final),
    )


def _member(n: int, size: Size) -> Member:
    name = f"{NAMES[n % len(NAMES)]} {SURNAMES[n // len(NAMES) % len(SURNAMES)]}"
    gone = FIRST + timedelta(weeks=n % size.weeks)
    away = (Span(gone, gone + timedelta(days=5)),) if n % 3 == 0 else ()
    return Member(
        id=f"m{n}",
        name=name if n < len(NAMES) * len(SURNAMES) else f"{name} {n}",
        timezone="Europe/Berlin",
        email=f"m{n}@example.org",
        slack=f"U000{n}",
        budget=480,
        away=away,
        goals=(Goal("review", Level.leads, date(2027, 6, 30)),) if n % 10 == 0 else (),
    )


def _duty(n: int) -> Duty:
    project = PROJECTS[n % len(PROJECTS)]
    return Duty(
        id=f"d{n}",
        name=f"{project} {WORK[n % len(WORK)]}",
        kind=KINDS[n % len(KINDS)],
        why="Newcomers get an answer within two days",
        cadence=EveryWeeks(),
        seats=(SeatPlan("lead", must=True), SeatPlan("shadow", Role.shadow)),
        upstream="" if n % 9 == 8 else f"up{n % len(PROJECTS)}",
        handoff=Handoff(0),
        checklist="https://example.org/checklist",
    )


def _rotation(first: date, size: Size, roster: Roster) -> Rotation:
    horizon = Span(first, first + timedelta(weeks=size.weeks))
    people = cycle(roster.members)
    placed = tuple(
        seat for duty in roster.duties for seat in _turns(duty, horizon, people.__next__)
    )
    published = datetime.combine(first - timedelta(days=14), datetime.min.time(), tzinfo=UTC)
    first_seat = placed[0]
    move = Move(*first_seat.key, "m1", first_seat.member)
    return Rotation(
        team="The Foundational Team",
        name=f"{first}_{horizon.last}",
        horizon=horizon,
        placed=placed,
        tiers=(TierResult("must", 0, 0, True), TierResult("fairness", (1050, 1000), (0, 0), False)),
        shares=tuple(_share(n, member.id) for n, member in enumerate(roster.members)),
        inputs="sha256:0",
        version="0",
        seed=1,
        published=published,
        changes=(
            Entry(1, Kind.cover, published, by="m0", moves=(move,), note="has the flu"),
            Entry(2, Kind.undo, published, by="m0", moves=(move.back,), undoes=1),
        ),
        training=(
            Progress("m0", "review", Level.leads, None, Turns(shadow=1), Turns(shadow=2, lead=1)),
        ),
        bus_factors=tuple(
            BusFactor(d.id, 1 + n % 5, 2 + n % 5) for n, d in enumerate(roster.duties)
        ),
    )


def _turns(duty: Duty, horizon: Span, person: object) -> list[Placed]:
    assert callable(person)
    length = 14 if int(duty.id[1:]) % 2 else 7
    found = []
    for n, start in enumerate(range(0, horizon.days, length)):
        day = horizon.first + timedelta(days=start)
        timed = duty.kind == "meetings"
        instant = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=16)
        empty = (n + int(duty.id[1:])) % 11 == 10
        seat = Placed(
            shift=f"{duty.id}@{day}",
            seat="lead",
            duty=duty.id,
            upstream=duty.upstream,
            role="lead",
            span=Span(day, day + timedelta(days=1 if timed else length)),
            start=instant if timed else None,
            end=instant + timedelta(hours=1) if timed else None,
            effort=240,
            must=empty and n % 2 == 0,
            member="" if empty else person().id,
            why="" if empty else "It keeps their shares even.",
            reasons=REASONS if empty else (),
            price="It would fit in with 2.0 more hours for Chi" if empty else "",
        )
        found.append(seat)
        if n % 3 == 0:
            learner = replace(
                seat, seat="shadow", role="shadow", must=False, member=person().id, reasons=()
            )
            found.append(learner)
    return found


def _share(n: int, member: str) -> Share:
    ledgers = (Ledger("review", 300 + n % 200, 400), Ledger("burdensome", 60, 0))
    return Share(member, 6000, 3000 + 10 * (n % 30), 3100, 3100, 0, ledgers)
