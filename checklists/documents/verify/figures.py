"""Reckon the workbook's formulas again from its answers, to see whether the stored results are still theirs."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from checklists.documents.excel.reading import value_text
from checklists.documents.reckoning.cells import BookCells
from checklists.documents.reckoning.values import Aside, Value, is_same, plain_value
from checklists.documents.verify.text import shortened
from checklists.problems import Position, Problem, problem


def stale_results(
    book: Workbook, results: Mapping[tuple[str, str], object], position: Position
) -> tuple[int, list[Problem]]:
    """How many stored results were reckoned again, and those that are another day's or somebody else's.

    ``results``: by sheet and cell, of the formulas that have one stored. What depends on the day it is looked at is
    left out.
    """
    cells = BookCells(book)
    compared, found = 0, []
    for sheet, row, column, formula in cells.formulas() if results else ():
        coordinate = f"{get_column_letter(column)}{row}"
        if (sheet, coordinate) not in results:
            continue
        try:
            ruled = cells.reckoner.result(formula, sheet, row)
        except (Aside, RecursionError):
            continue
        compared += 1
        told = plain_value(results[sheet, coordinate])
        if not is_same(told, ruled):
            where = Position(position.file, sheet=sheet, cell=coordinate)
            shown = {"told": shortened(_shown(told)), "ruled": shortened(_shown(ruled))}
            found.append(problem("verify-stale", where, **shown))
    return compared, found


def _shown(value: Value) -> str:
    return value_text(value) if value is not None else ""
