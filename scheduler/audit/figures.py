"""Whether the figures that a rotation states about itself are so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.audit.case import Case
from scheduler.audit.claim import Figures, Turn
from scheduler.audit.grades import at_once_by_day
from scheduler.audit.growth import bus_factor_price, goals_price
from scheduler.audit.report import Share

HUNDREDTH = 0.6
"""Minutes in a hundredth of an hour, to which the JSON rounds."""


def false_figures(case: Case, shares: tuple[Share, ...]) -> Iterator[str]:
    """A sentence for each figure of the rotation that is not so."""
    yield from _false_shares(case, shares)
    yield from _false_prices(case, shares)
    for turn in case.turns:
        yield from _false_seat(case, turn)


def _false_shares(case: Case, shares: tuple[Share, ...]) -> Iterator[str]:
    lines = {share.member: share for share in shares}
    for stated in case.claim.figures:
        name = case.roster.name(stated.member)
        if stated.member not in lines:
            yield f"a share is stated for {name}, whom the roster does not know"
            continue
        line = lines[stated.member]
        for what in ("available", "load", "fair", "entitlement"):
            said, counted = getattr(stated, what), getattr(line, what)
            if said is not None and abs(said - counted) > HUNDREDTH:
                yield f"{name}: {what} is stated as {_hours(said)} hours and is {_hours(counted)}"
        yield from _false_index(name, stated, line)
    unsaid = lines.keys() - {stated.member for stated in case.claim.figures}
    if case.claim.figures and unsaid:
        yield f"no share is stated for {', '.join(sorted(map(case.roster.name, unsaid)))}"


def _false_index(name: str, stated: Figures, line: Share) -> Iterator[str]:
    """The index counts as true both as it is and scaled to the team's mean."""
    if stated.index is None:
        return
    counted = (line.index or 0, 1000 * (line.scaled or 0.0))
    if all(abs(stated.index - index) > 1.5 for index in counted):
        true = f"{line.scaled or 0:.2f}"
        yield f"{name}: the share index is stated as {stated.index / 1000:.2f} and is {true}"


def _false_seat(case: Case, turn: Turn) -> Iterator[str]:
    seat = case.asked.get(turn.key)
    if seat is None:
        return
    if turn.effort is not None and abs(turn.effort - seat.effort) > HUNDREDTH:
        said, counted = _hours(turn.effort), _hours(seat.effort)
        yield f"{turn.name}: the effort is stated as {said} hours, the roster says {counted}"
    if turn.must is not None and turn.must != seat.kind.must:
        duty = "must" if seat.kind.must else "need not"
        yield f"{turn.name}: the roster says that it {duty} be filled"


def _false_prices(case: Case, shares: tuple[Share, ...]) -> Iterator[str]:
    """Only tiers are judged of which the audit can price every rule."""
    prices: dict[str, Callable[[Case], int]] = {
        "fill_must": _must_price,
        "fill_backlog": _backlog_price,
        "few_at_once": _doubles_price,
        "training_goals": goals_price,
        "bus_factor": bus_factor_price,
    }
    policy = case.roster.policy
    for tier, stated in case.claim.prices.items():
        rules = policy.priced_in(tier)
        if policy.unknown() or not rules:
            continue
        if rules == {"fair_share"}:
            counted = _fairness_price(case, shares)
        elif rules <= prices.keys():
            counted = (sum(prices[rule](case) for rule in rules),)
        else:
            continue
        if stated != counted:
            yield f"the price of {tier} is stated as {_price(stated)} and is {_price(counted)}"


def _must_price(case: Case) -> int:
    empty = sum(seat.kind.must for seat in case.open_seats())
    return empty * case.roster.policy.option("fill_must", "weight")


def _backlog_price(case: Case) -> int:
    worth = sum(seat.duty.value for seat in case.open_seats() if not seat.kind.must)
    return worth * case.roster.policy.option("fill_backlog", "weight")


def _doubles_price(case: Case) -> int:
    policy = case.roster.policy
    most = policy.option("few_at_once", "at_most")
    days = [at_once_by_day(turns).values() for turns in case.by_member.values()]
    above = sum(max(0, count - most) for counts in days for count in counts)
    return above * policy.option("few_at_once", "weight")


def _fairness_price(case: Case, shares: tuple[Share, ...]) -> tuple[int, ...]:
    """Everybody's index, rounded up to a band, from the highest."""
    band = case.roster.policy.option("fair_share", "band")
    lines = [share for share in shares if share.entitlement]
    bands = [-(-1000 * line.load // (band * line.entitlement)) for line in lines]
    return tuple(sorted((band * number for number in bands), reverse=True))


def _price(price: tuple[int, ...]) -> str:
    return ", ".join(str(entry) for entry in price) or "nothing"


def _hours(minutes: float) -> str:
    return f"{minutes / 60:.2f}"
