"""The enterprise's self-check workbook: a template filled with one checklist, the enterprise left open as marks."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from checklists.checklist import Checklist
from checklists.excel_parts import cells_open_when_empty, parts_of, with_growing_rows, with_styles
from checklists.excel_reach import drop_sheet, stretch_all
from checklists.excel_rows import GUIDE, MAY_BE_ABSENT, PrintedChecklist, printed_checklist, tables_of
from checklists.excel_template import open_template
from checklists.excel_write import Filler, merged_in_row, write_cells, write_headers, write_table
from checklists.fields import EnterpriseFields, mark
from checklists.problems import Problem, Refused
from checklists.templates_tags import STEPS, Steps


def fill_excel(template: Path, checklist: Checklist) -> dict[str, bytes]:
    """Parts of the filled workbook by name, the enterprise's fields standing in them as marks.

    Same template and checklist give the same bytes. Raises Refused for a template that breaks the contract.
    """
    opened = open_template(template)
    workbook, tables = opened.workbook, tables_of(checklist)
    for title in MAY_BE_ABSENT:
        if title not in tables:
            drop_sheet(workbook, title)
    printed = printed_checklist(checklist, tables)
    names = {"checklist": printed, "enterprise": EnterpriseFields(), STEPS: Steps()}
    cells = Filler(str(template), names)
    headers = Filler(str(template), {**cells.names, "checklist": _with_doubled_ampersands(printed)})
    growing: dict[str, range] = {}
    for sheet in workbook.worksheets:
        model_row = opened.model_rows.get(sheet.title)
        write_cells(sheet, model_row, cells)
        write_headers(sheet, headers)
        if model_row is not None:
            table = tables[sheet.title]
            last = write_table(sheet, model_row, table, cells)
            stretch_all(workbook, sheet, model_row, last, len(table.under))
            if not merged_in_row(sheet, model_row):  # programs do not fit a height to merged cells
                growing[sheet.title] = range(model_row, last + 1)
    _open_at_the_beginning(workbook)
    _describe(workbook, printed)
    styles = cells_open_when_empty(workbook[GUIDE])
    parts = with_growing_rows(parts_of(workbook, checklist.on), growing)
    return with_styles(parts, GUIDE, styles)


def check_excel(template: Path) -> list[Problem]:
    """Everything that is wrong with a workbook template, without filling it."""
    try:
        open_template(template)
    except Refused as refused:
        return list(refused.problems)
    return []


def _with_doubled_ampersands(printed: PrintedChecklist) -> PrintedChecklist:
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


def _describe(workbook: Workbook, printed: PrintedChecklist) -> None:
    """Properties of the file: what it is and for whom."""
    told = workbook.properties
    told.title = f"{printed.title} {mark('name')}"
    told.keywords = f"编号 {mark('serial')}；规则版 {printed.edition}；指纹 {printed.fingerprint}"
