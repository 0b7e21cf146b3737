"""What touches the model row of a table reaches down to its last row: drop-downs, conditional formats, names.

openpyxl moves none of them when rows are added, so it is done here. A range that already reaches further stays as
it is: a template may look ahead to rows that people add later.
"""

from __future__ import annotations

import re

from openpyxl import Workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")


def stretch_all(workbook: Workbook, sheet: Worksheet, model_row: int, last: int, under: int) -> None:
    """Make everything on or about the sheet that touches ``model_row`` reach to row ``last``.

    The print area takes in the ``under`` lines below it as well.
    """
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = stretched(str(rule.sqref), model_row, last)
    _stretch_conditional_formats(sheet, model_row, last)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = stretched(sheet.auto_filter.ref, model_row, last)
    if sheet.print_area:
        sheet.print_area = stretched(_without_sheet(sheet.print_area), model_row, last + under)
    _stretch_names(workbook, sheet, model_row, last)


def stretched(ranges: str, model_row: int, last: int) -> str:
    """Cell ranges, blank-separated, each that holds ``model_row`` lengthened to row ``last``; $ signs are kept."""
    return _CELLS.sub(lambda found: _longer(found[0], model_row, last), ranges)


def _longer(cells: str, model_row: int, last: int) -> str:
    area = CellRange(cells.replace("$", ""))
    if not area.min_row <= model_row <= area.max_row or area.max_row >= last:
        return cells
    first, _, end = cells.partition(":")
    return f"{first}:{re.sub(r'[0-9]+$', str(last), end or first)}"


def _without_sheet(area: str) -> str:
    return area.rpartition("!")[2]


def _stretch_conditional_formats(sheet: Worksheet, model_row: int, last: int) -> None:
    longer = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            longer.add(stretched(str(formatting.sqref), model_row, last), rule)
    sheet.conditional_formatting = longer


def _stretch_names(workbook: Workbook, sheet: Worksheet, model_row: int, last: int) -> None:
    names = [*workbook.defined_names.values(), *sheet.defined_names.values()]
    for name in names:
        if name.type == "RANGE" and all(title == sheet.title for title, _ in name.destinations):
            owner, mark, cells = name.attr_text.rpartition("!")
            name.attr_text = f"{owner}{mark}{stretched(cells, model_row, last)}"


def drop_sheet(workbook: Workbook, title: str) -> None:
    """Take a sheet out of the workbook, and with it the names that refer to it and the drop-downs that offer these."""
    workbook.remove(workbook[title])
    for name, defined in list(workbook.defined_names.items()):
        if f"{title}!" in (defined.attr_text or "").replace("'", ""):
            del workbook.defined_names[name]
            for sheet in workbook.worksheets:
                rules = sheet.data_validations
                rules.dataValidation = [rule for rule in rules.dataValidation if rule.formula1 != name]
