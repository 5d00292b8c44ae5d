"""A page that shows messages about as Slack does: for looking at them, never for sending."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from scheduler.messages.directory import Directory
from scheduler.messages.gallery import Shown

_EMOJI = {
    "warning": "⚠️",
    "tada": "🎉",
    "seedling": "🌱",
    "herb": "🌿",
    "deciduous_tree": "🌳",
    "white_check_mark": "✅",
    "no_entry_sign": "🚫",
    "large_green_circle": "🟢",
}
_TOKEN = re.compile(
    r"<(?P<angle>[^<>]+)>|`(?P<code>[^`\n]+)`|:(?P<emoji>[a-z_]+):"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*|(?<![\w_])_(?P<italic>[^_\n]+)_"
)


def page(team: str, shown: Sequence[Shown], directory: Directory) -> str:
    """The whole page as HTML that loads nothing from anywhere."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    people = {person.slack: person.name for person in directory.people.values() if person.slack}
    environment.filters["mrkdwn"] = lambda text: mrkdwn(text, people)
    environment.filters["plain"] = lambda text: Markup(_emoji(escape(unescape(text))))
    template = files("scheduler.messages").joinpath("preview.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(team=team, shown=shown)


def mrkdwn(text: str, people: Mapping[str, str]) -> Markup:
    """Formatted text as HTML. ``people`` are names by Slack id."""
    return Markup("".join(_line(line, people) for line in text.split("\n")))


def _line(text: str, people: Mapping[str, str]) -> str:
    if text.startswith(("> ", "&gt; ")):
        return f"<blockquote>{_inline(text.partition(' ')[2], people)}</blockquote>"
    return f"<div>{_inline(text, people)}</div>"


def _inline(text: str, people: Mapping[str, str]) -> str:
    made, at = "", 0
    for found in _TOKEN.finditer(text):
        made += _kept(text[at : found.start()]) + _token(found, people)
        at = found.end()
    return made + _kept(text[at:])


def _token(found: re.Match[str], people: Mapping[str, str]) -> str:
    kind, inside = found.lastgroup, found[found.lastgroup or 0]
    match kind:
        case "angle":
            return _angle(inside, people)
        case "code":
            return f"<code>{_kept(inside)}</code>"
        case "bold":
            return f"<b>{_inline(inside, people)}</b>"
        case "italic":
            return f"<i>{_inline(inside, people)}</i>"
    return _emoji(found[0])


def _angle(inside: str, people: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return f'<span class="mention">@{escape(people.get(target[1:], target[1:]))}</span>'
    if target.startswith("!date^"):
        return f'<span class="date">{_kept(label)}</span>'
    if target.startswith("!"):
        return f'<strong class="alarm">{escape(target)}</strong>'
    return f'<a href="{escape(unescape(target))}">{_kept(label or target)}</a>'


def _kept(text: str) -> str:
    """Text of which Slack's three entities are the only markup."""
    return escape(unescape(text))


def _emoji(text: str) -> str:
    return re.sub(r":([a-z_]+):", lambda found: _EMOJI.get(found[1], found[0]), text)
