"""The values that the formulas of a workbook just filled have on its day, stored behind them: previews reckon nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from checklists.documents.excel.filling import FilledSheet
from checklists.documents.excel.model import Asked, Formula
from checklists.documents.reckoning.formula import Node, Reckoner, parse
from checklists.documents.reckoning.memory import Memory
from checklists.documents.reckoning.values import Aside, Failure, Value

_MEMORY = Memory()
"""Of all workbooks that this process makes."""


class FilledCells:
    """The cells of filled sheets for the reckoner, each formula reckoned once."""

    def __init__(self, sheets: Sequence[FilledSheet], names: Mapping[str, str], today: datetime.date) -> None:
        self.rows = {sheet.title: sheet.values for sheet in sheets}
        self.names = names
        self.known: dict[tuple[str, int, int], Value] = {}
        self.open: set[tuple[str, int, int]] = set()
        self.last = {title: _last(rows) for title, rows in self.rows.items()}
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

    def named(self, name: str) -> Node | None:
        """What a defined name refers to, as a node."""
        text = self.names.get(name)
        return parse(text.lstrip("=")) if text else None

    def last_row(self, sheet: str) -> int:
        """Number of the last row of a sheet that holds anything."""
        return self.last.get(sheet, 0)


def _last(rows: Mapping[int, Sequence[Value]]) -> int:
    return max((row for row, values in rows.items() if any(one is not None for one in values)), default=0)


def reckon(sheets: Sequence[FilledSheet], names: Mapping[str, str], today: datetime.date) -> None:
    """Put a value behind every formula that can be reckoned; the others stay without one."""
    cells = FilledCells(sheets, names, today)
    for sheet in sheets:
        for at, row, formula in sheet.formulas:
            try:
                value = cells.value(sheet.title, row, formula.column)
            except Aside:
                sheet.pieces[at] = f"{_start(formula, row)}>{formula.told}<v/></c>"
                continue
            kind, told = stored(value)
            sheet.pieces[at] = f"{_start(formula, row)}{kind}>{formula.told}<v>{told}</v></c>"


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
