"""What the program keeps in the user's cache folder: found by what it was made from, never believed, never told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checklists.files.kept import MOST_KEPT, keep, kept
from checklists.problems import Refused
from checklists.rules.checks import sound_library
from checklists.rules.kept import library_for_lists
from tests.small_rules import small_rules


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "checklists"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Small rules and their notices."""
    return small_rules(tmp_path / "house")


def kept_files(cache: Path) -> list[Path]:
    return sorted(cache.glob("library-*")) if cache.is_dir() else []


def test_a_kept_library_is_the_one_that_was_read(house: Path, cache: Path) -> None:
    read = sound_library(house / "rules", house / "seeds")
    first = library_for_lists(house / "rules", house / "seeds")
    assert len(kept_files(cache)) == 1
    again = library_for_lists(house / "rules", house / "seeds")
    assert first.clauses and not again.clauses, "nothing was found in the cache"
    for name in ("items", "notices", "vocabulary", "terms", "papers", "retired", "edition", "folder"):
        assert getattr(again, name) == getattr(read, name), name
    assert [one.standard for one in again.standards] == [one.standard for one in read.standards]
    assert [one.name for one in again.standards] == [one.name for one in read.standards]


@pytest.mark.parametrize("file", ["rules/vocabulary.yaml", "seeds/shanxi-2026.txt", "rules/new.txt"])
def test_a_file_that_changes_is_read_again(house: Path, cache: Path, file: str) -> None:
    library_for_lists(house / "rules", house / "seeds")
    path = house / file
    path.write_text((path.read_text("utf-8") if path.exists() else "") + "\n\n", "utf-8")
    assert library_for_lists(house / "rules", house / "seeds").clauses
    assert len(kept_files(cache)) == 2


def test_rules_with_an_error_are_refused_every_time_and_not_kept(house: Path, cache: Path) -> None:
    (house / "rules" / "vocabulary.yaml").write_text("industries: {}\n", "utf-8")
    for _ in range(2):
        with pytest.raises(Refused):
            library_for_lists(house / "rules", house / "seeds")
    assert not kept_files(cache)


@pytest.mark.parametrize("wrong", [b"", b"{}", b"\x80\x04K\x01.", "half", "other"])
def test_a_broken_file_is_read_past_and_written_again(house: Path, cache: Path, wrong: bytes | str) -> None:
    library_for_lists(house / "rules", house / "seeds")
    (path,) = kept_files(cache)
    whole = path.read_bytes()
    told = {"half": whole[: len(whole) // 2], "other": whole.replace(b"\xe5", b"\xe6", 1)}
    path.write_bytes(wrong if isinstance(wrong, bytes) else told[wrong])
    assert library_for_lists(house / "rules", house / "seeds").clauses
    assert path.read_bytes() == whole


def test_a_whole_file_of_something_else_is_read_past(house: Path, cache: Path) -> None:
    library_for_lists(house / "rules", house / "seeds")
    (path,) = kept_files(cache)
    keep(path.name, b'{"edition": 3}', kind="library-")
    assert kept(path.name) == b'{"edition": 3}'
    assert library_for_lists(house / "rules", house / "seeds").clauses


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_what_others_may_write_is_not_believed(house: Path, cache: Path, tmp_path: Path) -> None:
    library_for_lists(house / "rules", house / "seeds")
    (path,) = kept_files(cache)
    path.chmod(0o666)
    assert kept(path.name) is None
    path.chmod(0o600)
    assert kept(path.name) is not None
    cache.chmod(0o777)
    assert kept(path.name) is None
    cache.chmod(0o700)
    moved = path.rename(tmp_path / "elsewhere")
    path.symlink_to(moved)
    assert kept(path.name) is None


def test_without_a_cache_folder_there_is_no_cache_and_no_word(
    house: Path, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cache.parent.write_text("a file where the folder would be", "utf-8")
    assert library_for_lists(house / "rules", house / "seeds").items
    assert capfd.readouterr() == ("", "")


def test_only_the_newest_few_are_kept(cache: Path) -> None:
    for number in range(MOST_KEPT + 3):
        keep(f"library-{number}", b"told", kind="library-")
        os.utime(cache / f"library-{number}", (number, number))
    keep("batch-0", b"told", kind="batch-")
    names = {path.name for path in cache.iterdir()}
    assert len(names) == MOST_KEPT + 1
    assert {"batch-0", f"library-{MOST_KEPT + 2}"} <= names
    assert "library-0" not in names
