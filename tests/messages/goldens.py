"""Every message of the sample team as JSON, a file a title.

``python -m tests.messages.goldens`` writes them anew; look at what `git diff` then shows.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path

from scheduler.messages import sample
from scheduler.messages.gallery import Shown, gallery

FOLDER = Path(__file__).with_name("golden")


def texts() -> dict[str, str]:
    """The content of each golden by its file name."""
    shown = gallery(sample.DIRECTORY, sample.rotations(), sample.NOW)
    return {
        f"{_slug(title)}.json": json.dumps(
            [_plain(it) for it in group], indent=1, ensure_ascii=False
        )
        + "\n"
        for title, group in groupby(shown, key=lambda it: it.title)
    }


def _plain(shown: Shown) -> dict[str, object]:
    content = shown.message.to_json() if shown.message else shown.view
    return {"to": shown.to, "content": content}


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in texts().items():
        FOLDER.joinpath(name).write_text(text, encoding="utf-8")
