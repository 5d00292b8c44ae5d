"""Rosters as a person could write them, in every shape that the files know, and mostly bad
rotations for them."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

DAYS = st.integers(1, 28).map(lambda day: f"2027-03-{day:02}")
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EVERYBODY = {"budget": "40h", "days": WEEK, "region": "europe", "permissions": ["pypi"]}
ABLE = [
    {"id": "able", "skills": ["ci", "docs"], **EVERYBODY},
    {"id": "novice", "skills": {"ci": "learning", "docs": "learning"}, **EVERYBODY},
]
"""Without them most duties could be held by nobody, which the files refuse."""
LEVELS = st.sampled_from(["learning", "shadowed", "leads", "mentors"])
SKILLS = st.sampled_from(["ci", "docs"])
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
)
CLOCKS = st.sampled_from(["00:00", "01:30", "09:00", "16:00", "23:30"])


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with any of the keys."""
    return st.fixed_dictionaries({}, optional=keys)


@st.composite
def spans(draw: st.DrawFn) -> Any:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return draw(st.sampled_from([first, {"first": first, "last": last}]))


@st.composite
def directed(draw: st.DrawFn) -> dict[str, str]:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return {"first": first, "last": last, "takes": draw(st.sampled_from(["61m", "3h", "20h"]))}


def members(name: str) -> st.SearchStrategy[dict[str, Any]]:
    described = optional(
        timezone=ZONES,
        hours=st.sampled_from(["09:00-17:00", "18:00-02:00", "16:00-24:00"]),
        days=st.sampled_from([["mon"], ["tue", "wed", "thu"], ["saturday", "sun"]]),
        region=st.sampled_from(["europe", "america"]),
        holidays=st.sampled_from(["", "GB-NIR", "JP", "MX"]),
        employer=st.sampled_from(["Org", "Lab"]),
        joined=st.sampled_from(["2027-03-08", "2027-01-01"]),
        left=st.sampled_from(["2027-03-19", "2027-12-31"]),
        paused=st.lists(spans(), max_size=1),
        away=st.lists(spans(), max_size=2),
        directed=st.lists(directed(), max_size=2),
        skills=st.dictionaries(SKILLS, LEVELS),
        permissions=st.just(["pypi"]),
        goals=st.lists(
            st.fixed_dictionaries(
                {"skill": SKILLS, "level": st.one_of(LEVELS, st.just("leads"))},
                optional={"by": DAYS, "mentor": st.just("able"), "value": st.just(3)},
            ),
            max_size=2,
        ),
        mentees=st.integers(0, 1),
        most=st.dictionaries(st.just("duty-0"), st.integers(0, 2)),
        wishes=st.just({"duty-0": "never"}),
    )
    budget = st.sampled_from(["0h", "90m", "4h", "10h", "40h"])
    return st.builds(lambda b, d: {"id": name, "budget": b, **d}, budget, described)


CADENCES = st.one_of(
    st.sampled_from(
        [
            "weekdays",
            "weekly",
            "monthly",
            {"every": ["tue", "sat"]},
            {"every": "2 weeks", "on": "wednesday", "from": "2027-01-06"},
            {"every": "2 weeks", "from": "2027-02-05"},
            {"every": "month", "on": "second tuesday"},
            {"every": "month", "on": "last day"},
            {"every": "3 months", "on": "first monday", "from": "2026-12-01"},
        ]
    ),
    spans().map(lambda span: {"once": span}),
    spans().map(lambda span: {"dates": [span]}),
    st.sampled_from(
        [
            {"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": "2027-01-01"},
            {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "from": "2020-02-29"},
            {"rrule": "FREQ=DAILY;INTERVAL=4;COUNT=3", "from": "2027-03-02"},
            {"milestones": "hub", "before": "1w", "after": "2d"},
            {"milestones": ["1.0", "2.0"], "before": "3d"},
        ]
    ),
)
SEATS = optional(
    role=st.sampled_from(["lead", "secondary", "shadow"]),
    must=st.booleans(),
    permission=st.just("pypi"),
    region=st.just("europe"),
    skill=SKILLS,
    effort=st.sampled_from(["100m", "3h", "0.5h", "35m/day", "4h/week"]),
    offset=st.sampled_from(["1w", "3d"]),
    count=st.sampled_from(["0-2", "2"]),
)


@st.composite
def duties(draw: st.DrawFn, name: str) -> dict[str, Any]:
    seats = [{"seat": "lead"}]
    for seat in ("secondary", "shadow"):
        if draw(st.booleans()):
            said = {"seat": seat, **draw(SEATS)}
            if said.get("role", seat) == "shadow":
                said.pop("must", None)
            seats.append(said)
    timed = optional(timezone=ZONES).map(lambda zone: {**zone, "lasts": "90m"})
    clock = {"at": draw(CLOCKS), **draw(timed)} if draw(st.booleans()) else {}
    described = optional(
        skill=SKILLS,
        exclusive=st.booleans(),
        together=st.booleans(),
        differ=st.sampled_from([["employer"], ["region"], ["employer", "region"]]),
        term=st.sampled_from(["1d", "10d", "2w"]),
        upstream=st.sampled_from(["hub", "book"]),
        handoff=st.just({"on": "thursday"}),
        priority=st.integers(1, 5),
        until=st.just("2027-03-20"),
        most=st.integers(1, 2),
        **{"from": st.just("2027-03-09")},
    )
    basics = {"id": name, "kind": "ci", "why": "it helps", "cadence": draw(CADENCES)}
    effort = draw(st.sampled_from(["1h", "100m", "5h", "1h/day"]))
    return {**basics, "effort": effort, "seats": seats, **clock, **draw(described)}


POLICIES = st.fixed_dictionaries(
    {
        "tiers": st.just(["must", "doubles", "backlog", "fairness", "growth", "comfort", "draft"]),
        "rules": optional(
            away=st.sampled_from([{"tolerate": 20}, "off"]),
            region=st.just("off"),
            weekly_budget=st.just("off"),
            training_goals=st.just({"turns": 1}),
            fair_share=st.just({"band": 10}),
            few_at_once=st.just({"tier": "doubles", "at_most": 1}),
            earned_lead=st.just("off"),
            mentor_limits=st.sampled_from([{"at_once": 0}, {"at_once": 1}]),
            bus_factor=st.sampled_from([{"at_least": 4, "weight": 2}, "off"]),
        ).map(lambda rules: {"few_at_once": {"tier": "doubles"}, **rules}),
    },
    optional={
        "training": optional(
            shadow_turns=st.integers(0, 3),
            lead_turns=st.integers(0, 2),
            skills=st.just({"ci": {"shadow_turns": 1}}),
        ),
        "burden": st.fixed_dictionaries(
            {}, optional={"holidays": st.just("300%"), "odd_hours": st.just("100%")}
        ),
        "quiet": st.lists(
            st.fixed_dictionaries(
                {
                    "first": st.just("2027-03-10"),
                    "last": st.sampled_from(["2027-03-10", "2027-03-16"]),
                    "weight": st.sampled_from(["150%", "50%"]),
                },
                optional={"reduced": st.integers(1, 5), "remember": st.booleans()},
            ),
            max_size=2,
        ),
    },
)


APART = st.just([["able", "novice", "member-0"]])
UPSTREAMS = [
    {
        "id": "hub",
        "milestones": [
            {"name": "1.0", "date": "2027-03-05"},
            {"name": "2.0", "date": "2027-03-19"},
        ],
    },
    {"id": "book", "milestones": [{"name": "1.0", "date": "2027-03-12"}]},
]


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """The three files of a roster, by name."""
    people = ABLE + [draw(members(f"member-{n}")) for n in range(draw(st.integers(1, 2)))]
    work = [draw(duties(f"duty-{n}")) for n in range(draw(st.integers(1, 3)))]
    team = {"team": "Any", "installation": "0b8f3e7c-0000-4000-8000-000000000000"}
    return {
        "roster.yaml": yaml.safe_dump(
            {**team, "members": people, **draw(optional(timezone=ZONES, not_together=APART))}
        ),
        "duties.yaml": yaml.safe_dump({"upstreams": UPSTREAMS, "duties": work}),
        "policy.yaml": yaml.safe_dump(draw(POLICIES)),
    }
