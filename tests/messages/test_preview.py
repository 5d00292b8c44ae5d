"""The page that shows the messages: it loads nothing and lets no text become markup."""

from __future__ import annotations

import re

import pytest

from scheduler.messages import sample
from scheduler.messages.gallery import gallery
from scheduler.messages.preview import mrkdwn, page

PEOPLE = {"U0123456789": "Ana"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* and _it_", "<div><b>bold</b> and <i>it</i></div>"),
        ("<@U0123456789>", '<div><span class="mention">@Ana</span></div>'),
        ("<!date^1^{time}|noon>", '<div><span class="date">noon</span></div>'),
        ("&lt;b&gt; &amp; `c`", "<div>&lt;b&gt; &amp; <code>c</code></div>"),
        ("<https://x.org/?a=1&amp;b|y>", '<div><a href="https://x.org/?a=1&amp;b">y</a></div>'),
        ("&gt; quoted", "<blockquote>quoted</blockquote>"),
        ("> quoted", "<blockquote>quoted</blockquote>"),
        ("<!channel>", '<div><strong class="alarm">!channel</strong></div>'),
        (":tada: snake_case_word", "<div>🎉 snake_case_word</div>"),
    ],
)
def test_formats_are_drawn_as_slack_draws_them(text: str, shown: str) -> None:
    assert str(mrkdwn(text, PEOPLE)) == shown


def test_the_page_shows_everything_and_loads_nothing() -> None:
    shown = gallery(sample.DIRECTORY, sample.rotations(), sample.NOW)
    html = page("A & <B>", shown, sample.DIRECTORY)
    assert "A &amp; &lt;B&gt;" in html
    assert html.count("<article>") == len(shown)
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import", html)
    assert "Dee O&#x27;Neill &lt;3 &amp; co" in html
