"""The JSON is as its description says, whatever it is asked."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.serving import Served, team

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PATHS = {
    "/api/rotations": {},
    "/api/rotations/{name}": {"name": "2027-01-04_2027-01-31"},
    "/api/members/{id}": {"id": "ana"},
    "/api/now": {},
}
"""Each address, with parameters that exist."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(team(tmp_path_factory.mktemp("api") / "team"))


def ask(served: Served, path: str, examples: int) -> int:
    """Ask an address so often with what schemathesis thinks of, and in turns with what exists;
    returns how many answers were whole."""
    operation = schemathesis.openapi.from_asgi("/api/openapi.json", served.app)[path]["GET"]
    whole = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(), st.booleans())
    def each(case: schemathesis.Case[Any], exists: bool) -> None:
        nonlocal whole
        if exists:
            case.path_parameters.update(PATHS[path])
        answer = case.call()
        case.validate_response(answer, checks=CHECKS)
        whole += answer.status_code == 200

    each()
    return whole


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_as_described(asked: Served, path: str) -> None:
    assert ask(asked, path, 25) > 5


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_it_answers_as_described_thousands_of_times(asked: Served, path: str) -> None:
    assert ask(asked, path, 1250) > 250


def test_the_description_names_every_address(asked: Served) -> None:
    assert set(asked.get("/api/openapi.json").json()["paths"]) == set(PATHS)


def test_the_description_is_served_and_told_of_in_the_manual(asked: Served) -> None:
    served = asked.get("/api/openapi.json").json()
    manual = Path(__file__).parents[2].joinpath("docs", "json.md").read_text(encoding="utf-8")
    assert served["paths"]
    assert [path for path in served["paths"] if f"`{path}`" not in manual] == []
    for shape in ("Turn", "Member", "Now", "Rotations"):
        keys = served["components"]["schemas"][shape]["properties"]
        assert [key for key in keys if f"`{key}`" not in manual] == []
