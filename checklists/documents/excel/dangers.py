"""What a workbook template may not do when it is opened: fetch from elsewhere, start programs, keep sheets nobody can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from checklists.problems import Position, Problem, problem

_TEXTS = re.compile(r'"[^"]*"')
_FETCHES = re.compile(
    r"\[[^\]]*\][^!(]*!"  # [book.xlsx]Sheet!, [1]Sheet!
    r"|[\w.]+\|[^!|]*!"  # cmd|'/c calc'!A0: dynamic data exchange
    r"|\b(?:_xlfn\.)?(?:IMAGE|WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.REQUEST|DDE|STOCKHISTORY)\s*\(",
    re.IGNORECASE,
)


def dangers(workbook: Workbook, file: str) -> list[Problem]:
    """Problems with sheet and cell of each."""
    found = [
        problem("template-remote-formula", Position(file), formula=f"{name}：{defined.attr_text}"[:80])
        for name, defined in workbook.defined_names.items()
        if _fetches(defined.attr_text or "")
    ]
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "veryHidden":
            found.append(problem("template-sheet-hidden", Position(file, sheet=sheet.title)))
        for cell, formula in _formulas(sheet):
            if _fetches(formula):
                position = Position(file, sheet=sheet.title, cell=cell)
                found.append(problem("template-remote-formula", position, formula=formula[:80]))
    return found


def _fetches(formula: str) -> bool:
    return _FETCHES.search(_TEXTS.sub("", formula)) is not None


def _formulas(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Cell and formula of every formula of the sheet: in cells, drop-downs and conditional formats."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                yield cell.coordinate, str(formula)
    for rule in sheet.data_validations.dataValidation:
        for formula in (rule.formula1, rule.formula2):
            if formula:
                yield str(rule.sqref).split()[0], str(formula)
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            yield from ((str(formatting.sqref).split()[0], str(formula)) for formula in rule.formula)
    for name, defined in sheet.defined_names.items():
        yield name, str(defined.attr_text)
