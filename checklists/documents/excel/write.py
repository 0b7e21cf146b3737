"""What fills the cells of a workbook template, and how much room their texts need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.rows import TableRow
from checklists.documents.excel.template import cell_text
from checklists.documents.excel.text import filled, filled_text, filling_failed, height_needed
from checklists.documents.fields import MARK
from checklists.problems import Position, Refused

USUAL_WIDTH, USUAL_HEIGHT = 8.43, 15.0
_USUAL_NAME = "某" * 24
"""Stands for an enterprise's own text where the room for it is reckoned."""
STAYS_LOCKED = re.compile(r"\brow\.(number|id|key|sign)\b")


@dataclass(frozen=True)
class Filler:
    """What fields are filled with, and the template to name when one cannot be."""

    file: str
    names: Mapping[str, Any] = field(repr=False)
    links: Mapping[int | str, str] = field(default_factory=dict, repr=False)
    """Where the bases of an item stand, by its number: '依据'!A17."""

    def with_row(self, row: TableRow) -> Filler:
        """The same for the cells of one row."""
        return Filler(self.file, {**self.names, "row": row}, self.links)

    def fill(self, value: Any, sheet: str, cell: str | None = None) -> Any:
        """The value with its fields filled in, fonts within it kept. Raises Refused naming the cell."""
        try:
            if isinstance(value, CellRichText):
                return CellRichText([self._run(run) for run in value])
            return _not_too_long(filled(value, self.names))
        except Exception as failure:  # an expression of the template may raise what it likes
            raise Refused([filling_failed(failure, Position(self.file, sheet=sheet, cell=cell))]) from failure

    def _run(self, run: str | TextBlock) -> str | TextBlock:
        if isinstance(run, TextBlock):
            return TextBlock(run.font, filled_text(run.text, self.names))
        return filled_text(run, self.names)


LONGEST_CELL = 32_767
"""Letters that Excel holds in a cell; openpyxl would cut off the rest."""


def _not_too_long(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise ValueError(f"一格放不下：{len(value)} 字，至多 {LONGEST_CELL} 字")
    return value


# ---------------------------------------------------------------- single cells


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Let the rows from ``first`` on grow until the texts that stand in them are seen whole."""
    widths = column_widths(sheet)
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                _grow(sheet, cell, widths)


def put(cell: Cell, value: Any) -> None:
    """Set a cell's value; a text stays a text whatever it begins with, an empty one leaves the cell empty."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _grow(sheet: Worksheet, cell: Cell, widths: Mapping[int, float]) -> None:
    text = cell_text(cell.value)
    if text is None or cell.data_type == "f" or not cell.alignment.wrap_text:
        return
    width, row = room_of(sheet, cell, widths), sheet.row_dimensions[cell.row]
    if width:
        row.height = max(row.height or USUAL_HEIGHT, height_of(text, width, float(cell.font.sz or 11)))


def height_of(text: str, width: float, points: float) -> float:
    """Points of row height for a text, marks in it as long as what usually stands for them."""
    return height_needed(MARK.sub(_USUAL_NAME, text), width, points)


def column_widths(sheet: Worksheet) -> dict[int, float]:
    """Width of every column in characters; a hidden one has none. One entry of the file may stand for many."""
    usual = sheet.sheet_format.defaultColWidth or USUAL_WIDTH
    widths = dict.fromkeys(range(1, sheet.max_column + 1), float(usual))
    for letter, column in sheet.column_dimensions.items():
        first = column.min or sheet[f"{letter}1"].column
        for number in range(first, (column.max or first) + 1):
            widths[number] = 0.0 if column.hidden else float(column.width)
    return widths


def room_of(sheet: Worksheet, cell: Cell, widths: Mapping[int, float]) -> float:
    """Characters of the cell, of all it is merged over."""
    for merged in sheet.merged_cells.ranges:
        if (merged.min_row, merged.min_col) == (cell.row, cell.column):
            return sum(widths[number] for number in range(merged.min_col, merged.max_col + 1))
    return widths[cell.column]


def merged_in_row(sheet: Worksheet, row: int) -> list[CellRange]:
    """Ranges of merged cells within one row."""
    return [found for found in sheet.merged_cells.ranges if found.min_row == found.max_row == row]


def merged_with(sheet: Worksheet, coordinate: str) -> list[str]:
    """Cells that a cell is merged with, it among them."""
    for merged in sheet.merged_cells.ranges:
        if coordinate in merged:
            return [sheet.cell(*place).coordinate for line in merged.rows for place in line]
    return [coordinate]
