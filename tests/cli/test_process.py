"""What only shows in a process of its own: what is imported, signals, and the end of a pipe."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROTA = (sys.executable, "-c", "from scheduler.cli import main; main()")
HOUSE = Path(__file__).parents[2]
HEAVY = {"ortools", "pandas", "numpy", "icalendar", "yaml"}


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(HOUSE), "COLUMNS": "80"} | more


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with more variables in its environment."""
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment(**more)
    )


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`rota` while it runs."""
    with subprocess.Popen(
        [*ROTA, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def modules_after(*arguments: str) -> set[str]:
    """The packages that a command has imported when it ends."""
    script = (
        "import sys\n"
        "from scheduler.cli import main\n"
        f"sys.argv = ['rota', *{list(arguments)!r}]\n"
        "try:\n    main()\n"
        "finally:\n    print(*{m.partition('.')[0] for m in sys.modules}, file=sys.stderr)\n"
    )
    done = run(sys.executable, "-c", script)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    modules = modules_after(*arguments)
    assert "typer" in modules
    assert modules & HEAVY == set()


def test_showing_a_rotation_needs_no_solver_and_no_pandas(team: Path) -> None:
    run(*ROTA, "plan", str(team), "-q", "2027-Q1", "--write", "--time", "1s")
    assert modules_after("show", str(team)) & {"ortools", "pandas"} == set()


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    run(*ROTA, "init", str(folder))
    return folder


def test_ctrl_c_keeps_the_best_plan_and_says_so(team: Path) -> None:
    # Twenty copies of a duty keep the search busy for longer than this test needs.
    duties = team / "duties.yaml"
    text = duties.read_text(encoding="utf-8")
    copies = "".join(
        f"\n  - {{id: more-{n}, kind: docs, why: w, cadence: weekly, effort: {60 + n}m}}"
        for n in range(20)
    )
    duties.write_text(text.rstrip() + copies + "\n", encoding="utf-8")
    with running("plan", str(team), "--quarter", "2027-Q1", "--write") as process:
        assert process.stderr is not None
        assert "price" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Interrupted" in out
    shown = run(*ROTA, "show", str(team), "--json")
    assert json.loads(shown.stdout)["interrupted"] is True


def test_a_pipe_that_closes_early_is_no_traceback() -> None:
    with running("rules") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_a_terminal_of_ascii_shows_question_marks_and_goes_on(team: Path) -> None:
    done = run(*ROTA, "plan", str(team), "-q", "2027-Q1", "--time", "1s", PYTHONIOENCODING="ascii")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "Ana Silva" in done.stdout
