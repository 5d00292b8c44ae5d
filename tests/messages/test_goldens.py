"""The words and blocks of every message are as they were looked at and approved."""

from scheduler.messages import sample
from scheduler.messages.gallery import gallery
from scheduler.messages.message import validate, validate_view
from scheduler.messages.names import ACTIONS, VIEWS
from scheduler.messages.reminder import KINDS
from tests.messages.goldens import FOLDER, texts


def test_every_message_is_as_approved() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert texts() == kept, "look at the change, then: python -m tests.messages.goldens"


def test_slack_would_take_every_message() -> None:
    for shown in gallery(sample.DIRECTORY, sample.rotations(), sample.NOW):
        if shown.message is not None:
            validate(shown.message)
        else:
            assert shown.view is not None
            validate_view(shown.view)


def test_the_sample_has_every_kind_of_reminder() -> None:
    from scheduler.messages.gallery import _TITLES

    titles = {it.title for it in gallery(sample.DIRECTORY, sample.rotations(), sample.NOW)}
    assert set(_TITLES) == set(KINDS)
    assert set(_TITLES.values()) <= titles


def test_every_button_is_named_in_one_place() -> None:
    shown = gallery(sample.DIRECTORY, sample.rotations(), sample.NOW)
    used = set()
    for it in shown:
        blocks = it.message.blocks if it.message else (it.view or {})["blocks"]
        rows = [block for block in blocks if block["type"] == "actions"]
        used |= {element["action_id"] for row in rows for element in row["elements"]}
    assert used == ACTIONS
    assert {it.view["callback_id"] for it in shown if it.view and "callback_id" in it.view} == VIEWS
