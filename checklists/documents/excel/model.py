"""The model row of a table: what it writes into a row, each text, its room and its cell made once and used in every list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from jinja2 import meta, nodes
from openpyxl.cell.rich_text import CellRichText
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from checklists.documents.excel.cells import NO_STYLE, ROW, Style, cell_xml, formula_xml
from checklists.documents.excel.reading import value_text
from checklists.documents.excel.text import has_field
from checklists.documents.excel.write import STAYS_LOCKED, Filler, height_of
from checklists.documents.reading import is_fixed
from checklists.documents.reckoning.values import plain_value
from checklists.documents.tags import parsed

UNDER_HEIGHT = 44.0
"""Points: room for a signature in a line under a table."""
KINDS = ("rows", "own", "under")
KNOWN = 20_000
"""Texts of one column that are kept: more than a batch of distinct lists has."""


@dataclass(frozen=True)
class Place:
    """A cell that a list fills in: outside the model row, or in it."""

    column: int
    coordinate: str
    value: Any = field(repr=False)
    """Text with fields, or whatever it says in every row."""
    style: Style
    locked: bool
    width: float
    """Characters that a wrapped text has; nothing where it is not wrapped, or not seen."""
    seen: bool
    """Whether its column is seen at all."""
    points: float
    """Of its type."""
    own: Style = NO_STYLE
    """How it looks in a row of the enterprise's own: white, and open."""
    opened: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Style while it is empty and style otherwise, of it and of the cells it is merged with; for the first sheet."""

    @property
    def text(self) -> str:
        """What it says, its fonts apart."""
        return str(self.value) if isinstance(self.value, (str, CellRichText)) else ""

    @property
    def is_wording(self) -> bool:
        """Whether it prints what a row of the enterprise's own leaves open."""
        return self.seen and has_field(self.text) and not STAYS_LOCKED.search(self.text)


@dataclass(frozen=True)
class Formula:
    """A cell with a formula: what stands before and behind the value in its XML, and the formula itself."""

    column: int
    start: str
    told: str
    """The element of the formula; empty for one of a model row, which is moved to each row it is written into."""
    text: str
    """Without its equals sign."""
    is_array: bool = False


class Filled(NamedTuple):
    """A cell with a list's text in it."""

    xml: str
    """Of the cell, its row left open."""
    points: float
    """Height that it needs."""
    value: Any
    """As formulas see it."""
    line: str
    """Its part of the row's line in the digest; empty for one that is open or holds nothing."""
    left_out: bool
    """Whether it is locked and yet not in the digest."""


class Asked(str):
    """A formula among the values of a sheet: what it gives is not known yet."""

    __slots__ = ()


def filled_cell(place: Place, letter: str, value: Any, style: Style, *, locked: bool) -> Filled:
    """The cell with a value in it."""
    text = str(value) if isinstance(value, (str, CellRichText)) else ""
    told = value_text(value) if locked and value not in (None, "") else ""
    fixed = bool(told) and is_fixed(told)
    return Filled(
        xml=cell_xml(f"{letter}{ROW}", value, style),
        points=height_of(text, place.width, place.points) if text and place.width else 0.0,
        value=plain_value(text if isinstance(value, CellRichText) else None if value == "" else value),
        line=f"{place.column}:{told}" if fixed else "",
        left_out=bool(told) and not fixed,
    )


# ---------------------------------------------------------------- a row of one kind


@dataclass(frozen=True)
class Column:
    """A cell of the model row whose text differs from row to row."""

    place: Place
    letter: str
    style: Style
    locked: bool
    fields: Callable[[Any], Any] | None
    """What of a row its text is made of; None where it looks at more than the row."""
    is_link: bool
    """Whether it prints the number of an item, which leads to its bases."""
    known: dict[Any, Filled] = field(default_factory=dict, repr=False, compare=False)

    def filled(self, record: Any, sheet: str, filler: Filler) -> Filled:
        """The cell in the row of a record. Raises Refused naming the template's cell."""
        if self.fields is None:
            return self._filled(record, sheet, filler)
        key = self.fields(record)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > KNOWN:
                self.known.clear()
            found = self.known[key] = self._filled(record, sheet, filler)
        return found

    def _filled(self, record: Any, sheet: str, filler: Filler) -> Filled:
        place = self.place
        value = filler.with_row(record).fill(place.value, sheet, place.coordinate)
        return filled_cell(place, self.letter, value, self.style, locked=self.locked)


@dataclass(frozen=True)
class ModelLine:
    """What the model row writes into rows of one kind."""

    steps: tuple[str | Column | Formula, ...]
    points: float
    """Height that it needs whatever the texts."""
    values: tuple[Any, ...]
    """By column from 0, which no cell has."""
    lines: tuple[str, ...]
    """Parts of the line in the digest that are the same in every row."""
    left_out: tuple[str, ...]
    """Letters of the columns left out of it in every row."""


def model_line(cells: Sequence[Place | Formula], kind: str, least: float, model_row: int) -> ModelLine:
    """How the model row writes rows of a kind, ``cleared`` for a table that has none."""
    steps: list[str | Column | Formula] = []
    filled: list[Filled] = []
    values: list[Any] = [None] * (max((cell.column for cell in cells), default=0) + 1)
    for cell in cells:
        if isinstance(cell, Formula):
            empty = kind in ("under", "cleared")
            steps.append(f'{cell.start} t="n"/>' if empty else _settled(cell, model_row))
        elif has_field(cell.text) and kind != "cleared":
            steps.append(_column(cell, kind))
        else:
            value = None if kind == "cleared" else cell.value
            found = filled_cell(cell, get_column_letter(cell.column), value, cell.style, locked=cell.locked)
            filled.append(found)
            steps.append(found.xml)
            values[cell.column] = found.value
    usual = max(least, UNDER_HEIGHT) if kind == "under" else least
    return ModelLine(
        steps=tuple(_joined(steps)),
        points=max([usual, *(one.points for one in filled)]),
        values=tuple(values),
        lines=tuple(one.line for one in filled if one.line),
        left_out=tuple(
            get_column_letter(cell.column)
            for cell, one in zip((one for one in cells if isinstance(one, Place)), filled, strict=False)
            if one.left_out
        ),
    )


def _column(place: Place, kind: str) -> Column:
    opens = kind == "own" and place.is_wording
    return Column(
        place,
        get_column_letter(place.column),
        place.own if opens else place.style,
        place.locked and not opens,
        _fields(place.text),
        "row.number" in place.text,
    )


def _joined(steps: Sequence[str | Column | Formula]) -> Iterator[str | Column | Formula]:
    """Neighbouring XML as one step."""
    texts: list[str] = []
    for step in steps:
        if isinstance(step, str):
            texts.append(step)
            continue
        if texts:
            yield "".join(texts)
            texts = []
        yield step
    if texts:
        yield "".join(texts)


def _fields(text: str) -> Callable[[Any], Any] | None:
    """What of ``row`` a text prints, if it looks at nothing else."""
    tree = parsed(text, autoescape=False)
    asked = {one.attr for one in tree.find_all(nodes.Getattr) if _is_row(one.node)}
    rows = sum(_is_row(one) for one in tree.find_all(nodes.Name))
    alone = meta.find_undeclared_variables(tree) == {"row"}
    if not alone or rows != sum(_is_row(one.node) for one in tree.find_all(nodes.Getattr)):
        return None
    return attrgetter(*sorted(asked))


def _is_row(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "row"


# ---------------------------------------------------------------- formulas


_FAR = (1, 13, 200)


def _settled(cell: Formula, model_row: int) -> Formula:
    """The formula with its element made once, if it reads the same in every row."""
    letter = get_column_letter(cell.column)
    if cell.is_array or any(moved(cell.text, letter, model_row, model_row + by) != cell.text for by in _FAR):
        return cell
    return Formula(cell.column, cell.start, formula_xml(cell.text, {}), cell.text)


@lru_cache(maxsize=20_000)
def moved(formula: str, letter: str, model_row: int, row: int) -> str:
    """The formula of the model row as it reads in another row."""
    told: str = Translator(f"={formula}", origin=f"{letter}{model_row}").translate_formula(f"{letter}{row}")
    return told.removeprefix("=")


def in_row(cell: Formula, model_row: int, row: int) -> Formula:
    """A formula of the model row, moved to a row."""
    if cell.told:
        return cell
    letter = get_column_letter(cell.column)
    text = moved(cell.text, letter, model_row, row)
    about = {"t": "array", "ref": f"{letter}{row}"} if cell.is_array else {}
    return Formula(cell.column, cell.start, formula_xml(text, about), text, cell.is_array)
