"""`rota history import` and `rota fairness`, as a person and a program would run them."""

import json
from pathlib import Path

from tests.cli.conftest import Rota

PAST = "date,duty,seat,member\n2026-10-05,triage,lead,ana\n2026-10-12,triage,lead,ben\n"


def test_from_a_csv_to_a_picture(rota: Rota, folder: Path) -> None:
    Path("past.csv").write_text(PAST, encoding="utf-8")
    dry = rota("history", "import", folder, "past.csv")
    assert dry.code == 0
    assert "rota history import moons past.csv --write" in dry.out
    assert rota("fairness", folder).code == 3
    done = rota("history", "import", folder, "past.csv", "--write")
    assert "rota fairness moons" in done.out
    told = rota("fairness", folder, "--quarters", "2", "--png", "a.png", "--svg", "a.svg")
    assert told.code == 0
    assert "Ana Silva did 3.0 hours in 1 rotation" in " ".join(told.out.split())
    assert max(map(len, told.out.splitlines())) <= 80
    assert Path("a.png").read_bytes().startswith(b"\x89PNG")
    assert Path("a.svg").read_text(encoding="utf-8").startswith("<svg")
    data = json.loads(rota("fairness", folder, "--json").out)
    assert [member["load_hours"] for member in data["members"]] == [3.0, 3.0, 0.0]


def test_mistakes_and_wrong_calls(rota: Rota, folder: Path) -> None:
    Path("past.csv").write_text(PAST.replace("ben", "bne"), encoding="utf-8")
    done = rota("history", "import", folder, "past.csv")
    assert (done.code, done.out) == (2, "")
    assert done.err == 'past.csv:3:24: there is no member "bne"; did you mean "ben"?\n'
    absent = rota("history", "import", folder, "absent.csv")
    assert (absent.code, absent.out) == (2, "")
    assert "absent.csv:1:1" in absent.err
    assert rota("fairness", folder, "--quarters", "0").code == 2
