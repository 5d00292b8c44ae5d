"""The app's manifest: as it is shipped, or for an address at which Slack reaches it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from scheduler.errors import BadRequest
from scheduler.slack.route import PATH


def manifest(url: str = "") -> str:
    """The manifest as text: for Socket Mode, or for requests over HTTP to ``url``.

    Raises:
        BadRequest: the address is none that Slack would reach.
    """
    text = files("scheduler.slack").joinpath("manifest.yaml").read_text(encoding="utf-8")
    if not url:
        return text
    if not url.startswith("https://"):
        raise BadRequest(f'Slack reaches addresses that begin with https://, not "{url}".')
    address = url.rstrip("/") + PATH
    for line in ("    - command: /rota\n", "  event_subscriptions:\n", "  interactivity:\n"):
        key = "url" if "command" in line else "request_url"
        indent = " " * (len(line) - len(line.lstrip(" -")) if "command" in line else 4)
        text = text.replace(line, f"{line}{indent}{key}: {address}\n")
    return text.replace("socket_mode_enabled: true", "socket_mode_enabled: false")


def scopes() -> list[str]:
    """The scopes that the bot asks for."""
    data: dict[str, Any] = yaml.safe_load(manifest())
    return list(data["oauth_config"]["scopes"]["bot"])
