"""The rule book: the list of all rules, and the policy that a team makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain.people import Member
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Seat
from scheduler.rules.card import Fit, OrderedPreference, Preference, Requirement, Rule
from scheduler.rules.preferences.bundle import Bundle
from scheduler.rules.preferences.bus_factor import BusFactor
from scheduler.rules.preferences.employer_share import EmployerShare
from scheduler.rules.preferences.even_kinds import EvenKinds
from scheduler.rules.preferences.everybody import Everybody
from scheduler.rules.preferences.fair_ceiling import FairCeiling
from scheduler.rules.preferences.fair_share import FairShare
from scheduler.rules.preferences.few_at_once import FewAtOnce
from scheduler.rules.preferences.few_disturbed import FewDisturbed
from scheduler.rules.preferences.fill_backlog import FillBacklog
from scheduler.rules.preferences.fill_must import FillMust
from scheduler.rules.preferences.gap import Gap
from scheduler.rules.preferences.keep_draft import KeepDraft
from scheduler.rules.preferences.keep_published import KeepPublished
from scheduler.rules.preferences.kind_share import KindShare
from scheduler.rules.preferences.least_recent import LeastRecent
from scheduler.rules.preferences.move_late import MoveLate
from scheduler.rules.preferences.not_twice_running import NotTwiceRunning
from scheduler.rules.preferences.preferred_days import PreferredDays
from scheduler.rules.preferences.rest import Rest
from scheduler.rules.preferences.training_goals import TrainingGoals
from scheduler.rules.preferences.upstream_share import UpstreamShare
from scheduler.rules.preferences.volunteers import Volunteers
from scheduler.rules.preferences.wishes import Wishes
from scheduler.rules.requirements.away import Away
from scheduler.rules.requirements.differ import Differ
from scheduler.rules.requirements.distinct_seats import DistinctSeats
from scheduler.rules.requirements.earned_lead import EarnedLead
from scheduler.rules.requirements.exclusive_duties import ExclusiveDuties
from scheduler.rules.requirements.local_hours import LocalHours
from scheduler.rules.requirements.membership import Membership
from scheduler.rules.requirements.mentor_limits import MentorLimits
from scheduler.rules.requirements.most_turns import MostTurns
from scheduler.rules.requirements.never import Never
from scheduler.rules.requirements.not_together import NotTogether
from scheduler.rules.requirements.permission import Permission
from scheduler.rules.requirements.region import Region
from scheduler.rules.requirements.shadow_beside_lead import ShadowBesideLead
from scheduler.rules.requirements.shadow_learns import ShadowLearns
from scheduler.rules.requirements.skill import Skill
from scheduler.rules.requirements.weekly_budget import WeeklyBudget
from scheduler.rules.requirements.working_days import WorkingDays

RULES: tuple[type[Rule], ...] = (
    Membership,
    Away,
    WorkingDays,
    LocalHours,
    Skill,
    Permission,
    Region,
    Never,
    ShadowLearns,
    DistinctSeats,
    ExclusiveDuties,
    NotTogether,
    Differ,
    WeeklyBudget,
    MostTurns,
    ShadowBesideLead,
    EarnedLead,
    MentorLimits,
    FillMust,
    KeepPublished,
    MoveLate,
    FillBacklog,
    UpstreamShare,
    KindShare,
    FairCeiling,
    KeepDraft,
    FewDisturbed,
    FairShare,
    TrainingGoals,
    BusFactor,
    FewAtOnce,
    EvenKinds,
    Wishes,
    Rest,
    Bundle,
    Gap,
    NotTwiceRunning,
    Everybody,
    EmployerShare,
    PreferredDays,
    Volunteers,
    LeastRecent,
)
"""Every rule there is: requirements first, preferences by tier. A new rule adds its line here."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A place in the order of goals. A tier may give up ``give`` percent of its price, plus
    ``spare`` units, for the tiers after it."""

    name: str
    give: int = 0
    spare: int = 0
    upto: int = 0
    """A price up to which later tiers may go in any case."""

    def limit(self, best: int) -> int:
        """The highest price that later tiers may leave."""
        return max(best + best * self.give // 100 + self.spare, self.upto)


TIERS = (
    Tier("must"),
    Tier("stay"),
    Tier("near"),
    Tier("backlog"),
    Tier("strategy"),
    Tier("ceiling", spare=1),
    Tier("draft", spare=2),
    Tier("fairness"),
    Tier("growth"),
    Tier("comfort"),
)
"""The order of goals where a policy says nothing."""


@dataclass(frozen=True)
class Policy:
    """The rules that a team plans by, each with its options, and the order of the tiers."""

    rules: tuple[Rule, ...] = tuple(rule() for rule in RULES)
    tiers: tuple[Tier, ...] = TIERS

    def __post_init__(self) -> None:
        for tier in self.tiers:
            rules = self.priced(tier)
            if len(rules) > 1 and any(isinstance(rule, OrderedPreference) for rule in rules):
                names = ", ".join(rule.id() for rule in rules)
                raise ValueError(
                    f'the tier "{tier.name}" cannot hold {names} together: '
                    "goals in strict order need a tier of their own"
                )

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(rule for rule in self.rules if isinstance(rule, Requirement))

    @cached_property
    def fits(self) -> tuple[Fit, ...]:
        """The requirements about one member in one seat."""
        return tuple(rule for rule in self.rules if isinstance(rule, Fit))

    def priced(self, tier: Tier) -> tuple[Preference, ...]:
        """The preferences of a tier, in the order of the book; one of no weight says nothing."""
        return tuple(
            rule
            for rule in self.rules
            if isinstance(rule, Preference) and rule.tier == tier.name and rule.weight
        )

    def open_tiers(self, problem: Problem) -> tuple[Tier, ...]:
        """The tiers in which some rule may have something to say about a problem."""
        return tuple(
            tier
            for tier in self.tiers
            if not (rules := self.priced(tier)) or not all(rule.is_idle(problem) for rule in rules)
        )


def complete(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """An order of goals with the tiers that look back put in where it does not name them, each
    behind the last of its forerunners in the book. They are idle until a rotation stands."""
    rules = [rule() for rule in RULES]
    looking_back = {r.tier for r in rules if isinstance(r, Preference) and r.looks_back}
    order = [tier.name for tier in TIERS]
    found = list(tiers)
    for number, tier in enumerate(TIERS):
        if tier.name in looking_back and tier.name not in {known.name for known in found}:
            before = [n for n, known in enumerate(found) if known.name in order[:number]]
            found.insert(before[-1] + 1 if before else 0, tier)
    return tuple(found)


def fitting(problem: Problem, policy: Policy) -> Iterator[tuple[Seat, Member]]:
    """Every seat that is not closed with each member whom no ``Fit`` bars from it, in the order of
    the seats."""
    for seat, members in able(problem, policy).items():
        if seat.key not in problem.closed:
            for member in members:
                yield seat, member


def able(problem: Problem, policy: Policy) -> Mapping[Seat, Sequence[Member]]:
    """The members whom no ``Fit`` bars from a seat, in the order of the roster, seat by seat.

    The problem remembers it for the rules that were asked last.
    """
    if policy.fits not in problem.fits:
        problem.fits.clear()
        problem.fits[policy.fits] = dict(_able(problem, policy.fits))
    return problem.fits[policy.fits]


def _able(problem: Problem, fits: Sequence[Fit]) -> Iterator[tuple[Seat, list[Member]]]:
    """What no date changes is asked once for each kind of seat, and only of the rules that have
    something to say, which makes large rosters quick."""
    lasting = [rule for rule in fits if type(rule).bars is not Fit.bars]
    dated = [rule for rule in fits if type(rule).bars_on is not Fit.bars_on]
    kinds: dict[tuple[int, int], list[Member]] = {}
    for seat in problem.seats:
        kind = id(seat.duty), id(seat.plan)
        if kind not in kinds:
            kinds[kind] = list(problem.members)
            for rule in lasting:
                kinds[kind] = [m for m in kinds[kind] if rule.bars(problem, m, seat) is None]
        members = kinds[kind]
        for rule in dated:
            members = [m for m in members if rule.bars_on(problem, m, seat) is None]
        yield seat, members
