"""Reckon a formula of the workbook: what our formulas use of Excel's language, and not more.

Written from ECMA-376 part 1, 18.17. What depends on today's day, or uses a function that is not here, is set aside: it
raises :class:`Aside` and is not compared. References stay references until a value is asked for, so that INDEX may
give one and ISBLANK see an empty cell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, Protocol

from openpyxl.utils.cell import column_index_from_string

from checklists.documents.reckoning.functions import FUNCTIONS
from checklists.documents.reckoning.language import OWN_ROW, Node, looks_at_its_row, parse
from checklists.documents.reckoning.memory import Kept, Memory, Read
from checklists.documents.reckoning.values import (
    OPERATORS,
    Aside,
    Failure,
    Value,
    broadcast,
    plain_value,
    truth,
)

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_CELL, _COLUMN = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})"), re.compile(r"\$?([A-Z]{1,3})")


class Area(NamedTuple):
    """Cells of a sheet, first and last row and column."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Cells(Protocol):
    """Where a formula finds what it refers to."""

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Value of one cell, reckoned if it is a formula."""

    def named(self, name: str) -> Node | None:
        """What a defined name stands for."""

    def last_row(self, sheet: str) -> int:
        """Number of the last row that holds anything."""

    def kept(self, area: Area) -> Kept | None:
        """Where what is found in an area is kept, if that is longer than for one workbook."""


# ---------------------------------------------------------------- reckoning


class Reckoner:
    """Reckons formulas over the cells of one workbook; with a ``memory`` not again what another one had as well."""

    def __init__(
        self, cells: Cells, today: datetime.date | None = None, memory: Memory | None = None
    ) -> None:
        self.cells = cells
        self.today = today
        self.memory = memory or Memory()
        self.known: dict[tuple[str, Node], tuple[Value, dict[Read, Hashable]]] = {}
        """Value of a node that is the same in every row, and what it reads."""
        self.kept = Kept()
        self.signs: dict[Read, Hashable] = {}
        self.is_own = False
        """Whether the formula reckoned last looked at nothing but its own row."""
        self.reads: dict[Read, Hashable] = {}
        """What the formula has read that is being reckoned."""
        self.own: tuple[str, int] | None = None
        """Its sheet and row, while what is reckoned hangs on them."""

    def result(self, formula: str, sheet: str, row: int) -> Value:
        """What the cell shows. Raises Aside."""
        key = (self.today, sheet, formula)
        kept = self.reads, self.own
        self.own = (sheet, row)
        try:
            end = self.memory.recalled(key, self._sign)
            if end is None:
                self.reads = {}
                end = self.memory.keep(key, self.reads, self._result(formula, sheet, row))
        finally:
            self.reads, self.own = kept
        told, self.is_own = end.result, end.is_own
        if isinstance(told, Aside):
            raise told
        return told

    def _result(self, formula: str, sheet: str, row: int) -> Value:
        try:
            told = self.single(self.at(parse(formula), sheet, row))
        except Aside as aside:
            return aside
        return 0.0 if told is None else told

    def at(self, node: Node, sheet: str, row: int) -> Value:
        """Value of a node in a formula of this sheet and row."""
        if looks_at_its_row(node):
            return self._reckon(node, sheet, row)
        if (sheet, node) not in self.known:
            kept = self.reads, self.own
            self.reads, self.own = {}, None
            try:
                self.known[sheet, node] = self._reckon(node, sheet, row), self.reads
            finally:
                kept[0].update(self.reads)
                self.reads, self.own = kept
            return self.known[sheet, node][0]
        value, reads = self.known[sheet, node]
        self.reads.update(reads)
        return value

    # what is read, and how it is known again

    def _note(self, read: Read) -> Hashable:
        """Note that something is read; what was found there."""
        if read not in self.reads:
            self.reads[read] = self._sign(read)
        return self.reads[read]

    def _sign(self, read: Read) -> Hashable:
        """Something short that is the same wherever the same is found."""
        kind = read[0]
        if kind == "own" and self.own:
            sheet, row = self.own
            if read[1] == read[2]:
                return self._sign_of(sheet, row, read[1])
            return self._content(Area(sheet, row, read[1], row, read[2]))
        if kind == "cell":
            return self._sign_of(*read[1:])
        if kind == "row":
            return self.own and self.own[1]
        if kind == "last":
            return self.cells.last_row(read[1])
        if kind == "area":
            return self._sign_of_area(read[1])
        if read not in self.signs:
            self.signs[read] = self.memory.sign(self.cells.named(read[1]))
        return self.signs[read]

    def _sign_of_area(self, area: Area) -> Hashable:
        signs = self._kept(area).signs
        if area not in signs:
            signs[area] = self.memory.sign(self._content(area))
        return signs[area]

    def _kept(self, area: Area) -> Kept:
        return self.cells.kept(area) or self.kept

    def _sign_of(self, sheet: str, row: int, column: int) -> Hashable:
        try:
            value = self.cells.value(sheet, row, column)
        except Aside:
            return Aside
        return value.__class__, value

    def _content(self, area: Area) -> Hashable:
        try:
            values = [tuple(row) for row in self._rows_of(area)]
        except Aside:
            return Aside
        return tuple(values), tuple(one.__class__ for row in values for one in row)

    def _read_of(self, area: Area) -> Read:
        if self.own == (area.sheet, area.top) and area.top == area.bottom:
            return ("own", area.left, area.right)
        if (area.top, area.left) == (area.bottom, area.right):
            return ("cell", area.sheet, area.top, area.left)
        return ("area", area)

    def _reckon(self, node: Node, sheet: str, row: int) -> Value:
        kind = node[0]
        if kind in ("number", "text"):
            return node[1]
        if kind == "array":
            return [[self.at(one, sheet, row) for one in node[1]]]
        if kind == "ref":
            return self._reference(node, sheet, row)
        if kind == ":":
            return self._span(node, sheet, row)
        if kind == "call":
            return self._call(node[1], node[2], sheet, row)
        left, right = (
            self.rows_or_one(self.at(node[1], sheet, row)),
            self.rows_or_one(self.at(node[2], sheet, row)),
        )
        return broadcast(OPERATORS[kind], left, right)

    def _reference(self, node: Node, sheet: str, row: int) -> Value:
        _, word, owner = node
        where = owner or sheet
        cell = _CELL.fullmatch(word)
        if cell:
            line, column = int(cell[2]), column_index_from_string(cell[1])
            return Area(where, line, column, line, column)
        if word.upper() in ("TRUE", "FALSE"):
            return word.upper() == "TRUE"
        self._note(("name", word))
        named = self.cells.named(word)
        if named is None:
            raise Aside(word)
        return self.at(named, sheet, row)

    def _span(self, node: Node, sheet: str, row: int) -> Area:
        first, last = node[1], node[2]
        if first[0] == last[0] == "ref":
            one, other = _COLUMN.fullmatch(first[1]), _COLUMN.fullmatch(last[1])
            if one and other:
                left, right = column_index_from_string(one[1]), column_index_from_string(other[1])
                return Area(first[2] or sheet, 1, left, LAST_ROW, right)
            if last[2] == "":
                last = ("ref", last[1], first[2])
        begin, end = self.at(first, sheet, row), self.at(last, sheet, row)
        if not (isinstance(begin, Area) and isinstance(end, Area) and begin.sheet == end.sheet):
            raise Aside("range")
        return Area(begin.sheet, begin.top, begin.left, end.bottom, end.right)

    def _call(self, name: str, nodes: tuple[Node, ...], sheet: str, row: int) -> Value:
        if name == "ROW" and not nodes:
            self._note(("row",))
            return float(row)
        if name == "INDEX" and nodes[1:] == (OWN_ROW,):
            area = self.at(nodes[0], sheet, row)
            if isinstance(area, Area) and (area.sheet, area.top, area.bottom) == (sheet, 1, LAST_ROW):
                return Area(sheet, row, area.left, row, area.left)
        if name == "ROW":
            return self.row_numbers(self.at(nodes[0], sheet, row))
        if name == "TODAY" and self.today:
            return plain_value(self.today)
        if name in ("IF", "IFERROR"):
            return self._branch(name, nodes, sheet, row)
        if name not in FUNCTIONS:
            raise Aside(name)
        return FUNCTIONS[name](self, *(self.at(node, sheet, row) for node in nodes))

    def _branch(self, name: str, nodes: tuple[Node, ...], sheet: str, row: int) -> Value:
        first = self.single(self.at(nodes[0], sheet, row))
        if name == "IFERROR":
            return self.at(nodes[1], sheet, row) if isinstance(first, Failure) else first
        if isinstance(first, Failure):
            return first
        chosen = nodes[1] if truth(first) else nodes[2] if len(nodes) > 2 else ("ref", "FALSE", "")
        return self.at(chosen, sheet, row)

    # what a value is asked for as

    def rows(self, value: Value) -> list[list[Value]]:
        """Rows of values, those of an area down to the last row that holds anything."""
        if isinstance(value, list):
            return value
        if not isinstance(value, Area):
            return [[value]]
        self._note(self._read_of(value))
        return self._rows_of(value)

    def _rows_of(self, value: Area) -> list[list[Value]]:
        areas = self._kept(value).areas
        if value not in areas:
            columns = range(value.left, min(value.right, LAST_COLUMN) + 1)
            areas[value] = [
                [self.cells.value(value.sheet, row, column) for column in columns]
                for row in range(value.top, self._bottom(value) + 1)
            ]
        found: list[list[Value]] = areas[value]
        return found

    def _bottom(self, area: Area) -> int:
        return min(area.bottom, max(self.cells.last_row(area.sheet), area.top))

    def row_numbers(self, value: Value) -> Value:
        """Numbers of the rows of an area. Raises Aside for what is none."""
        if not isinstance(value, Area):
            raise Aside("ROW")
        self._note(("last", value.sheet))
        if self.own:
            self._note(("row",))
        numbers = [[float(row)] for row in range(value.top, self._bottom(value) + 1)]
        return numbers if len(numbers) > 1 else numbers[0][0]

    def fits(self, area: Value, wanted: str, is_number: bool, test: Callable[[Value], bool]) -> int:
        """For every place of an area a bit, set where it passes the test, which is that of ``wanted``."""
        if not isinstance(area, Area):
            return _bits(self.flat(area), test)
        self._note(self._read_of(area))
        key, fitting = (area, wanted, is_number), self._kept(area).fitting
        if key not in fitting:
            fitting[key] = _bits([one for row in self._rows_of(area) for one in row], test)
        return fitting[key]

    def rows_or_one(self, value: Value) -> Value:
        """An area of one cell as its value, a larger one as rows."""
        if isinstance(value, Area) and (value.top, value.left) == (value.bottom, value.right):
            self._note(self._read_of(value))
            return self.cells.value(value.sheet, value.top, value.left)
        return self.rows(value) if isinstance(value, Area) else value

    def single(self, value: Value) -> Value:
        """One value. Raises Aside where there are several."""
        told = self.rows_or_one(value)
        if isinstance(told, list):
            if len(told) != 1 or len(told[0]) != 1:
                raise Aside("several values")
            return told[0][0]
        return told

    def flat(self, value: Value) -> list[Value]:
        return [one for row in self.rows(value) for one in row]

    def cell_of(self, value: Value, row: int, column: int) -> Value:
        """The cell (from 1) of an area as an area of its own, of an array as its value."""
        if isinstance(value, Area):
            line, place = value.top + row - 1, value.left + column - 1
            inside = min(row, column) >= 1 and line <= value.bottom and place <= value.right
            return Area(value.sheet, line, place, line, place) if inside else Failure("#REF!")
        told = self.rows(value)
        if len(told) == 1 and column == 1:
            row, column = 1, row  # a single row is counted along
        return (
            told[row - 1][column - 1]
            if 0 < row <= len(told) and 0 < column <= len(told[0])
            else Failure("#REF!")
        )


def _bits(values: Iterable[Value], test: Callable[[Value], bool]) -> int:
    """A bit for each value, the first the lowest; each different one is tested once."""
    known: dict[tuple[type, Value], str] = {}
    told = []
    for value in values:
        key = (value.__class__, value)
        if key not in known:
            known[key] = "1" if test(value) else "0"
        told.append(known[key])
    return int("".join(reversed(told)) or "0", 2)
