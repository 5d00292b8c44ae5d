import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.files.suggest import LONGEST_QUOTE, did_you_mean, quoted

DUTIES = ["triage", "release", "review", "ci", "docs", "meeting-notes", "Ana", "ben", "id"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("traige", "triage"),
        ("Triage", "triage"),
        ("TRIGE", "triage"),
        ("relaese", "release"),
        ("reviews", "review"),
        ("meeting_notes", "meeting-notes"),
        ("meeting", "meeting-notes"),  # the only word that begins so
        ("anna", "Ana"),
        ("bne", "ben"),
    ],
)
def test_a_near_word_is_suggested(word: str, meant: str) -> None:
    assert did_you_mean(word, DUTIES) == f'; did you mean "{meant}"?'


@pytest.mark.parametrize("word", ["", "xylophone", "me", "cooking", "t" * 1_000_000])
def test_nothing_is_suggested_when_nothing_is_near(word: str) -> None:
    assert did_you_mean(word, DUTIES) == ""


def test_no_suggestion_without_known_words() -> None:
    assert did_you_mean("triage", []) == ""


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8))
def test_the_order_of_the_known_words_does_not_matter(word: str, known: list[str]) -> None:
    assert did_you_mean(word, known) == did_you_mean(word, reversed(known))


@given(st.text())
def test_a_quote_is_one_short_line(text: str) -> None:
    shown = quoted(text)
    assert shown[0] == shown[-1] == '"'
    assert len(shown) <= LONGEST_QUOTE + 2
    assert len(shown.splitlines()) == 1
