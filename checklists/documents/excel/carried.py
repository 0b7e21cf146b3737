"""What goes on from one month's workbook to the next, and writing it into a new one that has just been filled."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.answers import FACT, ID, KEY, Hazard, head_of, heads_of
from checklists.documents.excel.sheets import GUIDE, KEPT_PAPERS, LEDGER, MONTH
from checklists.documents.excel.write import fit_rows, put
from checklists.text import clean, squeeze

BEFORE = "上期"
"""Column of the monthly sheet that tells how it was; it is not printed."""
MONTHS_NAME, YEARLY_NAME = "全年各月", "年查月份"
_ANSWERED = frozenset({"结果", "检查日期", "检查人", "台账号", "序号", ID, "本月×数", "本月"})
SPARE = 10
"""Empty rows of the ledger that are seen behind those that go on."""


@dataclass(frozen=True)
class Carried:
    """By ids of the new list's items, and by heads of columns; nothing of it is locked."""

    year_month: int | None
    filler: str
    switches: Mapping[str, str]
    """有 or 无 by the words of the question."""
    reasons: Mapping[str, str]
    """Why an item was not asked."""
    before: Mapping[str, str]
    """How it was: last result, new, other words."""
    own: Mapping[str, Sequence[Mapping[str, Any]]]
    """Rows of the enterprise's own by sheet."""
    hazards: Sequence[Hazard]
    months: Mapping[int, Mapping[str, Any]]
    """Figures of the year's months by head."""
    papers: Mapping[str, Mapping[str, Any]]


def write_carried(book: Workbook, carried: Carried) -> None:
    """Write it into a workbook whose tables stand; what finds no cell of its head is left out."""
    _guide(book, carried)
    for name, rows in carried.own.items():
        if name in book.sheetnames:
            _own_rows(book[name], rows)
    _month(book[MONTH], carried)
    _ledger(book[LEDGER], carried.hazards)
    if KEPT_PAPERS in book.sheetnames:
        _papers(book[KEPT_PAPERS], carried.papers)
    _months(book, carried.months)
    for name in (*carried.own, MONTH, LEDGER, KEPT_PAPERS):
        if name in book.sheetnames:
            fit_rows(book[name], heads_of(book[name])[0] + 1)


def _set(cell: Any, value: Any) -> None:
    """Into an open cell that holds no formula; a text stays a text."""
    if isinstance(cell, Cell) and not cell.protection.locked and cell.data_type != "f":
        put(cell, clean(value) if isinstance(value, str) else value)


def _rows(sheet: Worksheet) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Number and cells by head of every row under the heads."""
    first, heads = heads_of(sheet)
    for number in range(first + 1, sheet.max_row + 1) if first else ():
        cells = {head: sheet.cell(number, column) for column, head in heads.items()}
        yield number, {head: cell for head, cell in cells.items() if isinstance(cell, Cell)}


def _guide(book: Workbook, carried: Carried) -> None:
    sheet = book[GUIDE]
    for _, cells in _rows(sheet):
        answer = carried.switches.get(squeeze(str(cells["情况"].value or "")))
        if answer and cells["问号"].value:
            _set(cells["有／无"], answer)
    if carried.year_month and YEARLY_NAME in book.defined_names:
        _set(_named_cell(book, YEARLY_NAME), carried.year_month)
    labels = [cell for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "填表人"]
    for label in labels[:1] if carried.filler else ():
        _set(sheet.cell(label.row, label.column + 1), carried.filler)


def _named_cell(book: Workbook, name: str) -> Any:
    owner, _, cells = str(book.defined_names[name].attr_text).replace("'", "").rpartition("!")
    return book[owner][cells.replace("$", "")]


def _own_rows(sheet: Worksheet, rows: Sequence[Mapping[str, Any]]) -> None:
    free = [cells for _, cells in _rows(sheet) if str(cells[ID].value or "").startswith("own-")]
    for cells, row in zip(free, rows, strict=False):
        for head in cells.keys() & row.keys() - _ANSWERED - {FACT}:
            _set(cells[head], row[head])


def _month(sheet: Worksheet, carried: Carried) -> None:
    for _, cells in _rows(sheet):
        name = str(cells[ID].value or "")
        if name in carried.reasons:
            _set(cells[FACT], carried.reasons[name])
        if name in carried.before and BEFORE in cells:
            _set(cells[BEFORE], carried.before[name])


def _ledger(sheet: Worksheet, hazards: Sequence[Hazard]) -> None:
    rows = [(number, cells) for number, cells in _rows(sheet) if cells[KEY].value]
    printed = [str(cells[KEY].value) for _, cells in rows]
    used = {hazard.key for hazard in hazards if hazard.key}
    fresh = _unused(printed, used)
    for at, (number, cells) in enumerate(rows):
        hazard = hazards[at] if at < len(hazards) else None
        put(cells[KEY], hazard.key if hazard and hazard.key else next(fresh))
        for head, value in hazard.told.items() if hazard else ():
            if head in cells:
                _set(cells[head], value)
        if at < len(hazards) + SPARE and sheet.row_dimensions[number].hidden:
            sheet.row_dimensions[number].hidden = False
            sheet.row_dimensions[number].outlineLevel = 0
    if rows:
        _below(sheet, rows[-1][0], hazards[len(rows) :], fresh)


def _below(sheet: Worksheet, last: int, hazards: Sequence[Hazard], fresh: Iterator[str]) -> None:
    """Hazards that the prepared rows do not hold, in the look of the last of these, without its formulas."""
    heads = heads_of(sheet)[1]
    for number, hazard in enumerate(hazards, start=last + 1):
        for column, head in heads.items():
            cell: Any = sheet.cell(number, column)
            model: Any = sheet.cell(last, column)
            cell._style = copy(model._style)
            _set(cell, hazard.told.get(head))
            if head == KEY:
                put(cell, hazard.key or next(fresh))


def _unused(printed: Sequence[str], used: set[str]) -> Iterator[str]:
    """The printed keys that no hazard has, and behind them further ones of the same day."""
    yield from (key for key in printed if key not in used)
    day, number = printed[-1].rpartition("-")[0] if printed else "", len(printed)
    while True:
        number += 1
        if f"{day}-{number}" not in used:
            yield f"{day}-{number}"


def _papers(sheet: Worksheet, papers: Mapping[str, Mapping[str, Any]]) -> None:
    """Where each document is kept; those that the enterprise added itself."""
    known = set()
    for _, cells in _rows(sheet):
        name = str(cells["资料名称"].value or "")
        known.add(name)
        for head in ("存放处", "更新日期"):
            if papers.get(name, {}).get(head):
                _set(cells[head], papers[name][head])
    free = [cells for _, cells in _rows(sheet) if not cells["资料名称"].value]
    added = [row for name, row in papers.items() if name not in known and not row.get("对应项号")]
    for cells, row in zip(free, added, strict=False):
        for head in cells.keys() & row.keys():
            _set(cells[head], row[head])


def months_of(book: Workbook) -> Iterator[tuple[int, int, dict[str, Cell]]]:
    """Number of the row, month and cells by head of the year's table."""
    if MONTHS_NAME not in book.defined_names:
        return
    owner, _, cells = str(book.defined_names[MONTHS_NAME].attr_text).replace("'", "").rpartition("!")
    if owner not in book.sheetnames or ":" not in cells:
        return
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(cells.replace("$", "")))
    sheet = book[owner]
    heads = {column: head_of(sheet.cell(top, column).value) for column in range(left, right + 1)}
    for row in range(top + 1, bottom + 1):
        month = sheet.cell(row, left).value
        if isinstance(month, (int, float)):
            found = {head: sheet.cell(row, column) for column, head in heads.items() if column > left}
            yield row, int(month), {head: cell for head, cell in found.items() if isinstance(cell, Cell)}


def _months(book: Workbook, figures: Mapping[int, Mapping[str, Any]]) -> None:
    for _, month, cells in months_of(book):
        for head, value in figures.get(month, {}).items():
            if head in cells and not cells[head].protection.locked:
                cells[head].value = value


def day_after(period: datetime.date) -> datetime.date:
    """First day of the month behind the one in which the day lies."""
    return (period.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
