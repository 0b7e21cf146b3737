"""The values that the formulas of a new workbook have on its day, stored behind them: previews reckon nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import partial
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string

from checklists.documents.excel.losses import sheet_parts
from checklists.documents.reckoning.cells import BookCells
from checklists.documents.reckoning.values import Aside, Failure, Value

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
    kind, told = _stored(value)
    return b'<c r="%b%b"%b%b>%b<v>%b</v></c>' % (column, row, attributes, kind, formula, told)


def _stored(value: Value) -> tuple[bytes, bytes]:
    """Type and text of a value, as a cell stores it."""
    if isinstance(value, bool):
        return b' t="b"', str(int(value)).encode()
    if isinstance(value, Failure):
        return b' t="e"', value.encode()
    if isinstance(value, str):
        return b' t="str"', escape(value).encode()
    number = float(value or 0)
    return b"", (str(int(number)) if number.is_integer() else repr(number)).encode()
