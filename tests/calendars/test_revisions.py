"""UIDs stay; SEQUENCE and stamps move only on what changed."""

from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Event

from scheduler.calendars import feeds
from scheduler.domain.change import Entry, Kind, Move
from scheduler.domain.rotation import Rotation
from tests.calendars.making import DECEMBER, MARCH, directory, events, rotation, turn

SWAPPED = datetime(2027, 1, 2, 8, 30, tzinfo=UTC)
FIRST = turn("2027-01-04", "ana", "2027-01-10")
SECOND = turn("2027-01-11", "ben", "2027-01-17")


def by_day(*rotations: Rotation) -> list[Event]:
    return events(feeds(rotations, directory())["team.ics"])


def raised(event: Event) -> tuple[int, datetime]:
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED")
    return event.decoded("SEQUENCE"), event.decoded("DTSTAMP")


def test_a_new_turn_carries_the_instant_of_publication() -> None:
    [event] = by_day(rotation(FIRST))
    assert raised(event) == (0, DECEMBER)


def test_a_swap_raises_its_own_turn_and_leaves_the_other_byte_for_byte() -> None:
    other = turn("2027-02-01", "cleo", shift="other@2027-02-01", duty="other")
    changed = replace(FIRST, member="cleo", revision=1, revised=SWAPPED)
    [old, same] = by_day(rotation(FIRST, other))
    [new, still] = by_day(rotation(changed, other))
    assert new["UID"] == old["UID"]
    assert raised(new) == (1, SWAPPED)
    assert still.to_ical() == same.to_ical()


def test_a_feed_without_the_changed_turn_is_byte_identical() -> None:
    other = turn("2027-02-01", "cleo", shift="other@2027-02-01", duty="other")
    changed = replace(FIRST, member="ben", revision=1, revised=SWAPPED)
    before = feeds([rotation(FIRST, other)], directory())
    after = feeds([rotation(changed, other)], directory())
    different = {path for path in before if before[path] != after[path]}
    assert different == {
        "members/ana.ics",
        "members/ben.ics",
        "duties/triage.ics",
        "upstreams/jupyterhub.ics",
        "team.ics",
    }


def test_a_seat_keeps_its_uid_when_its_dates_move() -> None:
    moved = replace(FIRST, span=FIRST.span.shifted(1), revision=1, revised=SWAPPED)
    [old], [new] = by_day(rotation(FIRST)), by_day(rotation(moved))
    assert old["UID"] == new["UID"]
    assert old.decoded("DTSTART") != new.decoded("DTSTART")


def test_seats_of_one_shift_and_installations_have_uids_of_their_own() -> None:
    both = by_day(rotation(FIRST, replace(FIRST, seat="shadow", member="ben")))
    elsewhere = directory(installation=directory().installation.__class__(int=7))
    [foreign] = events(feeds([rotation(FIRST)], elsewhere)["team.ics"])
    assert len({*(str(event["UID"]) for event in both), str(foreign["UID"])}) == 3


def test_publishing_the_next_quarter_raises_only_the_turn_at_the_seam() -> None:
    last = turn("2027-03-29", "cleo", "2027-04-04")
    following = rotation(turn("2027-04-05", "ana"), name="2027-Q2", published=MARCH)
    alone = by_day(rotation(SECOND, last))
    joined = by_day(rotation(SECOND, last), replace(following, published=DECEMBER.replace(day=2)))
    assert joined[0].to_ical() == alone[0].to_ical()
    assert raised(joined[1]) == (1, DECEMBER.replace(day=2))
    assert raised(joined[2]) == (0, DECEMBER.replace(day=2))


def test_a_learner_at_the_seam_has_no_partner_who_raises_their_turn() -> None:
    last, first = (
        replace(seat, seat="shadow", role="shadow")
        for seat in (turn("2027-03-29", "cleo", "2027-04-04"), turn("2027-04-05", "ana"))
    )
    [alone] = by_day(rotation(last))
    [before, after] = by_day(rotation(last), rotation(first, name="2027-Q2", published=MARCH))
    assert before.to_ical() == alone.to_ical()
    assert raised(after) == (0, MARCH)


def test_a_swap_beyond_the_seam_raises_both_partners() -> None:
    early = rotation(turn("2027-03-29", "cleo", "2027-04-04"))
    later = turn("2027-04-05", "ana")
    told = datetime(2027, 4, 1, tzinfo=UTC)
    swapped = replace(later, member="ben", revision=1, revised=told)
    entry = Entry(1, Kind.cover, told, "ana", (Move(*later.key, "ana", "ben"),))
    before = by_day(early, rotation(later, name="2027-Q2", published=MARCH))
    again = replace(rotation(swapped, name="2027-Q2", published=MARCH), changes=(entry,))
    assert [raised(event) for event in before] == [(1, MARCH), (0, MARCH)]
    assert [raised(event) for event in by_day(early, again)] == [(2, told), (1, told)]


def test_a_revision_beyond_the_seam_that_leaves_the_partner_raises_nothing_before_it() -> None:
    early = rotation(turn("2027-03-29", "cleo", "2027-04-04"))
    later = turn("2027-04-05", "ana")
    revised = replace(
        later, why="Ana is next.", revision=1, revised=datetime(2027, 4, 1, tzinfo=UTC)
    )
    [before, _] = by_day(early, rotation(later, name="2027-Q2", published=MARCH))
    [after, _] = by_day(early, rotation(revised, name="2027-Q2", published=MARCH))
    assert after.to_ical() == before.to_ical()


def test_a_seat_that_is_planned_anew_in_another_file_is_shown_once_and_goes_on() -> None:
    old = rotation(replace(FIRST, revision=2, revised=SWAPPED))
    new = replace(rotation(replace(FIRST, member="ben")), name="new", published=MARCH)
    [event] = by_day(new, old)
    assert "Ben Okafor" in str(event["SUMMARY"])
    assert raised(event) == (3, MARCH)


def test_a_turn_that_is_dropped_beyond_the_seam_raises_the_partner_and_never_lowers_it() -> None:
    early = rotation(turn("2027-03-29", "cleo", "2027-04-04"))
    first, second = turn("2027-04-05", "ana"), turn("2027-04-12", "ben")
    told = datetime(2027, 4, 1, tzinfo=UTC)
    swapped = Entry(1, Kind.cover, told, "ana", (Move(*first.key, "ana", "dan"),))
    moved = replace(first, member="dan", revision=1, revised=told)
    later = replace(rotation(moved, second, name="2027-Q2", published=MARCH), changes=(swapped,))
    replanned = told.replace(day=2)
    drop = Entry(2, Kind.replan, replanned, "", (Move(*first.key, "dan", ""),))
    gone = replace(moved, member="", revision=2, revised=replanned)
    left = replace(
        rotation(second, name="2027-Q2", published=MARCH), changes=(swapped, drop), dropped=(gone,)
    )
    [before, *_], [after, new] = by_day(early, later), by_day(early, left)
    assert (raised(before), raised(after)) == ((2, told), (3, replanned))
    assert "Hands over to Ben Okafor." in str(after["DESCRIPTION"])
    assert "Takes over from Cleo Ito." in str(new["DESCRIPTION"])


def test_a_turn_that_is_dropped_behind_the_partner_raises_nothing_before_it() -> None:
    early = rotation(turn("2027-03-29", "cleo", "2027-04-04"))
    first, second = turn("2027-04-05", "ana"), turn("2027-04-12", "")
    whole = rotation(first, second, name="2027-Q2", published=MARCH)
    gone = replace(second, revision=1, revised=datetime(2027, 4, 1, tzinfo=UTC))
    [before, *_] = by_day(early, whole)
    [after, *_] = by_day(early, replace(whole, placed=(first,), dropped=(gone,)))
    assert after.to_ical() == before.to_ical()
