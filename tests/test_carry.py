"""Next month's workbook from a filled one: no open hazard is lost, no answer stays, what changed is told."""

from __future__ import annotations

import datetime
import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from checklists.documents.carry import Asked, NextMonth, carry
from checklists.documents.excel.sheets import SHEETS, sheets_named
from checklists.problems import Refused
from tests.tampering import BOOK, LIST, ROOT, installed, made
from tests.test_months_by_hand import GUIDE, LEDGER, MONTH, Sheet

OLD = ROOT / "tests" / "formats" / "1" / "filled" / "企业自查工作簿.xlsx"
FOUND, DONE = datetime.datetime(2026, 11, 3), datetime.datetime(2026, 11, 20)


def filled() -> bytes:
    """Eight answers, a reason, an own row; three hazards, of which one is closed and one has no key."""
    book = load_workbook(io.BytesIO(made(BOOK)))
    month, ledger = Sheet(book, MONTH), Sheet(book, LEDGER)
    rows = [row for row in month.rows() if row["检查项编号"]]
    own = next(row for row in rows if str(row["检查项编号"]).startswith("own-"))

    def write(sheet: Sheet, row: int, **told: Any) -> None:
        for head, value in told.items():
            sheet.sheet[f"{sheet.letters[head]}{row}"].value = value

    for row in rows[:7]:
        write(month, row[""], 结果="符合", 检查人="张三")
    write(month, rows[7][""], 结果="不涉及", 不符合情况="没有这种设备")
    write(month, own[""], 检查内容="皮带防护罩齐全", 怎样算符合="逐台看", 结果="符合")
    write(
        ledger, 5, 来源项=rows[1]["台账选项"], 发现日期=FOUND, 隐患描述="锁闭1处", 级别="一般", 状态="整改中"
    )
    write(ledger, 6, 发现日期=FOUND, 隐患描述="已经好了", 整改完成=DONE, 验收日期=DONE, 状态="已验收销号")
    write(ledger, 7, 编号=None, 发现日期=FOUND, 隐患描述="自己插的一行")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def carried(folder: Path, content: bytes) -> NextMonth:
    path = folder / "簿.xlsx"
    path.write_bytes(content)
    return carry(path, installed().library, installed().templates, {}, Asked())


@cache
def carried_once(folder: Path) -> tuple[NextMonth, Any]:
    told = carried(folder, filled())
    return told, load_workbook(io.BytesIO(told.content))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("carry")


def test_open_hazards_go_on_with_their_keys_and_the_closed_stays_behind(folder: Path) -> None:
    told, book = carried_once(folder)
    rows = [row for row in Sheet(book, LEDGER).rows() if row["隐患描述"]]

    assert (told.hazards, told.closed) == (2, 1)
    assert [row["隐患描述"] for row in rows] == ["锁闭1处", "自己插的一行"]
    assert rows[0]["编号"] == "261122-1" and rows[0]["发现日期"] == FOUND
    keys = [row["编号"] for row in Sheet(book, LEDGER).rows() if row["编号"]]
    assert len(keys) == len(set(keys))


def test_the_item_of_a_hazard_is_known_by_its_id(folder: Path) -> None:
    _, book = carried_once(folder)
    source = next(row["来源项"] for row in Sheet(book, LEDGER).rows() if row["隐患描述"] == "锁闭1处")

    choices = {row["台账选项"] for row in Sheet(book, MONTH).rows()}

    assert source in choices


def test_answers_are_cleared_and_reasons_and_own_rows_stay(folder: Path) -> None:
    told, book = carried_once(folder)
    rows = [row for row in Sheet(book, MONTH).rows() if row["检查项编号"]]

    assert not any(row["结果"] or row["检查人"] for row in rows)
    assert [row["不符合情况"] for row in rows if row["不符合情况"]] == ["没有这种设备"]
    assert [
        row["检查内容"] for row in rows if str(row["检查项编号"]).startswith("own-") and row["检查内容"]
    ] == ["皮带防护罩齐全"]
    assert [row["上期"] for row in rows[:8]] == ["上期：符合"] * 7 + ["上期：不涉及"]
    assert book[GUIDE]["B8"].value == datetime.datetime(2026, 12, 1)
    assert told.name.endswith(".xlsx") and "2026-12-01" in told.name


def test_what_was_not_put_down_in_the_ledger_is_told_and_stays_in_sight(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(filled()))
    month = Sheet(book, MONTH)
    rows = [row for row in month.rows() if row["检查项编号"]]
    for row, fact in ((rows[1], "锁闭1处"), (rows[8], "护栏缺一段")):  # the first of them is in the ledger
        month.sheet[f"{month.letters['结果']}{row['']}"].value = "不符合"
        month.sheet[f"{month.letters['不符合情况']}{row['']}"].value = fact
    written = io.BytesIO()
    book.save(written)

    told = carried(tmp_path, written.getvalue())

    (loose,) = [one for one in told.problems if one.code == "carry-unregistered"]
    assert loose.message.startswith("1 项") and f"第 {rows[8]['序号']} 项" in loose.remedy
    now = [row for row in Sheet(load_workbook(io.BytesIO(told.content)), MONTH).rows() if row["检查项编号"]]
    assert now[8]["上期"] == "上期：不符合（护栏缺一段）"


LONG = "皮带机机尾滚筒处没有护栏，积煤约半立方米，托辊缺三个，" * 4


@pytest.fixture(scope="module")
def of_before(tmp_path_factory: pytest.TempPathFactory) -> tuple[NextMonth, list[dict[str, Any]], Any]:
    """A book of an edition before: another wording in row 1, an item since merged into that of row 3; one hazard of it."""
    retired = yaml.safe_load((ROOT / "rules" / "retired.yaml").read_text("utf-8"))
    book = load_workbook(io.BytesIO(made(BOOK)))
    month, ledger = Sheet(book, MONTH), Sheet(book, LEDGER)
    rows = [row for row in month.rows() if row["检查项编号"]]
    at = next(
        at
        for at, row in enumerate(rows[3:], start=3)
        if any(told.get("into") == [row["检查项编号"]] for told in retired.values())
    )
    gone = next(name for name, told in retired.items() if told.get("into") == [rows[at]["检查项编号"]])
    letters = month.letters
    month.sheet[f"{letters['检查内容']}{rows[0]['']}"].value = "从前的说法"
    month.sheet[f"{letters['检查项编号']}{rows[at]['']}"].value = gone
    month.sheet[f"{letters['检查内容']}{rows[at]['']}"].value = "从前单问的一项"
    ledger.sheet[f"{ledger.letters['来源项']}5"].value = f"{rows[at]['序号']}　从前　{gone}"
    ledger.sheet[f"{ledger.letters['发现日期']}5"].value = FOUND
    ledger.sheet[f"{ledger.letters['隐患描述']}5"].value = LONG
    written = io.BytesIO()
    book.save(written)
    told = carried(tmp_path_factory.mktemp("before"), written.getvalue())
    return told, [rows[0], rows[at]], load_workbook(io.BytesIO(told.content))


def test_what_the_edition_changed_is_marked_with_old_and_new_wording(of_before: tuple[Any, Any, Any]) -> None:
    _, (changed, _), book = of_before

    now = {row["检查项编号"]: row["上期"] for row in Sheet(book, MONTH).rows()}

    content = str(changed["检查内容"]).split("\n")[0].lstrip("★▲")
    assert now[changed["检查项编号"]] == f"检查内容改了，原：从前的说法；现：{content}"


def test_an_item_that_is_retired_finds_its_successor_in_list_and_ledger(
    of_before: tuple[Any, Any, Any],
) -> None:
    told, (_, heir), book = of_before
    month = [row for row in Sheet(book, MONTH).rows() if row["检查项编号"] == heir["检查项编号"]]
    hazard = next(row for row in Sheet(book, LEDGER).rows() if row["隐患描述"] == LONG)

    assert "从前单问的一项" in str(month[0]["上期"])
    assert hazard["来源项"] == month[0]["台账选项"]
    assert any("从前单问的一项" in one.message for one in told.problems)


def test_the_row_of_a_hazard_that_goes_on_is_as_high_as_its_text(of_before: tuple[Any, Any, Any]) -> None:
    ledger = of_before[2][LEDGER]
    sheet = Sheet(of_before[2], LEDGER)
    rows = {row["隐患描述"]: row[""] for row in sheet.rows()}
    letters_a_line = int(ledger.column_dimensions[sheet.letters["隐患描述"]].width / 2)

    lines = -(-len(LONG) // letters_a_line)
    assert ledger.row_dimensions[rows[LONG]].height >= lines * 11
    assert ledger.row_dimensions[rows[LONG] + 1].height < lines * 11


def test_the_months_that_were_keep_their_figures(folder: Path) -> None:
    _, book = carried_once(folder)
    november = [cell.value for cell in book["统计"]["H15:M15"][0]]

    assert november[:4] == [11, november[1], 9, 0] and november[4:] == [0, 3]
    assert isinstance(november[1], int)


def test_the_book_that_was_is_not_touched(folder: Path) -> None:
    path = folder / "原.xlsx"
    path.write_bytes(filled())
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    carry(path, installed().library, installed().templates, {}, Asked())

    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_more_hazards_than_rows_are_written_below_and_told(folder: Path) -> None:
    book = load_workbook(io.BytesIO(made(BOOK)))
    ledger = Sheet(book, LEDGER)
    count = sum(bool(row["编号"]) for row in ledger.rows())
    for row in range(5, 5 + count + 4):
        book[LEDGER][f"{ledger.letters['隐患描述']}{row}"].value = f"隐患{row}"
    written = io.BytesIO()
    book.save(written)

    told = carried(folder, written.getvalue())

    rows = list(Sheet(load_workbook(io.BytesIO(told.content)), LEDGER).rows())
    found = [row for row in rows if row["隐患描述"]]
    assert [row["隐患描述"] for row in found] == [f"隐患{row}" for row in range(5, 5 + count + 4)]
    assert len({row["编号"] for row in found}) == count + 4
    assert [one.code for one in told.problems].count("carry-ledger-full") == 1


def test_a_book_of_the_first_format_is_carried_and_what_it_lacks_is_told() -> None:
    told = carry(OLD, installed().library, installed().templates, {}, Asked())

    codes = {one.code for one in told.problems}
    assert {"carry-facts-missing", "carry-months-left", "carry-retired"} <= codes
    old = list(load_workbook(OLD)[LEDGER].iter_rows(min_row=5, max_col=22, values_only=True))
    written = [row for row in old if any(value is not None for value in (row[1], row[2], *row[6:]))]
    assert told.hazards + told.closed == len(written) > 0


def test_a_list_is_no_workbook_and_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(made(LIST))

    with pytest.raises(Refused) as refused:
        carry(path, installed().library, installed().templates, {}, Asked())

    assert [one.code for one in refused.value.problems] == ["carry-not-workbook"]


# ---------------------------------------------------------------- which sheets


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("精简", ["说明", "厂矿月查", "重大隐患判定", "隐患台账", "统计"]),
        ("月查", ["说明", "厂矿月查", "重大隐患判定", "隐患台账"]),
        (
            "日查，依据、备查资料",
            ["说明", "班组日查", "厂矿月查", "重大隐患判定", "隐患台账", "备查资料", "依据"],
        ),
        ("全部", list(SHEETS)),
    ],
)
def test_sheets_are_wanted_by_their_names(text: str, wanted: list[str]) -> None:
    assert list(sheets_named(text)) == wanted


def test_a_sheet_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        sheets_named("隐患台帐")

    assert "隐患台账" in str(refused.value.problems[0])
