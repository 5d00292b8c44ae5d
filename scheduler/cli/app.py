"""All commands. Each is imported when it runs: ``rota --help`` needs neither ortools nor pandas."""

from typing import Annotated

import typer

from scheduler import __version__
from scheduler.cli.audit import audit
from scheduler.cli.calendars import calendars
from scheduler.cli.check import check
from scheduler.cli.cover import cover
from scheduler.cli.diff import diff
from scheduler.cli.done import done
from scheduler.cli.fairness import fairness
from scheduler.cli.feeds import feeds
from scheduler.cli.history import history
from scheduler.cli.init import init
from scheduler.cli.messages import messages
from scheduler.cli.missed import missed
from scheduler.cli.override import override
from scheduler.cli.plan import plan
from scheduler.cli.publish import publish
from scheduler.cli.remind import remind
from scheduler.cli.replan import replan
from scheduler.cli.rules import rules
from scheduler.cli.serve import serve
from scheduler.cli.show import show
from scheduler.cli.site import site
from scheduler.cli.slack import slack
from scheduler.cli.swap import swap
from scheduler.cli.tokens import tokens
from scheduler.cli.undo import undo
from scheduler.cli.whatif import whatif
from scheduler.cli.why import why

app = typer.Typer(
    name="rota",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    help="Plan who does the foundational work of an open source team, fairly.",
    epilog="Start with: rota init my-team",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rota {__version__}")
        raise typer.Exit


@app.callback()
def rota(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for command in (
    init,
    check,
    calendars,
    plan,
    publish,
    show,
    why,
    swap,
    cover,
    override,
    undo,
    done,
    missed,
    replan,
    whatif,
    diff,
    feeds,
    site,
    serve,
    tokens,
    remind,
    fairness,
    rules,
    audit,
):
    app.command()(command)
app.add_typer(history)
app.add_typer(slack)
app.add_typer(messages)
