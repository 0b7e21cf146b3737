"""The rows of one sheet with a list's texts in them: cells in place, the table downward from its model row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils import get_column_letter

from checklists.documents.excel.around import Added
from checklists.documents.excel.cells import ROW, Height, cell_xml, row_start
from checklists.documents.excel.model import (
    Asked,
    Column,
    Filled,
    Formula,
    Place,
    filled_cell,
    in_row,
)
from checklists.documents.excel.parts import OPENED
from checklists.documents.excel.plan import PlannedRow, PlannedSheet
from checklists.documents.excel.reach import Reach
from checklists.documents.excel.reading import row_line, value_text
from checklists.documents.excel.rows import Block, CheckRow, LedgerRow, Table, TableRow
from checklists.documents.excel.write import USUAL_HEIGHT, Filler
from checklists.documents.fields import MARK
from checklists.documents.reading import is_fixed
from checklists.documents.reckoning.memory import Kept


@dataclass
class FilledRows:
    """Rows with texts in them, and what else there is to know of them."""

    pieces: list[str] = field(default_factory=list)
    formulas: list[tuple[int, int, Formula]] = field(default_factory=list)
    """Which of the pieces is a formula's, which is still empty, and the number of its row."""
    values: dict[int, list[Any]] = field(default_factory=dict)
    """By row and column, as formulas see them; formulas as :class:`Asked`."""
    lines: list[str] = field(default_factory=list)
    """Of the digest, in the order of the rows."""
    left_out: list[str] = field(default_factory=list)
    """Cells that are locked and not in the digest."""
    links: list[tuple[str, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    shared: bool = False
    """Whether other workbooks of the day have the same rows."""
    kept: Kept | None = None
    """Set for shared rows that look at nothing but themselves: what formulas have found in them."""

    def note(self, sheet: str, row: int, parts: list[str], left_out: list[str]) -> None:
        """Take the locked texts of a row into the digest."""
        if parts:
            self.lines.append(row_line(parts))
        self.left_out += [f"{sheet}!{letter}{row}" for letter in left_out]

    def ask(self, row: int, formula: Formula) -> None:
        """Leave room for a formula whose value is not known yet."""
        self.formulas.append((len(self.pieces), row, formula))
        self.pieces.append("")


@dataclass
class FilledSheet:
    """The rows of a sheet: those above its table, the table, those behind it."""

    plan: PlannedSheet
    above: FilledRows = field(default_factory=FilledRows)
    table: FilledRows = field(default_factory=FilledRows)
    behind: FilledRows = field(default_factory=FilledRows)
    opened: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Cells that are open while a field is empty: the field, style while it is, style otherwise."""
    reach: Reach | None = None
    levels: int = 0
    last: int = 0
    """Number of the last row that holds anything."""
    last_column: int = 0

    @property
    def title(self) -> str:
        """Of the sheet."""
        return self.plan.title

    @property
    def rows(self) -> tuple[FilledRows, FilledRows, FilledRows]:
        """All of them in their order."""
        return self.above, self.table, self.behind

    def told(self) -> tuple[list[str], list[str]]:
        """Lines of the digest, and cells left out of it."""
        return [one for rows in self.rows for one in rows.lines], [
            one for rows in self.rows for one in rows.left_out
        ]

    def added(self) -> Added:
        """What the rows bring to the sheet around them."""
        (top, left), letter = self.plan.first, get_column_letter
        dimension = f"{letter(left)}{top}:{letter(self.last_column)}{self.last}"
        table = self.table
        return Added(dimension, self.reach, self.levels, table.merged, table.links, table.breaks)


def filled_sheet(plan: PlannedSheet, table: Table | None, filler: Filler) -> FilledSheet:
    """The sheet with a list's texts in it. Raises Refused naming the cell that cannot be filled."""
    made = FilledSheet(plan, last=plan.last[0], last_column=plan.last[1])
    model_row = plan.model_row if table else None
    for row in plan.rows:
        if model_row is None or row.number < model_row:
            _write_row(made, made.above, row, filler)
    if table and model_row is not None:
        runs, last = _runs(table, model_row)
        made.reach = Reach(runs, last)
        made.levels = sum(model_row + fold <= last for fold in table.folds)
        made.table = _table(plan, table, filler)
        made.last = max(made.last, last)
        for row in plan.rows:  # looks that the template has below its table
            if row.number > last:
                _write_row(made, made.behind, row, filler)
    return made


# ---------------------------------------------------------------- rows outside the table


def _write_row(made: FilledSheet, rows: FilledRows, row: PlannedRow, filler: Filler) -> None:
    values: list[Any] = [None] * (made.last_column + 1)
    for column, value in row.values.items():
        values[column] = value
    filled = {piece.column: _filled(made, piece, filler) for piece in row.pieces if isinstance(piece, Place)}
    points = max((one.points for one in filled.values()), default=0.0)
    height = max(row.points or USUAL_HEIGHT, points) if points else row.points
    number = str(row.number)
    rows.pieces.append(f'<row r="{number}"{row_start(row.about, Height(height))}')
    for piece in row.pieces:
        if isinstance(piece, str):
            rows.pieces.append(piece)
        elif isinstance(piece, Formula):
            rows.ask(row.number, piece)
            values[piece.column] = Asked(piece.text)
        else:
            rows.pieces.append(filled[piece.column].xml.replace(ROW, number))
            values[piece.column] = filled[piece.column].value
    rows.pieces.append("</row>")
    rows.values[row.number] = values
    told = {column: one for column, one in filled.items() if one.line or one.left_out}
    parts = [one.line for one in told.values() if one.line]
    parts += [f"{column}:{text}" for column, text in row.locked.items() if is_fixed(text)]
    left_out = [column for column, one in told.items() if one.left_out]
    left_out += [column for column, text in row.locked.items() if text and not is_fixed(text)]
    rows.note(made.title, row.number, parts, [get_column_letter(column) for column in sorted(left_out)])


def _filled(made: FilledSheet, place: Place, filler: Filler) -> Filled:
    value = filler.fill(place.value, made.title, place.coordinate)
    field_alone = MARK.fullmatch(value) if place.opened and isinstance(value, str) else None
    if field_alone and field_alone[1] in OPENED:
        for coordinate, (opened, locked) in place.opened.items():
            made.opened[coordinate] = (OPENED[field_alone[1]], opened, locked)
    letter = get_column_letter(place.column)
    return filled_cell(place, letter, value, place.style, locked=place.locked)


def add_row(made: FilledSheet, number: int, texts: Mapping[int, str]) -> None:
    """A row behind all others, in no special look, by column."""
    cells = "".join(cell_xml(f"{get_column_letter(column)}{number}", text) for column, text in texts.items())
    made.behind.pieces.append(f'<row r="{number}">{cells}</row>')
    told = {column: value_text(text) for column, text in texts.items() if text}
    parts = [f"{column}:{text}" for column, text in told.items() if is_fixed(text)]
    made.behind.note(
        made.title,
        number,
        parts,
        [get_column_letter(one) for one, text in told.items() if not is_fixed(text)],
    )
    made.last, made.last_column = number, max(made.last_column, *texts)
    values: list[Any] = [None] * (made.last_column + 1)
    for column, text in texts.items():
        values[column] = text
    made.behind.values[number] = values


# ---------------------------------------------------------------- the table


def _runs(table: Table, model_row: int) -> tuple[tuple[range, ...], int]:
    """The rows of each block, lines to sign on left out, and the number of the last row of all."""
    number = model_row
    runs: list[range] = []
    for block in table.blocks:
        first, number = number, number + len(block.rows) + len(block.own) + len(block.under)
        runs.append(range(first, max(number - len(block.under), first + 1)))
    return tuple(runs) or (range(model_row, model_row + 1),), max(number - 1, model_row)


KEPT = 4
"""Tables of one sheet that are kept."""


def _table(plan: PlannedSheet, table: Table, filler: Filler) -> FilledRows:
    """The rows of the table; those of a prepared ledger, which all lists of a day share, are made once."""
    if not all(isinstance(row, LedgerRow) for row in table.rows) or not plan.is_alone:
        return _written(plan, table, filler)
    if table not in plan.kept:
        if len(plan.kept) >= KEPT:
            plan.kept.clear()
        plan.kept[table] = replace(_written(plan, table, filler), shared=True)
    found: FilledRows = plan.kept[table]
    return found


def _written(plan: PlannedSheet, table: Table, filler: Filler) -> FilledRows:
    made = FilledRows()
    model_row = number = plan.model_row or 0
    for block in table.blocks:
        if number > model_row:
            made.breaks.append(number - 1)
        first = number
        for kind, record in _records(block):
            fixed = bool(plan.merged) or (kind == "under" and number > first)
            _write_record(made, plan, number, kind, record, filler, _look(plan, number, table, fixed))
            number += 1
    if number == model_row:
        _write_record(made, plan, number, "cleared", None, filler, _look(plan, number, table, fixed=False))
    return made


def _records(block: Block) -> Iterator[tuple[str, TableRow]]:
    yield from (("rows", record) for record in block.rows)
    yield from (("own", record) for record in block.own)
    yield from (("under", record) for record in block.under)


@dataclass(frozen=True)
class _Look:
    """Attributes of a row, and whether its height stays as it is."""

    about: tuple[tuple[str, str], ...]
    fixed: bool


def _look(plan: PlannedSheet, number: int, table: Table, fixed: bool) -> _Look:
    """How a row lies; those behind the first of the folds are folded away, and do not print, each fold a level deeper."""
    at = number - (plan.model_row or 0)
    about = plan.model_about if at == 0 else ()
    level = sum(at >= fold for fold in table.folds)
    if level:
        about = (*about, ("hidden", "1"), ("outlineLevel", str(level)))
    return _Look((*about, ("collapsed", "1")) if at + 1 in table.folds else about, fixed)


def _write_record(
    made: FilledRows, plan: PlannedSheet, number: int, kind: str, record: Any, filler: Filler, look: _Look
) -> None:
    line = plan.lines[kind]
    told, points, values = str(number), line.points, list(line.values)
    parts, left_out = list(line.lines), list(line.left_out)
    at = len(made.pieces)
    made.pieces.append("")
    waiting: list[str] = []
    for step in line.steps:
        if isinstance(step, str):
            waiting.append(step)
        elif isinstance(step, Column):
            cell = step.filled(record, plan.title, filler)
            waiting.append(cell.xml)
            values[step.place.column] = cell.value
            points = max(points, cell.points)
            if cell.line:
                parts.append(cell.line)
            elif cell.left_out:
                left_out.append(step.letter)
            if step.is_link and isinstance(record, CheckRow) and record.number in filler.links:
                made.links.append((f"{step.letter}{told}", filler.links[record.number]))
        else:
            made.pieces.append("".join(waiting).replace(ROW, told))
            waiting = []
            formula = in_row(step, plan.model_row or number, number)
            made.ask(number, formula)
            values[formula.column] = Asked(formula.text)
    made.pieces.append("".join(waiting).replace(ROW, told) + "</row>")
    made.pieces[at] = f'<row r="{told}"{row_start(look.about, Height(points, look.fixed))}'
    made.values[number] = values
    made.note(plan.title, number, parts, left_out)
    if number > (plan.model_row or 0):
        made.merged += [f"{one}{told}:{other}{told}" for one, other in plan.merged]
