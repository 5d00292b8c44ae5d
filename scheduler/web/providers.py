"""Who vouches for people: Slack or GitHub, through authlib."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.people import Member
from scheduler.errors import BadRequest

_SLACK = "https://slack.com"
_SLACK_WORKSPACE = "https://slack.com/team_id"
_GITHUB, _GITHUB_API = "https://github.com", "https://api.github.com"


@dataclass(frozen=True)
class Provider:
    """Somebody who vouches for people. ``known_as`` is what a member is called there, and
    ``whoami`` the address that tells it where no id token does; ``workspace`` is the only Slack
    workspace whose people count, where it is set."""

    name: str
    title: str
    client_id: str
    client_secret: str = field(repr=False)
    known_as: Callable[[Member], str]
    addresses: Mapping[str, str]
    scope: str
    whoami: str = ""
    workspace: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further arguments of the HTTP client, for tests."""

    def client(self) -> Any:
        """A client of authlib for this provider."""
        from authlib.deprecate import AuthlibDeprecationWarning

        with warnings.catch_warnings():
            # authlib would rather have httpx2, and works with httpx all the same.
            warnings.simplefilter("ignore", AuthlibDeprecationWarning)
            from authlib.integrations.starlette_client import OAuth
        return OAuth().register(
            self.name,
            client_id=self.client_id,
            client_secret=self.client_secret,
            client_kwargs={"scope": self.scope, "code_challenge_method": "S256", **self.more},
            **self.addresses,
        )

    async def identity(self, client: Any, token: Mapping[str, Any]) -> str:
        """What somebody who has just come back is called there; empty where they may not enter."""
        if not self.whoami:
            claims = token.get("userinfo") or {}
            if self.workspace and claims.get(_SLACK_WORKSPACE) != self.workspace:
                return ""
            return str(claims.get("sub", ""))
        answer = await client.get(self.whoami, token=token)
        answer.raise_for_status()
        return str(answer.json().get("login", ""))


def slack(
    client_id: str, client_secret: str, *, site: str = _SLACK, workspace: str = "", **more: Any
) -> Provider:
    """Slack, by OpenID Connect."""
    addresses = {"server_metadata_url": f"{site}/.well-known/openid-configuration"}
    return Provider(
        "slack", "Slack", client_id, client_secret, _slack_id, addresses, "openid profile",
        workspace=workspace, more=more,
    )  # fmt: skip


def github(
    client_id: str, client_secret: str, *, site: str = _GITHUB, api: str = _GITHUB_API, **more: Any
) -> Provider:
    """GitHub, by OAuth; it is asked for nothing but the person's name there."""
    addresses = {
        "authorize_url": f"{site}/login/oauth/authorize",
        "access_token_url": f"{site}/login/oauth/access_token",
        "api_base_url": api,
    }
    return Provider(
        "github", "GitHub", client_id, client_secret, _github_name, addresses, "read:user",
        whoami=f"{api}/user", more=more,
    )  # fmt: skip


def providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """Those whose client id and secret stand in the environment: ``SLACK_CLIENT_ID`` and
    ``SLACK_CLIENT_SECRET``, the same with ``GITHUB``, and perhaps ``SLACK_WORKSPACE``.

    Raises:
        BadRequest: there is one without the other.
    """
    found = []
    for name in ("SLACK", "GITHUB"):
        id, secret = (environment.get(f"{name}_CLIENT_{part}", "") for part in ("ID", "SECRET"))
        if bool(id) != bool(secret):
            raise BadRequest(f"Set both {name}_CLIENT_ID and {name}_CLIENT_SECRET, or neither.")
        if id and name == "SLACK":
            found.append(slack(id, secret, workspace=environment.get("SLACK_WORKSPACE", "")))
        elif id:
            found.append(github(id, secret))
    return tuple(found)


def _slack_id(member: Member) -> str:
    return member.slack


def _github_name(member: Member) -> str:
    return member.github
