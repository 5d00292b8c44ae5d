"""`rota init` writes a roster that is right as it is, and never harms what is there."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from scheduler.domain.fairness import entitled
from scheduler.domain.problem import Problem, lay_out
from scheduler.domain.span import Span
from scheduler.errors import Refused
from scheduler.files import read_team, write_starter, writing
from scheduler.rules.book import fitting
from scheduler.solver import Limits, solve

QUARTER = Span(date(2027, 1, 1), date(2027, 4, 1))


def test_the_starter_has_no_mistakes(tmp_path: Path) -> None:
    write_starter(tmp_path / "mine")
    team = read_team(tmp_path / "mine")
    assert team.warnings == ()
    assert (len(team.members), len(team.duties), len(team.upstreams)) == (6, 5, 2)


def test_every_starter_is_another_team(tmp_path: Path) -> None:
    teams = []
    for name in ("a", "b"):
        write_starter(tmp_path / name)
        teams.append(read_team(tmp_path / name))
    assert UUID(teams[0].installation).version == 4
    assert teams[0].installation != teams[1].installation
    assert teams[0].inputs == teams[1].inputs


def test_the_starter_plans_as_it_is(tmp_path: Path) -> None:
    write_starter(tmp_path)
    team = read_team(tmp_path)
    problem = Problem(team.name, QUARTER, team.members, team.duties, lay_out(team.duties, QUARTER))
    able = {member for seat, member in fitting(problem, team.policy) if not seat.is_shadow}
    outcome = solve(entitled(problem, able), team.policy, Limits(work=1))
    must = outcome.tiers[0]
    assert (must.name, must.price) == ("must", 0)


@pytest.mark.parametrize("name", ["roster.yaml", "duties.yaml", "policy.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    tmp_path.joinpath(name).write_text("mine")
    with pytest.raises(Refused, match=name):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert tmp_path.joinpath(name).read_text() == "mine"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    tmp_path.joinpath("f").touch()
    with pytest.raises(Refused):
        write_starter(tmp_path / "f")


def test_what_rota_leaves_behind_stays_out_of_git(tmp_path: Path) -> None:
    write_starter(tmp_path)
    with writing(tmp_path):
        pass
    assert tmp_path.joinpath(".gitignore").read_text().split() == [".rota.lock"]
    assert tmp_path.joinpath(".rota.lock").exists()


def test_editors_find_the_schemas(tmp_path: Path) -> None:
    for path in write_starter(tmp_path):
        first = path.read_text().splitlines()[0]
        assert tmp_path.joinpath(first.partition("$schema=")[2]).is_file()
