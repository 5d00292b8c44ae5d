from scheduler.rules.requirements.region import Region
from tests.rules.builders import duty, roster, seat, seated, someone
from tests.rules.halves import told


def test_only_members_of_the_region() -> None:
    team = [someone("Ana", region="europe"), someone("Ben", region="america"), someone("Chi")]
    problem = roster(team, [duty("hub", seat("emea", region="europe"), seat("any"))])
    assert told(Region(), problem, seated(problem, hub_4_emea="ana", hub_4_any="ben")) == []
    assert told(Region(), problem, seated(problem, hub_4_emea="ben")) == [
        "Ben is not in the region europe (hub@2027-01-04/emea)"
    ]
    assert len(told(Region(), problem, seated(problem, hub_4_emea="chi"))) == 1
