"""What people wrote into a checklist in Word: which boxes are ticked, and what stands in the cells they write in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from checklists.documents.word.parts import document_part
from checklists.documents.word.rows import found_rows
from checklists.documents.word.tags import MAIN, TBL, TC, TR, P, R, T
from checklists.files.package import parse_xml
from checklists.text import squeeze

_SYM, _SDT = f"{{{MAIN}}}sym", f"{{{MAIN}}}sdt"
_CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}"
EMPTY = "□☐◻▢"
"""Signs of a box in which nothing is ticked."""
TICKED = "√✓✔☑☒■×✕✖✗✘╳Xx"
_EMPTY_SYMBOLS = frozenset({"006F", "00A8", "0071", "0072", "00A3", "0030"})
"""Letters of Wingdings and Wingdings 2 that are empty boxes; every other one that people put there is a tick."""


@dataclass(frozen=True)
class FilledRow:
    """A row of an item: its place, the heads of the boxes that are ticked, and what was written beside them."""

    item: str
    number: str
    at: str
    """第2个表格第5行."""
    ticked: tuple[str, ...]
    odd: tuple[str, ...]
    """What stands in the columns of boxes and is neither box nor tick."""
    written: str


class FilledCell(NamedTuple):
    """A cell that is written in or ticked."""

    text: str
    ticked: bool
    odd: str
    """What stands beside the box and is no tick."""


FilledLine = tuple[str, Mapping[str, FilledCell]]
"""Place of a row that is no item's, and its cells by head."""


def filled_rows(parts: Mapping[str, bytes], boxes: Sequence[str]) -> tuple[FilledRow, ...]:
    """Rows of the list that carry their items, in order; ``boxes``: heads of their columns of boxes.

    Raises lxml.etree.XMLSyntaxError for a damaged part.
    """
    root = parse_xml(parts[document_part(parts)])
    tables = list(root.iter(TBL))
    return tuple(_filled_row(item, row, boxes, tables) for item, row in found_rows(parts, root).items())


def _filled_row(
    item: str, row: etree._Element, boxes: Sequence[str], tables: Sequence[etree._Element]
) -> FilledRow:
    table = next(row.iterancestors(TBL))
    rows = list(_children(table, TR))
    heads = _heads_above(rows, rows.index(row) if row in rows else 0, boxes)
    cells = [cell for cell, _ in _spread(row)]
    ticked: list[str] = []
    odd: list[str] = []
    for head in boxes:
        at = heads.get(head)
        if at is None or at >= len(cells):
            continue
        tick, rest = tick_of(cells[at])
        if tick:
            ticked.append(head)
        elif rest:
            odd.append(f"{head}：{rest}")
    behind = max((heads[head] for head in boxes if head in heads), default=len(cells)) + 1
    written = text_of(cells[behind]) if behind < len(cells) else ""
    place = f"第{tables.index(table) + 1}个表格第{rows.index(row) + 1 if row in rows else 0}行"
    number = squeeze(text_of(cells[0])) if cells else ""
    return FilledRow(item, number, place, tuple(ticked), tuple(odd), written)


def _heads_above(rows: Sequence[etree._Element], at: int, boxes: Sequence[str]) -> dict[str, int]:
    """Number of the column of each box, by the nearest row of heads above that has them all."""
    for row in reversed(rows[:at]):
        heads = {squeeze(text_of(cell)): number for cell, number in _spread(row)}
        if set(boxes) <= heads.keys():
            return heads
    return {}


def _spread(row: etree._Element) -> list[tuple[etree._Element, int]]:
    """Cells of a row with the number of their column; one that spans several columns counts as many."""
    found: list[tuple[etree._Element, int]] = []
    column = 0
    for cell in _children(row, TC):
        span = cell.find(f"{{{MAIN}}}tcPr/{{{MAIN}}}gridSpan")
        wide = int(span.get(f"{{{MAIN}}}val", "1")) if span is not None else 1
        found += [(cell, column)] * min(max(wide, 1), 63)
        column += wide
    return found


def tick_of(cell: etree._Element) -> tuple[bool, str]:
    """Whether the box in a cell is ticked, and what else stands there."""
    for control in cell.iter(_SDT):
        state = control.find(f".//{_CHECKED}checkbox/{_CHECKED}checked")
        if state is not None:
            return state.get(f"{_CHECKED}val") in ("1", "true", "on"), ""
    text = squeeze("".join(_signs(cell)))
    bare = text.translate(dict.fromkeys(map(ord, EMPTY)))
    if bare and all(sign in TICKED for sign in bare):
        return True, ""
    return False, bare


def _signs(cell: etree._Element) -> Iterator[str]:
    """Letters of a cell; a letter of a symbol face as a box or a tick; deleted text is none."""
    for element in cell.iter(T, _SYM):
        if element.tag == T:
            yield element.text or ""
            continue
        code = element.get(f"{{{MAIN}}}char", "").upper()[-4:]
        low = f"00{code[-2:]}" if code.startswith("F0") else code
        yield "□" if low in _EMPTY_SYMBOLS else "√"


def text_of(element: etree._Element) -> str:
    """Text of a cell, its paragraphs apart by line breaks."""
    lines = (
        "".join(text.text or "" for run in line.iter(R) for text in run.iter(T)) for line in element.iter(P)
    )
    return "\n".join(line for line in lines if line.strip()).strip()


def filled_lines(parts: Mapping[str, bytes], wanted: frozenset[str]) -> tuple[FilledLine, ...]:
    """Rows under the heads of every table that has all the wanted ones; heads end before their brackets."""
    root = parse_xml(parts[document_part(parts)])
    found: list[FilledLine] = []
    for number, table in enumerate(root.iter(TBL), start=1):
        heads: list[str] = []
        for place, row in enumerate(_children(table, TR), start=1):
            cells = list(_children(row, TC))
            texts = [re.sub("[（(].*", "", squeeze(text_of(cell))) for cell in cells]
            if wanted <= set(texts):
                heads = texts
            elif len(cells) == len(heads):
                by_head = dict(zip(heads, map(_cell, cells), strict=True))
                found.append((f"第{number}个表格第{place}行", by_head))
    return tuple(found)


def _cell(cell: etree._Element) -> FilledCell:
    return FilledCell(text_of(cell), *tick_of(cell))


def beside_labels(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Text of the cell right of every cell, by that cell's text without blanks; the first of several."""
    root = parse_xml(parts[document_part(parts)])
    found: dict[str, str] = {}
    for row in root.iter(TR):
        cells = [text_of(cell) for cell in _children(row, TC)]
        for label, text in itertools.pairwise(cells):
            found.setdefault(squeeze(label), text)
    return found


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table, cells of a row, those in content controls too; not those of tables within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (TBL, TR, TC, P):
            yield from _children(child, tag)
