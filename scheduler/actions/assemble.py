"""The problem of a horizon, from a team and its earlier rotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scheduler.actions.experience import experience, grown
from scheduler.domain.fairness import books, due, entitled, with_ledgers
from scheduler.domain.people import Member
from scheduler.domain.problem import LedgerKey, Problem, lay_out
from scheduler.domain.rotation import PastTurn, Placed, Rotation
from scheduler.domain.shifts import Seat, SeatKey
from scheduler.domain.span import Span
from scheduler.files.public_holidays import days_of
from scheduler.rules.book import Policy, fitting

if TYPE_CHECKING:
    from scheduler.files.team import Team

QUARTER = 365.25 / 4
"""Days in a quarter, for half-lives."""

MEMORY = timedelta(days=400)
"""How far back single turns are remembered: over a year, so that last year's end is among them."""


def assemble(
    team: Team,
    earlier: Sequence[Rotation],
    horizon: Span,
    draft: Rotation | None = None,
) -> Problem:
    """Lay out a horizon for a team.

    ``earlier`` are the rotations that count as history: published, and over before the horizon
    begins (see ``history``). The ``draft`` is stayed close to; its seats with ``pinned: true``
    are pins, unless ``policy.yaml`` says otherwise. Members have the levels that they earned in
    earlier rotations.
    """
    return entitle(laid_out(team, earlier, horizon, draft), team.policy)


def laid_out(
    team: Team,
    earlier: Sequence[Rotation],
    horizon: Span,
    draft: Rotation | None = None,
) -> Problem:
    """The same without fair shares, for what is to become another problem yet."""
    placed = draft.placed if draft is not None else ()
    pinned = {seat.key: seat.member for seat in placed if seat.pinned and seat.member}
    done = experience(earlier, team.members, team.duties, team.paths)
    return Problem(
        team=team.name,
        horizon=horizon,
        members=with_holidays(grown(team.members, done, team.paths), horizon),
        duties=team.duties,
        seats=lay_out(team.duties, horizon, team.quiet),
        upstreams=team.upstreams,
        kinds=team.kinds,
        quiet=team.quiet,
        burden=team.burden,
        apart=team.apart,
        pins=_within({**pinned, **team.pins}, horizon),
        draft={seat.key: seat.member for seat in placed if seat.member},
        carried=carried(earlier, horizon, team.half_life),
        ledgers_carried=ledgers_carried(earlier, horizon, team.half_life),
        past=tuple(past(earlier, horizon)),
        paths=team.paths,
        experience=done,
    )


def entitle(
    problem: Problem, policy: Policy, served: Iterable[tuple[Seat, Member]] = ()
) -> Problem:
    """The problem with everybody's fair share of the load and of each ledger, for those who can
    hold at least one seat that carries load; who has ``served`` in a seat could."""
    fits = dict.fromkeys((*fitting(problem, policy), *served))
    pairs = [(seat, member) for seat, member in fits if not seat.is_shadow]
    return with_ledgers(entitled(problem, {member for _, member in pairs}), pairs)


def with_holidays(members: Iterable[Member], horizon: Span) -> tuple[Member, ...]:
    """The members with the public holidays around a horizon: a seat may begin early or end late."""
    years = range(horizon.first.year - 1, horizon.end.year + 2)
    return tuple(
        replace(member, public_holidays=member.public_holidays | days_of(member.holidays, years))
        if member.holidays
        else member
        for member in members
    )


def history(rotations: Iterable[Rotation], horizon: Span) -> tuple[Rotation, ...]:
    """The published rotations that are over when a horizon begins, in order of time."""
    over = (r for r in rotations if r.is_published and r.horizon.end <= horizon.first)
    return tuple(sorted(over, key=lambda rotation: rotation.horizon))


def carried(earlier: Iterable[Rotation], horizon: Span, half_life: float) -> dict[str, int]:
    """Minutes that each member carries above (+) or below (-) the fair part of what was done in
    earlier rotations.

    A balance halves with every ``half_life`` quarters between the end of its rotation and the
    start of the horizon. The first rotation that knows a member also tells with which balance
    they started, be it from rotations that are no longer there or as a newcomer. Who could not
    serve at all in a rotation carries nothing from it, and so counts as a newcomer where that
    holds for all of them.
    """
    balances: dict[str, float] = {}
    for rotation in earlier:
        before = kept_since(rotation.horizon.first, horizon, half_life)
        after = kept_since(rotation.horizon.end, horizon, half_life)
        for share, fair in zip(rotation.shares, due(rotation.shares), strict=True):
            if share.fair or share.load:
                balance = balances.get(share.member, before * share.carried)
                balances[share.member] = balance + after * (share.load - fair)
    return {member: round(balance) for member, balance in sorted(balances.items())}


def ledgers_carried(
    earlier: Iterable[Rotation], horizon: Span, half_life: float
) -> dict[LedgerKey, int]:
    """The same for each ledger: minutes above (+) or below (-) the fair part of it."""
    balances: dict[LedgerKey, float] = {}
    for rotation in earlier:
        kept = kept_since(rotation.horizon.end, horizon, half_life)
        for key, (load, fair) in books(rotation.shares).items():
            balances[key] = balances.get(key, 0.0) + kept * (load - fair)
    return {key: round(balance) for key, balance in sorted(balances.items())}


def kept_since(day: date, horizon: Span, half_life: float) -> float:
    """The part of a balance of a day that is left when a horizon begins."""
    quarters = (horizon.first - day).days / QUARTER
    return float(0.5 ** (quarters / half_life))


def past(earlier: Iterable[Rotation], horizon: Span) -> Iterator[PastTurn]:
    """The turns of earlier rotations that are recent enough to matter, in order of time."""
    for rotation in earlier:
        for placed in rotation.served:
            if placed.span.end + MEMORY >= horizon.first:
                yield as_past(placed)


def as_past(placed: Placed) -> PastTurn:
    """A turn that somebody has, as the plans after it see it."""
    return PastTurn(
        duty=placed.duty,
        role=placed.role,
        member=placed.member,
        span=placed.span,
        effort=placed.effort,
        start=placed.start,
        end=placed.end,
    )


def _within(pins: dict[SeatKey, str], horizon: Span) -> dict[SeatKey, str]:
    """The pins of the shifts that begin in a horizon; a team's policy may hold other quarters'."""
    return {key: member for key, member in pins.items() if begins(key) in horizon}


def begins(key: SeatKey) -> date:
    """The first day of a seat's shift, which is part of the shift's id."""
    return date.fromisoformat(key[0].rpartition("@")[2])
