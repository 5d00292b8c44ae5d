"""A small rotation with a bit of everything: timed, empty and shadowed."""

from datetime import UTC, date, datetime

from scheduler.domain.cadence import EveryWeeks
from scheduler.domain.duties import Duty, Role, SeatPlan, Upstream
from scheduler.domain.people import Goal, Level, Member
from scheduler.domain.rotation import Placed, Rotation, Share, TierResult, quarter
from scheduler.domain.span import Span
from scheduler.domain.training import BusFactor, Progress, Turns
from scheduler.reports.roster import Roster

ANA = Member(id="ana", name="Ana Silva")
BEN = Member(
    id="ben",
    name="Ben Okafor",
    goals=(Goal("triage", Level.leads, date(2027, 3, 31)),),
    skills={"triage": Level.learning},
)
TRIAGE = Duty(
    "triage",
    "Issue triage",
    "triage",
    "Newcomers get an answer",
    EveryWeeks(),
    (SeatPlan("lead", must=True), SeatPlan("shadow", Role.shadow, Level.learning, "triage")),
    upstream="hub",
)
CALL = Duty("call", "Community call", "meetings", "People meet", EveryWeeks(), (SeatPlan("host"),))
ROSTER = Roster((ANA, BEN), (TRIAGE, CALL), (Upstream("hub", "JupyterHub", 60),))


def triage(first: date, member: str = "", seat: str = "lead", **more: object) -> Placed:
    """A week of triage."""
    span = Span(first, date.fromordinal(first.toordinal() + 7))
    role = "shadow" if seat == "shadow" else "lead"
    facts: dict[str, object] = {
        "shift": f"triage@{first}",
        "seat": seat,
        "duty": "triage",
        "upstream": "hub",
        "role": role,
        "span": span,
        "start": None,
        "end": None,
        "effort": 240,
        "must": role == "lead",
        "member": member,
        "why": "It keeps their shares even." if member else "",
    }
    # The keys are fields of Placed; mypy sees a dict of mixed values.
    return Placed(**{**facts, **more})  # type: ignore[arg-type]  # any field


CALL_TURN = Placed(
    shift="call@2027-01-12",
    seat="host",
    duty="call",
    upstream="",
    role="lead",
    span=Span(date(2027, 1, 12), date(2027, 1, 13)),
    start=datetime(2027, 1, 12, 16, tzinfo=UTC),
    end=datetime(2027, 1, 12, 17, tzinfo=UTC),
    effort=90,
    must=False,
    member="ben",
    why="Only Ben may hold it.",
)
REASONS = ("Ana is away then", "Ben has not reached the level leads in triage")


def rotation() -> Rotation:
    """Four weeks of triage, one of them empty, and a call."""
    weeks = [date(2027, 1, day) for day in (4, 11, 18, 25)]
    placed = (
        triage(weeks[0], "ana"),
        triage(weeks[0], "ben", "shadow"),
        triage(weeks[1], reasons=REASONS),
        triage(weeks[1], "", "shadow"),
        CALL_TURN,
        triage(weeks[2], "ana"),
        triage(weeks[3], "ana"),
    )
    return Rotation(
        team="Sample",
        name="2027-Q1",
        horizon=quarter("2027-Q1"),
        placed=placed,
        tiers=(
            TierResult("must", 1, 1, True),
            TierResult("fairness", (1050, 1050, 1000), (1050, 1050, 0), False),
        ),
        shares=(Share("ana", 6240, 720, 540, 540, 0), Share("ben", 3120, 90, 270, 270, 0)),
        training=(
            Progress(
                "ben",
                "triage",
                Level.leads,
                date(2027, 3, 31),
                done=Turns(shadow=2),
                needed=Turns(shadow=3, lead=1),
            ),
        ),
        bus_factors=(BusFactor("triage", 1, 1), BusFactor("call", 3, 3)),
        inputs="sha256:0",
        version="0.1.0",
        seed=0,
    )
