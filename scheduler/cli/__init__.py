"""The command line: ``rota``. It reads the clock, prints, and turns errors into exit codes."""

import sys

from scheduler.cli.app import app
from scheduler.cli.garbage import look_seldom
from scheduler.cli.screen import complain
from scheduler.errors import RotaError


def main() -> None:
    """Run ``rota`` with the arguments of this process.

    Exit codes: 0 fine, 1 the machine failed or an audit found a breach, 2 mistakes in files or in
    the call, 3 refused, 130 stopped by Ctrl-C.
    """
    look_seldom()
    # A terminal that knows no "–" shows "?" and does not end the command.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except RotaError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        sys.exit(1)
