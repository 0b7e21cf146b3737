"""Many rows of one look written into a sheet's XML at once: tens of thousands of cells, for which a library takes minutes.

The sheet has one empty row of the look already, as the library wrote it; every row is that row with other values.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from checklists.documents.excel.write import LONGEST_CELL
from checklists.returns.tables import column_letters
from checklists.text import clean

_EPOCH = datetime.date(1899, 12, 30)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_COLUMN = re.compile(r"<col [^>]*>")
_LINE_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT = 14, 15, 409
_USUAL_WIDTH = 8.43

Row = Mapping[str, Any]


@dataclass
class Texts:
    """Texts as XML with their widths; the same ones come again and again."""

    known: dict[str, tuple[str, int]] = field(default_factory=dict)

    def of(self, text: str) -> tuple[str, int]:
        """The text as a cell holds it, and its width in letters of Latin."""
        found = self.known.get(text)
        if found is None:
            kept = "\n".join(map(clean, text.splitlines()))[:LONGEST_CELL]
            wide = max((sum(1 + (letter > "ÿ") for letter in line) for line in kept.split("\n")), default=0)
            found = self.known[text] = (escape(kept), wide + 2 * kept.count("\n"))
        return found


def with_rows(
    sheet: str, first: int, columns: Sequence[tuple[int, str]], rows: Sequence[Any], texts: Texts
) -> str:
    """The XML of a sheet with ``rows`` from row ``first``, whose cells are the look of each.

    ``columns``: number of a column, from 1, and the name of the value that stands in it.
    """
    model = re.search(rf'<row r="{first}"[^>]*?(?:/>|>.*?</row>)', sheet, re.DOTALL)
    if model is None:
        raise ValueError(first)
    styles = {name: style or "0" for name, style in _CELL.findall(model[0])}
    names = {column_letters(column - 1): name for column, name in columns}
    widths = _widths(sheet)
    cells = [
        (letters, f'" s="{style}"', names.get(letters, ""), widths.get(letters, _USUAL_WIDTH))
        for letters, style in styles.items()
    ]
    written = "".join(_row(number, row, cells, texts) for number, row in enumerate(rows, start=first))
    last = max(first, first + len(rows) - 1)
    grown = f"{sheet[: model.start()]}{written or model[0]}{sheet[model.end() :]}"
    return re.sub(r'(<(?:dimension|autoFilter) ref="[A-Z]+\d+:[A-Z]+)\d+"', rf'\g<1>{last}"', grown)


def _widths(sheet: str) -> dict[str, float]:
    found = {}
    for column in _COLUMN.findall(sheet):
        told = dict(re.findall(r'(\w+)="([^"]*)"', column))
        for number in range(int(told["min"]), min(int(told["max"]), int(told["min"]) + 200) + 1):
            found[column_letters(number - 1)] = float(told.get("width", _USUAL_WIDTH))
    return found


def _row(number: int, row: Any, cells: Sequence[tuple[str, str, str, float]], texts: Texts) -> str:
    lines = 1
    written = []
    for letters, style, name, width in cells:
        value = getattr(row, name) if name else ""
        if value is None or value == "":
            written.append(f'<c r="{letters}{number}{style}/>')
        elif isinstance(value, str):
            text, wide = texts.of(value)
            if wide > width:
                lines = max(lines, math.ceil(wide / max(width - 1, 1)))
            written.append(
                f'<c r="{letters}{number}{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            )
        else:
            written.append(f'<c r="{letters}{number}{style}><v>{_number(value)}</v></c>')
    tall = f' ht="{min(_MOST_HEIGHT, lines * _LINE_HEIGHT)}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{number}"{tall}>{"".join(written)}</row>'


def _number(value: Any) -> str:
    if isinstance(value, datetime.date):
        return str((value - _EPOCH).days)
    return repr(value)
