"""Why a calendar could not be read."""


class Trouble(Exception):
    """Its text goes on from the name of the source: "cannot be reached". It shows neither an
    address nor anything that stands in a calendar."""
