"""The report as lines for a terminal, and the room's own house rule."""

import ast
import sys
from pathlib import Path

import scheduler.audit
from scheduler.audit import render
from tests.audit.dock import ROSTER, Dock, week


def test_a_good_rotation_reads_as_such(dock: Dock) -> None:
    text = render(dock.week("triage", 4, "lead:ana"))
    assert "Dock, 2027-01-04_2027-01-31: 2027-01-04 to 2027-01-31\n" in text
    assert "Every requirement holds in 1 turn.\n" in text
    assert "Must seats that nobody holds (1)\n- release@2027-01-12/lead\n" in text
    assert "Chi" not in text
    assert "chi, review (leads by 2027-01-17): 0 of 2 shadow turns" in text


def test_breaches_come_first_and_fit_the_screen(dock: Dock) -> None:
    dock.write(roster=ROSTER.replace("name: Ben", f"name: {'Benjamin ' * 12}"))
    text = render(dock.table(week("triage", 11, "lead:ben"), week("triage", 18, "lead:dee")))
    lines = text.splitlines()
    assert lines[1] == "2 breaches in 2 turns."
    assert lines[3] == "Broken (2)"
    assert max(map(len, lines)) <= 80


def test_names_cannot_upset_a_terminal(dock: Dock) -> None:
    dock.write(roster=ROSTER.replace("name: Ben", r'name: "B\e[31m"'))
    text = render(dock.week("triage", 11, "lead:ben"))
    assert "\x1b" not in text
    assert "B?[31m is away" in text


def test_the_audit_imports_nothing_but_errors_and_readers_of_yaml_and_of_calendars() -> None:
    allowed = sys.stdlib_module_names | {"yaml", "dateutil", "holidays", "scheduler.errors"}
    for path in Path(scheduler.audit.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                own = name.startswith("scheduler.audit")
                assert own or name in allowed or name.partition(".")[0] in allowed, (path, name)
