"""Whatever a roster holds, Slack takes the message, and nobody is notified who is not meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.messages import answers, requests, views
from scheduler.messages.blocks import button, header, link_button, message, paragraphs, section
from scheduler.messages.message import (
    LONGEST_MESSAGE,
    Message,
    UnfitMessage,
    size,
    validate,
    validate_view,
)
from scheduler.messages.text import escape, is_slack_id, link, name
from scheduler.messages.turns import Book
from scheduler.messages.views import Choice, Home
from tests.messages.making import NAMES, PUBLISHED, directory, duty, person, rotation, turn

TEXTS = NAMES | st.sampled_from(["x" * 40_000, "&" * 4_000, "<!here>" * 1000])
_ALLOWED = re.compile(r"<@[UW][A-Z0-9]+>|<!date\^[^<>]*>|<(https?|webcal)://[^<>]*>")


def angles(content: object) -> list[str]:
    """Everything in angle brackets that is not ours."""
    return re.findall(r"<[^>]*>?", _ALLOWED.sub("", str(content)))


def book(called: str, length: int = 3) -> Book:
    known = directory(
        person("ana", name=called, slack="<!channel>"),
        person("ben", name=called, slack="U0123456789"),
        duties={"triage": duty(name=called, why=called, checklist=called, channel=called)},
    )
    days = [f"2027-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 28)][:length]
    return Book(
        known, [rotation(*(turn(day, "ana", 1) for day in days), turn("2027-03-30", "ben"))]
    )


@settings(max_examples=30)
@given(TEXTS, TEXTS)
def test_every_request_is_taken_and_harmless(called: str, note: str) -> None:
    made = book(called)
    known, (mine, *_, yours) = made.directory, [turn.placed for turn in made.turns]
    said = [
        requests.cover_asked(known, "1", mine, "ana", note),
        requests.swap_proposed(known, "1", mine, yours, "ana", note),
        requests.chain_proposed(known, "1", mine, yours, ["ben"] * 40, "ana"),
        requests.asked(known, "1", mine, ["ana", "ben"] * 40),
        requests.asked(known, "1", mine, ["ben"], "ana"),
        requests.no_longer_asked(known, "ana"),
        requests.exchanged(known, mine, yours, "1", "ana"),
        requests.refused(note),
        answers.why(known, mine, [note] * 60),
        answers.on_duty(made, PUBLISHED),
        answers.own_turns(made, "ana", PUBLISHED, feed=note),
        answers.own_turns(made, "ana", PUBLISHED, is_own=False),
    ]
    for one in said:
        validate(one)
        assert angles(one.to_json()) == []


@settings(max_examples=30)
@given(TEXTS)
def test_every_view_is_taken_and_harmless(called: str) -> None:
    made = book(called, 60)
    known, placed = made.directory, made.turns[0].placed
    choices = [Choice(turn.placed, called) for turn in made.turns] * 3
    home = Home(called, 1.0, [called] * 50, [called] * 50)
    for view in (
        views.swap_view(known, placed, choices, "{}"),
        views.swap_view(known, placed, [], "{}"),
        views.swap_view(known, placed, choices, "{}", "ana"),
        views.swap_view(known, placed, [], "{}", "ana"),
        views.home_view(made, "ana", home, PUBLISHED),
        views.stranger_view(known),
    ):
        validate_view(view)
        assert angles(view) == []


@given(TEXTS)
def test_escaped_text_reads_as_it_was_and_holds_no_bracket(text: str) -> None:
    for shown in (escape(text), name(text)):
        assert not set("<>\n\r\u2028") & set(shown)
        assert re.search(r"&(?!amp;|lt;|gt;)", shown) is None


@given(st.lists(TEXTS, max_size=80))
def test_what_does_not_fit_is_counted(lines: list[str]) -> None:
    blocks = paragraphs(escape(line, 3000) for line in lines)
    made = message("text", header("title"), *blocks)
    validate(made)
    assert made.blocks == (header("title"), *blocks)


def test_a_year_of_turns_says_how_many_are_not_shown() -> None:
    blocks = paragraphs("x" * 100 for _ in range(365))
    assert size(blocks) < LONGEST_MESSAGE
    assert re.search(r"… and \d+ more", str(blocks[-1]))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a?b=c&d=e", "https://example.org/a?b=c&d=e"),
        ("https://example.org/|y>", "https://example.org/%7Cy%3E"),
        ("javascript:alert(1)", ""),
        ("not a link", ""),
    ],
)
def test_links_lead_where_they_say(address: str, shown: str) -> None:
    assert link(address) == shown


def test_a_checklist_that_is_no_address_gets_no_button() -> None:
    assert link_button("x", "y", "javascript:alert(1)") is None
    assert link("https://" + "a" * 2000) == ""


@pytest.mark.parametrize(("text", "is_id"), [("U0123456789", True), ("ana", False), ("", False)])
def test_only_an_id_of_slack_is_mentioned(text: str, is_id: bool) -> None:
    assert is_slack_id(text) is is_id


def test_a_value_that_a_button_cannot_carry_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="2000"):
        button("x", "y", "z" * 2001)


@pytest.mark.parametrize(
    ("unfit", "sentence"),
    [
        (Message("", ()), "no text"),
        (Message("x", (section("y"),) * 51), "51 blocks"),
        (Message("<!channel>", ()), "notifies a channel"),
        (
            Message("x", ({"type": "header", "text": {"type": "plain_text", "text": "y" * 151}},)),
            "151",
        ),
    ],
)
def test_the_check_sees_what_slack_refuses(unfit: Message, sentence: str) -> None:
    with pytest.raises(UnfitMessage, match=sentence):
        validate(unfit)
