"""What members do from their own page: asking, answering, undoing, and what nobody may do."""

import asyncio
import re
import subprocess
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.change import Kind
from scheduler.domain.rotation import Rotation
from scheduler.files import read_rotations, write_rotation
from scheduler.web.csrf import origin_of
from tests.actions.roster import change
from tests.web.members import Server, Visitor, linked

T18, T25 = "triage@2027-01-18/lead", "triage@2027-01-25/lead"
BEGUN = "triage@2027-01-11/lead"
Story = Callable[[Server, Visitor, Visitor, Visitor], Coroutine[Any, Any, None]]


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Story], Server]:
    """Let Ana, Ben and Chi (who leads) act on a server over a repository."""

    def run(story: Story) -> Server:
        folder = linked(tmp_path / "moons")
        git(folder, "init", "-q")
        git(folder, "add", "roster.yaml", "duties.yaml", "rotations")
        git(folder, "commit", "-q", "-m", "January")
        server = Server(folder)

        async def all_of_it() -> None:
            people = [await server.member(f"U0{name}") for name in ("ANA", "BEN", "CHI")]
            await story(server, *people)

        asyncio.run(all_of_it())
        return server

    return run


Play = Callable[[Story], Server]


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def rotation(server: Server) -> Rotation:
    return read_rotations(server.folder)[0]


def holder(server: Server, turn: str) -> str:
    shift, _, seat = turn.rpartition("/")
    return next(p.member for p in rotation(server).placed if p.key == (shift, seat))


async def question(visitor: Visitor) -> str:
    await visitor.get("/mine")
    return visitor.hidden("question")


def test_a_swap_is_proposed_agreed_to_and_committed(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        told = await ben.get(f"/mine/swap?turn={T18}")
        assert "Issue triage, 25–31 Jan" in told.text
        assert "Asked: Chi Nguyen." in await ben.act("swap", turn=T18, note="", **{"with": T25})
        assert holder(server, T18) == "ben"
        assert "You have asked others about this turn." in ben.page
        said = await chi.act("accept", question=await question(chi))
        assert said == "Thank you! The rotation has it now."
        assert (holder(server, T18), holder(server, T25)) == ("chi", "ben")
        assert "25–31 Jan" in (await ben.get("/members/ben")).text

    server = play(story)
    (entry,) = rotation(server).changes
    assert (entry.kind, entry.by) == (Kind.swap, "ben")
    assert git(server.folder, "log", "-1", "--format=%an %s") == (
        f"Ben Okafor Change 1 of {rotation(server).name}: Chi Nguyen and Ben Okafor "
        "(swap, triage@2027-01-18, triage@2027-01-25)\n"
    )
    assert git(server.folder, "status", "--porcelain", "--", "rotations") == ""


def test_of_two_who_say_yes_at_once_one_takes_the_turn(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        assert "Asked: " in await ben.act("cover", turn=T18)
        asked = {"question": await question(ana)}
        assert asked == {"question": await question(chi)}
        said = await asyncio.gather(ana.act("accept", **asked), chi.act("accept", **asked))
        assert sum(word.startswith("Thank you") for word in said) == 1
        assert sum(word.startswith("This was settled before") for word in said) == 1
        assert holder(server, T18) in {"ana", "chi"}

    assert len(rotation(play(story)).changes) == 1


def test_a_form_that_is_sent_twice_counts_once(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.get("/mine")
        fields = {"csrf": ben.hidden("csrf"), "id": ben.hidden("id"), "turn": T18}
        for _ in range(2):
            assert (await ben.post("/mine/cover", **fields)).status_code == 303
        questions = (await chi.get("/mine")).text.count("Can you take")
        assert questions == 1
        assert (await ben.post("/mine/cover", **{**fields, "id": ""})).status_code == 400

    play(story)


def test_no_and_never_mind(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.act("swap", turn=T18, **{"with": T25})
        await chi.act("decline", question=await question(chi))
        assert "Can you take" not in (await ben.get("/mine")).text
        await ben.act("cover", turn=T18)
        mine = await question(ben)
        assert (await ben.act("withdraw", question=mine)).startswith("Nobody is asked any more")
        late = await ana.act("accept", question=mine)
        assert late.startswith("This was settled before")

    assert rotation(play(story)).changes == ()


def test_a_member_acts_for_nobody_else_and_a_lead_does(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        only = "Only a lead may act for"
        assert only in await ana.act("cover", turn=T18)
        assert only in await ana.act("swap", turn=T18, **{"with": T25})
        assert (await ana.get(f"/mine/swap?turn={T18}")).status_code == 409
        assert (await ana.get("/mine?for=ben")).status_code == 409
        assert "or a lead can say that" in await ana.act("done", turn=BEGUN)
        assert "is no lead" in await ana.act("override", turn=T18, to="ana")
        await ben.act("cover", turn=T18)
        theirs = await question(ben)
        assert "or a lead may withdraw" in await ana.act("withdraw", question=theirs)
        await chi.act("withdraw", question=theirs)
        assert "not put to you" in await ben.act("accept", question=theirs)
        assert "For Ben Okafor" in (await chi.get("/mine?for=ben")).text
        assert await chi.act("override", turn=T18, to="ana") == "Change 1 is made."
        assert holder(server, T18) == "ana"

    server = play(story)
    assert [entry.by for entry in rotation(server).changes] == ["chi"]


def test_who_would_lose_a_turn_is_always_asked(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        for partners in ("", "chi", f"{T25} {T25}", "nothing@2027-01-01/lead"):
            assert not (await ben.act("swap", turn=T18, **{"with": partners})).startswith("Asked")
        assert (holder(server, T18), holder(server, T25)) == ("ben", "chi")
        assert "Can you take" not in (await chi.get("/mine")).text

    play(story)


def test_done_missed_and_taken_back(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        assert (await chi.act("done", turn=BEGUN)).startswith("Noted")
        assert (await chi.act("missed", turn=BEGUN)).startswith("Noted")
        assert "has not begun" in await chi.act("done", turn=T25)
        name = rotation(server).name
        assert "none of theirs" not in await chi.act("undo", change=f"{name}/2")
        assert "Only those whose turns" in await ana.act("undo", change=f"{name}/1")

    kinds = [entry.kind for entry in rotation(play(story)).changes]
    assert kinds == [Kind.done, Kind.missed, Kind.undo]


@pytest.mark.parametrize(
    ("origin", "fields"),
    [
        ("https://rota.example.org", {"csrf": "wrong"}),
        ("https://rota.example.org", {"csrf": ""}),
        ("https://evil.example", {}),
        ("null", {}),
    ],
)
def test_a_form_of_another_site_does_nothing(
    play: Play, origin: str, fields: dict[str, str]
) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.get("/mine")
        answer = await ben.post("/mine/cover", origin, turn=T18, **fields)
        assert answer.status_code == 403
        token = chi.hidden("csrf")
        await ben.get("/mine")
        assert (await ben.post("/mine/cover", csrf=token, turn=T18)).status_code == 403
        assert "Can you take" not in (await chi.get("/mine")).text

    play(story)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Rota.Example.org:443/team", "https://rota.example.org"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://rota.example.org:8443/", "https://rota.example.org:8443"),
        ("http://rota.example.org:443/", "http://rota.example.org:443"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_strange_forms_are_refused_without_a_trace(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.get("/mine")
        token = ben.hidden("csrf")
        post = ben.client.post
        assert (await post("/mine/cover", json={"csrf": token})).status_code == 403
        assert (
            await post("/mine/cover", data={"csrf": token, "x": "y" * 70_000})
        ).status_code == 403
        binary = {"content-type": "application/x-www-form-urlencoded"}
        assert (await post("/mine/cover", content=b"\xff=1", headers=binary)).status_code == 403
        assert (await ben.post("/mine/nonsense")).status_code == 404
        assert (await ben.post("/mine/undo", change="x/y")).status_code == 400
        assert (await ben.post("/mine/cover", turn="x")).status_code == 400
        await ben.get("/mine")
        assert (await ben.post("/mine/undo", change="x/²")).status_code == 400

    play(story)


def test_a_roster_with_mistakes_is_told_without_quoting_it(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.get("/mine")
        change(server.folder, "roster.yaml", "reason: honeymoon", "reasn: honeymoon")
        answer = await ben.post("/mine/cover", turn=T18)
        assert answer.status_code == 503
        assert "honeymoon" not in answer.text

    play(story)


def test_a_turn_that_has_begun_is_past(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.act("cover", turn=T18)
        asked = await question(ana)
        server.clock.now = datetime(2027, 1, 18, 12, tzinfo=UTC)
        assert "Can you take" not in (await ana.get("/mine")).text
        assert await ana.act("accept", question=asked) == "The turn has begun."
        server.clock.now += timedelta(days=60)
        assert "Done?" not in (await ben.get("/mine")).text

    play(story)


def test_a_question_about_a_turn_that_was_dropped_is_no_longer_put(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        await ben.act("cover", turn=T18)
        asked = await question(ana)
        before = rotation(server)
        placed = tuple(p for p in before.placed if f"{p.shift}/{p.seat}" != T18)
        write_rotation(server.folder, replace(before, placed=placed))
        for visitor in (ana, ben):
            answer = await visitor.get("/mine")
            assert answer.status_code == 200
            assert not {w for w in ("Can you take", "Asked, not answered") if w in answer.text}
        said = await ana.act("accept", question=asked)
        assert said.startswith("That does not fit any more: The rotation has changed since")

    play(story)


def test_what_if_from_the_page_writes_nothing(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        before = rotation(server)
        await ben.get("/whatif")
        assert (await ben.post("/whatif")).status_code == 400
        answer = await ben.post("/whatif", without="chi")
        assert answer.status_code == 200
        assert "Fewest moves" in answer.text
        wrong = await ben.post("/whatif", joining="id=eve, budget=9h, skills=[triag]")
        assert "did you mean &#34;triage&#34;" in wrong.text
        assert "is no member" in (await ben.post("/whatif", joining="/etc/x.yaml")).text
        each = await ben.post("/whatif", each="yes")
        assert "Whose leaving would hurt most</h2>" in each.text
        assert each.text.count('<tr><th scope="row">') == 2  # Ana has no turn to come
        assert (await ben.post("/whatif", csrf="", without="chi")).status_code == 403
        assert rotation(server) == before

    play(story)


def test_own_calendar_is_on_the_own_page_and_nobody_elses(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        shown = (await chi.get("/mine")).text
        address = re.search(r"https://rota.example.org(/feeds/[\w-]+\.ics)", shown)
        assert address
        assert "Chi Nguyen" in (await chi.get(address[1])).text
        assert address[1] not in (await ben.get("/mine")).text
        assert "/feeds/" not in (await chi.get("/mine?for=ben")).text

    play(story)


def test_the_own_page_says_that_the_last_good_files_are_shown(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        path = server.folder / "roster.yaml"
        path.write_text("members: [", encoding="utf-8")
        await server.live.changed()
        for page in ("/mine", "/whatif", "/nothing"):
            assert "The newest files hold mistakes" in (await ben.get(page)).text

    play(story)


def test_a_page_says_nothing_private(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        for visitor in (ana, ben, chi):
            for path in ("/mine", "/whatif", f"/mine/swap?turn={T25}"):
                text = (await visitor.get(path)).text
                assert "honeymoon" not in text
                assert not {id for id in ("U0ANA", "U0BEN", "U0CHI") if id in text}

    play(story)


def test_names_are_shown_as_text(tmp_path: Path) -> None:
    folder = linked(tmp_path / "moons")
    change(folder, "roster.yaml", "name: Ana Silva", 'name: "<script>x</script>"')
    server = Server(folder)

    async def run() -> None:
        visitor = await server.member("U0CHI")
        assert "<script>x" not in (await visitor.get("/mine")).text
        assert "<script>x" not in (await visitor.get("/whatif")).text

    asyncio.run(run())


def test_htmx_comes_from_here_with_its_licence(play: Play) -> None:
    async def story(server: Server, ana: Visitor, ben: Visitor, chi: Visitor) -> None:
        found = await ana.get("/static/htmx.min.js")
        assert (found.status_code, "javascript" in found.headers["content-type"]) == (200, True)
        again = await ana.client.get(
            "/static/htmx.min.js", headers={"if-none-match": found.headers["etag"]}
        )
        assert again.status_code == 304
        assert "Zero-Clause BSD" in (await ana.get("/static/htmx.LICENSE.txt")).text

    play(story)
