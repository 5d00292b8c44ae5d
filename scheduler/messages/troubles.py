"""What Slack refuses, and whom it concerns: one conversation, or everything we ask of it."""

from __future__ import annotations

from collections.abc import Mapping

_HERE: Mapping[str, str] = {
    "channel_not_found": "there is no such channel or person, or Rota may not see it",
    "user_not_found": "there is no such person in this workspace",
    "user_disabled": "this person's account is closed",
    "cannot_dm_bot": "this is a bot, and bots get no messages",
    "messages_tab_disabled": "the app's Messages tab is switched off in its settings",
    "not_in_channel": "Rota is not in this channel: invite it with /invite",
    "is_archived": "this channel is archived",
    "restricted_action": "only some people may post in this channel",
    "restricted_action_read_only_channel": "this channel is read-only",
    "restricted_action_thread_only_channel": "this channel takes replies only",
    "message_not_found": "the message was deleted",
    "cant_update_message": "the message belongs to another app",
    "edit_window_closed": "the workspace allows no edits of older messages",
}
_EVERYWHERE: Mapping[str, str] = {
    "not_authed": "no token was sent",
    "invalid_auth": "the token is not valid: copy it again from the app's settings",
    "token_revoked": "the token was revoked: install the app again",
    "token_expired": "the token has expired: install the app again",
    "account_inactive": "the app was removed from the workspace: install it again",
    "missing_scope": "the token lacks a scope: add it to the app and install it again",
    "not_allowed_token_type": "this is not a bot token: it begins with xoxb-",
    "no_permission": "the token has too few rights",
    "team_access_not_granted": "the workspace has not let the app in",
    "org_login_required": "the workspace is being moved: try again later",
    "access_denied": "the workspace has not let the app in",
    "ekm_access_denied": "an administrator has stopped all messages",
    "accesslimited": "the workspace lets no requests from here in",
}
_NOBODY = frozenset({"channel_not_found", "user_not_found", "user_disabled", "cannot_dm_bot"})
_PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def is_passing(error: str) -> bool:
    """Whether Slack is unwell: it may have done what was asked, or not."""
    return error in _PASSING


def is_nobody(error: str) -> bool:
    """Whether there is nobody at the address of a person, so that trying again does not help."""
    return error in _NOBODY


def is_here(error: str) -> bool:
    """Whether nothing can be posted to this conversation until somebody has acted."""
    return error in _HERE


def is_everywhere(error: str) -> bool:
    """Whether nothing more can be done at all until somebody has acted."""
    return error in _EVERYWHERE


def sentence(error: str, needed: str = "") -> str:
    """What to do about an error code of Slack; ``needed`` is the scope that is missing."""
    said = _HERE.get(error) or _EVERYWHERE.get(error) or "Slack refused it"
    scope = f" ({needed})" if needed else ""
    return f"{said}{scope} [{error}]"
