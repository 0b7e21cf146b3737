"""A workbook template: opened, and judged before anything is written into it.

The contract with the person who restyles it: the sheets keep their names; the last filled row of a table sheet is
its model row, whose cells print ``{{ row.… }}``; cells elsewhere print ``{{ checklist.… }}`` and
``{{ enterprise.… }}``; formulas refer to defined names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.core import CORE, plain_core
from checklists.documents.excel.dangers import dangers
from checklists.documents.excel.loading import load_book
from checklists.documents.excel.losses import losses, unfilled_fields
from checklists.documents.excel.pictures import keep_pictures
from checklists.documents.excel.rows import REQUIRED_FIELDS, ROW_TYPES
from checklists.documents.excel.sheets import ALWAYS, LISTS, SHEETS
from checklists.documents.excel.text import fills_row, has_field, text_problems
from checklists.documents.excel.view import WorkbookView
from checklists.documents.fields import EnterpriseFields
from checklists.documents.names import Kinds, fields_of
from checklists.documents.plate import make_plate, stamp
from checklists.documents.tags import parsed, stray
from checklists.documents.template_package import open_package
from checklists.files.package import Damaged, damage_told
from checklists.problems import Position, Problem, Refused, problem

HEADER_FIELDS = ("serial",)
"""Enterprise fields that a header or footer may print: a name may hold &, which Excel reads as a code there."""
_KNOWN: Kinds = {"checklist": WorkbookView, "enterprise": EnterpriseFields}


@dataclass(frozen=True)
class WorkbookTemplate:
    """A workbook that keeps the contract, and the number of the model row of each table sheet."""

    workbook: Workbook
    model_rows: Mapping[str, int]


def open_workbook_template(path: Path) -> WorkbookTemplate:
    """Read and judge the template; raises Refused with everything that is wrong with it."""
    workbook = _loaded(path)
    model_rows, problems = _model_rows(workbook, str(path))
    problems += [
        problem("template-sheet-missing", Position(str(path)), sheet=name)
        for name in ALWAYS
        if name not in workbook.sheetnames
    ]
    problems += dangers(workbook, str(path))
    for sheet in workbook.worksheets:
        problems += _sheet_problems(sheet, model_rows.get(sheet.title), str(path))
        problems += _list_problems(sheet, Position(str(path), sheet=sheet.title))
    if problems:
        raise Refused(problems)
    return WorkbookTemplate(workbook, model_rows)


def _loaded(path: Path) -> Workbook:
    parts, place = open_package(path, ".xlsx"), Position(str(path))
    if CORE in parts:
        parts[CORE] = plain_core(parts[CORE])  # openpyxl reads no workbook with wrong times
    try:
        with damage_told():
            lost = losses(parts, str(path))
        workbook, told = load_book(stamp(make_plate(parts), {}), rich_text=True)
        if not lost:
            with damage_told():
                keep_pictures(workbook, parts)
    except Damaged as damage:
        raise Refused([damage.problem("template-damaged", place, format=".xlsx")]) from damage
    lost += [
        problem("template-would-lose", place, what=f"本程序读不了的内容（{warning}）")
        for warning in ([] if lost else told)
    ]
    lost += unfilled_fields(parts, str(path))
    if lost:
        raise Refused(lost)
    return workbook


# ---------------------------------------------------------------- model rows


def _model_rows(workbook: Workbook, file: str) -> tuple[dict[str, int], list[Problem]]:
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for sheet in workbook.worksheets:
        if sheet.title not in SHEETS:
            continue
        position = Position(file, sheet=sheet.title)
        rows = sorted({cell.row for cell in cells_with_values(sheet) if fills_row(cell_text(cell.value))})
        last = max((cell.row for cell in cells_with_values(sheet)), default=0)
        if not rows:
            field = next(iter(fields_of(ROW_TYPES[sheet.title])))
            problems.append(problem("template-model-row-missing", position, field=field))
        elif len(rows) > 1:
            listed = "、".join(map(str, rows))
            problems.append(problem("template-model-rows-several", position, rows=listed))
        elif rows[0] != last:
            problems.append(problem("template-model-row-not-last", position, row=rows[0]))
        if rows:
            found[sheet.title] = rows[-1]
    return found, problems


@dataclass(frozen=True)
class FoundCell:
    """A cell that holds something."""

    row: int
    coordinate: str
    value: object
    is_formula: bool


def cells_with_values(sheet: Worksheet) -> Iterator[FoundCell]:
    """Every cell of the sheet that holds something, row by row."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield FoundCell(cell.row, cell.coordinate, cell.value, cell.data_type == "f")


def cell_text(value: object) -> str | None:
    """The text of a cell, its fonts apart; of an array formula the formula; None for numbers and days."""
    if isinstance(value, ArrayFormula):
        return str(value.text)
    return str(value) if isinstance(value, (str, CellRichText)) else None


# ---------------------------------------------------------------- texts


def _sheet_problems(sheet: Worksheet, model_row: int | None, file: str) -> Iterator[Problem]:
    texts = []
    for cell in cells_with_values(sheet):
        position = Position(file, sheet=sheet.title, cell=cell.coordinate)
        text = cell_text(cell.value)
        if text is None:
            continue
        if cell.is_formula:
            yield from _formula_problems(text, sheet.title, position)
        elif wrong := list(text_problems(text, _known(sheet.title, cell.row == model_row), position)):
            yield from wrong
        elif has_field(text):
            texts.append(text)
            yield from _cut_fields(cell.value, position)
    for name in REQUIRED_FIELDS.get(sheet.title, ()):
        if not any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts):
            yield problem("template-field-missing", Position(file, sheet=sheet.title), field=name)
    yield from _header_problems(sheet, Position(file, sheet=sheet.title))


def _known(sheet: str, in_model_row: bool) -> Kinds:
    return {**_KNOWN, "row": ROW_TYPES[sheet]} if in_model_row else _KNOWN


def _formula_problems(formula: str, sheet: str, position: Position) -> Iterator[Problem]:
    """A formula refers to other sheets by names alone, which know what to do when the sheet is left out."""
    if has_field(formula):
        yield problem("template-field-in-formula", position)
    plain = formula.replace("'", "")
    for absent in SHEETS:
        if absent not in (sheet, *ALWAYS) and f"{absent}!" in plain:
            yield problem("template-refers-to-absent", position, sheet=absent)


def _list_problems(sheet: Worksheet, position: Position) -> Iterator[Problem]:
    """Words to choose from that are not those which formulas and readers look for."""
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    offered = [tuple(str(rule.formula1).strip('"').split(",")) for rule in rules]
    for words in LISTS.get(sheet.title, ()):
        if words not in offered:
            told = next((one for one in offered if set(one) & set(words)), offered[0] if offered else ())
            yield problem(
                "template-list-words", position, told="、".join(told) or "（没有）", ruled="、".join(words)
            )


def _cut_fields(value: object, position: Position) -> Iterator[Problem]:
    """A field that begins in one font and ends in another, or a loop that does."""
    if isinstance(value, CellRichText):
        runs = [run.text if isinstance(run, TextBlock) else run for run in value]
        if any(stray(run) or not _is_whole(run) for run in runs):
            yield problem("template-field-cut", position)


def _is_whole(text: str) -> bool:
    try:
        parsed(text, autoescape=False)
    except TemplateSyntaxError:
        return False
    return True


def _header_problems(sheet: Worksheet, position: Position) -> Iterator[Problem]:
    for _, text in _headers(sheet):
        yield from text_problems(text, _KNOWN, position)
        for name in re.findall(r"\benterprise\.(\w+)", text):
            if name not in HEADER_FIELDS:
                yield problem("template-header-field", position, field=f"enterprise.{name}")


def _headers(sheet: Worksheet) -> Iterator[tuple[Any, str]]:
    for item in (
        sheet.oddHeader,
        sheet.oddFooter,
        sheet.evenHeader,
        sheet.evenFooter,
        sheet.firstHeader,
        sheet.firstFooter,
    ):
        for part in (item.left, item.center, item.right) if item else ():
            if isinstance(part.text, str):
                yield part, part.text
