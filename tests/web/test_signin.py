"""Signing in with Slack, GitHub or the link of one's own server, and who is kept out."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.errors import BadRequest
from scheduler.web.providers import providers
from scheduler.web.signin import LocalLink
from tests.actions.roster import change
from tests.web.members import Server, Voucher, linked


@pytest.fixture
def served(tmp_path: Path) -> Callable[..., Server]:
    def serve(**how: object) -> Server:
        # The fields of Server; mypy cannot tell them apart in a dict.
        return Server(linked(tmp_path / "moons"), **how)  # type: ignore[arg-type]  # any field

    return serve


Serve = Callable[..., Server]


def test_pages_lead_to_the_sign_in_and_back(served: Serve) -> None:
    async def run() -> None:
        server = served()
        visitor = server.visitor()
        away = await visitor.get("/people")
        assert (away.status_code, away.headers["location"]) == (303, "/signin?next=/people")
        assert (await visitor.get("/api/rotations")).status_code == 401
        assert "Sign in with Slack" in (await visitor.get("/signin?next=/people")).text
        back = await visitor.sign_in("U0ANA")
        assert (back.status_code, back.headers["location"]) == (303, "/people")
        assert (await visitor.get("/people")).status_code == 200

    asyncio.run(run())


def test_github_names_are_those_of_the_roster_in_any_case(served: Serve) -> None:
    async def run() -> None:
        visitor = served().visitor()
        assert (await visitor.sign_in("ana-silva", "github")).status_code == 303
        assert "signed in as Ana Silva" in (await visitor.get("/mine")).text

    asyncio.run(run())


@pytest.mark.parametrize(
    ("voucher", "who", "status"),
    [
        (Voucher(), "U0NOBODY", 403),
        (Voucher(), "", 403),
        (Voucher(workspace="T02"), "U0ANA", 403),
        (Voucher(spoil="iss"), "U0ANA", 400),
        (Voucher(spoil="aud"), "U0ANA", 400),
        (Voucher(spoil="nonce"), "U0ANA", 400),
    ],
)
def test_who_is_not_vouched_for_as_a_member_stays_out(
    served: Serve, voucher: Voucher, who: str, status: int
) -> None:
    async def run() -> None:
        visitor = served(voucher=voucher).visitor()
        assert (await visitor.sign_in(who)).status_code == status
        assert (await visitor.get("/mine")).status_code == 303

    asyncio.run(run())


def test_an_answer_that_nobody_asked_for_is_refused(served: Serve) -> None:
    async def run() -> None:
        visitor = served().visitor()
        answer = await visitor.get("/signin/slack/back?code=c&state=forged")
        assert answer.status_code == 400
        refused = await visitor.get("/signin/slack/back?error=access_denied")
        assert refused.status_code == 400

    asyncio.run(run())


def test_the_cookie_is_signed_and_not_for_scripts_or_other_sites(served: Serve) -> None:
    async def run() -> None:
        server = served()
        visitor = await server.member("U0ANA")
        (cookie,) = [c for c in visitor.client.cookies.jar if c.name == "rota_session"]
        assert cookie.secure
        answer = await visitor.get("/signin?next=/people")
        said = answer.headers["set-cookie"].lower()
        assert {"httponly", "samesite=lax", "secure"} <= set(said.split("; "))
        visitor.client.cookies.clear()
        visitor.client.cookies.set("rota_session", f"A{cookie.value}")
        assert (await visitor.get("/mine")).status_code == 303

    asyncio.run(run())


def test_who_leaves_the_roster_is_out_at_once(served: Serve) -> None:
    async def run() -> None:
        server = served()
        visitor = await server.member("U0BEN")
        assert (await visitor.get("/mine")).status_code == 200
        change(server.folder, "roster.yaml", "slack: U0BEN", "left: 2027-01-12\n    slack: U0BEN")
        await server.live.changed()
        assert (await visitor.get("/mine")).status_code == 303

    asyncio.run(run())


def test_who_leads_no_more_decides_no_more_at_once(served: Serve) -> None:
    async def run() -> None:
        server = served()
        chi = await server.member("U0CHI")
        assert "As a lead" in (await chi.get("/mine?for=ben")).text
        change(server.folder, "roster.yaml", "lead: true", "lead: false")
        await server.live.changed()
        other = await chi.get("/mine?for=ben")
        assert other.status_code == 409
        assert "As a lead" not in other.text
        turn = {"turn": "triage@2027-01-18/lead", "to": "ana", "insist": "yes"}
        assert "lead" in await chi.act("override", **turn)
        assert server.live.state.site is not None
        assert server.live.state.site.snapshot.rotations[0].changes == ()

    asyncio.run(run())


def test_a_local_link_works_once_and_only_at_its_own_server(served: Serve) -> None:
    async def run() -> None:
        link = LocalLink("ben")
        server = served(local=link)
        path = link.path
        visitor = server.visitor()
        assert (await visitor.get(f"{path}x")).status_code == 403
        assert (await visitor.client.head(path)).status_code == 200  # a preview does not spend it
        assert (await visitor.get("/mine")).status_code == 303
        assert (await visitor.get(path)).headers["location"] == "/mine"
        assert "signed in as Ben Okafor" in (await visitor.get("/mine")).text
        assert (await server.visitor().get(path)).status_code == 403
        server.signin.local = LocalLink("ana")
        assert (await visitor.get("/mine")).status_code == 303

    asyncio.run(run())


def test_open_pages_are_read_by_everybody_and_act_for_nobody(served: Serve) -> None:
    async def run() -> None:
        visitor = served(open_pages=True).visitor()
        assert (await visitor.get("/people")).status_code == 200
        assert (
            (await visitor.post("/mine/cover", turn="t")).headers["location"].startswith("/signin")
        )

    asyncio.run(run())


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", "/signin"]
)
def test_nobody_is_led_to_another_site(served: Serve, wanted: str) -> None:
    async def run() -> None:
        visitor = served().visitor()
        await visitor.client.get("/signin", params={"next": wanted})
        assert (await visitor.sign_in("U0ANA")).headers["location"] == "/mine"

    asyncio.run(run())


def test_signing_out_asks_for_the_token_and_ends_the_session(served: Serve) -> None:
    async def run() -> None:
        visitor = await served().member("U0ANA")
        await visitor.get("/mine")
        assert (await visitor.post("/signout", csrf="wrong")).status_code == 403
        await visitor.get("/mine")
        assert (await visitor.post("/signout")).status_code == 303
        assert (await visitor.get("/mine")).status_code == 303

    asyncio.run(run())


def test_an_id_without_its_secret_is_a_mistake() -> None:
    with pytest.raises(BadRequest, match="SLACK_CLIENT_SECRET"):
        providers({"SLACK_CLIENT_ID": "1.2"})
    both = {"GITHUB_CLIENT_ID": "a", "GITHUB_CLIENT_SECRET": "hush"}
    (found,) = providers(both)
    assert found.name == "github"
    assert "hush" not in repr(found)
