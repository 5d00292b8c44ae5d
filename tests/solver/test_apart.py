"""Parts that share nothing: what they come to is what the whole comes to, wherever it is done."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from time import sleep

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.duties import Duty, Upstream
from scheduler.domain.fairness import entitled, with_ledgers
from scheduler.domain.problem import Problem, lay_out
from scheduler.rules.book import RULES, TIERS, Policy, Tier, fitting
from scheduler.rules.preferences.employer_share import EmployerShare
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.solver import (
    Interrupt,
    Limits,
    Outcome,
    apart,
    components,
    each,
    heed_interrupts,
    solve,
    solve_apart,
)
from scheduler.solver.components import MOST_PARTS, parts
from scheduler.solver.frame import open_pairs
from tests.rules.builders import days, duty, roster, seat, someone
from tests.rules.problems import DUTIES, PEOPLE, duties, people, policies, problems, some


def holders(outcome: Outcome) -> dict[tuple[str, str], str]:
    return {seat.key: member.id for seat, member in outcome.seating}


def teams(count: int = 2, weeks: int = 3, each: int = 3) -> Problem:
    """Teams that have nothing in common: everybody leads the duty of their own team alone."""
    names = [chr(ord("a") + number) for number in range(count)]
    staff = [
        someone(f"{name}{n}", budget=480 - 60 * n, permissions=frozenset({name}))
        for name in names
        for n in range(each)
    ]
    work = [duty(name, seat(permission=name), seat("secondary", permission=name)) for name in names]
    problem = roster(staff, work, weeks)
    return entitled(problem, {member for _, member in fitting(problem, Policy())})


@st.composite
def halves(draw: st.DrawFn) -> Problem:
    """Any four people and three duties, but that two of the people may serve one of the duties and
    the other two the other ones. What keeps people from serving at all is left out."""
    made = draw(problems(most_seats=0))
    horizon = days(4, draw(some(10, 17)))
    members = tuple(
        replace(
            draw(people(name, horizon)),
            budget=draw(some(240, 480, 2400)),
            days=frozenset(range(5)),
            region="",
            joined=None,
            left=None,
            hours=None,
            directed=(),
            permissions=frozenset({"one" if name in PEOPLE[:2] else "other"}),
        )
        for name in PEOPLE
    )
    work = tuple(
        of(draw(duties(name, horizon)), "one" if name == DUTIES[0] else "other") for name in DUTIES
    )
    seats = [lay_out((d,), horizon, made.quiet)[:4] for d in work]
    # What the strategy and a draft say hangs on everything at once.
    problem = replace(
        made,
        horizon=horizon,
        members=members,
        duties=work,
        seats=sum(seats, ()),
        draft={},
        upstreams=(),
        kinds={},
        apart=(),
    )
    pairs = list(fitting(problem, Policy()))
    return with_ledgers(entitled(problem, {member for _, member in pairs}), pairs)


def of(duty: Duty, permission: str) -> Duty:
    """The duty for those who have a permission, with everybody able to learn it."""
    seats = (replace(s, permission=permission, region="", skill="") for s in duty.seats)
    return replace(duty, seats=tuple(seats), differ=())


strict = tuple(Tier(tier.name) for tier in TIERS)
calm = settings(max_examples=40, suppress_health_check=list(HealthCheck))


@calm
@given(problem=halves(), policy=policies())
def test_the_parts_come_to_the_prices_of_the_whole(problem: Problem, policy: Policy) -> None:
    policy = Policy(policy.rules, strict)
    whole, parted = solve(problem, policy), solve_apart(problem, policy)
    assert parted.tiers == whole.tiers
    for rule in policy.requirements:
        assert list(rule.explain(problem, parted.seating)) == []


@calm
@given(problem=halves())
def test_a_bound_holds_for_the_whole_also_where_nothing_is_proved(problem: Problem) -> None:
    policy = Policy(tiers=strict)
    best = solve(problem, policy)
    hurried = solve_apart(problem, policy, Limits(work=0.001))
    for least, tier in zip(best.tiers, hurried.tiers, strict=True):
        assert tier.bound <= tier.price  # type: ignore[operator]  # both int or both tuples
        if least.price != tier.price:
            break
        assert tier.bound <= least.price  # type: ignore[operator]  # both int or both tuples


def test_two_teams_are_two_parts_and_every_seat_is_in_one_of_them() -> None:
    problem = teams(2)
    found = parts(problem, Policy())
    own = [{seat.key for seat in part.seats} - part.closed for part in found]
    assert len(found) == 2
    assert set.union(*own) == {seat.key for seat in problem.seats}
    assert set.intersection(*own) == set()


def test_pins_stay_with_their_part() -> None:
    problem = replace(teams(2), pins={("a@2027-01-04", "lead"): "a1"})
    assert sorted(len(part.pins) for part in parts(problem, Policy())) == [0, 1]
    assert holders(solve_apart(problem, Policy()))["a@2027-01-04", "lead"] == "a1"


def test_many_small_groups_share_a_few_parts() -> None:
    assert len(parts(teams(MOST_PARTS + 4, weeks=1, each=1), Policy())) == MOST_PARTS


def bridged(problem: Problem) -> Problem:
    both = replace(problem.members[0], permissions=frozenset("ab"))
    return replace(problem, members=(both, *problem.members[1:]))


def strategic(problem: Problem) -> Problem:
    work = tuple(replace(d, upstream="north") for d in problem.duties)
    seats = roster(problem.members, work, 3).seats
    return replace(problem, duties=work, seats=seats, upstreams=(Upstream("north", "N", 50),))


def drafted(problem: Problem) -> Problem:
    return replace(problem, draft={problem.seats[0].key: "a0"})


@pytest.mark.parametrize("joined", [bridged, strategic, drafted])
def test_one_who_serves_both_a_strategy_or_a_draft_keeps_the_whole_together(joined: object) -> None:
    assert callable(joined)
    assert len(parts(joined(teams()), Policy())) == 1


def test_a_rule_that_looks_at_all_keeps_the_whole_together() -> None:
    rules = tuple(EmployerShare(most=60) if kind is EmployerShare else kind() for kind in RULES)
    employed = tuple(replace(member, employer="Org") for member in teams().members)
    problem = replace(teams(), members=employed)
    assert len(parts(problem, Policy())) == 2
    assert len(parts(problem, Policy(rules))) == 1


def test_what_a_tier_gives_is_given_once_so_that_the_whole_keeps_together() -> None:
    generous = tuple(Tier(t.name, spare=1 if t.name == "backlog" else 0) for t in TIERS)
    assert len(parts(teams(), Policy(tiers=generous))) == 1


def test_a_fairness_that_does_not_say_so_keeps_the_whole_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FairShare, "apart", False)
    assert len(parts(teams(), Policy())) == 1


def test_what_is_too_large_for_a_model_keeps_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "MODELLED", 35)
    assert len(open_pairs(teams(), Policy())) == 36
    assert len(parts(teams(), Policy())) == 1


def test_the_time_that_it_takes_to_find_the_parts_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = teams()
    found = parts(problem, Policy())
    given = []

    def slowly(*what: object) -> tuple[Problem, ...]:
        sleep(0.5)
        return found

    def noted(some: Sequence[Problem], policy: Policy, limits: Limits) -> list[apart._Task]:
        given.append(limits.seconds)
        return tasks(some, policy, limits)

    tasks = apart._tasks
    monkeypatch.setattr(apart, "parts", slowly)
    monkeypatch.setattr(apart, "_tasks", noted)
    solve_apart(problem, Policy(), Limits(seconds=60))
    (seconds,) = given
    assert seconds is not None
    assert seconds <= 59.5


# ------------------------------------------------------------------------------- side by side


class Mailed(Executor):
    """Everything goes through bytes, as it does on the way to another process; some are lost."""

    def __init__(self, lost: int = 0) -> None:
        self.lost = lost
        self.sent = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the base says
        self.sent += 1
        future: Future[object] = Future()
        if self.sent <= self.lost:
            future.set_exception(broken())
        else:
            work, rest, named = pickle.loads(pickle.dumps((fn, args, kwargs)))
            future.set_result(pickle.loads(pickle.dumps(work(*rest, **named))))
        return future


def broken() -> Exception:
    from concurrent.futures.process import BrokenProcessPool

    return BrokenProcessPool("a process died")


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_where_a_part_is_planned_and_what_is_lost_on_the_way_changes_nothing(
    lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WORTH", 0)
    here = solve_apart(teams(), Policy())
    away = Mailed(lost)
    there = solve_apart(teams(), Policy(), executor=away)
    assert away.sent == 2
    assert holders(there) == holders(here)
    assert there.tiers == here.tiers
    assert there.parts == here.parts == (("a",), ("b",))


def test_small_parts_are_not_sent_anywhere() -> None:
    away = Mailed()
    solve_apart(teams(), Policy(), executor=away)
    assert away.sent == 0


def test_an_end_asked_for_at_once_still_leaves_a_legal_rotation() -> None:
    interrupt = Interrupt()
    interrupt.set()
    outcome = solve_apart(teams(), Policy(), interrupt=interrupt)
    assert len(outcome.seating) == len(teams().seats)


def double(number: int, interrupt: Interrupt) -> int:
    return 2 * number


def test_results_come_in_the_order_of_the_tasks() -> None:
    with ThreadPoolExecutor(3) as executor:
        assert list(each(double, range(20), executor, Interrupt())) == list(range(0, 40, 2))
    assert list(each(double, range(3), None, Interrupt())) == [0, 2, 4]


def test_what_has_not_begun_when_the_end_is_asked_for_is_none() -> None:
    interrupt = Interrupt()
    interrupt.set()
    assert list(each(double, range(2), None, interrupt)) == [None, None]


def test_a_process_that_starts_takes_no_ctrl_c_before_it_can_heed_it() -> None:
    with ProcessPoolExecutor(1, get_context("spawn"), blocked) as executor:
        interrupt = Interrupt()
        assert list(each(double, [1], executor, interrupt)) == [2]
        assert list(each(is_blocked, [1], executor, interrupt)) == [False]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def blocked() -> None:
    """What a process begins with, for the test above."""
    assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    heed_interrupts()


def is_blocked(number: int, interrupt: Interrupt) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
