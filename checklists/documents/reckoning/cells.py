"""The cells of an opened workbook, as the reckoner asks for them."""

from __future__ import annotations

import datetime

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from checklists.documents.reckoning.formula import Area, Reckoner
from checklists.documents.reckoning.language import Node, parse
from checklists.documents.reckoning.memory import Kept
from checklists.documents.reckoning.values import Aside, Value, plain_value


class BookCells:
    """The cells of a workbook for the reckoner, each formula reckoned once.

    ``today``: the day on which it is looked at; None leaves out what depends on it.
    """

    def __init__(self, book: Workbook, today: datetime.date | None = None) -> None:
        self.book = book
        self.values: dict[tuple[str, int, int], Value] = {}
        self.open: set[tuple[str, int, int]] = set()
        self.last: dict[str, int] = {}
        self.reckoner = Reckoner(self, today)
        self.sheets = {sheet.title: sheet for sheet in book.worksheets}

    def formulas(self) -> list[tuple[str, int, int, str]]:
        """Sheet, row, column and text of every formula."""
        return [
            (title, row, column, told)
            for title, sheet in self.sheets.items()
            for (row, column), cell in sorted(sheet._cells.items())
            if cell.data_type == "f" and (told := _formula(cell.value))
        ]

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Value of one cell. Raises Aside for a formula that is not reckoned here, or that leads back to itself."""
        key = (sheet, row, column)
        if key not in self.values:
            self.values[key] = self._value(key)
        told = self.values[key]
        if isinstance(told, Aside):
            raise told
        return told

    def _value(self, key: tuple[str, int, int]) -> Value:
        sheet, row, column = key
        if sheet not in self.sheets:
            return Aside(sheet)
        cell = self.sheets[sheet]._cells.get((row, column))
        if cell is None or cell.data_type != "f":
            return plain_value(cell.value) if cell is not None else None
        if key in self.open:
            return Aside("leads back to itself")
        self.open.add(key)
        try:
            return self.reckoner.result(_formula(cell.value), sheet, row)
        except Aside as aside:
            return aside
        finally:
            self.open.discard(key)

    def named(self, name: str) -> Node | None:
        """What a defined name refers to, as a node."""
        defined = self.book.defined_names.get(name)
        return parse(defined.attr_text.lstrip("=")) if defined is not None and defined.attr_text else None

    def kept(self, area: Area) -> Kept | None:
        """Nothing: the workbook is looked at once."""
        return None

    def last_row(self, sheet: str) -> int:
        """Number of the last row of a sheet that holds anything."""
        if sheet not in self.last:
            cells = self.sheets[sheet]._cells if sheet in self.sheets else {}
            self.last[sheet] = max(
                (row for (row, _), cell in cells.items() if cell.value is not None), default=0
            )
        return self.last[sheet]


def _formula(value: object) -> str:
    told = value.text if isinstance(value, ArrayFormula) else value
    return str(told or "").replace("_xlfn.", "").removeprefix("=")
