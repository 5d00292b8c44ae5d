"""`rota messages preview`, as a person would run it."""

from pathlib import Path

from tests.actions.published import published
from tests.actions.roster import change
from tests.cli.conftest import Rota


def test_a_made_up_team_is_drawn(rota: Rota, tmp_path: Path) -> None:
    out = tmp_path / "new" / "page.html"
    done = rota("messages", "preview", "--out", out)
    assert (done.code, done.err) == (0, "")
    assert "What Moons gets to see" in out.read_text(encoding="utf-8")


def test_a_team_is_drawn_without_what_is_private(rota: Rota, folder: Path) -> None:
    change(folder, "roster.yaml", "name: Ana Silva,", "name: Ana Silva, email: ana@example.org,")
    published(folder, t4="ana", t11="chi", t18="ben", t25="ana")
    assert rota("messages", "preview", folder, "--out", "page.html").code == 0
    html = Path("page.html").read_text(encoding="utf-8")
    assert "Ben Okafor" in html
    assert "honeymoon" not in html
    assert "ana@example.org" not in html


def test_a_team_without_a_published_rotation_is_told_what_to_do(rota: Rota, folder: Path) -> None:
    done = rota("messages", "preview", folder, "--out", "page.html")
    assert (done.code, done.out) == (3, "")
    assert "rota publish" in done.err
    assert not Path("page.html").exists()
