"""Next month's workbook from a filled one: no open hazard is lost, no answer stays, what changed is told."""

from __future__ import annotations

import datetime
import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
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
