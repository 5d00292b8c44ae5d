"""Two replicas over one folder and one journal in PostgreSQL, and people who act on both."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scheduler.actions.feed_address import feed_tokens
from scheduler.files import read_rotations, read_team
from tests.postgres import Postgres, postgres
from tests.web.members import Server, Visitor, linked
from tests.web.serving import SECRET

__all__ = ["postgres"]

T18, T25 = "triage@2027-01-18/lead", "triage@2027-01-25/lead"


@pytest.fixture
def two(tmp_path: Path, postgres: Postgres) -> Iterator[tuple[Server, Server]]:
    folder, journal = linked(tmp_path / "moons"), postgres.database()
    found = Server(folder, journal_at=journal), Server(folder, journal_at=journal)
    yield found
    for server in found:
        server.journal.close()


def holder(server: Server, turn: str) -> str:
    shift, _, seat = turn.rpartition("/")
    (rotation,) = read_rotations(server.folder)
    return next(placed.member for placed in rotation.placed if placed.key == (shift, seat))


async def answer(visitor: Visitor, verb: str) -> str:
    await visitor.get("/mine")
    return await visitor.act(verb, question=visitor.hidden("question"))


def test_a_question_of_one_replica_is_answered_at_the_other_and_shows_on_both(
    two: tuple[Server, Server],
) -> None:
    one, other = two
    path = f"/feeds/{feed_tokens(read_team(one.folder), SECRET)['members/ben.ics']}.ics"

    async def run() -> None:
        watching = asyncio.ensure_future(one.live.watch())
        ben, chi = await one.member("U0BEN"), await other.member("U0CHI")
        before = await ben.get(path)
        assert before.content == (await chi.get(path)).content
        assert "Asked: Chi" in await ben.act("swap", turn=T18, note="", **{"with": T25})
        assert "The rotation has it now" in await answer(chi, "accept")
        after = await chi.get(path)
        while (shown := await ben.get(path)).headers["etag"] == before.headers["etag"]:
            await asyncio.sleep(0.01)
        assert shown.headers["etag"] == after.headers["etag"]
        assert shown.content == after.content
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    asyncio.run(run())
    assert (holder(one, T18), holder(one, T25)) == ("chi", "ben")


def test_of_two_who_say_yes_at_once_at_two_replicas_one_takes_the_turn(
    two: tuple[Server, Server],
) -> None:
    one, other = two

    async def run() -> None:
        ben = await one.member("U0BEN")
        ana, chi = await one.member("U0ANA"), await other.member("U0CHI")
        assert "Asked: " in await ben.act("cover", turn=T18)
        said = await asyncio.gather(answer(ana, "accept"), answer(chi, "accept"))
        assert sorted("The rotation has it now" in text for text in said) == [False, True]

    asyncio.run(run())
    assert holder(one, T18) in {"ana", "chi"}
    (rotation,) = read_rotations(one.folder)
    assert len(rotation.changes) == 1


def test_a_form_that_reaches_both_replicas_counts_once(two: tuple[Server, Server]) -> None:
    one, other = two

    async def run() -> None:
        ben = await one.member("U0BEN")
        await ben.get("/mine")
        same = {"turn": T18, "id": "the same", "csrf": ben.hidden("csrf")}
        twin = other.visitor()
        twin.client.cookies = ben.client.cookies
        await asyncio.gather(ben.post("/mine/cover", **same), twin.post("/mine/cover", **same))
        chi = await other.member("U0CHI")
        assert (await chi.get("/mine")).text.count("Can you take") == 1

    asyncio.run(run())
