"""``rota why``"""

from typing import Annotated

import typer

from scheduler.cli import options, screen


def why(
    roster: options.Roster,
    shift: Annotated[
        list[str],
        typer.Argument(
            metavar="SHIFT", help="A shift's id, the beginning of it, or a duty and a day."
        ),
    ],
    seat: Annotated[
        str | None, typer.Option("--seat", "-s", metavar="S", help="Only this seat.")
    ] = None,
    not_member: Annotated[
        str | None, typer.Option("--not", metavar="MEMBER", help="Why is it not this one?")
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", "-m", metavar="MEMBER", help="Why is it this one?")
    ] = None,
    quarter: options.Rotation = None,
    json: options.Json = False,
) -> None:
    """Say why somebody has a turn, or nobody has.

    Every answer is worked out anew: what the plan would cost otherwise, goal by goal.
    """
    from scheduler.actions.why import Asked
    from scheduler.actions.why import why as action
    from scheduler.cli.clock import now
    from scheduler.reports.why import as_data
    from scheduler.review.answers import headline, lines

    told = action(roster, Asked(" ".join(shift), seat, member, not_member, quarter), now())
    if json:
        screen.as_json(as_data(told.rotation, told.answers, told.broken))
        return
    screen.warn(f"This plan breaks a rule: {sentence}" for sentence in told.broken)
    for number, answer in enumerate(told.answers):
        if number:
            screen.say()
        screen.say(headline(answer), style="bold")
        for line in lines(answer):
            screen.say(line)
