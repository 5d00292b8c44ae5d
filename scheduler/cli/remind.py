"""``rota remind``"""

import os
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options, screen
from scheduler.errors import BadRequest, Refused

if TYPE_CHECKING:
    from scheduler.actions.remind import Foreseen, Reminded

_TOKEN, _API = "SLACK_BOT_TOKEN", "ROTA_SLACK_API"


def _an_instant(text: str) -> datetime:
    """Read ``2027-01-04T09:00Z`` or ``2027-01-04T09:00+01:00``."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(f'"{text}" is not an instant such as 2027-01-04T09:00Z.')
    return moment


def remind(
    roster: options.Roster,
    now: Annotated[
        datetime | None,
        typer.Option(
            "--now",
            parser=_an_instant,
            metavar="T",
            help="Instead of this moment: 2027-01-04T09:00Z.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be sent, and send nothing.")
    ] = False,
    journal: options.Journal = "",
    json: options.Json = False,
) -> None:
    """Send the reminders that are due to Slack, each once.

    Run it every few minutes. It needs a bot's token in SLACK_BOT_TOKEN; --dry-run does not.
    """
    from scheduler.cli.clock import now as clock

    moment = now or clock()
    if dry_run:
        from scheduler.actions.remind import foresee

        _foretell(foresee(roster, moment, journal), json=json)
        return
    token = os.environ.get(_TOKEN, "").strip()
    if not token:
        raise BadRequest(
            f"There is no {_TOKEN} in the environment: put the bot's token there (it begins with "
            "xoxb-), or add --dry-run to see what would be sent."
        )
    from scheduler.actions.remind import remind_once

    address = os.environ.get(_API, "")
    _tell(remind_once(roster, moment, token, journal, address), json=json)


def _foretell(told: "Foreseen", *, json: bool) -> None:
    from scheduler.reports.reminders import SCHEMA, reminder_document, reminders
    from scheduler.review.wording import counted

    if json:
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "now": reminder_document(told.now),
            "later": reminder_document(told.later),
            "edits": len(told.edits),
            "unlinked": list(told.unlinked),
            "unheard": told.unheard,
        }
        screen.as_json(document)
        return
    names = {id: person.name for id, person in told.directory.people.items()}
    if told.first:
        screen.say(
            "There is no journal yet: the first run marks the start, and sends nothing older."
        )
    screen.say(
        f"{counted(len(told.now), 'message')} would go out now, and {len(told.edits)} change."
    )
    if told.now:
        screen.show(reminders(told.now, names))
    screen.say()
    screen.say(f"Within a week: {counted(len(told.later), 'message')}.")
    if told.later:
        screen.show(reminders(told.later, names))
    _warn_of(told.unlinked, names, told.unheard)
    screen.say("This was a dry run: nothing was sent.")


def _tell(done: "Reminded", *, json: bool) -> None:
    from scheduler.reports.reminders import SCHEMA, reminder_document
    from scheduler.review.wording import counted

    names = {id: person.name for id, person in done.directory.people.items()}
    if json:
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "sent": reminder_document(done.sent),
            "edited": len(done.edited),
            "waiting": done.waiting,
            "unlinked": list(done.unlinked),
            "unheard": done.unheard,
            "troubles": {said: list(whom) for said, whom in done.troubles.items()},
            "busy": done.busy,
            "stopped": done.stopped,
        }
        screen.as_json(document)
    elif done.busy:
        screen.say("Another rota is sending reminders; nothing was done here.")
    else:
        first = " From now on, reminders are sent." if done.first else ""
        said = f"{counted(len(done.sent), 'message')} sent, {len(done.edited)} edited."
        screen.say(f"{said}{first}")
    for trouble, whom in done.troubles.items():
        people = ", ".join(names.get(one, one) for one in whom)
        screen.warn([f"{people}: {trouble}"])
    _warn_of(done.unlinked, names, done.unheard)
    if done.stopped:
        raise Refused("Slack takes nothing from us now; what is due waits for the next run.")


def _warn_of(unlinked: tuple[str, ...], names: dict[str, str], unheard: str) -> None:
    if unheard:
        screen.warn([unheard])
    if unlinked:
        people = ", ".join(names.get(one, one) for one in unlinked)
        screen.warn([f"no Slack id in roster.yaml, so that reminders wait: {people}"])
