"""What the audit asks of a published rotation once the dates of its duties are others."""

import pytest

from tests.audit.dock import Dock, rules

DUTIES = """
duties: [{{id: triage, kind: triage, why: it helps, effort: 4h, cadence: {{dates: [{}]}}}}]
"""
HEAD = "name: january\nfirst: 2027-01-04\nlast: 2027-01-31\n"
PUBLISHED = "published: 2026-12-20T09:00:00Z\n"
ON_THE_20TH = "2027-01-20T09:00:00Z"
CHANGED = f"changes: [{{id: 1, kind: replan, at: {ON_THE_20TH}, seats: []}}]\n"
REVISED = f", revision: 1, revised: {ON_THE_20TH}"


def broken(dock: Dock, asked: str, *shifts: str, more: str = PUBLISHED, seat: str = "") -> set[str]:
    """The rules that a rotation breaks whose shifts are written as ``day``, or as ``id>day`` where
    the day in the id is another; all of them are days of January."""
    dock.write(duties=DUTIES.format(", ".join(f"2027-01-{day}" for day in asked.split())))
    lines = ""
    for shift in shifts:
        of, _, day = shift.rpartition(">")
        lines += (
            f"  - {{id: triage@2027-01-{of or day}, duty: triage, first: 2027-01-{day}, "
            f"last: 2027-01-{day}, seats: [{{seat: lead, effort: 240, member: ana{seat}}}]}}\n"
        )
    return rules(dock.judge("january.yaml", f"{HEAD}{more}shifts:\n{lines}"))


@pytest.mark.parametrize(
    ("asked", "shifts", "found"),
    [
        ("14", ["12>14"], set()),
        # The roster has another date, and the rest is not planned again yet.
        ("14", ["12"], {"dates"}),
        # Too far away to be the same shift.
        ("28", ["05"], {"shifts", "missing"}),
        # The nearest one is it, and the other one is new.
        ("13 14", ["05>14"], {"missing"}),
        ("13 14", ["05>13", "06>14"], set()),
        # A shift that keeps its date keeps its id.
        ("12 14", ["12"], {"missing"}),
    ],
)
def test_a_shift_keeps_the_id_that_it_was_published_with(
    dock: Dock, asked: str, shifts: list[str], found: set[str]
) -> None:
    assert broken(dock, asked, *shifts) == found


def test_a_draft_has_the_ids_of_today(dock: Dock) -> None:
    assert broken(dock, "14", "12>14", more="") == {"shifts", "missing"}


@pytest.mark.parametrize(
    ("asked", "shifts", "before"),
    [
        # One that the roster no longer asks for, at another time than today's, and one too many.
        ("27", ["05", "26>27"], {"shifts"}),
        ("06 27", ["05", "27"], {"dates"}),
        ("06 27", ["27"], {"missing"}),
    ],
)
def test_what_had_begun_when_the_file_was_last_changed_is_a_fact(
    dock: Dock, asked: str, shifts: list[str], before: set[str]
) -> None:
    assert broken(dock, asked, *shifts) == before
    assert broken(dock, asked, *shifts, more=PUBLISHED + CHANGED) == set()
    # Where nobody loses a turn, planning again writes no entry.
    assert broken(dock, asked, *shifts, seat=REVISED) == set()


def test_what_begins_later_is_asked_for(dock: Dock) -> None:
    assert broken(dock, "21", "28", more=PUBLISHED + CHANGED) == {"dates"}
    assert broken(dock, "21 28", "28", more=PUBLISHED + CHANGED) == {"missing"}
    assert broken(dock, "28", "21", "28", more=PUBLISHED + CHANGED) == {"shifts"}
