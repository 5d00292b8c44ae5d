"""``rota check``"""

from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli import options, screen
from scheduler.cli.calendars import as_data
from scheduler.errors import BadFiles, Mistake

if TYPE_CHECKING:
    from scheduler.actions.check import Checked
    from scheduler.domain.time_away import Reading


def check(
    roster: options.Roster, quarter: options.Quarter = None, json: options.Json = False
) -> None:
    """Find every mistake, and warn of what will not work out.

    It looks ahead at the next quarter that is not published yet, or at the one named.
    """
    from scheduler.actions.check import check as action
    from scheduler.cli.clock import now

    try:
        checked = action(roster, now(), quarter)
    except BadFiles as error:
        if not json:
            raise
        screen.as_json(_document(mistakes=error.mistakes))
        raise typer.Exit(error.exit_code) from None
    if json:
        screen.as_json(
            _document(
                team=checked.team.name,
                quarter=checked.name,
                mistakes=checked.warnings,
                forecast=checked.forecast,
                away=checked.team.readings,
            )
        )
        return
    screen.warn(map(str, checked.warnings))
    screen.warn(f"{checked.name}: {sentence}." for sentence in checked.forecast)
    for sentence in checked.away:
        screen.say(f"{sentence}.")
    screen.say(_summary(checked))


def _summary(checked: "Checked") -> str:
    from scheduler.review.wording import counted

    warnings = len(checked.warnings) + len(checked.forecast)
    seats = checked.problem.seats
    must = sum(seat.must for seat in seats)
    return (
        f"{checked.team.name}: {counted(len(checked.team.members), 'member')}, "
        f"{counted(len(checked.team.duties), 'duty')}; in {checked.name} "
        f"{counted(len(seats), 'seat')}, {must} of them must-fill. "
        f"No mistakes, {counted(warnings, 'warning') if warnings else 'no warnings'}."
    )


def _document(
    mistakes: tuple[Mistake, ...],
    team: str | None = None,
    quarter: str | None = None,
    forecast: tuple[str, ...] = (),
    away: "tuple[Reading, ...]" = (),
) -> dict[str, Any]:
    return {
        "schema": 1,
        "team": team,
        "quarter": quarter,
        "mistakes": [
            {
                "file": mistake.file,
                "line": mistake.line,
                "column": mistake.column,
                "severity": mistake.severity,
                "sentence": mistake.sentence,
            }
            for mistake in mistakes
        ],
        "forecast": list(forecast),
        "away": [as_data(reading) for reading in away],
    }
