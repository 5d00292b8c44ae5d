"""The same rotation gives the same bytes, whoever asks and whenever."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from scheduler.calendars import feeds
from scheduler.domain.rotation import Rotation
from tests.calendars.making import call, directory, rotation, turn

HERE = Path(__file__).parent
PROGRAM = "from tests.calendars.test_same_bytes import digest; print(digest())"


def sample() -> Rotation:
    """A rotation with whole days, a call, an empty seat and an awkward name."""
    start, end = datetime(2027, 3, 30, 14, tzinfo=UTC), datetime(2027, 3, 30, 15, tzinfo=UTC)
    return rotation(
        turn("2027-01-04", "ana", "2027-01-10"),
        turn("2027-01-11", "ben", "2027-01-17", why="Ben, who reviews; next in line.", revision=2),
        turn("2027-01-18", "", "2027-01-24", reasons=("Cleo Ito is away then",)),
        call(start, end, "ana"),
    )


def digest() -> str:
    found = feeds([sample()], directory(), "https://example.org")
    return sha256(repr(list(found.items())).encode()).hexdigest()


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_bytes_do_not_hang_on_the_hash_seed(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=HERE.parent.parent,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest()


def test_the_order_of_seats_and_files_makes_no_difference() -> None:
    later = rotation(turn("2027-04-05", "cleo"), name="2027-Q2")
    backwards = rotation(*reversed(sample().placed))
    assert feeds([later, backwards], directory()) == feeds([sample(), later], directory())


@pytest.mark.parametrize("name", ["team", "members/cleo"])
def test_a_feed_is_what_it_was(name: str) -> None:
    # What subscribers hold hangs on these bytes: change them knowingly.
    golden = HERE / "golden" / f"{name.rpartition('/')[2]}.ics"
    assert feeds([sample()], directory())[f"{name}.ics"] == golden.read_bytes()
