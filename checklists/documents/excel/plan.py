"""A workbook template taken apart once, so that a list's workbook is put together from pieces of its own XML.

openpyxl opens, judges and settles the template and writes it again, its fields still open; what it wrote is cut into
what stays as it is and what a list fills in. From then on no workbook is opened: a list only adds its texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill, Protection
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.around import Around, around
from checklists.documents.excel.cells import MAIN, NO_STYLE, Style, bare_xml
from checklists.documents.excel.losses import sheet_parts
from checklists.documents.excel.model import KINDS, Column, Formula, ModelLine, Place, model_line
from checklists.documents.excel.package import Package, package_of
from checklists.documents.excel.parts import settled_parts
from checklists.documents.excel.reading import value_text
from checklists.documents.excel.rows import FOLDED
from checklists.documents.excel.sheets import GUIDE, LEDGER
from checklists.documents.excel.template import WorkbookTemplate, cell_text, open_workbook_template
from checklists.documents.excel.text import has_field
from checklists.documents.excel.write import (
    STAYS_LOCKED,
    USUAL_HEIGHT,
    column_widths,
    height_of,
    merged_in_row,
    merged_with,
    room_of,
)
from checklists.documents.reckoning.values import plain_value

Piece = str | Place | Formula


@dataclass(frozen=True)
class PlannedRow:
    """A row outside the table: XML that stays, cells to fill in, formulas, in the order of the columns."""

    number: int
    about: tuple[tuple[str, str], ...]
    points: float | None
    pieces: tuple[Piece, ...]
    values: Mapping[int, Any]
    """Texts, numbers and days by column, for formulas that look at them."""
    locked: Mapping[int, str]
    """Texts of locked cells by column."""


@dataclass(frozen=True)
class PlannedSheet:
    """A sheet: the rows above its table, its model row, and what stands around the rows."""

    title: str
    part: str
    rows: tuple[PlannedRow, ...]
    around: Around
    model_row: int | None
    lines: Mapping[str, ModelLine]
    """How the model row writes rows, by their kind."""
    model_about: tuple[tuple[str, str], ...]
    """Attributes of the model row."""
    merged: tuple[tuple[str, str], ...]
    """First and last column of cells merged within the model row."""
    first: tuple[int, int]
    last: tuple[int, int]
    """First and last row and column that hold anything, or only a look."""
    still_from: int = 0
    """The first of the rows above the table that, with all behind it, says the same in every list."""
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """Rows of tables that are the same in many lists, by the table."""

    @cached_property
    def is_alone(self) -> bool:
        """Whether the model row looks at nothing but the row it writes, and nothing stands below the table."""
        steps = (step for line in self.lines.values() for step in line.steps)
        looks_away = any(isinstance(step, Column) and step.fields is None for step in steps)
        return not looks_away and not any(row.number > (self.model_row or 0) for row in self.rows)


@dataclass(frozen=True)
class Plan:
    """A template ready for any list."""

    sheets: tuple[PlannedSheet, ...]
    package: Package


TITLE, KEYWORDS = "\ue010title", "\ue010keywords"
"""Stand in the properties of the file for what a list puts there."""


def plan_of(template: Path, *, small: bool) -> Plan:
    """The plan of a template: made once, and anew when the file has changed. Raises Refused for a wrong one."""
    return _planned(template, _age(template), small)


def _age(path: Path) -> tuple[int, int]:
    """Time and size of a file; nothing for one that cannot be read, which opening will then report."""
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=8)
def _planned(path: Path, age: tuple[int, int], small: bool) -> Plan:
    opened = open_workbook_template(path)
    workbook = opened.workbook
    workbook.epoch = WINDOWS_EPOCH
    workbook.properties.title, workbook.properties.keywords = TITLE, KEYWORDS
    if small:
        _make_small(workbook[LEDGER])
    _open_at_the_beginning(workbook)
    for sheet in workbook.worksheets:
        if sheet.title in FOLDED:
            # the sign that unfolds stands beside the last row that is seen
            sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
            sheet.sheet_format.outlineLevelRow = 1
        if sheet.title == GUIDE and not sheet.print_area:
            sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    places = {sheet.title: dict(_places(sheet, opened)) for sheet in workbook.worksheets}
    parts = settled_parts(workbook)
    sheets = [
        _sheet(workbook[title], part, parts[part], places[title], opened.model_rows.get(title))
        for title, part in sheet_parts(parts)
    ]
    return Plan(tuple(sheets), package_of(parts, workbook, {sheet.title: sheet.part for sheet in sheets}))


A3, A4 = 8, 9


def _make_small(ledger: Worksheet) -> None:
    """The ledger of a small place lies on A4: columns that the template groups are folded away, as by a click on the sign."""
    for column in ledger.column_dimensions.values():
        column.hidden = column.hidden or bool(column.outlineLevel)
    if ledger.page_setup.paperSize in (A3, str(A3)):
        ledger.page_setup.paperSize = A4


def _open_at_the_beginning(workbook: Workbook) -> None:
    """The first sheet shown and alone selected: typing into several selected sheets would fill them all."""
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)


# ---------------------------------------------------------------- cells to fill in


def _places(sheet: Worksheet, opened: WorkbookTemplate) -> Iterator[tuple[tuple[int, int], Place]]:
    """Every cell that a list fills in, and every one of the model row; styles that they will need are added here."""
    widths, model_row = column_widths(sheet), opened.model_rows.get(sheet.title)
    cells: Iterator[Any] = (cell for row in sheet.iter_rows() for cell in row)
    for cell in cells:
        in_model_row = cell.row == model_row
        if in_model_row or (has_field(cell_text(cell.value)) and cell.data_type != "f"):
            yield (cell.row, cell.column), _place(sheet, cell, widths, in_model_row=in_model_row)


def _place(sheet: Worksheet, cell: Any, widths: Mapping[int, float], *, in_model_row: bool) -> Place:
    text = cell_text(cell.value) or ""
    room = room_of(sheet, cell, widths) if isinstance(cell, Cell) else 0.0
    fields = has_field(text)
    opens = sheet.title == GUIDE and fields and widths[cell.column] and cell.protection.locked
    wording = in_model_row and fields and room and not STAYS_LOCKED.search(text)
    return Place(
        column=cell.column,
        coordinate=cell.coordinate,
        value=cell.value,
        style=_style(cell, fields),
        locked=cell.protection.locked,
        width=room if cell.alignment.wrap_text else 0.0,
        seen=room > 0,
        points=float(cell.font.sz or 11),
        own=_changed(cell, fields, _open_and_white) if wording else NO_STYLE,
        opened=dict(_opened(sheet, cell)) if opens else {},
    )


def _style(cell: Any, fields: bool) -> Style:
    """Its style; a cell whose field may give a day gets the form of a day for it, as openpyxl gives it one."""
    number = cell.style_id if cell.has_style else 0
    if not fields or is_date_format(cell.number_format):
        return Style(number, number)
    kept, cell._style = cell._style, copy(cell._style)  # the workbook may hold the very one
    cell.number_format = FORMAT_DATE_YYYYMMDD2
    of_a_day, cell._style = cell.style_id, kept
    return Style(number, of_a_day)


def _open_and_white(cell: Any) -> None:
    cell.protection, cell.fill = Protection(locked=False), PatternFill()


def _changed(cell: Any, fields: bool, change: Any) -> Style:
    kept, cell._style = cell._style, copy(cell._style)
    change(cell)
    style, cell._style = _style(cell, fields), kept
    return style


def _opened(sheet: Worksheet, cell: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """The two styles of a cell of the first sheet and of all it is merged with: open and white while it is empty."""
    for coordinate in merged_with(sheet, cell.coordinate):
        one = sheet[coordinate]
        yield coordinate, (_changed(one, False, _open_and_white).number, one.style_id)


# ---------------------------------------------------------------- one sheet


def _sheet(
    sheet: Worksheet,
    part: str,
    content: bytes,
    places: Mapping[tuple[int, int], Place],
    model_row: int | None,
) -> PlannedSheet:
    root, widths = etree.fromstring(content), column_widths(sheet)
    rows = [_row(sheet, row, places, widths) for row in root.iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row")]
    model = [row for row in rows if row.number == model_row]
    numbers = sorted(sheet._cells) or [(1, 1)]
    columns = [column for _, column in numbers]
    least = (sheet.row_dimensions[model_row].height if model_row else None) or USUAL_HEIGHT
    cells = list(_model(sheet, model_row, places)) if model_row else []
    return PlannedSheet(
        title=sheet.title,
        part=part,
        rows=tuple(row for row in rows if row.number != model_row),
        around=around(root, content),
        model_row=model_row,
        lines={kind: model_line(cells, kind, least, model_row or 0) for kind in (*KINDS, "cleared")},
        model_about=model[0].about if model else (),
        merged=tuple(
            (get_column_letter(one.min_col), get_column_letter(one.max_col))
            for one in merged_in_row(sheet, model_row or 0)
        ),
        first=(numbers[0][0], min(columns)),
        last=(numbers[-1][0], max(columns)),
        still_from=_still_from(rows, model_row or 0),
    )


def _still_from(rows: Sequence[PlannedRow], model_row: int) -> int:
    moving = [row.number for row in rows if any(not isinstance(piece, str) for piece in row.pieces)]
    return max((number for number in moving if number < model_row), default=0) + 1


def _model(
    sheet: Worksheet, number: int, places: Mapping[tuple[int, int], Place]
) -> Iterator[Place | Formula]:
    cells: Sequence[Any] = sheet[number]
    for cell in cells:
        if cell.data_type == "f" and (text := cell_text(cell.value)) is not None:
            start = f'<c r="{cell.column_letter}\x02"' + (f' s="{cell.style_id}"' if cell.has_style else "")
            yield Formula(
                cell.column, start, "", text.removeprefix("="), isinstance(cell.value, ArrayFormula)
            )
        else:
            yield places[number, cell.column]


_GIVEN = ("r", "ht", "customHeight", "spans")


def _row(
    sheet: Worksheet,
    row: etree._Element,
    places: Mapping[tuple[int, int], Place],
    widths: Mapping[int, float],
) -> PlannedRow:
    number, points = int(row.get("r", "0")), float(row.get("ht", "0")) or None
    pieces: list[Piece] = []
    values: dict[int, Any] = {}
    locked: dict[int, str] = {}
    for element in row:
        cell = sheet[element.get("r", "")]
        place = places.get((number, cell.column))
        if place:
            pieces.append(place)
            continue
        if cell.data_type == "f":
            pieces.append(_formula(cell, element))
            continue
        pieces.append(bare_xml(element))
        values[cell.column] = plain_value(str(cell.value) if isinstance(cell.value, list) else cell.value)
        if cell.value is not None and cell.protection.locked:
            locked[cell.column] = value_text(cell.value)
        points = _grown(sheet, cell, points, widths)
    about = tuple((str(name), str(value)) for name, value in row.attrib.items() if name not in _GIVEN)
    return PlannedRow(number, about, points, tuple(_joined(pieces)), values, locked)


def _grown(sheet: Worksheet, cell: Any, points: float | None, widths: Mapping[int, float]) -> float | None:
    """Points of the row once a text that always stands in it is seen whole."""
    text = cell_text(cell.value)
    if text is None or not isinstance(cell, Cell) or not cell.alignment.wrap_text:
        return points
    room = room_of(sheet, cell, widths)
    return max(points or USUAL_HEIGHT, height_of(text, room, float(cell.font.sz or 11))) if room else points


_START = re.compile(r'<c( r="[A-Z]+[0-9]+")([^>]*)>(<f.*?(?:</f>|/>))', re.DOTALL)


def _formula(cell: Any, element: etree._Element) -> Formula | str:
    """A formula that stands outside the table."""
    text = cell_text(cell.value)
    found = _START.match(bare_xml(element))
    if text is None or not found:
        return bare_xml(element)
    return Formula(cell.column, f"<c{found[1]}{found[2]}", found[3], text.removeprefix("="))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring XML as one piece."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts:
            yield "".join(texts)
            texts = []
        yield piece
    if texts:
        yield "".join(texts)
