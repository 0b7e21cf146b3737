"""Workbooks filled in as people do: cells are found by the printed wording, never by the reader under test."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.build import Checklist
from checklists.checklist.printed import printed
from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
from checklists.documents.fields import field_values
from checklists.documents.make import make, printing_of
from checklists.documents.plate import Plate, stamp
from checklists.returns.collect import Collected, collect
from checklists.returns.remembered import Memory
from checklists.rules.library import Library, open_library
from tests.sample import ROOT, sample_checklist

KIND, ROWS = "大型商业综合体", 12
"""Items of the sample's list."""
GUIDE, MONTH, DAY, WEEK, LEDGER, JUDGING = (
    "说明",
    "厂矿月查",
    "班组日查",
    "车间周查",
    "隐患台账",
    "重大隐患判定",
)
PERIOD = datetime.datetime(2026, 11, 1)


@cache
def blank(name: str = "某某饭店", code: str = "", on: str = "2026-11-22") -> bytes:
    """A workbook as it is sent out: of a batch, which makes it once for all that share a list."""
    return stamp(_plate(on), field_values(_checklist(name, code, on)))


def _checklist(name: str, code: str, on: str) -> Checklist:
    return sample_checklist(ROWS, name=name, code=code, on=datetime.date.fromisoformat(on), types=(KIND,))


@cache
def _plate(on: str) -> Plate:
    document = DOCUMENTS[WORKBOOK]
    return make(printing_of(document, printed(_checklist("甲", "", on)), ROOT / "templates" / document.file))


PREPARED = 30
"""Rows that :func:`form` keeps of the hundreds prepared in the ledger: nobody here fills in more."""


@cache
def form(name: str = "某某饭店", code: str = "", on: str = "2026-11-22") -> bytes:
    """The same with a short ledger, which opens and closes in half the time."""
    book = opened(blank(name, code, on))
    sheet = book[LEDGER]
    first = cell_saying(sheet, "编号").row + 1 + PREPARED
    sheet.delete_rows(first, sheet.max_row - first + 1)
    return saved(book)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell_saying(sheet: Worksheet, words: str) -> Any:
    """The first cell whose text begins so."""
    return next(
        cell
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "").replace("\n", "").startswith(words)
    )


def column_of(sheet: Worksheet, head: str) -> int:
    """Column of a printed head."""
    return int(cell_saying(sheet, head).column)


def rows_by_content(sheet: Worksheet) -> dict[str, int]:
    """Number of the row of each item of the sample, by its printed wording without marks."""
    column = column_of(sheet, "检查内容")
    found = {}
    for number in range(cell_saying(sheet, "序号").row + 1, sheet.max_row + 1):
        text = str(sheet.cell(number, column).value or "").split("\n")[0].lstrip("★▲")
        if text:
            found[text] = number
    return found


@cache
def ids() -> Mapping[str, str]:
    """Id of each item of the sample by its wording, from the sample itself."""
    checklist = sample_checklist(ROWS, types=(KIND,))
    return {row.item.content: row.item.id for row in checklist.rows}


def fill_period(book: Workbook, day: datetime.datetime = PERIOD) -> None:
    label = cell_saying(book[GUIDE], "检查期间")
    book[GUIDE].cell(label.row, label.column + 1).value = day


def answer(book: Workbook, content: str, result: Any, fact: str = "") -> None:
    """Write a result, and what was seen, beside an item of the month."""
    sheet = book[MONTH]
    number = rows_by_content(sheet)[content]
    sheet.cell(number, column_of(sheet, "结果")).value = result
    if fact:
        sheet.cell(number, column_of(sheet, "不符合情况")).value = fact


def hazard(book: Workbook, at: int, **told: Any) -> str:
    """Write a prepared row of the ledger, counted from 0; its printed key. Heads end before their brackets."""
    sheet = book[LEDGER]
    head = cell_saying(sheet, "编号")
    for name, value in told.items():
        sheet.cell(head.row + 1 + at, column_of(sheet, name)).value = value
    return str(sheet.cell(head.row + 1 + at, head.column).value)


def source_choice(book: Workbook, content: str) -> str:
    """What the drop-down of 来源项 offers for an item."""
    sheet = book[MONTH]
    return str(sheet.cell(rows_by_content(sheet)[content], column_of(sheet, "台账选项")).value)


# ---------------------------------------------------------------- collected


@cache
def library() -> Library:
    return open_library(ROOT / "rules", ROOT / "seeds")[0]


def collected_in(*paths: Path, on: str = "2026-12-01") -> Collected:
    """What the command gathers, without the time it takes to start."""
    return collect(paths, library(), datetime.date.fromisoformat(on), Memory())


# ---------------------------------------------------------------- twists

Twist = Callable[[Workbook, random.Random], None]


def _table(sheet: Worksheet) -> tuple[int, list[list[Any]]]:
    """Number of the first row under the heads, and the values of all rows from there."""
    first = cell_saying(sheet, "编号" if sheet.title.startswith(LEDGER) else "序号").row + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    return first, rows


def _put_back(sheet: Worksheet, first: int, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if type(cell).__name__ != "MergedCell":
                cell.value = value


def sorted_rows(book: Workbook, chance: random.Random) -> None:
    """Rows of the month and of the ledger in another order."""
    for name in (MONTH, LEDGER):
        first, rows = _table(book[name])
        chance.shuffle(rows)
        _put_back(book[name], first, rows)


def rows_put_in(book: Workbook, chance: random.Random) -> None:
    """Empty rows between, and one above the heads."""
    for name in (MONTH, LEDGER):
        sheet = book[name]
        first = _table(sheet)[0]
        for _ in range(3):
            sheet.insert_rows(chance.randint(first, first + 8))
        sheet.insert_rows(first - 1)


def columns_moved(book: Workbook, chance: random.Random) -> None:
    """Columns of the table in another order, their heads with them."""
    for name in (MONTH, LEDGER):
        sheet = book[name]
        first = _table(sheet)[0]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first - 1)]
        order = list(range(len(rows[0])))
        chance.shuffle(order)
        _put_back(sheet, first - 1, [[row[at] for at in order] for row in rows])


def sheets_renamed(book: Workbook, chance: random.Random) -> None:
    for name in (MONTH, LEDGER, GUIDE):
        book[name].title = f"{name}（{chance.randint(1, 9)}月）"


def sheets_deleted(book: Workbook, chance: random.Random) -> None:
    for name in ("统计", "依据", "备查资料"):
        if name in book.sheetnames:
            del book[name]


def sheets_shuffled(book: Workbook, chance: random.Random) -> None:
    chance.shuffle(book._sheets)


def properties_lost(book: Workbook, chance: random.Random) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def a_sheet_of_their_own(book: Workbook, chance: random.Random) -> None:
    sheet = book.create_sheet("领导批示", 0)
    sheet.append(["序号", "结果", "不符合"])
    sheet.append([1, "不符合", "请抓紧"])


def filtered(book: Workbook, chance: random.Random) -> None:
    for number in range(6, 12):
        book[MONTH].row_dimensions[number].hidden = True


TWISTS: dict[str, Twist] = {
    twist.__name__: twist
    for twist in (
        sorted_rows,
        rows_put_in,
        columns_moved,
        sheets_renamed,
        sheets_deleted,
        sheets_shuffled,
        properties_lost,
        a_sheet_of_their_own,
        filtered,
    )
}


def contents() -> Iterator[str]:
    """Wordings of the sample's items that are asked every month, in the order of the list."""
    yield from ids()
