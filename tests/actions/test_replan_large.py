"""Planning again where a roster is too large for one model: no more turns move for that."""

from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.generate import generate
from benchmarks.replan import NAME, Work, busiest, send_away
from benchmarks.sizes import Size
from scheduler.actions.plan import Request as PlanRequest
from scheduler.actions.plan import plan
from scheduler.actions.publish import publish
from scheduler.actions.replan import Replanned, Request, replan
from scheduler.domain.rotation import Price
from scheduler.solver import tiers

SMALL = Size("small", 16, 8, 8, 2, (1, 2), 55, 3, (5, 6))


def again(work: Work) -> Replanned:
    return replan(work.folder, Request(work.now.date(), work.now, NAME))


def prices(done: Replanned) -> dict[str, Price]:
    """What must be filled, and the turns that move."""
    return {t.name: t.price for t in done.outcome.tiers if t.name in ("must", "stay")}


# By hand three turns move at the third seed, where one is enough.
@pytest.mark.parametrize("seed", [1, 3])
def test_no_more_turns_move_where_a_roster_is_too_large_for_one_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    generate(SMALL, seed, tmp_path)
    work = Work(tmp_path, SMALL.horizon, None, 1)
    made = plan(tmp_path, PlanRequest(NAME, SMALL.horizon, write=True, work=0.5))
    publish(tmp_path, NAME, work.now - timedelta(days=14))
    send_away(tmp_path, busiest(made.rotation.placed, work.leave), work.leave)
    whole = again(work)
    monkeypatch.setattr(tiers, "MODELLED", 0)
    around = again(work)
    fewest = next(tier for tier in whole.outcome.tiers if tier.name == "stay")
    assert fewest.proved
    assert prices(around) == prices(whole)
    assert len(around.changes.moved) == len(whole.changes.moved) == fewest.price
    assert fewest.price
