"""``rota plan --how``: which means moved the price or the bound of which tier."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scheduler.cli import screen

if TYPE_CHECKING:
    from scheduler.actions.plan import Planned, Step

NOTHING = "–"


def say_how(planned: "Planned") -> None:
    """A table of what moved a price or a bound, and a line about what was tried besides."""
    from scheduler.reports.tables import table_of

    if not planned.steps:
        screen.say("Nothing was planned, so there is no telling how: use --fresh to plan anew.")
        return
    table = table_of("Goal", title="How the plan came about")
    table.add_column("Means")
    for name in ("Price", "Bound", "Work", "Seconds"):
        table.add_column(name, justify="right")
    for step in planned.steps:
        if step.moved:
            table.add_row(*_cells(step))
    screen.show(table)
    for line in _besides(planned.steps):
        screen.say(line)
    screen.say()


def steps(planned: "Planned") -> list[dict[str, Any]]:
    """All steps as plain data (docs/json.md)."""
    return [
        {
            "tier": step.tier,
            "goal": step.goal,
            "means": step.means.value,
            "price": [step.before, step.after],
            "bound": [step.bound_before, step.bound_after],
            "work": round(step.work, 3),
            "seconds": round(step.seconds, 3),
            "part": step.part or None,
        }
        for step in planned.steps
    ]


def _cells(step: "Step") -> Iterator[str]:
    number = f" {step.goal}" if step.goal > 1 else ""
    part = f" (part {step.part})" if step.part else ""
    yield f"{step.tier}{number}{part}"
    yield step.means.value
    yield _change(step.before, step.after)
    yield _change(step.bound_before, step.bound_after)
    yield f"{step.work:.2f}" if step.work else ""
    yield f"{step.seconds:.2f}" if step.seconds >= 0.005 else ""


def _change(before: int | None, after: int) -> str:
    if before is None:
        return f"{NOTHING} → {after}"
    return str(after) if before == after else f"{before} → {after}"


def _besides(taken: Sequence["Step"]) -> Iterator[str]:
    """A line for each means that went without a change somewhere."""
    still = [step for step in taken if not step.moved]
    for means in dict.fromkeys(step.means for step in still):
        some = [step for step in still if step.means is means]
        work, seconds = sum(s.work for s in some), sum(s.seconds for s in some)
        spent = f"{work:.2f} of work, {seconds:.2f} s" if work else f"{seconds:.2f} s"
        yield f"Without a change: {means.value} on {_listed(some)} ({spent})."


def _listed(some: Iterable["Step"]) -> str:
    """The tiers by name, with the number of their goals where it is more than one."""
    goals: dict[str, set[tuple[int, int]]] = {}
    for step in some:
        goals.setdefault(step.tier, set()).add((step.part, step.goal))
    counts = {tier: len(numbers) for tier, numbers in goals.items()}
    return ", ".join(f"{tier} ({n} goals)" if n > 1 else tier for tier, n in counts.items())
