"""What policy.yaml says about the rules that the audit knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.audit.source import Node
from scheduler.audit.words import OFF, Days, days, decimal, number

REQUIREMENTS = (
    "membership",
    "away",
    "working_days",
    "local_hours",
    "skill",
    "permission",
    "region",
    "never",
    "shadow_learns",
    "distinct_seats",
    "exclusive_duties",
    "weekly_budget",
    "most_turns",
    "shadow_beside_lead",
    "not_together",
    "differ",
    "earned_lead",
    "mentor_limits",
)
"""Requirements that a policy may switch off."""
TIERS = {
    "fill_must": "must",
    "fill_backlog": "backlog",
    "fair_share": "fairness",
    "training_goals": "growth",
    "bus_factor": "growth",
    "few_at_once": "comfort",
    "wishes": "comfort",
    "rest": "comfort",
    "keep_draft": "draft",
}
"""Preferences and the tier that each belongs to where a policy says nothing."""

DEFAULTS = {
    ("away", "tolerate"): 0,
    ("training_goals", "turns"): 0,
    ("mentor_limits", "at_once"): 2,
    ("bus_factor", "at_least"): 3,
    ("bus_factor", "weight"): 10,
    ("fair_share", "band"): 50,
    ("few_at_once", "at_most"): 2,
    **{(rule, "weight"): 1 for rule in ("fill_must", "fill_backlog")},
    **{(rule, "weight"): 1 for rule in ("training_goals", "few_at_once")},
}
"""Options by rule and name where a policy says nothing, as the manual has them."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days that weigh more than others, in percent; duties of priority ``reduced`` and lower ones
    have no shift that begins then."""

    days: Days
    weight: int
    reduced: int = 6


@dataclass(frozen=True, slots=True)
class Pin:
    """A seat whose holder is decided."""

    shift: str
    seat: str
    member: str


@dataclass(frozen=True)
class Policy:
    """Options by rule, the rules switched off, quiet days and pins; ``half_life`` in quarters."""

    options: dict[str, Node] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    quiet: tuple[Quiet, ...] = ()
    pins: tuple[Pin, ...] = ()
    half_life: float = 2
    holidays: int = 150
    """What a public holiday weighs where the holder is, in percent."""
    odd_hours: int = 150
    """What a timed duty weighs that lies outside the holder's hours, in percent."""
    usual_path: tuple[int, int] = (2, 1)
    paths: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Turns as a shadow and in the lead that it takes to lead a skill alone."""

    def option(self, rule: str, name: str) -> int:
        """A number that the policy sets, or what the rule's manual says. Raises BadFiles."""
        usual = DEFAULTS[rule, name]
        return number(self.options[rule][name], usual) if rule in self.options else usual

    def path(self, skill: str) -> tuple[int, int]:
        """The whole way to lead a skill alone."""
        return self.paths.get(skill, self.usual_path)

    def in_force(self, rule: str) -> bool:
        return rule not in self.off

    def priced_in(self, tier: str) -> set[str]:
        """The preferences whose prices make up a tier, as far as the audit knows them."""
        return {
            rule
            for rule, usual in TIERS.items()
            if self.in_force(rule) and self._tier(rule, usual) == tier
        }

    def unknown(self) -> list[str]:
        """Rules of the policy that the audit cannot judge."""
        return sorted({*self.options, *self.off} - {*REQUIREMENTS, *TIERS})

    def _tier(self, rule: str, usual: str) -> str:
        return self.options[rule]["tier"].text(usual) if rule in self.options else usual


def read_policy(node: Node) -> Policy:
    """The policy of a file; a file of nothing is the policy of the book. Raises BadFiles."""
    rules = node["rules"].fields()
    training = node["training"]
    usual = _path(training, Policy.usual_path)
    off = {rule for rule, said in rules.items() if _is_off(said)}
    return Policy(
        options={rule: said for rule, said in rules.items() if isinstance(said.value, dict)},
        off=frozenset(off),
        quiet=tuple(
            Quiet(days(entry), number(entry["weight"], 150), number(entry["reduced"], 6))
            for entry in node["quiet"].entries()
        ),
        pins=tuple(_pins(node["pins"])),
        holidays=number(node["burden"]["holidays"], 150),
        odd_hours=number(node["burden"]["odd_hours"], 150),
        half_life=decimal(node["half_life"], 2) or 2,
        usual_path=usual,
        paths={skill: _path(said, usual) for skill, said in training["skills"].fields().items()},
    )


def _path(node: Node, usual: tuple[int, int]) -> tuple[int, int]:
    return number(node["shadow_turns"], usual[0]), number(node["lead_turns"], usual[1])


def _is_off(said: Node) -> bool:
    return isinstance(said.value, str) and said.value.lower() in OFF


def _pins(node: Node) -> Iterator[Pin]:
    for entry in node.entries():
        yield Pin(
            entry.need("shift").text(), entry.need("seat").text(), entry.need("member").text()
        )
