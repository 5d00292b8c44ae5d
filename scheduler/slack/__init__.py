"""The door to Slack: `/rota`, buttons, modals and the home tab, over a socket or over HTTP."""

from scheduler.slack.app import build, client_of
from scheduler.slack.door import Door
from scheduler.slack.route import http

__all__ = ["Door", "build", "client_of", "http"]
