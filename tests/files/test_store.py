"""A file on disk is the old one or the new one, whatever happens to the process that writes."""

import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.rotation import Rotation
from scheduler.errors import BadFiles, BadRequest, Refused
from scheduler.files import read_rotation, read_rotations, rotation_path, write_rotation, writing
from scheduler.files.store import LOCK, write_whole
from tests.files.rotations import placed, rotation

# Writes one of two rotations after the other, and says when it begins.
WRITER = """
import sys
from pathlib import Path
from scheduler.files.store import write_whole, writing
path = Path(sys.argv[1])
contents = [bytes([letter]) * 2_000_000 for letter in b"ab"]
with writing(path.parent.parent):
    print("begun", flush=True)
    while True:
        for content in contents:
            write_whole(path, content)
"""
HOLDER = """
import sys
from pathlib import Path
from scheduler.files import writing
with writing(Path(sys.argv[1])):
    print("begun", flush=True)
    sys.stdin.read()
"""


def started(code: str, path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    value = rotation()
    assert write_rotation(tmp_path, value)
    assert read_rotation(rotation_path(tmp_path, "2027-Q1")) == value
    assert os.listdir(tmp_path / "rotations") == ["2027-Q1.yaml"]


def test_the_same_again_is_not_written(tmp_path: Path) -> None:
    write_rotation(tmp_path, rotation())
    path = rotation_path(tmp_path, "2027-Q1")
    os.utime(path, (0, 0))
    assert not write_rotation(tmp_path, rotation())
    assert path.stat().st_mtime == 0
    assert write_rotation(tmp_path, rotation(seed=1))


def test_rotations_are_read_in_order_of_time(tmp_path: Path) -> None:
    assert read_rotations(tmp_path) == ()
    later = rotation(name="a")
    earlier = replace(rotation(name="b"), horizon=later.horizon.shifted(-90))
    for value in (later, earlier):
        write_rotation(tmp_path, value)
    tmp_path.joinpath("rotations", ".hidden.yaml").write_text("x")
    assert [value.name for value in read_rotations(tmp_path)] == ["b", "a"]


def test_mistakes_of_all_rotations_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_rotation(tmp_path, rotation(name=name))
        path = rotation_path(tmp_path, name)
        path.write_text(path.read_text().replace("schema: 1", "schema: 7"))
    with pytest.raises(BadFiles) as caught:
        read_rotations(tmp_path)
    assert len(caught.value.mistakes) == 2


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "a\n", "x" * 200])
def test_a_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRequest):
        rotation_path(tmp_path, name)


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_whole(path, b"1")
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600
    path.chmod(0o640)
    write_whole(path, b"2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rotation(tmp_path, rotation())

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="no space left on device"):
        write_rotation(tmp_path, rotation(seed=1))
    assert read_rotations(tmp_path) == (rotation(),)
    assert os.listdir(tmp_path / "rotations") == ["2027-Q1.yaml"]


def test_a_folder_that_is_in_the_way_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("rotations").write_text("a file")
    with pytest.raises(Refused, match="cannot be written"):
        write_rotation(tmp_path, rotation())


# ------------------------------------------------------------------------------ killed and locked


def test_a_killed_writer_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "rotations" / "x.yaml"
    write_whole(path, b"a" * 2_000_000)
    seen = set()
    for delay in (0.0, 0.003, 0.007, 0.013, 0.02, 0.031):
        process = started(WRITER, path)
        time.sleep(delay)
        ended(process)
        content = path.read_bytes()
        assert len(content) == 2_000_000
        assert content[:1] * len(content) == content
        seen.add(content[:1])
    # What such a process leaves behind is gone when the next one writes.
    tmp_path.joinpath("rotations", ".x.yaml.left.tmp").touch()
    with writing(tmp_path):
        assert os.listdir(tmp_path / "rotations") == ["x.yaml"]


@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace"])
def test_killed_at_each_step(tmp_path: Path, step: str) -> None:
    before, after = rotation(), rotation(placed(member="ben"))
    write_rotation(tmp_path, before)
    code = f"""
import os, sys, tempfile
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from tests.files.rotations import placed, rotation
from scheduler.files import write_rotation
def killed(*arguments, **named):
    if {step!r} == "replace":
        real(*arguments, **named)
    os.kill(os.getpid(), 9)
real = os.replace
setattr(tempfile if {step!r} == "mkstemp" else os, {step!r}, killed)
write_rotation(Path(sys.argv[1]), rotation(placed(member="ben")))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -9
    expected: Rotation = after if step == "replace" else before
    assert read_rotations(tmp_path) == (expected,)
    with writing(tmp_path):
        assert write_rotation(tmp_path, after) is (step != "replace")
    assert os.listdir(tmp_path / "rotations") == ["2027-Q1.yaml"]


def test_of_two_writers_one_is_refused(tmp_path: Path) -> None:
    holder = started(HOLDER, tmp_path)
    try:
        with pytest.raises(Refused, match="another rota is writing"), writing(tmp_path):
            pytest.fail("both got in")
    finally:
        ended(holder)
    with writing(tmp_path):  # A dead process holds nothing.
        pass
    assert tmp_path.joinpath(LOCK).exists()


def test_the_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), writing(tmp_path):
        raise KeyError
    with writing(tmp_path):
        pass


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"), writing(tmp_path / "no"):
        pass
