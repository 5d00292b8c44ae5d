"""What is asked of each size, what was measured, and whether it was reached.

Everything comes from the lines of a file of results: medians of times and memory, and the plan in
the middle. Of fairness the highest share is compared with its bound, and the rest of the list
counts where proof is asked for; a tier's price is without what was given up for later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import inf
from statistics import median
from typing import Any

from benchmarks.figures import OURS, REPLAN, Line, by, difference, done, mid, middle
from benchmarks.growth import exponent
from benchmarks.sizes import SIZES
from benchmarks.words import short, table

Runs = Mapping[str, list[Line]]
"""By planner, the runs on one roster that came to an end."""

REACHED, UNKNOWN, STATED = "reached", "not measured", "stated"
PLAIN = "plain_cp_sat"
STEEPEST = 1.3
MIB = 1.048576
"""Megabytes in a mebibyte."""


@dataclass(frozen=True, slots=True)
class Target:
    """A row: what is asked, the figures, the verdict, and who has to run for it."""

    asked: str
    measured: str
    verdict: str
    planners: tuple[str, ...] = (OURS,)


Check = Callable[[Runs], Target]


def targets(item: str, lines: list[Line], peers: Iterable[str]) -> list[Target]:
    """The targets of one roster, judged by its lines; the scenarios have those of the audit."""
    runs = done(lines)
    checks: list[Check] = [*_CHECKS.get(item, ())]
    if item in SIZES:
        checks.append(_replan)
    checks += [partial(_audit, peer) for peer in peers if peer != OURS]
    return [check(runs) for check in checks]


def told(item: str, lines: list[Line], peers: Iterable[str]) -> Iterable[str]:
    """The same in Markdown."""
    return _rows(targets(item, lines, peers), lines, item)


def growth(lines: list[Line]) -> Target:
    """How steeply the time to within 2% of the bound grows, over the sizes that were run."""
    asked = f"time to within 2% grows with an exponent of at most {STEEPEST}"
    ours = [line for line in done(lines).get(OURS, ()) if line["item"] in SIZES]
    times = {item: (some, mid(line["close"] for line in some)) for item, some in by(ours, "item")}
    never = [item for item, (_, seconds) in times.items() if seconds is None]
    if never:
        return Target(asked, "–", _missed(f"never within 2% at {', '.join(never)}"))
    points = [(s[0]["verdict"]["seats"], max(at or 0.0, 0.001)) for s, at in times.values()]
    steepness = exponent(points)
    if steepness is None:
        return Target(asked, "fewer than two sizes", UNKNOWN)
    figure = f"{steepness:.2f}"
    return Target(asked, f"{figure} over {len(points)} sizes", _met(steepness <= STEEPEST, figure))


def growth_told(lines: list[Line]) -> Iterable[str]:
    """The same in Markdown."""
    sizes = [item for item, _ in by(lines, "item") if item in SIZES]
    return _rows([growth(lines)], lines, ",".join(sizes)) if sizes else ()


# ---------------------------------------------------------------------------------------- checks


def _measured(asked: str, check: Callable[[list[Line]], tuple[str, str]], runs: Runs) -> Target:
    """A target for Rota alone: ``check`` gives the figures and the verdict."""
    ours = runs.get(OURS)
    return Target(asked, *(("–", UNKNOWN) if not ours else check(ours)))


def _at_most(what: str, unit: str, most: float, part: float, ours: list[Line]) -> tuple[str, str]:
    value = mid(line[what] for line in ours)
    if value is None:
        return "never", _missed("never")
    figure = f"{short(value * part)} {unit}"
    return figure, _met(value * part <= most, figure)


def _proved(ours: list[Line]) -> tuple[str, str]:
    stated = middle(ours)["stated"]
    open_tiers = [tier["name"] for tier in stated if not tier["proved"]]
    return _tiers(stated), _met(not open_tiers, f"{', '.join(open_tiers)} not proved")


def _near(part: float, ours: list[Line]) -> tuple[str, str]:
    stated = middle(ours)["stated"]
    far = [f"{tier['name']} {_gap(tier)}" for tier in stated if distance(tier) > part]
    return _tiers(stated), _met(not far, ", ".join(far))


def _fairness_proved(ours: list[Line]) -> tuple[str, str]:
    tier = _fairness(middle(ours))
    return ("–", UNKNOWN) if tier is None else (_tiers([tier]), _met(tier["proved"], _gap(tier)))


def _highest(part: float, ours: list[Line]) -> tuple[str, str]:
    tier = _fairness(middle(ours))
    if tier is None:
        return "–", UNKNOWN
    return _tiers([tier]), _met(distance(tier) <= part, _gap(tier))


def _filled(ours: list[Line]) -> tuple[str, str]:
    line = middle(ours)
    verdict = line["verdict"]
    filled = verdict["working"] - verdict["must_missed"] - verdict["left_out"]
    figure = f"{filled} of {line['fillable']}"
    return figure, _met(filled >= line["fillable"], figure)


def _unbanded(ours: list[Line]) -> tuple[str, str]:
    share = middle(ours)["unbanded"]
    if share is None or not share["least"]:
        return "–", UNKNOWN
    above = share["highest"] / share["least"] - 1
    return f"{share['highest']:.1f}, at least {share['least']:.1f}: {above:.1%}", STATED


def _third(runs: Runs) -> Target:
    """The proof of Rota beside that of plain CP-SAT, or beside all its time where it has none."""
    asked, who = "at most 1/3 of plain CP-SAT's time", (OURS, PLAIN)
    ours, theirs = runs.get(OURS), runs.get(PLAIN)
    if not ours or not theirs:
        return Target(asked, "–", UNKNOWN, who)
    proof, other = mid(r["proof"] for r in ours), mid(r["proof"] for r in theirs)
    least = "" if other is not None else "at least "
    other = other if other is not None else mid(r["seconds"] for r in theirs) or inf
    against = f"against {least}{short(other)} s"
    if proof is None:
        return Target(asked, f"no proof {against}", _missed("no proof"), who)
    ratio = f"×{short(proof / other)}{' at most' if least else ''}"
    return Target(asked, f"{short(proof)} s {against}", _met(3 * proof <= other, ratio), who)


def _replan(runs: Runs) -> Target:
    asked, lines = "re-plan after one leave: at most 1/5 of planning from scratch", runs.get(REPLAN)
    if not lines:
        return Target(asked, "–", UNKNOWN, (REPLAN,))
    ratio = median(line["again"] / line["scratch"] for line in lines)
    again, scratch, moved = (
        median(r[what] for r in lines) for what in ("again", "scratch", "moved")
    )
    figure = f"×{short(ratio)}"
    spent = f"{short(again)} s of processor against {short(scratch)} s"
    cut = ", ended by the clock" if any(line["cut"] for line in lines) else ""
    measured = f"{figure}: {spent}{cut}, {moved:g} turns moved"
    return Target(asked, measured, _met(5 * ratio <= 1, figure), (REPLAN,))


def _audit(peer: str, runs: Runs) -> Target:
    asked, who = f"audit: the first difference is ours, against {peer}", (OURS, peer)
    ours, theirs = runs.get(OURS), runs.get(peer)
    if not ours or not theirs:
        return Target(asked, "–", UNKNOWN, who)
    first = difference(middle(ours), middle(theirs))
    return Target(asked, first, _met(not first.startswith("theirs"), first), who)


def _first(seconds: float) -> Check:
    return _limit("first", "s", seconds, f"first complete plan within {seconds:g} s")


def _limit(what: str, unit: str, most: float, asked: str, part: float = 1.0) -> Check:
    return partial(_measured, asked, partial(_at_most, what, unit, most, part))


def _memory(most: float) -> Check:
    return _limit("memory", "MB", most, f"memory under {most:g} MB", MIB)


_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "team": (
        partial(_measured, "every tier proved", _proved),
        _third,
        _limit("proof", "s", 2, "at most 2 s of solving, until the proof"),
        _first(0.5),
    ),
    "large-team": (
        partial(_measured, "every tier proved or within 0.5%", partial(_near, 0.005)),
        _limit("seconds", "s", 15, "in 15 s"),
        partial(_measured, "fairness proved", _fairness_proved),
        partial(_measured, "highest share without bands", _unbanded),
    ),
    "organisation": (
        partial(_measured, "every tier within 1% of its bound", partial(_near, 0.01)),
        _limit("seconds", "s", 60, "in 60 s"),
        _memory(600),
        _first(1),
    ),
    "foundation": (
        partial(_measured, "every fillable seat filled", _filled),
        partial(_measured, "highest share within 2% of its bound", partial(_highest, 0.02)),
        _limit("seconds", "s", 120, "in 120 s"),
        _memory(1500),
        _first(10),
    ),
}


# ----------------------------------------------------------------------------------------- words


def distance(tier: Line) -> float:
    """How far a tier's price lies above its bound, as a part of the bound; of a list of shares the
    highest. Infinite where nothing but 0 is known below a price above 0."""
    if tier["proved"]:
        return 0.0
    price, bound = _head(tier["price"]) - tier["given"], _head(tier["bound"])
    if price <= bound:
        return 0.0
    return (price - bound) / bound if bound else inf


def _gap(tier: Line) -> str:
    part = distance(tier)
    if not part:
        return "within, but not proved"
    return "above a bound of 0" if part == inf else f"{part:.1%} above"


def _tiers(stated: list[Line]) -> str:
    return ", ".join(
        f"{tier['name']} proved"
        if tier["proved"]
        else f"{tier['name']} {_head(tier['price'])}, bound {_head(tier['bound'])}"
        for tier in stated
    )


def _fairness(line: Line) -> Line | None:
    """The tier whose price is a list."""
    return next((tier for tier in line["stated"] if isinstance(tier["price"], list | tuple)), None)


def _head(price: Any) -> int:
    if isinstance(price, list | tuple):
        return price[0] if price else 0
    return int(price)


def _met(is_met: bool, figure: str) -> str:
    return REACHED if is_met else _missed(figure)


def _missed(figure: str) -> str:
    return f"not reached: {figure}"


def _rows(found: Iterable[Target], lines: list[Line], items: str) -> Iterable[str]:
    rows = [(t.asked, t.measured, t.verdict, _command(t, lines, items)) for t in found]
    return table(("target", "measured", "verdict", "command"), rows)


def _command(target: Target, lines: list[Line], items: str) -> str:
    """What runs just what a target needs, as often and as long as it was run."""
    needed = [line for line in lines if line["planner"] == target.planners[0]] or lines
    seconds = {line["limit"] for line in needed}
    limit = f" --seconds {seconds.pop():g}" if len(seconds) == 1 else ""
    seed = {line["seed"] for line in needed} - {1}
    return (
        f"`python -m benchmarks.run --items {items} --planners {','.join(target.planners)} "
        f"--runs {max(line['run'] for line in needed)}{limit}"
        f"{f' --seed {seed.pop()}' if seed else ''}`"
    )
