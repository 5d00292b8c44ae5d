"""304 is said exactly to those who have the bytes."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from scheduler.web.answer import accepts_gzip
from scheduler.web.conditional import etag, none_match, unmodified

OPAQUE = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF).filter(
        lambda c: c != '"' and not 0x7E < ord(c) < 0x80
    ),
    max_size=12,
)
TAGS = OPAQUE.map(lambda text: f'"{text}"')
PUT = st.sampled_from(["{}", " {}", "{} ", "\t{}\t", ",{}", "W/{}", " W/{}"])


@given(st.binary(), st.binary())
def test_tags_are_equal_exactly_for_equal_bytes(one: bytes, other: bytes) -> None:
    assert (etag(one) == etag(other)) == (one == other)


@given(st.lists(st.tuples(TAGS, PUT), max_size=8), TAGS)
def test_a_list_matches_exactly_what_stands_in_it(listed: list[tuple[str, str]], tag: str) -> None:
    header = ",".join(put.format(entry) for entry, put in listed)
    assert none_match(header, tag) == (tag not in {entry for entry, _ in listed})


@given(st.text(max_size=60), TAGS)
def test_what_is_no_list_never_claims_a_tag_that_it_does_not_hold(header: str, tag: str) -> None:
    if not none_match(header, tag):
        assert tag in header or header.strip(" \t") == "*"


def test_a_star_is_everything_but_only_alone() -> None:
    assert not none_match(" * ", '"a"')
    assert none_match('*, "b"', '"a"')
    assert none_match('"*"', '"a"')


def test_a_comma_within_a_tag_separates_nothing() -> None:
    assert none_match('"a,b"', '"b"')
    assert not none_match('"a,b", "c"', '"c"')


def test_an_endless_list_is_read_to_its_bound_only() -> None:
    assert none_match('"x",' * 100_000 + '"a"', '"a"')


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)), st.integers(-3, 3))
def test_only_the_very_second_of_the_change_counts(moment: datetime, seconds: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    asked = format_datetime(moment + timedelta(seconds=seconds), usegmt=True)
    assert unmodified(asked, format_datetime(moment, usegmt=True)) == (seconds == 0)


@given(st.text(max_size=40))
def test_what_is_no_date_never_counts(header: str) -> None:
    assert not unmodified(header, "Mon, 04 Jan 2100 09:00:00 GMT")


def test_gzip_is_sent_to_those_who_take_it() -> None:
    taken = ["gzip", "br, gzip", "GZIP;q=0.5", "*", "x-gzip", "gzip; q=1"]
    assert [header for header in taken if not accepts_gzip(header)] == []
    refused = ["", "br", "identity", "gzip;q=0", "gzip; q=0.00", "gzipped"]
    assert [header for header in refused if accepts_gzip(header)] == []
