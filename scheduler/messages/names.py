"""Every name that Slack and Rota know each other's controls by: constant, and in this one place."""

COMMAND = "/rota"
SHORTCUT = "my_turns"
"""In the menu of shortcuts: one's own turns, with the buttons for a swap and for cover."""

# Buttons. What each carries in its `value` stands beside it.
DONE = "turn_done"  # shift/seat
CANNOT = "turn_cannot"  # shift/seat
SWAP = "turn_swap"  # shift/seat; opens the modal
ACCEPT = "request_accept"  # id of the request
DECLINE = "request_decline"  # id of the request
WITHDRAW = "request_withdraw"  # id of the request
UNDO = "change_undo"  # rotation/number of the entry
CHECKLIST = "open_checklist"  # a link: Slack tells of the click all the same
FEED = "open_feed"  # a link

ACTIONS = frozenset({DONE, CANNOT, SWAP, ACCEPT, DECLINE, WITHDRAW, UNDO, CHECKLIST, FEED})
"""All actions that a message or a view may send back."""

# The modal for a swap.
SWAP_VIEW = "swap"
PARTNER_BLOCK, PARTNER = "partner_block", "partner"
"""A choice whose value is the number of the candidate, counted from 0."""
NOTE_BLOCK, NOTE = "note_block", "note"

VIEWS = frozenset({SWAP_VIEW})


def seat_value(shift: str, seat: str) -> str:
    """A seat as a button carries it."""
    return f"{shift}/{seat}"


def seat_of(value: str) -> tuple[str, str]:
    """The shift and the seat that a button carries."""
    shift, _, seat = value.rpartition("/")
    return shift, seat
