"""A clerk's two months: a county's roster, papers given out, books filled in, next month's roster; nothing lost, all said."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.command import Told, command
from tests.small_rules import small_rules

HEAD = ["单位名称", "统一社会信用代码", "企业类型", "所在地", "乡镇", "地址", "联系人", "供气方式"]
FIRST, NEXT = "2026-11-22", "2026-12-22"
TOWNS = ("凤城镇", "北留镇", "润城镇")
NEWEST = {"manifest.csv", "manifest.json", "问题清单.csv"}
"""Always those of the last run."""
Row = list[str]


def first_roster() -> list[Row]:
    return [
        [f"某店{number}", f"9114{number:014}", ("饭店", "木器厂")[number % 2], "阳城县", TOWNS[number % 3],
         f"北街{number}号", f"王{number}", "管道"]
        for number in range(24)
    ]  # fmt: skip


GONE, RENAMED = ("某店3", "某店9", "某店15"), "某店20"
CHANGED = ("某店0", "某店1", "某店2", "某店4", "某店6")


def next_roster() -> list[Row]:
    """Five are other than before, in gas, type, address, township, contact; three are gone, one has a new name, one is new."""
    rows = {row[0]: row for row in first_roster() if row[0] not in GONE}
    rows["某店0"][7] = "瓶装"
    rows["某店1"][2] = "饭店"
    rows["某店2"][5] = "南街1号"
    rows["某店4"][4] = "润城镇" if rows["某店4"][4] != "润城镇" else "凤城镇"
    rows["某店6"][6] = "李某"
    rows[RENAMED][0] = "新名头"
    return [*rows.values(), ["新开店", f"9114{99:014}", "饭店", "阳城县", "凤城镇", "东街", "赵某", ""]]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def fill(path: Path) -> None:
    """Write into a document as an enterprise does."""
    if path.suffix == ".docx":
        paper = Document(str(path))
        paper.add_paragraph("已查，某某")
        paper.save(str(path))
        return
    book = openpyxl.load_workbook(path)
    cells = (cell for row in book.worksheets[1].iter_rows() for cell in row)
    next(cell for cell in cells if cell.protection.locked is False).value = "√"
    book.save(path)


class Clerk:
    """A folder, and the command the clerk runs."""

    def __init__(self, house: Path, folder: Path) -> None:
        self.house, self.out, self.roster = house, folder / "发放", folder / "名录.csv"

    def month(self, rows: list[Row], on: str) -> Told:
        with self.roster.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows([HEAD, *rows])
        where = ("--rules", self.house / "rules", "--seeds", self.house / "seeds")
        asked = ("--out", self.out, "--on", on, "--papers", "整改通知、自查表发放回收登记")
        return command("batch", self.roster, *asked, *where, "--json")

    def lines(self) -> list[dict[str, Any]]:
        return list(json.loads((self.out / "manifest.json").read_text("utf-8"))["enterprises"])

    def folder_of(self, name: str) -> str:
        return next(one["folder"] for one in self.lines() if one["name"] == name)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    house = small_rules(tmp_path / "house")
    assert command("rules", "release", "--rules", house / "rules", "--seeds", house / "seeds").code == 0
    return Clerk(house, tmp_path)


def test_two_months_of_a_clerk(clerk: Clerk) -> None:
    first = clerk.month(first_roster(), FIRST)
    given_out = tree(clerk.out)
    folders = {name: clerk.folder_of(name) for name in (*GONE, *CHANGED, RENAMED)}
    assert (first.code, first.json["made"], first.json["written"]) == (0, 24, 96)
    assert (first.json["since"], len(first.json["registers"])) == (None, 3)

    for number in (
        1,
        3,
        20,
        22,
    ):  # one that will be other, one that will be gone, one that will be renamed, one that stays
        for path in (clerk.out / clerk.folder_of(f"某店{number}")).iterdir():
            fill(path)
    filled = tree(clerk.out)
    assert len([name for name in filled if filled[name] != given_out[name]]) == 16

    _next_month(clerk, filled, folders)
    _the_day_again(clerk, filled)


def _next_month(clerk: Clerk, filled: dict[str, bytes], folders: dict[str, str]) -> None:
    """Nothing of the first month is other; who is gone, renamed, other or new is told."""
    told = clerk.month(next_roster(), NEXT)
    after, said, lines = tree(clerk.out), told.json, clerk.lines()

    assert {name: after.get(name) for name in filled if name not in NEWEST} == {
        name: content for name, content in filled.items() if name not in NEWEST
    }
    assert (told.code, said["made"], said["written"], said["kept"], said["new"]) == (0, 22, 88, [], 1)
    assert said["since"].startswith(f"manifest_{FIRST}_名录_")
    assert said["changed"] == [folders[name] for name in CHANGED]
    moved = {one["old"]: one["new"] for one in said["folders"]}
    assert moved == {**{folders[name]: "" for name in GONE}, folders[RENAMED]: clerk.folder_of("新名头")}
    assert {one["name"] for one in lines if one["result"] == "不在名录"} == set(GONE)
    (renamed,) = [one for one in lines if one["name"] == "新名头"]
    assert "batch-firm-moved" in {found["code"] for found in renamed["problems"]}
    registers = [Document(name).tables for name in said["registers"]]
    registered = [
        row.cells[1].text.split("\n")[0] for tables in registers for table in tables for row in table.rows[1:]
    ]
    assert sorted(filter(None, registered)) == sorted(row[0] for row in next_roster())


def _the_day_again(clerk: Clerk, filled: dict[str, bytes]) -> None:
    """Filled in and run once more on the same day: what is filled is kept and named, all else is as it was."""
    books = [
        next((clerk.out / clerk.folder_of(name)).glob(f"*工作簿_{NEXT}_*")) for name in ("某店1", "新开店")
    ]
    for book in books:
        fill(book)
    before = tree(clerk.out)

    told = clerk.month([row if row[0] != "某店1" else [*row[:7], "瓶装"] for row in next_roster()], NEXT)
    after = tree(clerk.out)

    assert told.code == 1 and {Path(name).name for name in told.json["kept"]} == {book.name for book in books}
    assert told.json["changed"] == [clerk.folder_of("某店1")] and told.json["new"] == 0
    other = {name for name in before if after.get(name) != before[name] and not name.startswith("manifest")}
    assert {Path(name).parent.as_posix() for name in other - NEWEST} <= {clerk.folder_of("某店1"), "打印"}
    assert not other & {book.relative_to(clerk.out).as_posix() for book in books}
    assert all(after[name] == content for name, content in filled.items() if name not in NEWEST)
