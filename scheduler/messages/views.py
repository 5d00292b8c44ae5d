"""Views: the modal in which a swap is chosen, and the home page of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.domain.rotation import Placed
from scheduler.messages import buttons, lines, names
from scheduler.messages.blocks import (
    actions,
    context,
    divider,
    header,
    link_button,
    paragraphs,
    plain,
    section,
)
from scheduler.messages.days import when_plainly
from scheduler.messages.directory import Directory
from scheduler.messages.message import (
    LONGEST_BUTTON,
    MOST_IN_VIEW,
    MOST_OPTIONS,
    Block,
    size,
)
from scheduler.messages.text import cut, escape, name
from scheduler.messages.turns import Book

_LARGEST_HOME = 12_000
_MOST_TURNS = 12
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to exchange: the turn that one would get, and a short word on why it is a good one.

    Choices come ranked, the best first; what the modal sends back is the number in this order.
    """

    placed: Placed
    hint: str = ""


def swap_view(
    directory: Directory,
    placed: Placed,
    choices: Sequence[Choice],
    carried: str,
    on_behalf: str = "",
) -> dict[str, Any]:
    """The modal in which a swap is chosen, maybe on behalf of another. ``carried`` comes back with
    the answer (`private_metadata`, at most 3,000 characters)."""
    whom, give, take = "you", "You give", "you take"
    if on_behalf:
        whom = directory.mention(on_behalf)
        give, take = f"{whom} gives", f"{directory.plain(on_behalf)} takes"
    said = [section(f"{give} {lines.turn(directory, placed)}.")]
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": names.SWAP_VIEW,
        "private_metadata": carried,
        "title": plain("Find a swap", 24),
        "close": plain("Cancel", 24),
    }
    if not choices:
        nobody = f"Nobody can exchange with {whom} by the rules."
        cover = "`/rota cover` asks for somebody alone."
        return {**view, "blocks": [*said, section(f"{nobody} {cover}")]}
    shown = choices[:MOST_OPTIONS]
    options = [_option(directory, index, choice) for index, choice in enumerate(shown)]
    partner = {
        "type": "input",
        "block_id": names.PARTNER_BLOCK,
        "label": plain(f"What {take} for it (the best for everybody first)", 150),
        "element": {
            "type": "static_select",
            "action_id": names.PARTNER,
            "placeholder": plain("Choose a turn", 150),
            "options": options,
        },
    }
    return {**view, "submit": plain("Ask them", 24), "blocks": [*said, partner, _note_input()]}


def _option(directory: Directory, index: int, choice: Choice) -> Block:
    # Who and when first: of a long name of a duty the end is cut.
    who = cut(directory.plain(choice.placed.member), _LONGEST_NAME)
    when = when_plainly(choice.placed, directory.timezone)
    said = f"{who}, {when}: {lines.seat_plainly(directory, choice.placed)}"
    option: dict[str, Any] = {"text": plain(said, LONGEST_BUTTON), "value": str(index)}
    return {**option, "description": plain(choice.hint, LONGEST_BUTTON)} if choice.hint else option


def _note_input() -> Block:
    return {
        "type": "input",
        "block_id": names.NOTE_BLOCK,
        "optional": True,
        "label": plain("A word to them (everybody concerned reads it)", 150),
        "element": {"type": "plain_text_input", "action_id": names.NOTE, "max_length": 300},
    }


# ----------------------------------------------------------------------------------------- home


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page of a member tells beside their turns.

    ``feed`` is the address of their calendar. ``share`` is their share index (1.00 = the team's
    mean), ``share_why`` the sentences behind it, and ``training`` one sentence a goal.
    """

    feed: str = ""
    share: float | None = None
    share_why: Sequence[str] = ()
    training: Sequence[str] = ()


def home_view(book: Book, member: str, home: Home, now: datetime) -> dict[str, Any]:
    """The home page of a member: their duties, calendar, share and training."""
    blocks = [*_duties(book, member, now), *_calendar(home), *_share(home), *_training(home)]
    blocks.append(context("Published rotations only. `/rota help` shows what else there is."))
    while len(blocks) > MOST_IN_VIEW or size(blocks) > _LARGEST_HOME:
        blocks.pop(-2)
    return {"type": "home", "blocks": blocks}


def stranger_view(directory: Directory) -> dict[str, Any]:
    """The home page of somebody whom the roster does not know."""
    said = f"I do not know you as a member of {name(directory.team)}."
    asked = "Ask a lead to write your Slack id (profile, ⋮, Copy member ID) into `roster.yaml`."
    return {"type": "home", "blocks": [section(said), section(asked)]}


def _duties(book: Book, member: str, now: datetime) -> Iterator[Block]:
    directory, zone = book.directory, book.directory.person(member).timezone
    own = [t for t in book.held if t.placed.member == member and t.end(zone) > now]
    yield header("My duties")
    if not own:
        yield section("You have no turn ahead. Enjoy!")
    for turn in own[:_MOST_TURNS]:
        is_now = turn.start(zone) <= now
        said = lines.turn(directory, turn.placed)
        yield section(f":large_green_circle: Now: {said}" if is_now else said)
        yield buttons.of_turn(directory, turn, now)
    if len(own) > _MOST_TURNS:
        yield context(f"and {len(own) - _MOST_TURNS} more: `/rota mine` shows all of them")


def _calendar(home: Home) -> Iterator[Block]:
    opened = link_button("Open my calendar", names.FEED, home.feed)
    if opened is not None:
        yield divider()
        yield header("My calendar")
        yield section(
            "Subscribe to it in your calendar. The address is yours: keep it to yourself."
        )
        yield actions(opened)


def _share(home: Home) -> Iterator[Block]:
    if home.share is None:
        return
    yield divider()
    yield header("My share")
    yield section(f"*{home.share:.2f}*, where 1.00 is what the team has on average.")
    yield from paragraphs(lines.listed(escape(said, 400) for said in home.share_why), room=2500)


def _training(home: Home) -> Iterator[Block]:
    if home.training:
        yield divider()
        yield header("My training")
        yield from paragraphs(lines.listed(escape(said, 400) for said in home.training), room=2500)
