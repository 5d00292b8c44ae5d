"""Whatever is killed or cut, and whenever: everybody reads every reminder exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.journal import beside
from tests.faults.simulation import Simulation
from tests.loopback_slack.server import LoopbackSlack
from tests.postgres import Postgres

ENOUGH = 300


@pytest.fixture(params=["sqlite", "postgresql"])
def simulation(request: pytest.FixtureRequest, tmp_path: Path, slack: LoopbackSlack) -> Simulation:
    """One process on SQLite, or three replicas on one PostgreSQL."""
    folder = tmp_path / "forty"
    if request.param == "sqlite":
        return Simulation(folder, beside(folder), slack, replicas=1, seed=1)
    server: Postgres = request.getfixturevalue("postgres")
    return Simulation(folder, server.database(), slack, replicas=3, seed=2)


def test_a_few_days_full_of_faults(simulation: Simulation) -> None:
    simulation.live(simulation.ticks()[20:28], swap_every=3, rounds=1)
    simulation.check()
    assert simulation.points == 8
    assert len(simulation.must) > 8


def test_five_replicas_at_once(postgres: Postgres, tmp_path: Path, slack: LoopbackSlack) -> None:
    five = Simulation(tmp_path / "forty", postgres.database(), slack, replicas=5, seed=3)
    five.live(five.ticks()[20:24], swap_every=2, rounds=1)
    five.check()
    assert five.points == 4


@pytest.mark.long
def test_a_quarter_full_of_faults(simulation: Simulation) -> None:
    simulation.live(simulation.ticks(), rounds=3)
    simulation.check()
    assert simulation.points >= ENOUGH
    assert len(simulation.must) > 200
    print(
        f"{simulation.points} planned deaths and {simulation.more} faults more, "
        f"{len(simulation.must)} reminders"
    )
