"""How hard hypothesis tries: `ci` repeats exactly, `dev` looks elsewhere each time."""

import os

from hypothesis import settings

# No deadline: one example may solve a whole quarter, and a busy machine is not a bug.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
