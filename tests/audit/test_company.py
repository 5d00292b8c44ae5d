"""Who may share a shift with whom: a rotation that keeps it and one that does not."""

from tests.audit.dock import DUTIES, ROSTER, Dock, rules, said, week


def test_members_who_are_never_together(dock: Dock) -> None:
    dock.write(roster=ROSTER + "not_together: [[ana, ben], [chi, dee]]\n")
    pair = week("review", 4, "lead:ana"), week("review", 4, "second:ben")
    assert said(dock.table(*pair), "not_together") == (
        "Ana and Ben share review@2027-01-04, and never are to"
    )
    shadow = week("review", 18, "lead:ben"), week("review", 18, "shadow:ana")
    assert "not_together" in rules(dock.table(*shadow))
    apart = week("review", 4, "lead:ana"), week("review", 11, "lead:ben")
    others = week("review", 18, "lead:ana"), week("review", 18, "shadow:chi")
    assert rules(dock.table(*apart, *others)) <= {"away"}


def test_people_of_a_shift_differ(dock: Dock) -> None:
    hired = ROSTER.replace("id: ana,", "id: ana, employer: Org,").replace(
        "id: ben\n", "id: ben\n    employer: Org\n"
    )
    dock.write(
        roster=hired, duties=DUTIES.replace("id: review\n", "id: review\n    differ: [employer]\n")
    )
    pair = week("review", 4, "lead:ana"), week("review", 4, "second:ben")
    assert said(dock.table(*pair), "differ") == (
        "Ana and Ben share review@2027-01-04 and have the same employer, Org"
    )
    shadow = week("review", 4, "lead:ben"), week("review", 4, "shadow:ana")
    assert "differ" not in rules(dock.table(*shadow))
    # Of two of them no employer is known.
    dock.write(duties=DUTIES.replace("id: review\n", "id: review\n    differ: [employer]\n"))
    assert "differ" not in rules(dock.table(*pair))
