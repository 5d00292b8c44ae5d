import pickle

import pytest

from scheduler.errors import BadFiles, BadRequest, Mistake, Refused, RotaError


@pytest.mark.parametrize(
    ("kind", "code"), [(RotaError, 1), (BadRequest, 2), (BadFiles, 2), (Refused, 3)]
)
def test_each_kind_has_its_exit_code(kind: type[RotaError], code: int) -> None:
    assert kind.exit_code == code
    assert issubclass(kind, RotaError)


def test_the_text_of_an_error_is_its_sentence() -> None:
    assert str(Refused("nothing to publish")) == "nothing to publish"


def test_a_mistake_reads_as_editors_and_terminals_expect() -> None:
    mistake = Mistake("duties.yaml", 3, 7, "no such member")
    assert str(mistake) == "duties.yaml:3:7: no such member"
    assert mistake.severity == "error"


def test_mistakes_are_told_file_by_file_from_the_top_and_once() -> None:
    late = Mistake("b.yaml", 1, 1, "one")
    low = Mistake("a.yaml", 10, 1, "two")
    high = Mistake("a.yaml", 9, 5, "three")
    error = BadFiles([late, low, high, low])
    assert error.mistakes == (high, low, late)
    assert str(error) == "a.yaml:9:5: three\na.yaml:10:1: two\nb.yaml:1:1: one"


def test_mistakes_survive_the_way_to_another_process() -> None:
    error = BadFiles([Mistake("a.yaml", 1, 2, "one", "warning")])
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, BadFiles)
    assert copy.mistakes == error.mistakes
    assert str(copy) == str(error)
