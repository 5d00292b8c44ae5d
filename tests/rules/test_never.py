from scheduler.domain.people import Wish
from scheduler.rules.requirements.never import Never
from tests.rules.builders import duty, roster, seated, someone
from tests.rules.halves import told


def test_never_means_this_duty_and_no_other_wish() -> None:
    ana = someone("Ana", wishes={"hub": Wish.never, "lab": Wish.rather_not})
    problem = roster([ana, someone("Ben")], [duty("hub"), duty("lab")])
    assert told(Never(), problem, seated(problem, hub_4_lead="ben", lab_4_lead="ana")) == []
    assert told(Never(), problem, seated(problem, hub_4_lead="ana")) == [
        "Ana is never to do Hub (hub@2027-01-04/lead)"
    ]
