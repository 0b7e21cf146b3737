"""The values that the formulas of a workbook just filled have on its day, stored behind them: previews reckon nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from checklists.documents.excel.filling import FilledRows, FilledSheet
from checklists.documents.excel.model import Asked, Formula
from checklists.documents.reckoning.formula import Area, Reckoner
from checklists.documents.reckoning.language import Node, parse
from checklists.documents.reckoning.memory import Kept, Memory
from checklists.documents.reckoning.values import Aside, Failure, Value

_MEMORY = Memory()
"""Of all workbooks that this process makes."""


class FilledCells:
    """The cells of filled sheets for the reckoner, each formula reckoned once."""

    def __init__(self, sheets: Sequence[FilledSheet], names: Mapping[str, str], today: datetime.date) -> None:
        self.sheets = {sheet.title: sheet for sheet in sheets}
        self.rows = {
            title: {**sheet.above.values, **sheet.table.values, **sheet.behind.values}
            for title, sheet in self.sheets.items()
        }
        self.names = names
        self.known: dict[tuple[str, int, int], Value] = {}
        self.open: set[tuple[str, int, int]] = set()
        self.last: dict[str, int] = {}
        self.looking: set[str] = set()
        """Sheets with formulas in their tables that look at more than their own row."""
        self.reckoner = Reckoner(self, today, _MEMORY)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Value of one cell. Raises Aside for a formula that is not reckoned here, or that leads back to itself."""
        if sheet not in self.rows:
            raise Aside(sheet)
        values = self.rows[sheet].get(row, ())
        told = values[column] if column < len(values) else None
        if type(told) is not Asked:
            return told
        key = (sheet, row, column)
        if key not in self.known:
            self.known[key] = self._reckoned(key, told)
        found = self.known[key]
        if isinstance(found, Aside):
            raise found
        return found

    def _reckoned(self, key: tuple[str, int, int], formula: Asked) -> Value:
        if key in self.open:
            return Aside("leads back to itself")
        self.open.add(key)
        try:
            return self.reckoner.result(formula.replace("_xlfn.", ""), key[0], key[1])
        except Aside as aside:
            return aside
        finally:
            self.open.discard(key)
            if not self.reckoner.is_own and key[1] in self.sheets[key[0]].table.values:
                self.looking.add(key[0])

    def kept(self, area: Area) -> Kept | None:
        """Where to keep what is found in an area; set where another workbook's is the same."""
        sheet = self.sheets.get(area.sheet)
        return sheet.table.kept if sheet and area.top >= sheet.plan.still_from else None

    def named(self, name: str) -> Node | None:
        """What a defined name refers to, as a node."""
        text = self.names.get(name)
        return parse(text.lstrip("=")) if text else None

    def last_row(self, sheet: str) -> int:
        """Number of the last row of a sheet that holds anything."""
        if sheet not in self.last:
            rows = self.sheets[sheet].rows if sheet in self.sheets else ()
            self.last[sheet] = max((_last(one) for one in rows), default=0)
        return self.last[sheet]


def _last(rows: FilledRows) -> int:
    there = (row for row in reversed(rows.values) if any(one is not None for one in rows.values[row]))
    return next(there, 0)


def reckon(sheets: Sequence[FilledSheet], names: Mapping[str, str], today: datetime.date) -> None:
    """Put a value behind every formula that can be reckoned; the others stay without one."""
    cells = FilledCells(sheets, names, today)
    for sheet in sheets:
        for rows in sheet.rows:
            for at, row, formula in rows.formulas:
                try:
                    kind, told = stored(cells.value(sheet.title, row, formula.column))
                except Aside:
                    kind, told = "", ""
                rows.pieces[at] = f"{_start(formula, row)}{kind}>{formula.told}<v>{told}</v></c>"
    for sheet in sheets:
        if sheet.table.shared and sheet.table.formulas and sheet.title not in cells.looking:
            _settle(sheet.table, sheet.title, cells)


def _settle(rows: FilledRows, title: str, cells: FilledCells) -> None:
    """Let rows that look at nothing but themselves stand as they are, for the next workbook that has them."""
    for _, row, formula in rows.formulas:
        try:
            rows.values[row][formula.column] = cells.value(title, row, formula.column)
        except Aside:
            return
    rows.pieces, rows.formulas, rows.kept = ["".join(rows.pieces)], [], rows.kept or Kept()


def _start(formula: Formula, row: int) -> str:
    return formula.start.replace("\x02", str(row))


def stored(value: Value) -> tuple[str, str]:
    """Type and text of a value, as a cell stores it."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, Failure):
        return ' t="e"', str(value)
    if isinstance(value, str):
        return ' t="str"', escape(value)
    number = float(value or 0)
    return "", str(int(number)) if number.is_integer() else repr(number)
