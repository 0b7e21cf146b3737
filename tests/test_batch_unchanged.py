"""A batch run again: with nothing changed it only looks at its files, with anything changed it is run in full."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checklists.batch.press import Press
from checklists.batch.run import run_batch
from checklists.batch.summary import BatchSummary
from checklists.checklist.build import Order
from checklists.roster.given import Given
from tests.rosters import DAY, small_house, write_xlsx

HEAD = ["单位名称", "企业类型", "所在地"]
ROWS = [[f"某某{n}号", "餐饮用气单位", "阳城县"] for n in range(3)]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write_xlsx(tmp_path / "roster.xlsx", [HEAD, *ROWS])
    small_house(tmp_path / "house")
    return tmp_path


def run(house: Path, **options: Any) -> tuple[BatchSummary, int]:
    """What the batch told, and how many rows it went over; each time in a program just started."""
    steps: list[int] = []
    press = Press(small_house(house / "house"), Order(DAY))
    roster, out = house / "roster.xlsx", house / "out"
    told = run_batch(roster, out, press, progress=lambda now: steps.append(now.made), **options)
    return told, len(steps)


def documents(house: Path) -> list[Path]:
    return sorted(path for path in (house / "out").rglob("*.xlsx") if not path.name.startswith("."))


def test_nothing_changed_nothing_made(house: Path) -> None:
    first, steps = run(house)
    assert (first.made, first.written, first.unchanged, steps) == (3, 9, 0, 3)
    again, steps = run(house)
    assert (again.made, again.written, again.unchanged, steps) == (3, 0, 9, 1)
    assert (again.manifest, again.expected, again.problems) == (
        first.manifest,
        first.expected,
        first.problems,
    )


def _edit(house: Path) -> None:
    path = documents(house)[0]
    path.write_bytes(path.read_bytes() + b"\0")


def _edit_in_place(house: Path) -> None:
    """As long as it was, so that only its time and its content differ."""
    path = documents(house)[0]
    path.write_bytes(path.read_bytes()[:-1] + b"\1")


def _remove(house: Path) -> None:
    documents(house)[0].unlink()


def _link(house: Path) -> None:
    path = documents(house)[0]
    path.symlink_to(path.rename(house / "elsewhere.xlsx"))


def _longer_roster(house: Path) -> None:
    write_xlsx(house / "roster.xlsx", [HEAD, *ROWS, ["某某4号", "餐饮用气单位", "阳城县"]])


def _broken_note(house: Path) -> None:
    (note,) = (house / "out").glob(".checklists-done_*")
    note.write_text('{"key": 1, "files": [[1]]}', "utf-8")


def _no_manifest(house: Path) -> None:
    (house / "out" / "manifest.json").unlink()


def _unfinished(house: Path) -> None:
    (note,) = (house / "out").glob(".checklists-done_*")
    digits = note.stem.rpartition("_")[2]
    (house / "out" / f".checklists-unfinished_{digits}.json").write_text(f'{{"on": "{DAY}"}}', "utf-8")


CHANGES = (_edit, _edit_in_place, _remove, _link, _longer_roster, _broken_note, _no_manifest, _unfinished)


@pytest.mark.parametrize("change", CHANGES)
def test_with_anything_changed_it_is_run(house: Path, change: Callable[[Path], None]) -> None:
    run(house)
    change(house)
    _, steps = run(house)
    assert steps >= 3


def test_with_another_answer_for_what_the_roster_leaves_open_it_is_run(house: Path) -> None:
    run(house)
    _, steps = run(house, given=Given(place="交城县"))
    assert steps >= 3


def test_a_file_that_only_was_touched_is_known_by_its_content(house: Path) -> None:
    run(house)
    os.utime(documents(house)[0], (1, 1))
    again, steps = run(house)
    assert (again.unchanged, steps) == (9, 1)


def test_a_warning_about_the_roster_is_told_again(house: Path) -> None:
    write_xlsx(
        house / "roster.xlsx", [[*HEAD, "电话", "没有这一栏"], *([*row, "1380013000", "x"] for row in ROWS)]
    )
    first, _ = run(house)
    again, steps = run(house)
    assert first.problems and again.problems == first.problems
    assert again.problem_count == first.problem_count
    assert steps == 1


def test_after_something_to_tell_it_is_run_each_time(house: Path) -> None:
    run(house)
    _edit(house)
    kept, _ = run(house)
    again, steps = run(house)
    assert kept.kept == again.kept != []
    assert steps == 3
