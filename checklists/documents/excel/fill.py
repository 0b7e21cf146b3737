"""The enterprise's self-check workbook: a template filled with one checklist, the enterprise left open as marks."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.printed import PrintedChecklist
from checklists.documents.claims import PLATE_MARKS, ROWS_LEFT_OUT, cell_claims, with_claims
from checklists.documents.excel.carried import Carried, write_carried
from checklists.documents.excel.parts import cells_open_when_empty, parts_of, with_growing_rows, with_styles
from checklists.documents.excel.reach import settle_names, stretch_all
from checklists.documents.excel.reading import workbook_digest
from checklists.documents.excel.results import with_results
from checklists.documents.excel.rows import BasisRow, CheckRow, Table, tables_of
from checklists.documents.excel.sheets import BASES, GUIDE, LEDGER, MONTH, REST, SHEETS
from checklists.documents.excel.template import WorkbookTemplate, open_workbook_template
from checklists.documents.excel.view import WorkbookView, workbook_view
from checklists.documents.excel.write import (
    Filler,
    merged_in_row,
    put,
    write_cells,
    write_headers,
    write_table,
)
from checklists.documents.fields import ENTERPRISE, EnterpriseFields, mark
from checklists.documents.tags import STEPS, Steps
from checklists.selection.profile import is_small

_TABLES, _SMALL = "tables", "small"
"""Names under which the tables, and whether it is for a small place, travel with what the cells see."""


def workbook_names(printed: PrintedChecklist) -> dict[str, Any]:
    """What the template sees, and the tables that its model rows are written with."""
    tables = tables_of(printed)
    checklist = printed.checklist
    small = is_small(checklist.library.vocabulary, checklist.profile)
    return {"checklist": workbook_view(printed, tables), _TABLES: tables, _SMALL: small}


def fill_workbook(
    template: Path,
    names: Mapping[str, Any],
    claims: Mapping[str, str],
    on: datetime.date,
    carried: Carried | None = None,
) -> dict[str, bytes]:
    """Parts of the filled workbook by name, the enterprise's fields standing in them as marks.

    ``names`` as :func:`workbook_names` gives them; ``claims`` are what the file says of itself, its digest apart;
    ``carried``: what goes on from the workbook of before. Same template and names give the same bytes. Raises Refused
    for a template that breaks the contract.
    """
    opened = open_workbook_template(template)
    workbook, view = opened.workbook, names["checklist"]
    tables: dict[str, Table] = {table.sheet: table for table in names[_TABLES]}
    for title in SHEETS:
        if title not in tables and title in workbook.sheetnames:
            workbook.remove(workbook[title])
    settle_names(workbook)
    if names[_SMALL]:
        _make_small(workbook[LEDGER])
    growing = _write(opened, tables, view, str(template))
    if carried:
        write_carried(workbook, carried)
    left_out = view.total - len(rows_held(names, workbook.sheetnames))
    if left_out:
        claims = {**claims, ROWS_LEFT_OUT: str(left_out)}
    _open_at_the_beginning(workbook)
    _describe(workbook, view)
    _show_claims(workbook[GUIDE], cell_claims(claims))
    digest = workbook_digest(workbook)
    styles = cells_open_when_empty(workbook[GUIDE])
    parts = with_growing_rows(with_results(parts_of(workbook, on), workbook, on), growing)
    parts = _with_digest(with_styles(parts, GUIDE, styles), digest)
    return with_claims(parts, {**claims, **digest})


def rows_held(names: Mapping[str, Any], sheets: Sequence[str]) -> list[CheckRow]:
    """Rows of the sheets that between them hold every item once, of those sheets that there are."""
    tables = [table for table in names[_TABLES] if table.sheet in (MONTH, REST) and table.sheet in sheets]
    return [row for table in tables for row in table.rows if isinstance(row, CheckRow)]


def _write(
    opened: WorkbookTemplate, tables: Mapping[str, Table], view: WorkbookView, file: str
) -> dict[str, tuple[range, ...]]:
    """Fill every sheet; the rows by sheet that are to grow with what people write."""
    names = {"checklist": view, ENTERPRISE: EnterpriseFields(), STEPS: Steps()}
    cells = Filler(file, names, _bases_of(opened, tables))
    headers = Filler(file, {**cells.names, "checklist": _with_doubled_ampersands(view)})
    growing: dict[str, tuple[range, ...]] = {}
    for sheet in opened.workbook.worksheets:
        model_row = opened.model_rows.get(sheet.title)
        write_cells(sheet, model_row, cells)
        write_headers(sheet, headers)
        if model_row is not None:
            written = write_table(sheet, model_row, tables[sheet.title], cells)
            stretch_all(opened.workbook, sheet, written.runs, written.last)
            if not merged_in_row(sheet, model_row):  # programs do not fit a height to merged cells
                growing[sheet.title] = written.runs
    return growing


def _bases_of(opened: WorkbookTemplate, tables: Mapping[str, Table]) -> dict[int | str, str]:
    """Where the bases of each item begin, by its number; nothing where the sheet is left out."""
    first = opened.model_rows.get(BASES)
    found: dict[int | str, str] = {}
    if first is None or BASES not in tables or BASES not in opened.workbook.sheetnames:
        return {}
    for at, row in enumerate(tables[BASES].rows, start=first):
        if isinstance(row, BasisRow):
            found.setdefault(row.number, f"'{BASES}'!A{at}")
    return found


A3, A4 = 8, 9


def _make_small(ledger: Worksheet) -> None:
    """The ledger of a small place lies on A4: columns that the template groups are folded away, as by a click on the sign."""
    for column in ledger.column_dimensions.values():
        column.hidden = column.hidden or bool(column.outlineLevel)
    if ledger.page_setup.paperSize in (A3, str(A3)):
        ledger.page_setup.paperSize = A4


CLAIMS_HEAD = "核验数据"
CLAIMS_NOTE = "供核验本文件时用，不打印；请勿改动。"


def _show_claims(sheet: Worksheet, claims: Mapping[str, str]) -> None:
    """What the workbook says of itself, readable, under the first sheet and outside of what is printed."""
    last = sheet.max_row
    if not sheet.print_area:
        sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{last}"
    for row, (label, text) in enumerate([(CLAIMS_HEAD, CLAIMS_NOTE), *claims.items()], start=last + 2):
        for column, told in ((1, label), (2, text)):
            cell = sheet.cell(row, column)
            if isinstance(cell, Cell):  # under the form no cells are merged
                put(cell, told)


def _with_digest(parts: Mapping[str, bytes], digest: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with the digest in place of its marks."""
    made = dict(parts)
    for name, field in PLATE_MARKS.items():
        for part, content in made.items():
            made[part] = content.replace(mark(field).encode(), escape(digest[name]).encode())
    return made


def _with_doubled_ampersands(printed: WorkbookView) -> WorkbookView:
    texts: dict[str, Any] = {
        name: value.replace("&", "&&")
        for name, value in dataclasses.asdict(printed).items()
        if isinstance(value, str)
    }
    return dataclasses.replace(printed, **texts)


def _open_at_the_beginning(workbook: Workbook) -> None:
    """The first sheet shown and alone selected: typing into several selected sheets would fill them all."""
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)


def _describe(workbook: Workbook, printed: WorkbookView) -> None:
    """Properties of the file: what it is and for whom."""
    told = workbook.properties
    told.title = f"{printed.title} {mark('name')}"
    told.keywords = f"编号 {mark('serial')}；规则版 {printed.edition}；指纹 {printed.fingerprint}"
