"""The grades of a rotation: shares, doubles, upstreams, training and ledgers.

The formulas are those of the manual, written down a second time: load is effort, weighted where
the time is burdensome; entitlement is the fair part of all load on offer less the balance carried,
at least an hour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.audit.burden import burdensome, weight
from scheduler.audit.case import Case, Held
from scheduler.audit.claim import Claim
from scheduler.audit.duties import SeatKind
from scheduler.audit.fit import ALWAYS, ON_A_DAY, fits
from scheduler.audit.growth import asked, serves
from scheduler.audit.people import Member
from scheduler.audit.report import Doubles, Ledger, Share, Training, UpstreamEffort
from scheduler.audit.words import LEVELS, ONE_DAY

LEAST_ENTITLEMENT = 60
QUARTER_DAYS = 365.25 / 4


def shares(case: Case, earlier: Iterable[Claim]) -> tuple[Share, ...]:
    """Everybody's line of the fairness table."""
    members = list(case.roster.members.values())
    available = {m: m.budget_over(case.claim.horizon) for m in members}
    fair = _fair_shares(case, {m: available[m] for m in members if _is_able(case, m)})
    carried = balances(case, earlier)
    known = [carried[m.id] for m in fair if m.id in carried]
    newcomer = sum(known) // len(known) if known else 0
    loads = {m: loaded(case, m) for m in members}
    entitled = {
        m: max(LEAST_ENTITLEMENT, fair[m] - carried.get(m.id, newcomer)) if m in fair else 0
        for m in members
    }
    served = sum(loads[m] for m in fair)
    mean = served / sum(entitled.values()) if served else 1.0
    return tuple(
        Share(
            member=m.id,
            available=available[m],
            load=loads[m],
            fair=fair.get(m, 0),
            entitlement=entitled[m],
            carried=carried.get(m.id, newcomer if m in fair else 0),
            index=round(1000 * loads[m] / entitled[m]) if entitled[m] else None,
            scaled=round(loads[m] / entitled[m] / mean, 3) if entitled[m] else None,
        )
        for m in members
    )


def _fair_shares(case: Case, available: dict[Member, int]) -> dict[Member, int]:
    """The load on offer in proportion to what each is there for; alike where nobody has budget."""
    policy = case.roster.policy
    offered = sum(weight(seat, policy) for seat in case.asked.values() if not seat.is_shadow)
    total = sum(available.values())
    if not total:
        return {member: offered // len(available) for member in available}
    return {member: offered * part // total for member, part in available.items()}


def loaded(case: Case, member: Member) -> int:
    """Minutes of load; a shadow learns and is not counted."""
    seats = [held.seat for held in case.by_member[member] if not held.seat.is_shadow]
    return sum(weight(seat, case.roster.policy, member) for seat in seats)


def _is_able(case: Case, member: Member) -> bool:
    """Whether there is a seat that the member may hold and that carries load."""
    policy = case.roster.policy
    kinds: dict[tuple[str, SeatKind], bool] = {}
    for seat in case.asked.values():
        if seat.is_shadow:
            continue
        kind = seat.duty.id, seat.kind
        if kind not in kinds:
            kinds[kind] = fits(member, seat, policy, ALWAYS)
        if kinds[kind] and fits(member, seat, policy, ON_A_DAY):
            return True
    return False


def balances(case: Case, earlier: Iterable[Claim]) -> dict[str, int]:
    """Minutes above (+) or below (-) the fair part of what was done that members bring from
    published rotations that ended before, each halved with every half-life since; and what they
    brought into the first of them."""
    found: dict[str, float] = {}
    first = case.claim.horizon.first
    for claim in sorted(earlier, key=lambda claim: claim.horizon):
        if not claim.published or claim.horizon.last >= first:
            continue
        done = sum(line.load or 0 for line in claim.figures)
        offered = sum(line.fair or 0 for line in claim.figures)
        for line in claim.figures:
            if line.fair or line.load:
                start = (line.carried or 0) * _kept(case, claim.horizon.first)
                above = (line.load or 0) - (line.fair or 0) * done / offered if offered else 0
                above *= _kept(case, claim.horizon.last + ONE_DAY)
                found[line.member] = found.get(line.member, start) + above
    return {member: round(balance) for member, balance in found.items()}


def _kept(case: Case, day: date) -> float:
    """The part of a balance of a day that is left when the horizon begins."""
    quarters = (case.claim.horizon.first - day).days / QUARTER_DAYS
    return float(0.5 ** (quarters / case.roster.policy.half_life))


# ----------------------------------------------------------------------------------- doubles


def at_once_by_day(turns: Iterable[Held]) -> dict[date, int]:
    """How many different whole-day duties a member holds on each day."""
    duties: dict[date, set[str]] = {}
    for held in turns:
        for day in held.seat.days if held.seat.opens is None else ():
            duties.setdefault(day, set()).add(held.seat.duty.id)
    return {day: len(held) for day, held in duties.items()}


def doubles(case: Case) -> tuple[tuple[Doubles, ...], int, int]:
    """By member, and the days on which anybody holds two or more, and three or more."""
    lines: list[Doubles] = []
    two: set[date] = set()
    three: set[date] = set()
    for member, turns in case.by_member.items():
        days = at_once_by_day(turns).items()
        busy = {day for day, count in days if count >= 2 and day in case.claim.horizon}
        crowded = {day for day, count in days if count >= 3 and day in case.claim.horizon}
        two, three = two | busy, three | crowded
        if busy:
            lines.append(Doubles(member.id, len(busy), len(crowded)))
    return tuple(lines), len(two), len(three)


# -------------------------------------------------------------- upstreams, training and ledgers


def upstreams(case: Case) -> tuple[UpstreamEffort, ...]:
    """Effort by upstream, shadows apart; duties that serve all upstreams do not count."""
    minutes: Counter[str] = Counter(dict.fromkeys(case.roster.upstreams, 0))
    for held in case.held:
        if held.seat.duty.upstream and not held.seat.is_shadow:
            minutes[held.seat.duty.upstream] += held.seat.effort
    total = sum(minutes.values()) or 1
    return tuple(
        UpstreamEffort(name, spent, round(100 * spent / total, 1), case.roster.upstreams.get(name))
        for name, spent in minutes.items()
    )


def training(case: Case) -> tuple[Training, ...]:
    """Progress of every goal."""
    return tuple(_progress(case))


def _progress(case: Case) -> Iterator[Training]:
    for member, turns in case.by_member.items():
        for goal in member.goals:
            others = [h for h in turns if h.seat.kind.skill == goal.skill and not h.seat.is_shadow]
            yield Training(
                member=member.id,
                skill=goal.skill,
                goal=LEVELS[goal.level],
                by=str(goal.by or ""),
                shadowed=sum(h.seat.is_shadow and serves(h.seat, goal) for h in turns),
                asked=asked(case, member, goal)[0],
                served=len(others),
            )


def ledgers(case: Case) -> tuple[Ledger, ...]:
    """What each member does, by kind of duty."""
    policy = case.roster.policy
    lines: list[Ledger] = []
    for member, turns in case.by_member.items():
        kinds: Counter[str] = Counter()
        for held in turns:
            if not held.seat.is_shadow:
                kinds[held.seat.duty.kind] += held.seat.effort
        shadow = sum(held.seat.effort for held in turns if held.seat.is_shadow)
        heavy = sum(burdensome(h.seat, policy, member) for h in turns if not h.seat.is_shadow)
        lines.append(Ledger(member.id, dict(sorted(kinds.items())), shadow, heavy))
    return tuple(lines)
