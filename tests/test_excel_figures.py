"""The workbook's formulas, recalculated by LibreOffice and counted again by hand."""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sample import sample_checklist
from tests.test_excel import DAY, FIRST, LEDGER, MONTH, WEEK, stamped

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is not installed: nothing to recalculate with",
)

RESULTS = ("符合", "不符合", "不涉及", None)
NOVEMBER = datetime.date(2026, 11, 1)
LONG_AGO, FAR_AHEAD = datetime.date(2020, 1, 1), datetime.date(2090, 1, 1)
"""Deadlines that are over and not yet over on whatever day this runs."""


def recalculated(path: Path) -> Any:
    """The workbook with the values that LibreOffice reckons."""
    folder = path.parent / "recalculated"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{path.parent}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return load_workbook(folder / path.name, data_only=True)


def by_head(sheet: Worksheet) -> list[dict[str, Any]]:
    heads = [str(cell.value).partition("（")[0] for cell in sheet[FIRST - 1]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=FIRST, values_only=True)]


def put(sheet: Worksheet, row: int, head: str, value: Any) -> None:
    column = next(cell.column for cell in sheet[FIRST - 1] if str(cell.value).startswith(head))
    sheet.cell(row, column).value = value


def answer_everything(book: Any, chance: random.Random) -> None:
    """Two hundred answers on the monthly sheet, sixty hazards, some weeks and days, as people leave them."""
    book["说明"]["B8"] = datetime.date(2026, 11, 15)
    month = book[MONTH]
    for row in range(FIRST, month.max_row + 1):
        own = str(month.cell(row, 1).value).startswith("自")
        if own and chance.random() < 0.5:
            continue
        if own:
            put(month, row, "检查内容", chance.choice(["★自己的要求", "自己的要求"]))
        put(month, row, "结果", chance.choice(RESULTS))
        put(month, row, "不符合情况", chance.choice(["东门锁闭1处", None]))
        put(month, row, "检查日期", chance.choice([None, datetime.date(2026, 11, chance.randint(1, 28))]))
    for row in range(FIRST, FIRST + 60):
        register(book[LEDGER], row, chance, by_head(month))
    for row in range(FIRST, FIRST + 20):
        put(book[WEEK], row, f"第{chance.randint(1, 5)}周", chance.choice(RESULTS))
        for day in range(1, 32) if book[DAY].cell(row, 1).value else ():  # else a row of signatures
            put(book[DAY], row, str(day), chance.choice(["√", "×", "／", None]))


def register(ledger: Worksheet, row: int, chance: random.Random, items: list[dict[str, Any]]) -> None:
    """A hazard; the item is chosen from the list, or its number typed, or there is none."""
    item = chance.choice(items)
    put(ledger, row, "来源项", chance.choice([item["台账选项"] or item["序号"], str(item["序号"]), None]))
    put(ledger, row, "来源", chance.choice(["企业自查", "部门检查"]))
    put(ledger, row, "隐患描述", f"隐患{row}")
    put(ledger, row, "级别", chance.choice(["一般", "重大"]))
    put(ledger, row, "时限", chance.choice([LONG_AGO, FAR_AHEAD, None]))
    for head in ("报部门", "报职代会", "公示", "整改完成"):
        put(ledger, row, head, chance.choice([NOVEMBER, None]))
    state = chance.choice(["整改中", "已整改", "已验收销号", None])
    put(ledger, row, "状态", state)
    if state == "已验收销号":
        put(ledger, row, "验收日期", datetime.date(2026, chance.choice([10, 11]), chance.randint(1, 28)))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The workbook as filled in, and the same recalculated."""
    path = tmp_path_factory.mktemp("figures") / "自查.xlsx"
    path.write_bytes(stamped(sample_checklist(180, facts={"small-unit": False})))
    book = load_workbook(path)
    answer_everything(book, random.Random(20261122))
    book.save(path)
    return book, recalculated(path)


def figures(book: Any) -> dict[str, Any]:
    """Label -> figure of the sheet 统计."""
    return {row[0]: row[1] for row in book["统计"].iter_rows(min_row=5, max_row=54, values_only=True)}


def test_the_state_and_the_shares_of_hazards_are_those_of_a_count_by_hand(books: tuple[Any, Any]) -> None:
    filled, done = books
    rows = [row for row in by_head(filled[LEDGER]) if row["隐患描述"]]
    own = sum(row["来源"] == "企业自查" for row in rows)
    major = [row for row in rows if row["级别"] == "重大"]
    own_major = sum(row["来源"] == "企业自查" for row in major)
    shown = {
        row[0]: row[1:3] for row in done["统计"].iter_rows(min_row=5, max_row=54, max_col=3, values_only=True)
    }

    assert shown["企业自查发现（占比＝企业自查发现占比）"] == (own, pytest.approx(own / len(rows)))
    assert shown["重大中企业自查发现（占比＝占重大）"] == (own_major, pytest.approx(own_major / len(major)))


def as_day(value: Any) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


def ledger_number(ledger: list[dict[str, Any]], item: dict[str, Any], day: datetime.date) -> Any:
    """Number of the last row that names the item and was not closed before the day."""
    names = {str(item["序号"]), item.get("台账选项") or str(item["序号"]), item.get("选项")}
    naming = [
        row["编号"]
        for row in ledger
        if row["来源项"] is not None
        and str(row["来源项"]) in names
        and (row["验收日期"] is None or as_day(row["验收日期"]) >= day)
    ]
    return naming[-1] if naming else "未登记"


def test_a_row_that_fails_shows_its_ledger_number_or_that_it_has_none(books: tuple[Any, Any]) -> None:
    filled, done = books
    ledger, months = by_head(filled[LEDGER]), by_head(filled[MONTH])
    choices = {row["序号"]: row["台账选项"] for row in months}

    expected = [
        ledger_number(ledger, row, row["检查日期"] or NOVEMBER) if row["结果"] == "不符合" else None
        for row in months
    ]
    weekly = [
        ledger_number(ledger, {**row, "选项": choices[row["序号"]]}, NOVEMBER)
        if "不符合" in row.values()
        else None
        for row in by_head(filled[WEEK])
        if row["序号"] in choices
    ]

    assert [row["台账号"] or None for row in by_head(done[MONTH])] == expected
    assert [row["台账号"] or None for row in by_head(done[WEEK])][: len(weekly)] == weekly
    assert len({*expected}) > 4 and expected.count("未登记") > 5
    assert figures(done)["其中：不符合而未登记台账"] == expected.count("未登记")


def test_figures_by_place_add_up(books: tuple[Any, Any]) -> None:
    filled, done = books
    rows = [row for row in by_head(filled[MONTH]) if row["检查内容"]]
    table = list(done["统计"].iter_rows(min_row=56, max_col=6, values_only=True))

    assert [row[0] for row in table] == list(dict.fromkeys(row["部位"] for row in rows))
    for place, asked, *told in table:
        here = [row for row in rows if row["部位"] == place]
        due = [row for row in here if row["频次"] not in ("季查", "年查")]
        results = Counter(row["结果"] for row in here)
        assert told == [*(results[result] for result in RESULTS[:3]), sum(row["结果"] is None for row in due)]
        assert asked == len(due)


def test_crosses_of_the_month_are_counted(books: tuple[Any, Any]) -> None:
    filled, done = books

    crosses = [list(row.values()).count("×") for row in by_head(filled[DAY])]
    shown = [row["本月×数"] or 0 for row in by_head(done[DAY])]

    assert shown == crosses and sum(crosses) > 50
    assert figures(done)["班组日查 ×"] == sum(crosses)


def test_a_name_like_a_formula_is_not_reckoned(tmp_path: Path) -> None:
    path = tmp_path / "名.xlsx"
    path.write_bytes(
        stamped(sample_checklist(8, name="=1+1", person="@SUM(A1)", phone="+86 356", address="-1"))
    )

    sheet = recalculated(path)["说明"]

    printed = {str(value) for row in sheet.iter_rows(values_only=True) for value in row}
    assert {"=1+1", "@SUM(A1)", "+86 356", "-1"} <= printed


def test_no_formula_of_an_empty_workbook_fails(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(stamped(sample_checklist(12, types=("主体企业（集团公司）",), every=("month",))))

    book = recalculated(path)

    errors = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("#")
    ]
    assert errors == []
    assert figures(book)["未检查"] == 12
