"""Rosters that hypothesis makes: small and dense, and often impossible, empty or absurd."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.domain.burden import Burden
from scheduler.domain.cadence import Cadence, EveryMonths, EveryWeekday, EveryWeeks, OnDates
from scheduler.domain.duties import Clock, Duty, Role, SeatPlan, Upstream
from scheduler.domain.fairness import LEAST_ENTITLEMENT, entitled, with_ledgers
from scheduler.domain.ledgers import BURDENSOME
from scheduler.domain.people import Directed, Goal, Hours, Level, Member, Wish
from scheduler.domain.problem import Problem, QuietPeriod, lay_out
from scheduler.domain.rotation import PastTurn, Seating
from scheduler.domain.span import Span
from scheduler.domain.training import Paths, Turns
from scheduler.rules.book import Policy, fitting
from scheduler.rules.card import Rule

SKILLS = ("triage", "release")
PEOPLE = ("Ana", "Ben", "Chi", "Dee")
DUTIES = ("hub", "lab", "docs")
UPSTREAMS = ("north", "south")
KINDS = ("triage", "docs")
STRANGER = "gone"
MOST_SEATS = 9
AHEAD = 400
"""Days; further than any rule looks."""

# A Monday; a Wednesday before Europe's clocks change; the week that is the 53rd of its year.
BEGINNINGS = (date(2027, 1, 4), date(2027, 3, 24), date(2026, 12, 28))
TIMES = (time(0), time(7, 30), time(9), time(17), time(22))
TIMEZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland")


def some(*values: Any) -> st.SearchStrategy[Any]:
    """One of a few values; what is repeated comes more often, and the first is the simplest."""
    return st.sampled_from(values)


@st.composite
def spans(draw: st.DrawFn, horizon: Span, before: int = 3, longest: int = 12) -> Span:
    """A span that touches the horizon or lies close to it."""
    first = horizon.first + timedelta(days=draw(st.integers(-before, horizon.days)))
    return Span(first, first + timedelta(days=draw(st.integers(1, longest))))


# ------------------------------------------------------------------------------------- people


@st.composite
def people(draw: st.DrawFn, name: str, horizon: Span) -> Member:
    """A member; most of them are there, and few can do everything."""
    edges = st.integers(0, horizon.days).map(lambda day: horizon.first + timedelta(days=day))
    absences = st.lists(spans(horizon), max_size=2).map(tuple)
    return Member(
        id=name.lower(),
        name=name,
        timezone=draw(some(*TIMEZONES)),
        budget=draw(some(2400, 2400, 480, 240, 60, 0)),
        public_holidays=draw(st.just(frozenset()) | st.frozensets(edges, max_size=3)),
        hours=draw(st.none() | st.builds(Hours, some(*TIMES), some(*TIMES))),
        days=draw(
            some(*[frozenset(days) for days in (range(5), range(5), range(7), (0, 2), (5,), ())])
        ),
        region=draw(some("europe", "america", "")),
        employer=draw(some("Org", "Lab", "")),
        prefers=draw(some(frozenset(), frozenset({0, 2}), frozenset({6}))),
        joined=draw(st.none() | edges),
        left=draw(st.none() | edges),
        paused=draw(st.just(()) | absences),
        away=draw(st.just(()) | absences),
        directed=draw(
            some(0, 0, 1, 2).flatmap(
                lambda size: st.tuples(
                    *[st.builds(Directed, spans(horizon), some(60, 125, 3000))] * size
                )
            )
        ),
        skills=draw(st.dictionaries(some(*SKILLS), st.sampled_from(Level))),
        permissions=draw(some(frozenset({"pypi"}), frozenset())),
        goals=draw(
            st.lists(
                st.builds(
                    Goal,
                    some(*SKILLS),
                    some(Level.leads, Level.leads, Level.leads, *Level),
                    st.none() | edges,
                    st.integers(1, 3),
                    some("", "", *(other.lower() for other in PEOPLE), STRANGER),
                ),
                max_size=2,
            ).map(tuple)
        ),
        mentees=draw(some(None, None, 0, 1)),
        most=draw(st.just({}) | st.dictionaries(some(*DUTIES), some(0, 1, 2), max_size=1)),
        wishes=draw(
            st.dictionaries(some(*DUTIES, STRANGER), st.sampled_from(Wish), max_size=2),
        ),
    )


# ------------------------------------------------------------------------------------- duties


@st.composite
def cadences(draw: st.DrawFn, horizon: Span) -> Cadence:
    """Any cadence; many of them lay shifts over one another."""
    weekdays = st.integers(0, 6)
    kinds: tuple[st.SearchStrategy[Cadence], ...] = (
        st.builds(EveryWeeks, some(1, 1, 2), some(horizon.first.weekday(), 0, 5)),
        st.builds(EveryWeekday, some((0, 1, 2, 3, 4), (1, 3), (5, 6))),
        st.builds(EveryMonths, st.just(1), some(1, -1, 5), st.none() | weekdays),
        st.lists(spans(horizon), min_size=1, max_size=3).map(
            lambda dates: OnDates(tuple({span.first: span for span in dates}.values()))
        ),
    )
    # Months are tried less often: few of their days lie within so short a horizon.
    kinds = (*kinds[:2], kinds[-1], *kinds)
    cadence: Cadence = draw(st.one_of(*kinds))
    return cadence


@st.composite
def seat_plans(draw: st.DrawFn, name: str) -> SeatPlan:
    """A kind of seat, half of them open to everybody."""
    most = draw(some(1, 1, 2))
    return SeatPlan(
        name=name,
        role=draw(st.sampled_from(Role)),
        level=draw(st.sampled_from(Level)),
        skill=draw(some("", *SKILLS)),
        permission=draw(some("", "", "pypi")),
        region=draw(some("", "", "europe")),
        least=draw(st.integers(0, most)),
        most=most,
        must=draw(st.booleans()),
        effort=draw(some(240, 60, 61, 241, 0, 601)),
        offset=draw(some(0, 0, 0, 1, 7, -2)),
        weekly=draw(some(0, 0, 0, 61, 300)),
    )


@st.composite
def seats_of_any_kind(draw: st.DrawFn) -> tuple[SeatPlan, ...]:
    return tuple(draw(seat_plans(name)) for name in "abc"[: draw(st.integers(1, 3))])


@st.composite
def seats_to_learn_on(draw: st.DrawFn) -> tuple[SeatPlan, ...]:
    """A lead, a place beside and one or two shadows, which chance alone seldom brings together."""
    skill = draw(some(*SKILLS))
    return (
        SeatPlan("a", Role.lead, Level.leads, skill, effort=60),
        SeatPlan("b", draw(some(Role.secondary, Role.shadow)), skill=skill, effort=60),
        SeatPlan("c", Role.shadow, Level.learning, skill, most=draw(some(1, 2)), effort=30),
    )


@st.composite
def duties(draw: st.DrawFn, name: str, horizon: Span) -> Duty:
    """A duty with one to three kinds of seats."""
    clocks = st.builds(Clock, some(*TIMES), some(*TIMEZONES), some(60, 25, 600))
    return Duty(
        id=name,
        name=name.capitalize(),
        kind=draw(st.sampled_from(KINDS)),
        upstream=draw(some("", *UPSTREAMS)),
        why="so that it is done",
        cadence=draw(cadences(horizon)),
        seats=draw(st.one_of(*[seats_of_any_kind()] * 2, seats_to_learn_on())),
        value=draw(st.integers(0, 16)),
        term=draw(some(None, None, 1, 9)),
        clock=draw(st.one_of(st.none(), st.none(), st.none(), clocks)),
        exclusive=draw(some(True, True, False)),
        together=draw(st.booleans()),
        differ=draw(some((), ("employer",), ("region",), ("employer", "region"))),
        priority=draw(st.integers(1, 5)),
        rest=draw(some(None, None, 0, 10)),
        most=draw(some(None, None, None, 1, 2)),
    )


# ----------------------------------------------------------------------------------- problems


@st.composite
def problems(draw: st.DrawFn, most_seats: int = MOST_SEATS) -> Problem:
    """A problem with its entitlements: as the team's policy has them, or anything at all."""
    first = draw(some(*BEGINNINGS))
    horizon = Span(first, first + timedelta(days=draw(some(14, 21, 7, 14, 21, 7, 1))))
    team = [draw(people(name, horizon)) for name in PEOPLE[: draw(some(3, 4, 2, 3, 2, 3, 4, 1, 0))]]
    work = tuple(
        draw(duties(name, horizon)) for name in DUTIES[: draw(some(3, 2, 3, 2, 3, 3, 2, 1, 0))]
    )
    quiet = tuple(draw(st.lists(quiet_periods(horizon), max_size=2)))
    seats = lay_out(work, horizon, quiet)[:most_seats]
    everybody = (*[member.id for member in team], STRANGER)
    anybody = some(*everybody)
    addresses = some(*[seat.key for seat in seats], (STRANGER, STRANGER))
    problem = Problem(
        "Team",
        horizon,
        tuple(team),
        work,
        seats,
        upstreams=tuple(
            Upstream(name, name, draw(some(None, 0, 15, 33, 50, 100))) for name in UPSTREAMS
        ),
        kinds=draw(st.dictionaries(some(*KINDS, STRANGER), some(0, 10, 45, 67), max_size=2)),
        quiet=quiet,
        apart=draw(some((), tuple(itertools.combinations(everybody, 2)), (everybody,))),
        draft=draw(st.dictionaries(addresses, anybody, max_size=4)),
        published=draw(st.just({}) | st.dictionaries(addresses, anybody, max_size=4)),
        burden=draw(st.builds(Burden, some(150, 100, 300), some(150, 100, 300))),
        carried=draw(st.dictionaries(anybody, st.integers(-900, 900), max_size=3)),
        **draw(books(anybody)),
        past=draw(st.lists(past_turns(anybody, horizon), max_size=3).map(tuple)),
        paths=Paths(draw(turns()), draw(st.dictionaries(some(*SKILLS), turns(), max_size=1))),
        experience=draw(st.dictionaries(st.tuples(anybody, some(*SKILLS)), turns(), max_size=2)),
    )
    if draw(st.booleans()):
        pairs = list(fitting(problem, Policy()))
        return with_ledgers(entitled(problem, {member for _, member in pairs}), pairs)
    known = [member.id for member in team]
    return replace(
        problem, entitlements={m: draw(some(LEAST_ENTITLEMENT, 500, 4000)) for m in known}
    )


def turns() -> st.SearchStrategy[Turns]:
    """Turns of a training path, or of the past."""
    return st.builds(Turns, some(1, 0, 2), some(1, 0, 2))


@st.composite
def books(draw: st.DrawFn, anybody: st.SearchStrategy[str]) -> dict[str, Any]:
    """Loads that are facts, and ledgers with anything in them; those of a team's policy take the
    place of the first."""
    keys = st.tuples(anybody, some(*KINDS, BURDENSOME))
    minutes = some(0, 60, 200, 900)
    return {
        "served": draw(st.just({}) | st.dictionaries(anybody, minutes, max_size=2)),
        "ledgers": draw(st.dictionaries(keys, minutes, max_size=6)),
        "ledgers_served": draw(st.just({}) | st.dictionaries(keys, minutes, max_size=2)),
        "ledgers_carried": draw(st.dictionaries(keys, st.integers(-300, 300), max_size=3)),
    }


@st.composite
def quiet_periods(draw: st.DrawFn, horizon: Span) -> QuietPeriod:
    """Days that weigh more, less or nothing; periods may overlap."""
    return QuietPeriod(
        draw(spans(horizon, before=20)),
        draw(some("quiet", "")),
        draw(some(150, 300, 33, 0)),
        draw(some(None, None, None, 4)),
        draw(st.booleans()),
    )


@st.composite
def past_turns(draw: st.DrawFn, anybody: st.SearchStrategy[str], horizon: Span) -> PastTurn:
    """A turn of an earlier rotation, or a fact to come where the rest is planned again; some reach
    into the horizon."""
    duty = draw(some(*DUTIES, STRANGER))
    role = draw(some("lead", "secondary", "shadow"))
    effort = draw(some(0, 240, 2000))
    span = draw(spans(horizon, before=25))
    moved = draw(some(0, 0, -365, AHEAD))
    return PastTurn(duty, role, draw(anybody), span.shifted(moved), effort)


@st.composite
def with_more_ahead(draw: st.DrawFn, problem: Problem) -> Problem:
    """The problem with facts that lie further ahead than any rule looks."""
    anybody = some(*[member.id for member in problem.members], STRANGER)
    turns = draw(st.lists(past_turns(anybody, problem.horizon), min_size=1, max_size=3))
    ahead = (replace(turn, span=turn.span.shifted(2 * AHEAD)) for turn in turns)
    return replace(problem, past=(*problem.past, *ahead))


@st.composite
def seatings(draw: st.DrawFn, problem: Problem) -> Seating:
    """Anybody on any seat: mostly a bad rotation. Sometimes one person holds nearly all."""
    if not problem.members:
        return Seating({})
    first = problem.members[0]
    crowd = draw(some((*problem.members, None), (first, None), problem.members, (first, first)))
    chosen = ((seat, draw(st.sampled_from(crowd))) for seat in problem.seats)
    return Seating({seat: member for seat, member in chosen if member is not None})


# -------------------------------------------------------------------------------------- rules


@st.composite
def rules(draw: st.DrawFn, kind: type[Rule]) -> Rule:
    """A rule with any options that its fields allow; its tier stays."""
    return kind(**{field.name: draw(values(field)) for field in fields(kind)})


def values(field: Field[Any]) -> st.SearchStrategy[Any]:
    """Values of an option: from a fifth of its default to twice as much, and up to 100 where the
    default is 0."""
    default = field.default
    assert default is not MISSING, f"the option {field.name} has no default"
    if isinstance(default, bool):
        return st.booleans()
    if isinstance(default, int):
        least = max(default // 5, min(default, 1))
        return st.integers(least, max(least + 3, 2 * default) if default else 100)
    return st.just(default)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """The whole book with any options."""
    return Policy(tuple(draw(rules(type(rule))) for rule in Policy().rules))


def pinned(problem: Problem, seating: Seating) -> Problem:
    """The problem with a rotation as its pins."""
    pins: Mapping[Any, str] = {seat.key: member.id for seat, member in seating}
    return replace(problem, pins=pins)
