"""The log is for machines, and tells nobody's secret."""

import json
import logging
import sys

import pytest

from scheduler.web.observe import JsonLines
from tests.web.serving import Served


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_a_request_is_one_line_with_its_route(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    token = served.token("members/ana.ics")
    with caplog.at_level(logging.INFO, "rota"):
        served.get(f"/feeds/{token}.ics")
        served.get(f"/feeds/{token}x.ics?secret={token}")
        served.get(f"/{token}")
        served.get(f"/api/members/{token}")
    found = [line for line in lines(caplog) if line["logger"] == "rota.access"]
    assert [(line["route"], line["status"]) for line in found] == [
        ("/feeds/{token}.ics", 200),
        ("/feeds/{token}.ics", 404),
        ("/{page:path}", 404),
        ("/api/members/{id}", 404),
    ]
    assert token not in json.dumps(lines(caplog))
    assert str(found[0]["at"]).endswith("Z")


def test_of_an_error_its_kind_and_place_are_told_and_not_its_text() -> None:
    try:
        raise ValueError("ana@example.org")
    except ValueError:
        record = logging.LogRecord(
            "rota.web", logging.ERROR, __file__, 1, "it failed", None, sys.exc_info()
        )
    line = JsonLines().format(record)
    assert json.loads(line)["error"] == "ValueError"
    assert json.loads(line)["where"][0].startswith(__file__)
    assert "ana@" not in line


def test_of_broken_files_the_log_has_places_and_no_contents(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    path = served.folder / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("budget: 4h", "budget: 4h, email: 'a b@example'"), "utf-8")
    with caplog.at_level(logging.INFO, "rota"):
        assert served.live.refresh()
    told = json.dumps(lines(caplog))
    assert "roster.yaml, line 10" in told
    assert "example" not in told
