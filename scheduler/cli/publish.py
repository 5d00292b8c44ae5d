"""``rota publish``"""

from scheduler.cli import options, screen
from scheduler.cli.words import quoted, roster_of


def publish(
    roster: options.Roster, quarter: options.Rotation = None, json: options.Json = False
) -> None:
    """Make a draft final: feeds and reminders follow it."""
    from scheduler.actions.publish import publish as action
    from scheduler.cli.clock import now
    from scheduler.reports.document import document
    from scheduler.reports.overview import going_out

    published = action(roster, quarter, now())
    screen.warn(published.notes)
    if json:
        screen.as_json(document(published.rotation))
        return
    screen.show(going_out(published.rotation, roster_of(published.team)))
    screen.say()
    screen.say(f"{published.path} is final. Commit it, and write the calendars:")
    screen.copyable(f"rota feeds {quoted(roster)} --out feeds")
