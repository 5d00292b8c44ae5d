"""``rota show``"""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli import options, screen
from scheduler.cli.words import roster_of
from scheduler.errors import BadRequest

if TYPE_CHECKING:
    from scheduler.actions.show import Shown


def show(
    roster: options.Roster,
    quarter: options.Rotation = None,
    member: Annotated[
        str | None, typer.Option("--member", "-m", metavar="M", help="Only the turns of a member.")
    ] = None,
    duty: Annotated[
        str | None, typer.Option("--duty", "-d", metavar="D", help="Only the turns of a duty.")
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            "--on", metavar="DATE", parser=options.a_date, help="Only the turns of a day."
        ),
    ] = None,
    contributed: Annotated[
        bool,
        typer.Option("--contributions", help="Only what people did of their own accord."),
    ] = False,
    why: Annotated[bool, typer.Option("--long", help="Every turn, and why it is whose.")] = False,
    json: options.Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a page for a wiki.")] = False,
) -> None:
    """Show who does what.

    Without --quarter: the rotation that runs today, else the newest.
    """
    if json + csv + markdown > 1:
        raise BadRequest("Choose one of --json, --csv and --markdown.")
    if contributed and (csv or markdown or duty or on):
        raise BadRequest("--contributions goes with --member and --json only.")
    from scheduler.actions.show import Wanted
    from scheduler.actions.show import show as action
    from scheduler.cli.clock import now

    wanted = Wanted(quarter, member, duty, on)
    shown = action(roster, wanted, now())
    if contributed:
        _contributions(shown, member, json=json)
    elif json:
        from scheduler.reports.document import document

        screen.as_json(document(shown.part, shown.whole))
    elif csv:
        from scheduler.reports.spreadsheet import as_csv

        screen.raw(as_csv(shown.part))
    elif markdown:
        screen.raw(_markdown(shown, is_part=wanted.is_part))
    elif wanted.is_part or why:
        _list(shown, why=why)
    else:
        from scheduler.reports.overview import overview

        width = screen.console().width
        screen.show(overview(shown.whole, roster_of(shown.team), width))


def _contributions(shown: "Shown", member: str | None, *, json: bool) -> None:
    from scheduler.reports.contributions import contributions, document, within

    roster = roster_of(shown.team)
    found = within(shown.whole, roster, member)
    if json:
        screen.as_json(document(shown.whole, found))
        return
    report = contributions(found, roster)
    if report is None:
        screen.say("No contributions of these days are logged in contributions.yaml.")
    else:
        screen.show(report)


def _markdown(shown: "Shown", *, is_part: bool) -> str:
    from scheduler.reports.markdown import as_list, as_markdown

    roster = roster_of(shown.team)
    return as_list(shown.seats, roster) if is_part else as_markdown(shown.whole, roster)


def _list(shown: "Shown", *, why: bool) -> None:
    from scheduler.reports.changes import debt_lines
    from scheduler.reports.overview import headline, reasons, turns

    screen.show(headline(shown.whole))
    screen.say()
    if shown.seats:
        listed = reasons if why else turns
        screen.show(listed(shown.seats, roster_of(shown.team)))
    else:
        screen.say("Nothing in this rotation.")
    for line in debt_lines(shown.debts, roster_of(shown.team)):
        screen.say(line)
