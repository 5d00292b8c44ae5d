"""The tiers of policy.yaml, and the rules that are priced in them."""

from collections.abc import Collection, Iterator

from scheduler.errors import Mistake
from scheduler.files.parts import Part
from scheduler.files.policy_shape import PolicyShape, rules_of, tiers_of
from scheduler.files.suggest import did_you_mean, quoted
from scheduler.files.words import standing
from scheduler.rules.book import Policy, Tier
from scheduler.rules.card import OrderedPreference, Preference


def policy_of(part: Part[PolicyShape]) -> Policy:
    """The policy that the file states; the book's own where the tiers do not hold the rules."""
    if part.value is None:
        return Policy()
    try:
        return Policy(rules_of(part.value.rules), tiers_of(part.value))
    except ValueError:  # check_tiers tells it with its place
        return Policy()


def check_tiers(part: Part[PolicyShape], idle: Collection[str] = ()) -> Iterator[Mistake]:
    """Tiers named twice, missing tiers, and goals that cannot share one. The ``idle`` rules have
    nothing to say about this roster, so nobody misses their tier."""
    if part.value is None:
        return
    yield from _twice(part, part.value)
    rules = [rule for rule in rules_of(part.value.rules) if isinstance(rule, Preference)]
    tiers = tiers_of(part.value)
    for rule in rules:
        if rule.id() not in idle or _says_tier(part, rule):
            yield from _homeless(part, rule, tiers)
    for tier in tiers:
        yield from _crowded(part, [rule for rule in rules if rule.tier == tier.name], tier)


def _twice(part: Part[PolicyShape], policy: PolicyShape) -> Iterator[Mistake]:
    lines: dict[str, int] = {}
    for index, entry in standing(policy.tiers):
        for name in entry:
            loc = ("tiers", index)
            if name in lines:
                sentence = f"the tier {quoted(name)} is in line {lines[name]} already; delete one"
                yield part.mistake(loc, sentence)
            lines.setdefault(name, part.line(loc))


def _homeless(
    part: Part[PolicyShape], rule: Preference, tiers: tuple[Tier, ...]
) -> Iterator[Mistake]:
    names = [tier.name for tier in tiers]
    if rule.tier in names or part.salvaged.damaged("tiers"):
        return
    if _says_tier(part, rule):
        remedy = did_you_mean(rule.tier, names) or "; add it there"
        sentence = f"the tier {quoted(rule.tier)} is not in tiers{remedy}"
        yield part.mistake(("rules", rule.id(), "tier"), sentence)
    else:
        sentence = (
            f"{rule.id()} counts for nothing, as its tier {quoted(rule.tier)} is not in tiers;"
            f" add it, or write {rule.id()}: off"
        )
        yield part.mistake(("tiers",), sentence, "warning")


def _crowded(part: Part[PolicyShape], rules: list[Preference], tier: Tier) -> Iterator[Mistake]:
    if len(rules) < 2 or not any(isinstance(rule, OrderedPreference) for rule in rules):
        return
    moved = next((rule for rule in rules if _says_tier(part, rule)), rules[0])
    ordered = next(rule for rule in rules if isinstance(rule, OrderedPreference))
    others = ", ".join(rule.id() for rule in rules if rule is not ordered)
    yield part.mistake(
        ("rules", moved.id(), "tier"),
        f"the tier {quoted(tier.name)} cannot hold {others} beside {ordered.id()}, whose goals need"
        " a tier of their own; name another tier here and add it to tiers",
    )


def _says_tier(part: Part[PolicyShape], rule: Preference) -> bool:
    rules = part.data.get("rules") if isinstance(part.data, dict) else None
    options = rules.get(rule.id()) if isinstance(rules, dict) else None
    return isinstance(options, dict) and "tier" in options
