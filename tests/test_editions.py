"""Editions: the number follows from what changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checklists.editions import edition_problems, release
from checklists.models import Item
from tests.test_selection import item

DAY = datetime.date(2026, 11, 22)
ONE, TWO = item("one"), item("two")


def reissued(changed: Item, **told: object) -> Item:
    return Item.model_validate({**changed.model_dump(by_alias=True), **told})


def version_after(folder: Path, *items: Item) -> str:
    release(folder, [ONE, TWO], DAY)
    return release(folder, items, DAY)[0]


def test_the_first_edition_is_one(tmp_path: Path) -> None:
    assert release(tmp_path, [ONE], DAY)[0] == "1.0.0"


@pytest.mark.parametrize(
    ("items", "version"),
    [
        ((ONE, TWO), "1.0.0"),
        ((ONE, reissued(TWO, content="另一种说法")), "1.0.1"),
        ((ONE, reissued(TWO, weight="key")), "1.1.0"),
        ((ONE, reissued(TWO, weight="key", content="另一种说法")), "1.1.0"),
        ((ONE,), "2.0.0"),
        ((ONE, TWO, item("three")), "2.0.0"),
    ],
)
def test_each_kind_of_change_moves_its_own_part(
    tmp_path: Path, items: tuple[Item, ...], version: str
) -> None:
    assert version_after(tmp_path, *items) == version


def test_a_change_without_a_new_edition_is_a_problem_until_it_is_released(tmp_path: Path) -> None:
    release(tmp_path, [ONE], DAY)

    found = edition_problems(tmp_path, [ONE, TWO], "1.0.0")

    assert [one.code for one in found] == ["edition-stale"]
    assert "2.0.0" in found[0].message
    release(tmp_path, [ONE, TWO], DAY)
    assert edition_problems(tmp_path, [ONE, TWO], "2.0.0") == []


def test_a_vanished_id_must_be_retired_and_a_retired_one_never_returns(tmp_path: Path) -> None:
    release(tmp_path, [ONE, TWO], DAY)

    assert "item-vanished" in [one.code for one in edition_problems(tmp_path, [ONE], "2.0.0")]
    (tmp_path / "retired.yaml").write_text(f"{TWO.id}: 已并入 {ONE.id}\n", "utf-8")
    assert edition_problems(tmp_path, [ONE], "2.0.0") == []
    assert "item-returned" in [one.code for one in edition_problems(tmp_path, [ONE, TWO], "1.0.0")]


def test_the_log_names_items_by_id_newest_edition_first(tmp_path: Path) -> None:
    release(tmp_path, [ONE], DAY)
    release(tmp_path, [ONE, TWO], DAY)

    log = (tmp_path / "CHANGELOG.md").read_text("utf-8")

    assert log.index("## 2.0.0（2026-11-22）") < log.index("## 1.0.0（2026-11-22）")
    assert log.count(f"- `{TWO.id}` two") == 1


def test_releasing_twice_changes_nothing(tmp_path: Path) -> None:
    release(tmp_path, [ONE], DAY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    release(tmp_path, [ONE], DAY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
