from scheduler.rules.requirements.permission import Permission
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told


def test_only_those_who_have_it() -> None:
    ana = someone("Ana", permissions=frozenset({"pypi", "conda"}))
    ben = someone("Ben", permissions=frozenset({"conda"}))
    work = duty("release", seat("a", permission="pypi"), seat("b"))
    problem = roster([ana, ben], [work])
    assert told(Permission(), problem, seated(problem, release_4_a="ana", release_4_b="ben")) == []
    assert told(Permission(), problem, seated(problem, release_4_a="ben", release_4_b="ana")) == [
        "Ben lacks the permission pypi (release@2027-01-04/a)"
    ]
