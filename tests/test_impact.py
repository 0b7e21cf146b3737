"""Whose list changes between two days, by which items and why; a batch of only those."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from command import Told, command
from small_rules import small_rules

from checklists.models import Enterprise
from checklists.rules.library import open_library
from checklists.selection.impact import impact

LAST, NEXT = datetime.date(2026, 12, 30), datetime.date(2027, 1, 2)
ROSTER = """\
名称,企业类型,所在地,供气方式,使用燃气
甲饭店,饭店,阳城县,瓶装,
乙饭店,饭店,阳城县,管道,
丙木器厂,木器厂,盂县,,否
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small rules whose item of bottled gas ends with the year, and a roster."""
    folder = small_rules(tmp_path_factory.mktemp("house"))
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    return folder


def run(house: Path, *words: str | Path) -> Told:
    return command(*words, "--rules", house / "rules", "--seeds", house / "seeds")


def test_an_item_that_ends_is_told_with_its_reason(house: Path) -> None:
    library, _ = open_library(house / "rules", house / "seeds")
    bottled = Enterprise(types=("restaurant",), place="阳城县", facts={"gas-supply": "瓶装"})
    piped = bottled.model_copy(update={"facts": {"gas-supply": "管道"}})

    found = impact(library, bottled, LAST, NEXT)

    assert [(one.item.id, one.what) for one in found.moved] == [("gas-use-log", "不再问")]
    assert "2026-12-31" in found.moved[0].why
    assert (found.changes_list, found.asked_before - found.asked_after) == (True, 1)
    assert impact(library, piped, LAST, NEXT).moved == ()


def test_an_item_that_begins_is_told_with_its_words(house: Path) -> None:
    library, _ = open_library(house / "rules", house / "seeds")
    firm = Enterprise(types=("restaurant",), place="阳城县", facts={"gas-supply": "瓶装"})

    found = impact(library, firm, datetime.date(2026, 1, 1), datetime.date(2026, 2, 1))

    alarm = next(one for one in found.moved if one.item.id == "gas-use-alarm")
    assert (alarm.what, "晋26 一、2「餐饮单位必须安装燃气报警装置」" in alarm.why) == ("新增", True)


def test_the_roster_names_those_whose_list_changes(house: Path) -> None:
    days = ("--from", LAST.isoformat(), "--to", NEXT.isoformat())
    told = run(house, "impact", house / "roster.csv", *days)
    as_json = run(house, "impact", house / "roster.csv", *days, "--json").json

    assert (told.code, "甲饭店" in told.out, "乙饭店" in told.out) == (0, True, False)
    assert "3 家：检查项有变化的 1 家" in told.out
    assert [one["name"] for one in as_json if one["list_changes"]] == ["甲饭店"]


def test_lists_of_types_are_compared(house: Path) -> None:
    where = ("--type", "饭店", "--place", "阳城县")
    told = run(house, "rules", "diff", LAST.isoformat(), NEXT.isoformat(), *where)

    assert told.code == 0
    assert "餐饮用气单位：" in told.out
    assert "不再问\tgas-use-log" in told.out


def test_days_in_the_wrong_order_are_told(house: Path) -> None:
    days = ("--from", NEXT.isoformat(), "--to", LAST.isoformat())

    assert "days-order" in run(house, "impact", house / "roster.csv", *days).err
    assert "days-order" in run(house, "rules", "diff", NEXT.isoformat(), NEXT.isoformat()).err


def test_a_batch_makes_only_those_that_changed_and_leaves_the_others(house: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = run(house, "batch", house / "roster.csv", "--out", out, "--on", LAST.isoformat(), "--json")
    assert before.code == 0, before.err
    assert before.json["made"] == 3

    after = run(
        house,
        "batch",
        house / "roster.csv",
        "--out",
        out,
        "--on",
        NEXT.isoformat(),
        "--changed-since",
        LAST.isoformat(),
        "--json",
    )

    assert after.code == 0, after.err
    assert (after.json["made"], after.json["folders"]) == (1, [])
    assert {path.parent.name[:3] for path in out.rglob(f"*{NEXT.isoformat()}*.docx")} == {"甲饭店"}
