"""The values of the formulas of a workbook that openpyxl has just written, stored behind them: previews reckon nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import partial

from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string

from checklists.documents.excel.grid import stored
from checklists.documents.excel.losses import sheet_parts
from checklists.documents.reckoning.cells import BookCells
from checklists.documents.reckoning.values import Aside

_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)>(<f[^>]*>.*?</f>)<v\s*/?>(?:</v>)?</c>', re.DOTALL)


def with_results(parts: Mapping[str, bytes], workbook: Workbook, on: datetime.date) -> dict[str, bytes]:
    """The parts with a value behind every formula that can be reckoned, ``on`` being today."""
    cells, made = BookCells(workbook, on), dict(parts)
    for title, part in sheet_parts(parts):
        made[part] = _FORMULA.sub(partial(_with_value, title, cells), parts[part])
    return made


def _with_value(sheet: str, cells: BookCells, found: re.Match[bytes]) -> bytes:
    column, row, attributes, formula = found.groups()
    try:
        value = cells.value(sheet, int(row), column_index_from_string(column.decode()))
    except Aside:
        return found[0]
    kind, told = (text.encode() for text in stored(value))
    return b'<c r="%b%b"%b%b>%b<v>%b</v></c>' % (column, row, attributes, kind, formula, told)
