"""Writing a workbook template full: single cells in place, tables downward from their model row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.formula.translate import Translator
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.rows import Block, CheckRow, Table, TableRow
from checklists.documents.excel.template import cell_text, header_texts
from checklists.documents.excel.text import filled, filled_text, filling_failed, has_field, height_needed
from checklists.documents.fields import MARK
from checklists.problems import Position, Refused

UNDER_HEIGHT = 44.0
"""Points: room for a signature in a line under a table."""
USUAL_WIDTH, USUAL_HEIGHT = 8.43, 15.0
_USUAL_NAME = "某" * 24
"""Stands for an enterprise's own text where the room for it is reckoned."""
_STAYS_LOCKED = re.compile(r"\brow\.(number|id|key|sign)\b")


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

    def link(self, text: str | None) -> str | None:
        """Where a cell that prints the number of an item leads to; LibreOffice does not wrap a text that leads away."""
        row = self.names.get("row")
        return (
            self.links.get(row.number) if isinstance(row, CheckRow) and "row.number" in (text or "") else None
        )

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


def write_cells(sheet: Worksheet, model_row: int | None, filler: Filler) -> None:
    """Fill every cell outside the model row, and let the rows grow until their texts are seen whole."""
    widths = column_widths(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.row != model_row:
                if has_field(cell_text(cell.value)):
                    put(cell, filler.fill(cell.value, sheet.title, cell.coordinate))
                _grow(sheet, cell, widths)


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Let the rows from ``first`` on grow until the texts that stand in them are seen whole."""
    widths = column_widths(sheet)
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                _grow(sheet, cell, widths)


def write_headers(sheet: Worksheet, filler: Filler) -> None:
    """Fill headers and footers; the filler's texts must have every & doubled: a single one opens a code there."""
    for part, text in header_texts(sheet):
        part.text = str(filler.fill(text, sheet.title))


def put(cell: Cell, value: Any) -> None:
    """Set a cell's value; a text stays a text whatever it begins with, an empty one leaves the cell empty."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _grow(sheet: Worksheet, cell: Cell, widths: Mapping[int, float]) -> None:
    text = cell_text(cell.value)
    if text is None or cell.data_type == "f" or not cell.alignment.wrap_text:
        return
    width, row = _width(sheet, cell, widths), sheet.row_dimensions[cell.row]
    if width:
        row.height = max(row.height or USUAL_HEIGHT, _height(text, width, cell))


def _height(text: str, width: float, cell: Cell) -> float:
    return height_needed(MARK.sub(_USUAL_NAME, text), width, float(cell.font.sz or 11))


def column_widths(sheet: Worksheet) -> dict[int, float]:
    """Width of every column in characters; a hidden one has none. One entry of the file may stand for many."""
    usual = sheet.sheet_format.defaultColWidth or USUAL_WIDTH
    widths = dict.fromkeys(range(1, sheet.max_column + 1), float(usual))
    for letter, column in sheet.column_dimensions.items():
        first = column.min or sheet[f"{letter}1"].column
        for number in range(first, (column.max or first) + 1):
            widths[number] = 0.0 if column.hidden else float(column.width)
    return widths


def _width(sheet: Worksheet, cell: Cell, widths: Mapping[int, float]) -> float:
    """Characters of the cell, of all it is merged over."""
    for merged in sheet.merged_cells.ranges:
        if (merged.min_row, merged.min_col) == (cell.row, cell.column):
            return sum(widths[number] for number in range(merged.min_col, merged.max_col + 1))
    return widths[cell.column]


# ---------------------------------------------------------------- tables


@dataclass(frozen=True)
class ModelCell:
    """One cell of a model row: its style, and what it writes into each row."""

    cell: Cell | MergedCell
    column: int
    value: Any
    _style: Any = field(repr=False)
    width: float
    translator: Translator | None = field(repr=False)
    """Set for a formula, which is moved to each row it is written into."""

    @property
    def is_wording(self) -> bool:
        """Whether it prints what a row of the enterprise's own leaves open."""
        text = cell_text(self.value)
        return self.width > 0 and has_field(text) and not _STAYS_LOCKED.search(text or "")


@dataclass(frozen=True)
class Written:
    """Where a table has been written."""

    runs: tuple[range, ...]
    """Its rows, lines to sign on left out; the first begins with the model row."""
    last: int
    """Number of the last row of all."""


def write_table(sheet: Worksheet, model_row: int, table: Table, filler: Filler) -> Written:
    """Write the rows of the table downward from the model row."""
    model = list(_model_cells(sheet, model_row))
    least = sheet.row_dimensions[model_row].height or USUAL_HEIGHT
    merged = merged_in_row(sheet, model_row)
    number = model_row
    runs: list[range] = []
    for block in table.blocks:
        if runs:
            sheet.row_breaks.append(Break(number - 1))
        first = number
        for kind, record in _lines(block):
            height = max(least, UNDER_HEIGHT) if kind == "under" else least
            for part in model:
                height = max(height, _write_part(sheet, number, part, filler.with_row(record), kind))
            sheet.row_dimensions[number].height = height
            for found in merged if number > model_row else ():
                sheet.merge_cells(None, number, found.min_col, number, found.max_col)
            number += 1
        runs.append(range(first, max(number - len(block.under), first + 1)))
    if number == model_row:
        _clear(model)
    _fold(sheet, model_row, number - 1, table.folds)
    return Written(tuple(runs) or (range(model_row, model_row + 1),), max(number - 1, model_row))


def merged_in_row(sheet: Worksheet, row: int) -> list[CellRange]:
    """Ranges of merged cells within one row."""
    return [found for found in sheet.merged_cells.ranges if found.min_row == found.max_row == row]


def _fold(sheet: Worksheet, first: int, last: int, folds: tuple[int, ...]) -> None:
    """Fold the rows behind the first of ``folds`` away, each further number a level deeper; folded rows do not print.

    The sign that unfolds stands beside the last row that is seen.
    """
    if not folds:
        return
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.sheet_format.outlineLevelRow = sum(first + fold <= last for fold in folds)
    for row in range(first, last + 1):
        level = sum(row >= first + fold for fold in folds)
        if level:
            sheet.row_dimensions[row].outlineLevel = level
            sheet.row_dimensions[row].hidden = True
        if row + 1 - first in folds:
            sheet.row_dimensions[row].collapsed = True


def _lines(block: Block) -> Iterator[tuple[str, TableRow]]:
    yield from (("rows", record) for record in block.rows)
    yield from (("own", record) for record in block.own)
    yield from (("under", record) for record in block.under)


def _model_cells(sheet: Worksheet, model_row: int) -> Iterator[ModelCell]:
    widths = column_widths(sheet)
    for column, cell in enumerate(sheet[model_row], start=1):
        text = cell_text(cell.value) or ""
        formula = cell.data_type == "f"
        yield ModelCell(
            cell=cell,
            column=column,
            value=cell.value,
            _style=copy(_style_of(cell)),
            width=_width(sheet, cell, widths) if isinstance(cell, Cell) else 0.0,
            translator=Translator(text, origin=cell.coordinate) if formula else None,
        )


def _write_part(sheet: Worksheet, number: int, part: ModelCell, filler: Filler, kind: str) -> float:
    """Write one cell of a row; returns the points of height it needs."""
    cell = sheet.cell(number, part.column)
    _set_style(part, cell)
    if not isinstance(cell, Cell):
        return 0.0
    if part.translator:
        cell.value = None if kind == "under" else _formula(part, part.translator, cell.coordinate)
    elif has_field(cell_text(part.value)):
        put(cell, filler.fill(part.value, sheet.title, part.cell.coordinate))
        if place := filler.link(cell_text(part.value)):
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    else:
        put(cell, part.value)
    if kind == "own" and part.is_wording:
        _set_style(part, cell, own=True)
        cell.fill = PatternFill()
        cell.protection = Protection(locked=False)
    if not (
        isinstance(cell.value, str) and cell.data_type == "s" and cell.alignment.wrap_text and part.width
    ):
        return 0.0
    return _height(cell.value, part.width, cell)


def _style_of(cell: Any) -> Any:
    return cell._style


def _set_style(source: Any, target: Any, *, own: bool = False) -> None:
    """The model's style, shared by all cells under it, or a copy that may be changed."""
    target._style = copy(source._style) if own else source._style


def _formula(part: ModelCell, translator: Translator, coordinate: str) -> str | ArrayFormula:
    formula = translator.translate_formula(coordinate)
    return ArrayFormula(coordinate, formula) if isinstance(part.value, ArrayFormula) else formula


def _clear(model: list[ModelCell]) -> None:
    for part in model:
        if isinstance(part.cell, Cell):
            part.cell.value = None
