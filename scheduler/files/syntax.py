"""Where a file is not YAML: the parser's complaint, told as a sentence that says the remedy."""

import re
from collections.abc import Iterator
from typing import Protocol

import yaml

# The parser in C is twenty times as fast and not built on every platform. Both know the same
# language but for rare corners, and word their complaints a little differently.
PARSER: "type[yaml.SafeLoader | yaml.CSafeLoader]" = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)


class NotYaml(Exception):
    """The text stops being YAML at this place; for the reader of files only."""

    def __init__(self, line: int, column: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column
        self.sentence = sentence


def events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events one by one. Raises NotYaml at the first place that is none."""
    end: Mark | None = None
    try:
        for event in yaml.parse(text, Loader=PARSER):
            end = event.end_mark
            yield event
    except yaml.MarkedYAMLError as error:
        raise (_conflict(text) or _told(error, text)) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # The parser in Python forgets to check the numbers in escapes and directives.
        sentence = "after this place stands something that is not YAML; put the text in quotes"
        raise NotYaml(*place(end), sentence) from error


def _conflict(text: str) -> NotYaml | None:
    """Where git left two edits side by side."""
    found = re.search(r"^<{7} ", text, re.MULTILINE)
    if found is None:
        return None
    return NotYaml(text.count("\n", 0, found.start()) + 1, 1, _CONFLICT)


class Mark(Protocol):
    """A place as the parser counts, from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def place(mark: Mark | None) -> tuple[int, int]:
    """Return line and column of a mark as people count them."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


_CONFLICT = (
    "git could not merge two edits here; keep what is right of both, and delete this line and the"
    " lines of ======= and >>>>>>> below it"
)
_INDENTATION = "this does not belong to the lines above; indent it exactly like its neighbours"
_LEFT_OVER = "the value before this has already ended; put the whole text in quotes"
_COLON = (
    'a ":" followed by a space cannot stand here; put the whole text in quotes, or indent the'
    ' line like its neighbours and see that the line above has its ":"'
)
_ESCAPE = "no such escape inside double quotes; use single quotes, or write \\\\ for a backslash"
_LIST = 'a list cannot start here; begin it on a line of its own, with "- " before each entry'
_NO_VALUE = "a value is missing here; write one, or put the text in quotes"
_UNCLOSED = "this quote is never closed; close it"
_STAR = '"*" starts the name of an anchor; put the text in quotes, or begin list entries with "- "'
_BLOCK = 'after "|" or ">" the text starts on the next line; move it there'

# What the two parsers say, and what to tell a person. The first that fits counts; {line} is the
# line where the unfinished thing began.
_TOLD: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", _COLON),
    ("sequence entries are not allowed", _LIST),
    ("mapping keys are not allowed", 'put text that starts with "?" in quotes'),
    ("expected <block end>", _INDENTATION),
    ("did not find expected key", _INDENTATION),
    ("did not find expected '-' indicator", _INDENTATION),
    ("<document start>", _INDENTATION),
    ("',' or ']'", 'the list that began in line {line} lacks a "," or its closing "]" here'),
    ("',' or '}'", 'what began with "{" in line {line} lacks a "," or its closing "}" here'),
    ("expected the node content", _NO_VALUE),
    ("did not find expected node", _NO_VALUE),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),  # so spelt by the parser in C
    ("undefined tag handle", "tags (words that start with !) are not known here; delete it"),
)
# What the parser was doing, its complaint, and a sentence for the place where that began.
_TOLD_AT_ITS_START: tuple[tuple[str, str, str], ...] = (
    ("quoted scalar", "unexpected end of stream", _UNCLOSED),
    ("quoted scalar", "unexpected document", _UNCLOSED),
    ("simple key", "could not find expected ':'", 'after this key a ":" is missing; write it'),
    ("alias", "", _STAR),
    ("anchor", "", '"&" starts the name of an anchor; put the text in quotes'),
    ("tag", "", "tags (words that start with !) are not known here; put the text in quotes"),
    ("directive", "", 'a line that starts with "%" is no text; delete it or put it in quotes'),
    ("block scalar", "chomping", _BLOCK),
    ("block scalar", "comment or line break", _BLOCK),
)


def _told(error: yaml.MarkedYAMLError, text: str) -> NotYaml:
    mark, began = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return NotYaml(1, 1, "this file is not YAML; see that it is the right file")
    problem, context = error.problem or "", error.context or ""
    line_text = _line(text, mark.line)
    if _indented_by_tab(line_text):
        return NotYaml(mark.line + 1, 1, _tab_sentence(text, mark.line))
    if began is not None:
        for doing, complaint, sentence in _TOLD_AT_ITS_START:
            if doing in context and complaint in problem:
                return NotYaml(*place(began), sentence)
    began_line = (began or mark).line + 1
    for complaint, sentence in _TOLD:
        if complaint in problem:
            starts_line = not line_text[: mark.column].strip()
            told = sentence if starts_line or sentence is not _INDENTATION else _LEFT_OVER
            return NotYaml(*place(mark), told.replace("{line}", str(began_line)))
    return NotYaml(*place(mark), _other_sentence(problem, line_text, mark.column))


def _other_sentence(problem: str, line_text: str, column: int) -> str:
    if "cannot start any token" in problem and column < len(line_text):
        character = line_text[column].replace("\t", "a tab").replace('"', "'")
        return f'a text cannot start with "{character}"; put it in quotes'
    return f"this is not YAML ({problem}); put the text in quotes or correct it"


def _line(text: str, index: int) -> str:
    lines = re.split("\r\n|\n|\r", text, maxsplit=index + 1)
    return lines[index] if index < len(lines) else ""


def _indented_by_tab(line_text: str) -> bool:
    return "\t" in line_text[: len(line_text) - len(line_text.lstrip())]


def _tab_sentence(text: str, first: int) -> str:
    """Name the other lines with tabs too: they are all wrong, and are mended in one go."""
    more = sum(_indented_by_tab(line) for line in re.split("\r\n|\n|\r", text)[first + 1 :])
    sentence = "this line is indented with a tab; use spaces"
    if not more:
        return sentence
    return f"{sentence}, also in {more} more {'line' if more == 1 else 'lines'} below"
