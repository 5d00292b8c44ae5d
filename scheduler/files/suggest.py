"""The user's own words said back to them: quoted on one line, and the nearest known word."""

from collections.abc import Iterable
from difflib import get_close_matches

# Below this likeness suggestions look random; above it "bne" no longer finds "ben".
CUT_OFF = 0.66
# Comparing takes quadratic time, and no name that a person types is as long as this.
LONGEST_WORD = 100
LONGEST_QUOTE = 60


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "triage"?` for the nearest of the known words, or "" if none is near.

    Upper and lower case are not told apart.
    """
    nearest = nearest_word(word, known)
    return f"; did you mean {quoted(nearest)}?" if nearest is not None else ""


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, or None if none is near."""
    wanted = word.casefold()
    if len(wanted) > LONGEST_WORD:
        return None
    candidates: dict[str, str] = {}
    for candidate in sorted(known):
        if len(candidate) <= LONGEST_WORD:
            candidates.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(wanted, sorted(candidates), n=1, cutoff=CUT_OFF)
    return candidates[matches[0]] if matches else _only_longer_form(wanted, candidates)


def _only_longer_form(wanted: str, candidates: dict[str, str]) -> str | None:
    """The one candidate that starts with the word, as "ana.lopez" does for "ana"."""
    longer = [candidate for folded, candidate in candidates.items() if folded.startswith(wanted)]
    return longer[0] if len(longer) == 1 and len(wanted) >= 3 else None


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line, shortened if it is long."""
    # A sentence is one line, and splitting a very long text into words would be wasted work.
    line = " ".join(text[: 4 * LONGEST_QUOTE].split())
    if len(line) > LONGEST_QUOTE or len(text) > 4 * LONGEST_QUOTE:
        line = line[: LONGEST_QUOTE - 1] + "…"
    return f'"{line}"'
