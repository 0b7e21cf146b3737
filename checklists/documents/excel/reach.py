"""What touches the model row of a table reaches down to its last row: drop-downs, conditional formats, names.

openpyxl moves none of them when rows are added, so it is done here. A range that already reaches further stays as
it is: a template may look ahead to rows that people add later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.sheets import GUIDE

_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")
_GONE = "#REF!"
NOWHERE = f"{GUIDE}!$G$9"
"""A cell that is always empty: what the names of a sheet that is not there refer to, so that formulas count nothing."""


def stretch_all(workbook: Workbook, sheet: Worksheet, runs: Sequence[range], last: int) -> None:
    """Make everything on or about the sheet that touches the model row reach down the table.

    ``runs``: its rows, those to sign on left out, the first beginning with the model row; drop-downs and conditional
    formats reach over these, names and the filter to the end of the last. The print area goes on to row ``last``.
    """
    model_row, end = runs[0].start, runs[-1].stop - 1
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = over_runs(str(rule.sqref), runs)
    _stretch_conditional_formats(sheet, runs)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = stretched(sheet.auto_filter.ref, model_row, end)
    if sheet.print_area:
        sheet.print_area = stretched(_without_sheet(sheet.print_area), model_row, last)
    _stretch_names(workbook, sheet, model_row, end)


def over_runs(ranges: str, runs: Sequence[range]) -> str:
    """Cell ranges, blank-separated, each that holds the model row carried on over all runs of rows."""
    model_row, first_end = runs[0].start, runs[0].stop - 1
    told = []
    for cells in ranges.split():
        told.append(stretched(cells, model_row, first_end))
        area = CellRange(cells)
        if area.min_row <= model_row <= area.max_row < runs[-1].stop - 1:
            left, right = (re.sub(r"\d", "", end) for end in (cells + ":" + cells).split(":")[:2])
            told += [f"{left}{run.start}:{right}{run.stop - 1}" for run in runs[1:]]
    return " ".join(told)


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


def _stretch_conditional_formats(sheet: Worksheet, runs: Sequence[range]) -> None:
    longer = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            longer.add(over_runs(str(formatting.sqref), runs), rule)
    sheet.conditional_formatting = longer


def _stretch_names(workbook: Workbook, sheet: Worksheet, model_row: int, last: int) -> None:
    names = [*workbook.defined_names.values(), *sheet.defined_names.values()]
    for name in names:
        if name.type == "RANGE" and all(title == sheet.title for title, _ in name.destinations):
            owner, mark, cells = name.attr_text.rpartition("!")
            name.attr_text = f"{owner}{mark}{stretched(cells, model_row, last)}"


def settle_names(workbook: Workbook) -> None:
    """Names of sheets that are not there refer to an empty cell, and no drop-down offers them."""
    for name, defined in workbook.defined_names.items():
        told = (defined.attr_text or "").replace("'", "")
        owner = told.rpartition("!")[0]
        if _GONE in told or (owner and owner not in workbook.sheetnames):
            defined.attr_text = NOWHERE
            for sheet in workbook.worksheets:
                rules = sheet.data_validations
                rules.dataValidation = [rule for rule in rules.dataValidation if rule.formula1 != name]
