"""Requests between people: asked with buttons, and answered so that everybody learns of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain.rotation import Placed
from scheduler.messages import buttons, lines, names
from scheduler.messages.blocks import actions, button, context, message, paragraphs, section
from scheduler.messages.directory import Directory
from scheduler.messages.message import Block, Message
from scheduler.messages.text import escape

# ---------------------------------------------------------------------------------------- asked


def cover_asked(
    directory: Directory, request: str, placed: Placed, by: str, note: str = ""
) -> Message:
    """To everybody who could: will you take this turn over? The first yes wins."""
    return message(
        f"Can you take over {escape(lines.turn_plainly(directory, placed))}?",
        section(
            f"{directory.mention(by)} cannot make it. Can you take over "
            f"{lines.turn(directory, placed)}?"
        ),
        *_note(note),
        _answer(request, "I take it", "Not me"),
        context(f"{_effort(placed)} The first yes has the turn."),
    )


def swap_proposed(
    directory: Directory, request: str, theirs: Placed, yours: Placed, by: str, note: str = ""
) -> Message:
    """To the partner of a swap: will you take theirs, and give them yours?"""
    who = directory.mention(by)
    return message(
        f"A swap? You would take {escape(lines.turn_plainly(directory, theirs))}.",
        section(f"{who} asks you to exchange turns:"),
        *paragraphs(
            [
                f"•  You take {lines.turn(directory, theirs)}",
                f"•  {who} takes {lines.turn(directory, yours)}",
            ]
        ),
        *_note(note),
        _answer(request, "Yes, exchange", "No, thanks"),
    )


def chain_proposed(
    directory: Directory, request: str, get: Placed, give: Placed, others: Sequence[str], by: str
) -> Message:
    """To each of three or more: an exchange in a ring, which needs everybody's yes."""
    ring = " and ".join(directory.mention(member) for member in others)
    return message(
        f"An exchange of several? You would take {escape(lines.turn_plainly(directory, get))}.",
        section(f"{directory.mention(by)} asks for an exchange with you and {ring}:"),
        *paragraphs(
            [
                f"•  You take {lines.turn(directory, get)}",
                f"•  You give {lines.turn(directory, give)}",
            ]
        ),
        _answer(request, "Yes, exchange", "No, thanks"),
        context("It happens once everybody has said yes."),
    )


def asked(
    directory: Directory,
    request: str,
    placed: Placed,
    people: Sequence[str],
    on_behalf: str = "",
) -> Message:
    """To whoever asked, maybe on behalf of another: whom the question went to."""
    who = _people(directory, people)
    said = f"I have asked {who} about {lines.turn(directory, placed)}."
    stays = f"Until somebody says yes, the turn stays {_whose(directory, on_behalf)}."
    return message(
        f"I have asked {who}.",
        section(f"{said} {stays}"),
        actions(button("No longer needed", names.WITHDRAW, request)),
    )


def no_longer_asked(directory: Directory, on_behalf: str = "") -> Message:
    """To whoever asked, once they have taken the question back."""
    said = f"Nobody is asked any more. The turn stays {_whose(directory, on_behalf)}."
    return message(said, section(said))


# ------------------------------------------------------------------------------------- answered


def taken(directory: Directory, placed: Placed, by: str) -> Message:
    """To whoever asked: somebody said yes."""
    said = f"{directory.mention(by)} takes over {lines.turn(directory, placed)}."
    return message(f"{directory.mention(by)} takes the turn over.", section(f":tada: {said}"))


def told_the_rest(directory: Directory, placed: Placed, by: str) -> Message:
    """In place of the question, for those who had not answered: it is settled."""
    who = directory.mention(by)
    return message(
        f"Settled: {who} takes it.",
        section(f"Settled: {who} takes over {lines.turn(directory, placed)}. Thank you!"),
    )


def accepted(directory: Directory, placed: Placed, change: str = "") -> Message:
    """In place of the question, for whoever said yes. ``change`` is ``rotation/number`` of the
    entry, for a button that takes it back."""
    said = f"Thank you! {lines.turn(directory, placed)} is yours. Your calendar follows."
    undo = (actions(buttons.take_back(change)),) if change else ()
    return message("Thank you! The turn is yours.", section(said), *undo)


def exchanged(
    directory: Directory, got: Placed, gave: Placed, change: str = "", on_behalf: str = ""
) -> Message:
    """To both, once a swap is made, and to whoever asked for it on behalf of another. ``change`` is
    ``rotation/number`` of the entry."""
    undo = (actions(buttons.take_back(change)),) if change else ()
    whose = _whose(directory, on_behalf)
    return message(
        f"Exchanged: {escape(lines.turn_plainly(directory, got))} is {whose}.",
        section(
            f"Exchanged: {lines.turn(directory, got)} is {whose}, and "
            f"{lines.turn(directory, gave)} no longer."
        ),
        *undo,
    )


def declined(directory: Directory, placed: Placed, by: str) -> Message:
    """To whoever proposed a swap: no."""
    said = f"{directory.mention(by)} cannot exchange for {lines.turn(directory, placed)}."
    return message(
        f"{directory.mention(by)} said no.",
        section(f"{said} `/rota swap` finds others."),
    )


def declined_by_you(directory: Directory, placed: Placed) -> Message:
    """In place of the question, for whoever said no."""
    said = f"You said no to {lines.turn(directory, placed)}. That is fine."
    return message("You said no. That is fine.", section(said))


def nobody_could(directory: Directory, placed: Placed) -> Message:
    """To whoever asked and to the leads: all have declined, or there was nobody to ask."""
    said = f"Nobody could take over {lines.turn(directory, placed)}."
    return message(
        "Nobody could take the turn over.",
        section(f":warning: {said} It is still {directory.mention(placed.member)}'s."),
        section("A lead can decide with `rota override`, or leave the seat open."),
    )


def withdrawn(directory: Directory, placed: Placed, by: str) -> Message:
    """In place of the question: whoever asked no longer needs an answer."""
    said = f"{directory.mention(by)} no longer needs somebody for {lines.turn(directory, placed)}."
    return message("No longer needed.", section(said))


def out_of_date(directory: Directory, placed: Placed) -> Message:
    """In place of the question: the rotation has changed since, so that it no longer fits."""
    said = f"The rotation has changed since this was asked, so {lines.turn(directory, placed)}"
    return message(
        "The rotation has changed since this was asked.",
        section(f"{said} is no longer to be had. Nothing was changed."),
    )


def done(directory: Directory, placed: Placed) -> Message:
    """In place of a reminder, once its holder has pressed Done."""
    said = f":white_check_mark: Done: {lines.turn(directory, placed)}. Thank you!"
    return message("Done. Thank you!", section(said))


def refused(sentence: str) -> Message:
    """An error in plain words, as the command line would say it too."""
    said = escape(sentence, 2000)
    return message(said, section(f":no_entry_sign: {said}"))


# ------------------------------------------------------------------------------------- together


def _answer(request: str, yes: str, no: str) -> Block:
    return actions(
        button(yes, names.ACCEPT, request, style="primary"),
        button(no, names.DECLINE, request),
    )


def _whose(directory: Directory, on_behalf: str) -> str:
    """Whose a turn is, to whoever asked about it."""
    return f"{directory.mention(on_behalf)}'s" if on_behalf else "yours"


def _note(note: str) -> Iterator[Block]:
    if note:
        yield section(f"> {escape(note)}")


def _effort(placed: Placed) -> str:
    hours = placed.effort / 60
    return f"About {hours:g} hours of work." if hours != 1 else "About an hour of work."


def _people(directory: Directory, people: Sequence[str]) -> str:
    named = [directory.mention(member) for member in people[:5]]
    if len(people) > len(named):
        named.append(f"{len(people) - len(named)} others")
    if len(named) < 2:
        return "".join(named) or "nobody"
    return f"{', '.join(named[:-1])} and {named[-1]}"
