"""Which sheet is which, and where its columns stand: by the printed heads, whatever the sheet is called by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from checklists.documents.excel.answers import CONTENT, FOUND, ID, KEY, LAST_HEAD, RESULT, WHAT, head_of
from checklists.documents.excel.sheets import GUIDE
from checklists.returns.opening import Sheet
from checklists.text import squeeze

Kind = Literal["guide", "day", "week", "check", "quarter", "situations", "ledger", ""]
WEEKS = tuple(f"第{number}周" for number in range(1, 6))
DAYS = tuple(str(number) for number in range(1, 32))
OF_ALL = "来源文件"
"""A column that only the ledger over all returns has: it is no enterprise's own."""
SITUATION, JUDGED, ARTICLE = "情形", "判定", "条款"


@dataclass(frozen=True)
class Table:
    """A sheet with its heads."""

    kind: Kind
    sheet: Sheet
    first: int
    """Number of the first row under the heads, from 0."""
    columns: dict[str, int]
    """Number of the column, from 0, by its head; of two alike the first."""
    twice: tuple[str, ...]
    """Heads that stand twice."""


def table_of(sheet: Sheet) -> Table | None:
    """The sheet as a table of a workbook of ours; None for any other sheet."""
    for number, row in enumerate(sheet.rows[:LAST_HEAD]):
        if sum(1 for value in row if value != "") < 3:
            continue
        heads = [_head(value) if value != "" else "" for value in row]
        columns = {head: at for at, head in reversed(list(enumerate(heads))) if head}
        kind = _kind(columns)
        if kind:
            twice = tuple(dict.fromkeys(head for head in heads if head and heads.count(head) > 1))
            return Table(kind, sheet, number + 1, columns, twice)
    return Table("guide", sheet, len(sheet.rows), {}, ()) if sheet.name == GUIDE else None


def _kind(heads: dict[str, int]) -> Kind:
    if WHAT in heads and (FOUND in heads or KEY in heads):
        return "" if OF_ALL in heads else "ledger"
    if SITUATION in heads and JUDGED in heads:
        return "situations"
    if "问号" in heads and "情况" in heads:
        return "guide"
    if CONTENT not in heads and ID not in heads:
        return ""
    if RESULT in heads:
        return "check"
    if any(week in heads for week in WEEKS):
        return "week"
    if "15" in heads and "16" in heads:
        return "day"
    return "quarter" if "不符合情况" in heads else ""


def _head(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ""
    return _head_written(str(value))


@lru_cache(maxsize=2048)
def _head_written(text: str) -> str:
    return head_of(text) if len(text) < 60 else ""


def column_letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """A1 for (0, 0)."""
    return f"{_letters(column)}{row + 1}"


_letters = lru_cache(maxsize=1024)(column_letters)


def formulas_in(table: Table, columns: Iterable[int]) -> dict[int, str]:
    """Name of a cell with a formula in one of the columns (from 0), by the number of its row (from 0)."""
    letters = {_letters(column) for column in columns}
    cells = (cell for cell in table.sheet.formulas if cell.rstrip("0123456789") in letters)
    return {int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1: cell for cell in sorted(cells, reverse=True)}


def text_of(value: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is True or value is False:
        return "TRUE" if value else "FALSE"
    return str(value).strip()


def labelled(sheet: Sheet) -> dict[str, tuple[Any, str]]:
    """Value and name of the cell right of every text, by that text; of several the one farthest to the left that is filled."""
    found: dict[str, tuple[int, Any, str]] = {}
    for number, row in enumerate(sheet.rows):
        for at, value in enumerate(row[:-1]):
            if type(value) is not str or not value or len(value) > 30:
                continue
            label, told = squeeze(value), row[at + 1]
            before = found.get(label)
            if before is None or (told != "" and (before[1] == "" or at < before[0])):
                found[label] = (at, told, cell_name(number, at + 1))
    return {label: (told, cell) for label, (_, told, cell) in found.items()}
