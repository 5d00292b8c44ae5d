"""pydantic's names of errors, sorted by what they mean to a person."""

from typing import Final

MISSING: Final = frozenset({"missing", "missing_argument", "missing_keyword_only_argument"})
UNKNOWN_KEY: Final = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
NOT_A_CHOICE: Final = frozenset({"literal_error", "enum"})

MAPPING: Final = 'lines of "key: value"'
_WHAT_WAS_EXPECTED: Final = {
    "text": "string_type",
    "a whole number": "int_type int_parsing int_from_float int_parsing_size",
    "a number": "float_type float_parsing decimal_type decimal_parsing finite_number",
    "true or false": "bool_type bool_parsing",
    "a date such as 2027-01-04": (
        "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact"
    ),
    "a date and time such as 2027-01-04T16:00Z": (
        "datetime_type datetime_parsing datetime_from_date_parsing datetime_object_invalid"
        " timezone_naive timezone_aware"
    ),
    "a time such as 16:00": "time_type time_parsing",
    "a length of time": "time_delta_type time_delta_parsing",
    "a time zone such as Europe/Berlin": "zoneinfo_type zoneinfo_str",
    "a UUID": "uuid_type uuid_parsing",
    "a web address such as https://example.org": "url_type url_parsing url_scheme",
    "a list": "list_type tuple_type set_type frozen_set_type iterable_type",
    MAPPING: "dict_type mapping_type model_type model_attributes_type dataclass_type",
    "empty": "none_required",
}
EXPECTED: Final = {
    kind: phrase for phrase, kinds in _WHAT_WAS_EXPECTED.items() for kind in kinds.split()
}
"""What the value should be instead, by kind."""

BOUNDS: Final[dict[str, tuple[str, str]]] = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
    "multiple_of": ("a multiple of", "multiple_of"),
}
LENGTHS: Final[dict[str, tuple[str, str, str]]] = {
    "string_too_short": ("at least", "min_length", "character"),
    "string_too_long": ("at most", "max_length", "character"),
    "too_short": ("at least", "min_length", "entry"),
    "too_long": ("at most", "max_length", "entry"),
}

WHOLE_VALUE_IS_OTHER: Final = NOT_A_CHOICE | EXPECTED.keys()
"""Kinds that say: this is no value of this type at all."""
