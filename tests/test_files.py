"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from indiggraph.errors import OutputError
from indiggraph.files import write_atomically


def test_new_file_is_written(tmp_path: Path):
    write_atomically(tmp_path / "a.ttl", b"one")
    assert (tmp_path / "a.ttl").read_bytes() == b"one"


def test_old_file_is_replaced_and_keeps_its_rights(tmp_path: Path):
    target = tmp_path / "a.ttl"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_new_file_has_the_usual_rights(tmp_path: Path):
    (tmp_path / "usual").write_bytes(b"")
    write_atomically(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_missing_folder_is_an_error(tmp_path: Path):
    with pytest.raises(OutputError, match=r"no/a\.ttl: cannot be written: No such file"):
        write_atomically(tmp_path / "no" / "a.ttl", b"one")


def test_folder_in_the_way_is_an_error_and_nothing_is_left(tmp_path: Path):
    (tmp_path / "a.ttl").mkdir()
    (tmp_path / "a.ttl" / "full").touch()
    with pytest.raises(OutputError):
        write_atomically(tmp_path / "a.ttl", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_failure_on_the_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "a.ttl"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
    assert target.read_bytes() == b"old"


def test_long_names_fit(tmp_path: Path):
    name = "n" * 250
    write_atomically(tmp_path / name, b"one")
    assert (tmp_path / name).read_bytes() == b"one"
