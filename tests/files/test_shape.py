"""Every error of pydantic becomes one sentence at the right place, in words of the file."""

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    Tag,
    TypeAdapter,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scheduler.errors import BadFiles
from scheduler.files.composer import MOST_MISTAKES
from scheduler.files.located import parse_yaml
from scheduler.files.shape import AtKey, check, examine

Level = Literal["learning", "shadowed", "leads", "mentors"]


def hours(value: object) -> float:
    found = re.fullmatch(r"([0-9.]+)h?", str(value))
    if found is None:
        raise ValueError(f'"budget" should be hours such as 8 or 6.5h, not "{value}"')
    return float(found.group(1))


Hours = Annotated[float, BeforeValidator(hours)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Away(Strict):
    first: date
    last: date

    @model_validator(mode="after")
    def _runs_forwards(self) -> "Away":
        if self.last < self.first:
            raise AtKey(f"last ({self.last}) is before first ({self.first})", "last")
        return self


class Weekly(Strict):
    kind: Literal["weekly"]
    every: int = Field(1, ge=1)
    on: Literal["monday", "tuesday", "wednesday"] = "monday"


class Monthly(Strict):
    kind: Literal["monthly"]
    nth: int = Field(ge=1, le=5)


@dataclass
class Checklist:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    url: str
    steps: int = 1


class Colour(Enum):
    RED = "red"
    GREEN = "green"


class Member(Strict):
    id: str = Field(pattern="^[a-z]+$", examples=["ana"])
    budget: Hours = 8
    skills: dict[str, Level] = {}
    away: list[Away] = []


class Team(Strict):
    team: str
    members: list[Member] = []
    cadence: Annotated[Weekly | Monthly, Field(discriminator="kind")] | None = None
    checklist: Checklist | None = None
    upstreams: list[str] = Field([], min_length=1)


def sentences(shape: Any, text: str) -> list[tuple[int, int, str]]:
    value, mistakes = examine(shape, parse_yaml(text, "f.yaml"), "f.yaml")
    if not mistakes:
        pytest.fail(f"accepted: {value!r}")
    assert value is None
    assert {mistake.file for mistake in mistakes} == {"f.yaml"}
    return [(one.line, one.column, one.sentence) for one in mistakes]


def only(shape: Any, text: str) -> tuple[int, int, str]:
    (found,) = sentences(shape, text)
    return found


def of_type(kind: Any, word: str) -> str:
    """The sentence for a field `x` of this type that holds this word."""
    line, column, sentence = only(TypeAdapter(dict[str, kind]), f"x: {word}\n")
    assert (line, column) == (1, 4)
    return sentence


def test_good_data_become_a_value() -> None:
    located = parse_yaml("team: t\nmembers: [{id: ana, budget: 6.5h}]\n", "f.yaml")
    team = check(Team, located, "f.yaml")
    assert team.members[0].budget == 6.5
    assert examine(Team, located, "f.yaml") == (team, [])
    assert check(TypeAdapter(dict[str, Any]), located, "f.yaml") == located.data


def test_all_the_mistakes_of_a_file_at_once() -> None:
    text = """\
team: 2i2c
membrs: []
members:
  - id: ana
    budget: lots
    skills:
      triage: leads
      review: levl
    away:
      - first: 2027-01-04
        last: 2027-01-03
  - budgt: 8
cadence:
  kind: weekly
  every: 0
  on: Mondy
checklist:
  link: x
"""
    assert sentences(Team, text) == [
        (2, 1, 'unknown key "membrs"; did you mean "members"?'),
        (5, 13, '"budget" should be hours such as 8 or 6.5h, not "lots"'),
        (8, 15, '"levl" is not one of learning, shadowed, leads, mentors'),
        (11, 15, "last (2027-01-03) is before first (2027-01-04)"),
        (12, 5, '"id" is missing'),
        (12, 5, 'unknown key "budgt"; did you mean "budget"?'),
        (15, 10, '"every" should be at least 1, not 0'),
        (16, 7, '"Mondy" is not one of monday, tuesday, wednesday; did you mean "monday"?'),
        (18, 3, '"url" is missing'),
        (18, 3, 'unknown key "link"; known here: url, steps'),
    ]


def test_check_raises_them() -> None:
    with pytest.raises(BadFiles) as caught:
        check(Team, parse_yaml("{}", "t/f.yaml"), "t/f.yaml")
    assert str(caught.value) == 't/f.yaml:1:1: "team" is missing'


def test_a_misspelt_key_is_not_missing_too() -> None:
    assert only(Team, "teem: x\n") == (1, 1, 'unknown key "teem"; did you mean "team"?')


# ---------------------------------------------------------------------------------- wrong types


@pytest.mark.parametrize(
    ("kind", "word", "sentence"),
    [
        (str, "1.10", '"x" should be text; put it in quotes: "1.10"'),
        (str, "2027-01-04", '"x" should be text; put it in quotes: "2027-01-04"'),
        (str, "true", '"x" should be text; put it in quotes: "true"'),
        (str, "[a]", '"x" should be text, not a list'),
        (str, "~", '"x" is empty; it should be text'),
        (int, "many", '"x" should be a whole number, not "many"'),
        (int, "1.5", '"x" should be a whole number, not 1.5'),
        (float, "{a: 1}", '"x" should be a number, not lines of "key: value"'),
        (bool, "perhaps", '"x" should be true or false, not "perhaps"'),
        (date, "2027-1-4", '"x" should be a date such as 2027-01-04, not "2027-1-4"'),
        (date, "soon", '"x" should be a date such as 2027-01-04, not "soon"'),
        (time, "25:00", '"x" should be a time such as 16:00, not "25:00"'),
        (timedelta, "long", '"x" should be a length of time, not "long"'),
        (list[str], "triage", '"x" should be a list, not "triage"'),
        (set[str], "triage", '"x" should be a list, not "triage"'),
        (dict[str, int], "[1]", '"x" should be lines of "key: value", not a list'),
        (Away, "monday", '"x" should be lines of "key: value", not "monday"'),
        (Checklist, "3", '"x" should be lines of "key: value", not 3'),
        (UUID, "abc", '"x" should be a UUID, not "abc"'),
        (HttpUrl, "abc", '"x" should be a web address such as https://example.org, not "abc"'),
        (Colour, "gren", '"gren" is not one of red, green; did you mean "green"?'),
        (Colour, "[red]", '"x" should be one of red, green, not a list'),
        (Colour, "~", '"x" is empty; it should be one of red, green'),
        (Literal["it's", "a, b", 3], "4", '"4" is not one of it\'s, a, b, 3'),
        (
            ZoneInfo,
            "Europe/Berln",
            '"Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?',
        ),
        (
            ZoneInfo,
            "Springfield",
            '"Springfield" is not a time zone; write one such as Europe/Berlin',
        ),
    ],
)
def test_a_wrong_type_is_told_in_words_of_the_file(kind: Any, word: str, sentence: str) -> None:
    assert of_type(kind, word) == sentence


def test_an_instant() -> None:
    assert of_type(datetime, "noon").startswith('"x" should be a date and time such as 2027-')


def test_the_whole_file_and_entries_of_lists_have_names() -> None:
    assert only(Team, "[a]") == (1, 1, 'the file should be lines of "key: value", not a list')
    assert only(TypeAdapter(list[list[int]]), "- [1, x]") == (
        1,
        7,
        'entry 2 of entry 1 of the file should be a whole number, not "x"',
    )
    assert only(TypeAdapter(dict[str, list[int]]), "days: [x]")[2] == (
        'entry 1 of "days" should be a whole number, not "x"'
    )


@pytest.mark.parametrize(
    ("constraint", "word", "sentence"),
    [
        (Field(gt=0), "-1", '"x" should be more than 0, not -1'),
        (Field(ge=1), "0", '"x" should be at least 1, not 0'),
        (Field(lt=5), "5", '"x" should be less than 5, not 5'),
        (Field(le=5), "6", '"x" should be at most 5, not 6'),
        (Field(multiple_of=5), "6", '"x" should be a multiple of 5, not 6'),
    ],
)
def test_a_number_out_of_bounds(constraint: Any, word: str, sentence: str) -> None:
    assert of_type(Annotated[int, constraint], word) == sentence


@pytest.mark.parametrize(
    ("kind", "word", "sentence"),
    [
        (Annotated[str, Field(min_length=1)], "''", '"x" is empty; write at least one character'),
        (
            Annotated[str, Field(min_length=3)],
            "ab",
            '"x" should have at least 3 characters, not 2',
        ),
        (
            Annotated[str, Field(max_length=1)],
            "ab",
            '"x" should have at most 1 character, not 2',
        ),
        (Annotated[list[str], Field(min_length=1)], "[]", '"x" is empty; write at least one entry'),
        (
            Annotated[list[str], Field(max_length=2)],
            "[a, b, c]",
            '"x" should have at most 2 entries, not 3',
        ),
        (tuple[int, int], "[1]", 'entry 2 of "x" is missing'),
        (Annotated[str, Field(pattern="^a$")], "b", '"x" should match ^a$, not "b"'),
        (
            Annotated[str, Field(pattern="^#", examples=["#triage"])],
            "triage",
            '"x" should look like #triage, not "triage"',
        ),
        (Annotated[int, Field(examples=[8, 40])], "x", '"x" should be a whole number such as 8'),
    ],
)
def test_lengths_patterns_and_examples(kind: Any, word: str, sentence: str) -> None:
    assert of_type(kind, word).startswith(sentence)


def test_an_error_without_a_sentence_of_its_own_is_still_readable() -> None:
    future = Annotated[date, Field(json_schema_extra={}), AfterValidator(lambda day: day)]
    assert of_type(future, "x") == '"x" should be a date such as 2027-01-04, not "x"'
    assert of_type(type, "a") == '"x" should be a type, not "a"'


# --------------------------------------------------------------------------- sentences of shapes


def odd(value: int) -> int:
    if value % 2 == 0:
        raise ValueError(f"{value} is even,\n  and must be odd")
    return value


def custom(value: int) -> int:
    raise PydanticCustomError("too_much", "{value} is too much for us", {"value": value})


def asserted(value: int) -> int:
    assert value > 10, "too small"
    return value


def test_a_shape_speaks_for_itself() -> None:
    assert of_type(Annotated[int, AfterValidator(odd)], "4") == "4 is even, and must be odd"
    assert of_type(Annotated[int, AfterValidator(custom)], "4") == "4 is too much for us"
    assert of_type(Annotated[int, AfterValidator(asserted)], "4").startswith("too small")


def test_a_validator_of_a_mapping_can_mean_a_value_deep_inside() -> None:
    def checked(value: dict[str, list[int]]) -> dict[str, list[int]]:
        raise AtKey("7 is taken", "days", 1)

    kind = Annotated[dict[str, list[int]], AfterValidator(checked)]
    assert only(TypeAdapter(dict[str, kind]), "a:\n  days: [6, 7]\n") == (2, 13, "7 is taken")


# -------------------------------------------------------------------------------- keys of mappings


def test_keys_that_are_wrong_themselves() -> None:
    days = TypeAdapter(dict[Literal["monday", "tuesday"], int])
    assert only(days, "monday: 1\n tuesdy: 2\n".replace("\n ", "\n")) == (
        2,
        1,
        '"tuesdy" is not one of monday, tuesday; did you mean "tuesday"?',
    )
    dates = TypeAdapter(dict[date, int])
    assert check(dates, parse_yaml("2027-01-04: 1", "f"), "f") == {date(2027, 1, 4): 1}
    assert only(dates, "soon: 1\n") == (1, 1, 'the key "soon" should be a date such as 2027-01-04')


def test_aliases_are_what_users_write() -> None:
    class Span(Strict):
        start: date = Field(alias="from")

    assert only(Span, "form: 2027-01-04\n") == (1, 1, 'unknown key "form"; did you mean "from"?')
    assert only(Span, "start: 2027-01-04\nfrom: 2027-01-04\n")[2].startswith('unknown key "start"')


def test_keys_and_values_that_came_by_a_merge_stand_where_they_are_written() -> None:
    text = "team: t\nmembers:\n  - &a {id: ana, budgt: 1}\n  - {<<: *a, budget: lots}\n"
    assert [(line, column) for line, column, _ in sentences(Team, text)] == [(3, 18), (4, 22)]


# ------------------------------------------------------------------------------------- unions


class Every(Strict):
    every: int


class Nth(Strict):
    nth: int
    weekday: str


class OnDates(Strict):
    dates: list[date]


UNION = TypeAdapter(dict[str, Every | Nth | OnDates | int | Literal["daily", "never"]])


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("x: {every: many}", (1, 12), '"every" should be a whole number, not "many"'),
        ("x: {nth: 2}", (1, 4), '"weekday" is missing'),
        ("x: {nth: two, weekday: a}", (1, 10), '"nth" should be a whole number, not "two"'),
        (
            "x: {dates: [2027-01-04, soon]}",
            (1, 25),
            'entry 2 of "dates" should be a date such as 2027-01-04, not "soon"',
        ),
        (
            "x: dayly",
            (1, 4),
            '"x" should be lines of "key: value" or a whole number or one of daily, never,'
            ' not "dayly"; did you mean "daily"?',
        ),
        (
            "x: [1]",
            (1, 4),
            '"x" should be lines of "key: value" or a whole number or one of daily, never,'
            " not a list",
        ),
    ],
)
def test_a_union_speaks_of_the_closest_branch_only(
    text: str, place: tuple[int, int], sentence: str
) -> None:
    assert only(UNION, text) == (*place, sentence)


def test_a_rule_of_a_branch_that_fits_wins_over_branches_that_do_not() -> None:
    kind = Annotated[int, Field(gt=0)] | Literal["all"]
    assert of_type(kind, "-3") == '"x" should be more than 0, not -3'
    assert of_type(int | Annotated[str, AfterValidator(hours)], "lots").startswith('"budget" sho')


def test_right_keys_count_more_than_few_faults() -> None:
    found = sentences(UNION, "x: {dates: [a, b, c]}")
    assert [column for _, column, _ in found] == [13, 16, 19]
    assert all('of "dates" should be a date' in sentence for _, _, sentence in found)


def test_a_branch_that_only_breaks_a_rule_of_its_own_is_the_closest() -> None:
    class Numbered(Strict):
        first: int
        last: date

    shape = TypeAdapter(dict[str, Numbered | Away])
    assert only(shape, "x: {first: 2027-01-04, last: 2027-01-03}") == (
        1,
        30,
        "last (2027-01-03) is before first (2027-01-04)",
    )


def test_unions_inside_unions_and_lists() -> None:
    shape = TypeAdapter(dict[str, list[Every | list[Nth | int]] | str])
    assert only(shape, "x:\n  - every: 1\n  - [3, {nth: a, weekday: b}]\n") == (
        3,
        15,
        '"nth" should be a whole number, not "a"',
    )


def test_names_of_branches_are_not_taken_for_keys() -> None:
    shape = TypeAdapter(dict[str, date | dict[str, int]])
    assert only(shape, "x: {date: 1, int: a}") == (
        1,
        19,
        '"int" should be a whole number, not "a"',
    )


def test_unknown_keys_are_compared_with_those_of_the_chosen_branch() -> None:
    assert only(UNION, "x: {nth: 1, weekday: a, evry: 1}")[2] == (
        'unknown key "evry"; known here: nth, weekday'
    )
    text = "team: t\ncadence: {kind: monthly, nth: 1, every: 2}\n"
    assert only(Team, text) == (2, 34, 'unknown key "every"; known here: kind, nth')


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        (
            "{kind: weekli}",
            (2, 17),
            '"weekli" is not one of weekly, monthly; did you mean "weekly"?',
        ),
        ("{every: 1}", (2, 10), '"kind" is missing; write one of weekly, monthly'),
        ("weekly", (2, 10), '"cadence" should be lines of "key: value", not "weekly"'),
        ("{kind: monthly}", (2, 10), '"nth" is missing'),
    ],
)
def test_a_union_that_is_chosen_by_a_key(text: str, place: tuple[int, int], sentence: str) -> None:
    assert only(Team, f"team: t\ncadence: {text}\n") == (*place, sentence)


def test_a_union_that_is_chosen_by_a_function() -> None:
    def which(value: Any) -> str | None:
        return "text" if isinstance(value, str) else "number" if isinstance(value, int) else None

    kind = Annotated[
        Annotated[str, Tag("text")] | Annotated[int, Tag("number")], Discriminator(which)
    ]
    assert of_type(kind, "[1]") == '"x" fits none of the kinds that are allowed here'


# ------------------------------------------------------------------------------- hostile data


def test_the_list_of_mistakes_has_an_end() -> None:
    found = sentences(TypeAdapter(list[int]), "- x\n" * 1234)
    assert len(found) == MOST_MISTAKES + 1
    assert found[-1] == (
        MOST_MISTAKES + 1,
        3,
        "1,134 more mistakes from here on are not shown; correct these first",
    )


def test_long_words_are_shortened() -> None:
    assert len(of_type(int, "x" * 10_000)) < 120
    assert len(only(Team, f"team: t\n? {'x' * 900}\n: 1\n")[2]) < 200


def test_shapes_that_no_json_schema_can_express_are_checked_all_the_same() -> None:
    class Odd(Strict):
        model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
        pattern: re.Pattern[str] | None = None
        thing: Located_ | None = None
        default: object = object()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert only(Odd, "patern: a\n") == (1, 1, 'unknown key "patern"; did you mean "pattern"?')


class Located_:
    """Nothing that pydantic knows."""


WORDS = st.sampled_from(["team", "members", "id", "kind", "weekly", "nth", "first", "x", "8", "~"])
DATA = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(WORDS, inner, max_size=4).map(
            lambda entries: (
                "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
            )
        ),
    ),
    max_leaves=15,
)


@pytest.mark.parametrize("shape", [Team, UNION], ids=["team", "union"])
@given(text=DATA)
def test_any_data_give_a_value_or_sentences_at_places_in_the_file(shape: Any, text: str) -> None:
    _, mistakes = examine(shape, parse_yaml(text, "f.yaml"), "f.yaml")
    for mistake in mistakes:
        assert mistake.line == 1
        assert 1 <= mistake.column <= len(text) + 1
        assert "Input" not in mistake.sentence
        assert "valid" not in mistake.sentence
        assert len(mistake.sentence.splitlines()) == 1
