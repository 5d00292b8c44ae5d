"""The modal for a swap: it opens at once, is filled when the candidates are found, and asks."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from scheduler.domain.change import Move
from scheduler.domain.rotation import Placed
from scheduler.errors import Refused, RotaError
from scheduler.messages import names, requests
from scheduler.messages.blocks import plain, section
from scheduler.messages.message import MOST_OPTIONS, Block
from scheduler.messages.names import seat_of
from scheduler.messages.views import Choice, swap_view
from scheduler.slack.asking import Asking
from scheduler.slack.asks import send_out
from scheduler.slack.door import CUT, code, log, reason

if TYPE_CHECKING:
    from scheduler.actions.alter import Offered
    from scheduler.review.candidates import Candidate

_MOST_CARRIED = 3000
"""Characters that a modal brings back."""


async def swap(asking: Asking) -> None:
    """Somebody pressed that they look for a swap."""
    shift, seat = seat_of(asking.value)
    await open_swap(asking, asking.look.seat(shift, seat))


async def open_swap(asking: Asking, placed: Placed) -> None:
    """Open the modal for a turn. Why nothing can be exchanged for it is told there too.

    Raises:
        Refused: Slack does not show it.
    """
    from scheduler.actions.alter import Offered, Wish
    from scheduler.actions.swap import swap as action

    door = asking.door
    # First an empty one: what allows to open it lasts three seconds, the search may take longer.
    looking = _said(section("Looking for turns that can be exchanged …"))
    opened = await _shown(door.client.views_open(trigger_id=asking.trigger, view=looking))
    try:
        offered = await door.do(
            action, door.folder, placed.shift, asking.now, Wish(), seat=placed.seat
        )
        assert isinstance(offered, Offered)
        view = _filled(asking, offered)
    except RotaError as error:
        view = _said(*requests.refused(str(error)).blocks)
    await _shown(door.client.views_update(view_id=opened["view"]["id"], view=view))


async def _shown(showing: Awaitable[Any]) -> Any:
    """What Slack answers, once it shows the modal; nothing where somebody has closed it.

    Raises:
        Refused: it does not show it.
    """
    try:
        return await showing
    except SlackApiError as error:
        if code(error) == "not_found":
            return None
        log.warning("Slack did not show a modal: %s", reason(error))
    except CUT as error:
        log.warning("Slack did not show a modal: %s", type(error).__name__)
    raise Refused("Slack did not show the window in time. Try again.")


def _said(*blocks: Block) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": names.SWAP_VIEW,
        "title": plain("Find a swap", 24),
        "close": plain("Cancel", 24),
        "blocks": list(blocks),
    }


def _filled(asking: Asking, offered: Offered) -> dict[str, Any]:
    found = list(offered.candidates or offered.chains)
    carried, kept = _carried(offered.seat, found)
    by_key = {placed.key: placed for placed in offered.rotation.placed}
    choices = [Choice(by_key[found[i].moves[1].key], _hint(found[i])) for i in range(kept)]
    on_behalf = "" if offered.seat.member == asking.member else offered.seat.member
    return swap_view(asking.look.book.directory, offered.seat, choices, carried, on_behalf)


def _carried(placed: Placed, found: list[Candidate]) -> tuple[str, int]:
    """The moves of as many candidates as a modal can carry: what is chosen is what was shown, also
    where the ranking has changed since."""
    moves: list[list[list[str]]] = []
    text = json.dumps({"seat": placed.key, "moves": moves})
    for candidate in found[:MOST_OPTIONS]:
        moves.append([[m.shift, m.seat, m.was, m.now] for m in candidate.moves])
        longer = json.dumps({"seat": placed.key, "moves": moves}, separators=(",", ":"))
        if len(longer) > _MOST_CARRIED:
            return text, len(moves) - 1
        text = longer
    return text, len(moves)


def _hint(candidate: Candidate) -> str:
    """A short word on why it is a good one."""
    said = [f"share {candidate.before:.2f} to {candidate.after:.2f}"]
    said += [f"{name} learns" for name in candidate.nearer]
    said += ["owes a turn"] if candidate.owes else []
    said += ["three take part"] if len(candidate.moves) > 2 else []
    return ", ".join(said)


async def submitted(asking: Asking) -> None:
    """Somebody chose: everybody who would take a turn by it is asked.

    Raises:
        Refused: a turn has begun, or has another holder by now.
    """
    from scheduler.actions.ask import Asker, ask_swap

    view = asking.body["view"]
    state: Mapping[str, Any] = view["state"]["values"]
    chosen = int(state[names.PARTNER_BLOCK][names.PARTNER]["selected_option"]["value"])
    note = state.get(names.NOTE_BLOCK, {}).get(names.NOTE, {}).get("value") or ""
    moves = [Move(*move) for move in json.loads(view["private_metadata"])["moves"][chosen]]
    holder = moves[0].was
    asker = Asker(asking.member, "" if holder == asking.member else holder)
    door = asking.door
    asked = await door.do(
        ask_swap, door.folder, door.journal, moves, asking.now, asker, note=str(note)[:300]
    )
    await send_out(asking, asked)
