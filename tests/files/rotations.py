"""Rotations for tests: one to read, and a strategy that makes any."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.domain.people import Level
from scheduler.domain.rotation import Placed, Rotation, Share, TierResult
from scheduler.domain.span import Span
from scheduler.domain.training import BusFactor, Progress, Turns

SEAM = datetime(2027, 1, 4, 15, tzinfo=UTC)


def placed(shift: str = "hub@2027-01-04", seat: str = "lead", **changes: Any) -> Placed:
    """A seat of a week, held by Ana."""
    usual: dict[str, Any] = {
        "duty": "hub",
        "upstream": "jupyterhub",
        "role": "lead",
        "span": Span(date(2027, 1, 4), date(2027, 1, 11)),
        "start": None,
        "end": None,
        "effort": 240,
        "must": True,
        "member": "ana",
        "why": "Only Ana may hold it.",
    }
    return Placed(shift=shift, seat=seat, **{**usual, **changes})


def rotation(*seats: Placed, **changes: Any) -> Rotation:
    """A draft with one tier and one share."""
    usual: dict[str, Any] = {
        "team": "Tiny",
        "name": "2027-Q1",
        "horizon": Span(date(2027, 1, 1), date(2027, 4, 1)),
        "placed": seats or (placed(),),
        "tiers": (TierResult("must", 0, 0, True),),
        "shares": (Share("ana", 6240, 1200, 1210, 1180, 30),),
        "inputs": "sha256:00",
        "version": "0.1.0",
        "seed": 0,
    }
    return Rotation(**{**usual, **changes})


# What a person may write somewhere in a roster: no control characters and nothing invisible.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")).filter(
        lambda character: character not in "\x85\ufeff\ufffe\uffff"
    ),
    max_size=20,
)
lines = texts.map(lambda text: " ".join(text.split())).filter(bool)
ids = st.one_of(
    st.sampled_from(["no", "on", "1e5", "0x1F", "010", "2027", "null", "y", "1_0", "2027-01-04"]),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True),
)
numbers = st.integers(-(10**9), 10**9)
minutes = st.integers(0, 10**6)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31)) | st.none()
done = st.builds(Turns, minutes, minutes)
levels = st.sampled_from([level for level in Level if level is not Level.none])
progress = st.builds(Progress, ids, ids, levels, days, done, done, days, st.booleans())
spans = st.builds(
    lambda first, days: Span(first, first + timedelta(days=days)),
    st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    st.integers(1, 400),
)
instants = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
prices = numbers | st.lists(numbers, max_size=4).map(tuple)


@st.composite
def shifts(draw: st.DrawFn, shift: str) -> list[Placed]:
    """All seats of one shift."""
    timed = draw(st.booleans())
    start = draw(instants) if timed else None
    of_shift: dict[str, Any] = {
        "shift": shift,
        "duty": draw(ids),
        "upstream": draw(ids | st.just("")),
        "start": start,
        "end": start + timedelta(minutes=draw(st.integers(1, 2000))) if start else None,
    }
    seats = []
    for name in draw(st.lists(ids, min_size=1, max_size=3, unique=True)):
        member = draw(ids | st.just(""))
        seats.append(
            placed(
                seat=name,
                span=draw(spans),
                role=draw(st.sampled_from(["lead", "secondary", "shadow"])),
                effort=draw(minutes),
                must=draw(st.booleans()),
                member=member,
                why=draw(texts),
                reasons=() if member else tuple(draw(st.lists(texts, max_size=2))),
                price="" if member else draw(texts),
                pinned=draw(st.booleans()),
                revision=draw(minutes),
                revised=draw(instants | st.none()),
                **of_shift,
            )
        )
    return seats


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    """Any rotation, its shifts in no order."""
    keys = draw(st.lists(lines, max_size=4, unique=True))
    return rotation(
        team=draw(lines),
        name=draw(ids),
        horizon=draw(spans),
        placed=tuple(seat for key in keys for seat in draw(shifts(key))),
        tiers=tuple(
            draw(
                st.lists(
                    st.builds(TierResult, ids, prices, prices, st.booleans(), minutes), max_size=3
                )
            )
        ),
        shares=tuple(
            draw(
                st.lists(
                    st.builds(Share, ids, minutes, minutes, minutes, minutes, numbers), max_size=3
                )
            )
        ),
        training=tuple(draw(st.lists(progress, max_size=2))),
        bus_factors=tuple(draw(st.lists(st.builds(BusFactor, ids, minutes, minutes), max_size=2))),
        inputs=draw(texts),
        version=draw(texts),
        seed=draw(numbers),
        published=draw(instants | st.none()),
        interrupted=draw(st.booleans()),
        notes=tuple(draw(st.lists(texts, max_size=2))),
    )
