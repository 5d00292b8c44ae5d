"""The problem to solve: everything that planning needs to know, as one immutable value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from scheduler.domain.burden import Burden, Weighed
from scheduler.domain.duties import Duty, SeatPlan, Upstream
from scheduler.domain.people import Member
from scheduler.domain.rotation import PastTurn, Seating
from scheduler.domain.shifts import Seat, SeatKey, Shift, seats_of, shifts_of
from scheduler.domain.span import Span, Week, monday_of, spread
from scheduler.domain.training import Paths, Turns

LedgerKey = tuple[str, str]
"""The id of a member and the name of a ledger."""


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """Days that weigh more than others, such as the turn of the year; ``weight`` is in percent.

    ``reduced`` is the priority from which duties rest: none of their shifts begins then.
    """

    span: Span
    name: str
    weight: int = 150
    reduced: int | None = None
    remember: bool = False
    """Who served then is spared the next time."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A team, its duties and a horizon.

    ``pins`` are seats whose holder is decided, ``draft`` is the plan to stay close to, ``carried``
    the balance of each member in minutes above (+) or below (-) the fair share of earlier
    quarters, already halved by age, and ``past`` the turns of earlier rotations; where the rest of
    one is planned again, those of it that are facts, too, of which some may be still to come.
    ``fair`` and ``entitlements`` (minutes a member, see ``domain.fairness``) name only those who
    can hold at least one seat.
    """

    team: str
    horizon: Span
    members: tuple[Member, ...]
    duties: tuple[Duty, ...]
    seats: tuple[Seat, ...]
    upstreams: tuple[Upstream, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    """The share of the effort, in percent, that the strategy gives to a kind of work."""
    quiet: tuple[QuietPeriod, ...] = ()
    burden: Burden = field(default_factory=Burden)
    apart: tuple[tuple[str, ...], ...] = ()
    """Groups of members, by id, of whom no two share a shift."""
    pins: Mapping[SeatKey, str] = field(default_factory=dict)
    draft: Mapping[SeatKey, str] = field(default_factory=dict)
    published: Mapping[SeatKey, str] = field(default_factory=dict)
    """Who holds each published turn that is still to come; only set to plan again."""
    closed: frozenset[SeatKey] = frozenset()
    """Seats that planning leaves empty, for somebody to cover them."""
    served: Mapping[str, int] = field(default_factory=dict)
    """Load in minutes of the turns of this horizon that are facts already, by member."""
    ledgers_served: Mapping[LedgerKey, int] = field(default_factory=dict)
    """The same by ledger."""
    carried: Mapping[str, int] = field(default_factory=dict)
    fair: Mapping[str, int] = field(default_factory=dict)
    entitlements: Mapping[str, int] = field(default_factory=dict)
    ledgers: Mapping[LedgerKey, int] = field(default_factory=dict)
    """Fair share of each ledger in minutes (see ``domain.ledgers``), by member and ledger."""
    ledgers_carried: Mapping[LedgerKey, int] = field(default_factory=dict)
    """Balance of each ledger from earlier quarters, like ``carried``."""
    past: tuple[PastTurn, ...] = ()
    paths: Paths = field(default_factory=Paths)
    experience: Mapping[tuple[str, str], Turns] = field(default_factory=dict)
    """Turns of earlier rotations on the way to a goal, by member and skill."""

    @cached_property
    def quiet_days(self) -> dict[date, int]:
        """What each day weighs for everybody, in percent: as much as the heaviest quiet period
        that it lies in. Days of none are left out."""
        days: dict[date, int] = {}
        for period in self.quiet:
            for day in period.span:
                days[day] = max(period.weight, days.get(day, period.weight))
        return days

    @cached_property
    def weights(self) -> dict[tuple[Member | None, Seat], Weighed]:
        """What seats weigh, as far as it has been worked out; see ``domain.burden``."""
        return {}

    @cached_property
    def fits(self) -> dict[Hashable, dict[Seat, list[Member]]]:
        """Who may hold which seat under the rules that were asked last; see ``rules.book``."""
        return {}

    @cached_property
    def able(self) -> dict[tuple[Duty, SeatPlan], tuple[Member, ...]]:
        """Who has what a kind of seat asks for, whatever the day, as far as it has been worked out;
        see ``domain.growth``."""
        return {}

    @cached_property
    def learners(self) -> dict[tuple[Duty, SeatPlan], tuple[Member, ...]]:
        """Who learns to lead a kind of seat, likewise."""
        return {}

    @cached_property
    def available(self) -> dict[Member, int]:
        """Minutes of budget that each member has in the horizon after leave and directed work."""
        return {member: member.budget_in(self.horizon) for member in self.members}

    def with_shares(
        self,
        fair: Mapping[str, int],
        entitlements: Mapping[str, int],
        ledgers: Mapping[LedgerKey, int],
    ) -> Problem:
        """The problem with these fair shares. What has been worked out about it stays, as nothing
        of that hangs on them."""
        other = copy(self)
        vars(other).update(fair=fair, entitlements=entitlements, ledgers=ledgers)
        return other

    def recalling(self, other: Problem) -> Problem:
        """This problem, which knows what has been worked out about another one of the same horizon:
        what seats weigh and, as long as people and past are the same, who may hold them."""
        self.weights.update(other.weights)
        if self.members == other.members:
            self.able.update(other.able)
            self.learners.update(other.learners)
        people = self.members, self.past, self.experience
        if people == (other.members, other.past, other.experience):
            for rules, known in other.fits.items():
                if all(seat in known for seat in self.seats):
                    self.fits[rules] = {seat: known[seat] for seat in self.seats}
        return self

    @cached_property
    def limits_turns(self) -> bool:
        """Whether anybody may have only so many turns of some duty."""
        return any(duty.most is not None for duty in self.duties) or any(
            member.most for member in self.members
        )

    @cached_property
    def begun(self) -> Counter[tuple[str, str]]:
        """How many turns of this horizon are facts already, by member and duty."""
        here = (turn for turn in self.past if turn.span.first in self.horizon)
        return Counter((turn.member, turn.duty) for turn in here)

    @cached_property
    def member_by_id(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def seat_by_key(self) -> dict[SeatKey, Seat]:
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def seats_by_duty(self) -> dict[Duty, tuple[Seat, ...]]:
        """Seats of each duty in order of time."""
        found: dict[Duty, list[Seat]] = {duty: [] for duty in self.duties}
        for seat in self.seats:
            found[seat.duty].append(seat)
        return {d: tuple(sorted(s, key=lambda seat: seat.opens)) for d, s in found.items()}

    @cached_property
    def seats_by_shift(self) -> dict[Shift, tuple[Seat, ...]]:
        """Seats of each shift, in the order of the duty."""
        found: dict[Shift, list[Seat]] = {}
        for seat in self.seats:
            found.setdefault(seat.shift, []).append(seat)
        return {shift: tuple(seats) for shift, seats in found.items()}

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Every ISO week on which some seat has work, in order."""
        return tuple(sorted({week for seat in self.seats for week, _ in seat.weeks}))

    @cached_property
    def pinned(self) -> tuple[tuple[Seat, Member], ...]:
        """The pins that name a seat and a member of this problem."""
        return tuple(self._known(self.pins))

    @cached_property
    def drafted(self) -> tuple[tuple[Seat, Member], ...]:
        """The draft's assignments whose seat and member still exist."""
        return tuple(self._known(self.draft))

    @cached_property
    def stood(self) -> tuple[tuple[Seat, Member], ...]:
        """The published turns to come whose seat and member still exist."""
        return tuple(self._known(self.published))

    def _known(self, holders: Mapping[SeatKey, str]) -> Iterator[tuple[Seat, Member]]:
        for key, member in holders.items():
            if key in self.seat_by_key and member in self.member_by_id:
                yield self.seat_by_key[key], self.member_by_id[member]

    @cached_property
    def _order(self) -> dict[Member, int]:
        return {member: number for number, member in enumerate(self.members)}

    def holders(self, seating: Seating) -> list[Member]:
        """The members who hold something in a rotation, in the order of the roster: of a thousand
        only a few hold what a move changes."""
        return sorted(seating.members & self._order.keys(), key=self._order.__getitem__)

    @cached_property
    def parted(self) -> tuple[tuple[Member, ...], ...]:
        """Groups of members of this problem of whom no two share a shift."""
        known = self.member_by_id
        groups = (tuple(known[m] for m in dict.fromkeys(ids) if m in known) for ids in self.apart)
        return tuple(group for group in groups if len(group) > 1)

    @cached_property
    def seam_of(self) -> dict[Member, list[tuple[PastTurn, Duty]]]:
        """The turns of ``seam`` by member."""
        found: dict[Member, list[tuple[PastTurn, Duty]]] = {}
        for turn, duty, member in self.seam:
            found.setdefault(member, []).append((turn, duty))
        return found

    @cached_property
    def seam(self) -> tuple[tuple[PastTurn, Duty, Member], ...]:
        """The turns of earlier rotations that may last into this one, of duties and members that
        still exist. Shadow turns are among them.

        Days are those of a place, and turns overlap by the moment: a day's work that begins late in
        the far west ends a day and a half after its day, and a day in the far east begins 14 hours
        before that of UTC.
        """
        return tuple(
            (turn, self.duty_by_id[turn.duty], self.member_by_id[turn.member])
            for turn in self._lately(3)
            if turn.duty in self.duty_by_id and turn.member in self.member_by_id
        )

    def _lately(self, days: int) -> Iterator[PastTurn]:
        """The turns of earlier rotations that end after so many days before the first seat."""
        first = min((seat.span.first for seat in self.seats), default=self.horizon.first)
        return (turn for turn in self.past if turn.span.end > first - timedelta(days=days))

    @cached_property
    def _taken(self) -> dict[tuple[str, Week], int]:
        taken: dict[tuple[str, Week], int] = {}
        for turn in self._lately(6):
            for week, minutes in spread(turn.effort, turn.span).items():
                key = turn.member, week
                taken[key] = taken.get(key, 0) + minutes
        return taken

    def taken(self, member: Member, week: Week) -> int:
        """Minutes of an ISO week that turns of earlier rotations take."""
        return self._taken.get((member.id, week), 0)

    @cached_property
    def _budgets(self) -> dict[tuple[Member, Week], int]:
        return {}

    def budget(self, member: Member, week: Week) -> int:
        """Minutes of foundational work that a member still has in an ISO week, at least 0.

        The weekly budget is spread over the member's working days; a day away, or outside
        joined, left and paused, takes its part with it. So do directed work and the turns of
        earlier rotations that have work in that week.
        """
        known = self._budgets.get((member, week))
        if known is None:
            known = max(0, member.budget_in(_days(week)) - self.taken(member, week))
            self._budgets[member, week] = known
        return known


def _days(week: Week) -> Span:
    first = monday_of(week)
    return Span(first, first.fromordinal(first.toordinal() + 7))


def lay_out(
    duties: tuple[Duty, ...], horizon: Span, quiet: tuple[QuietPeriod, ...] = ()
) -> tuple[Seat, ...]:
    """All seats of all shifts that start within the horizon, in order of day and duty, but for
    those of duties that rest in a quiet period."""
    shifts = [
        shift
        for duty in duties
        for shift in shifts_of(duty, horizon)
        if not any(_rests(duty, period) and shift.span.first in period.span for period in quiet)
    ]
    shifts.sort(key=lambda shift: shift.span.first)
    return tuple(seats_of(shifts))


def _rests(duty: Duty, period: QuietPeriod) -> bool:
    return period.reduced is not None and duty.priority >= period.reduced
