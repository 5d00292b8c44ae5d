"""The setup page for Slack, followed to the letter against a loopback Slack."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import yaml

from tests.loopback_slack.server import LoopbackSlack
from tests.slack.team import PEOPLE, eventually, team_in_slack

ROOT = Path(__file__).parents[2]


def commands() -> list[list[str]]:
    text = ROOT.joinpath("docs", "slack.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def environment(slack: LoopbackSlack, exports: list[list[str]]) -> dict[str, str]:
    """What the page exports, with the tokens of this workspace in the places of the dots."""
    tokens = {"xoxb-…": slack.token, "xapp-…": slack.app_token}
    exported = dict(words[1].split("=", 1) for words in exports)
    return {
        **os.environ,
        **{name: tokens[value] for name, value in exported.items()},
        "ROTA_SLACK_API": f"{slack.url}/api/",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }


def test_a_newcomer_follows_the_page(tmp_path: Path) -> None:
    shown = commands()
    exports = [words for words in shown if words[0] == "export"]
    manifest, doctor, serve = (words[1:] for words in shown if words[0] == "rota")
    team_in_slack(tmp_path / "my-team")
    with LoopbackSlack() as slack:
        slack.speed = 1000
        for member, user in PEOPLE.items():
            slack.add_user(user, member)
        program = [sys.executable, "-c", "from scheduler.cli import main; main()"]
        env = environment(slack, exports)

        def rota(arguments: list[str]) -> str:
            done = subprocess.run(
                [*program, *arguments],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        scopes = yaml.safe_load(rota(manifest))["oauth_config"]["scopes"]["bot"]
        # The token has what the manifest asks for, and nothing else.
        slack.scopes.intersection_update(scopes)
        assert "!!" not in rota(doctor)
        told = json.loads(rota([*doctor, "--json"]))
        assert {line["what"] for line in told["lines"]} >= {"token", "scopes", "member"}
        assert all(line["ok"] for line in told["lines"])
        running = subprocess.Popen(
            [*program, *serve], cwd=tmp_path, env=env, stdout=subprocess.PIPE
        )
        try:
            slack.wait_for_socket()
            slack.command(PEOPLE["ana"], "/rota")
            told = eventually(lambda: slack.ephemeral(PEOPLE["ana"]))
            assert "What /rota can do" in told[0].shown
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=60)
        assert running.returncode == 0
