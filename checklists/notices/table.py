"""A task list printed as a table (序号、任务、主要内容、责任单位、完成时限), flattened to one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from checklists.notices.furniture import TABLE, binds
from checklists.notices.lines import unwrap
from checklists.notices.marks import NONE, NUMERAL, ROW, Stretch, has_mark, stretch
from checklists.notices.parts import TABLE_HEAD, Line

_TIME = re.compile(r"(全年|适时|长期|\d{1,2}月底前|年底前)(/(\d{1,2}月底前|年底前))*$")
_NUMERAL = re.compile(rf"{NUMERAL}$")


def is_table(lines: Sequence[Line]) -> bool:
    """True when the head cells of a task list stand among the lines, one after the other in the usual order.

    In another order the cell before the date would not be who is responsible.
    """
    texts = [line.text for line in lines]
    first, size = TABLE_HEAD[0], len(TABLE_HEAD)
    return any(
        text == first and tuple(texts[index : index + size]) == TABLE_HEAD for index, text in enumerate(texts)
    )


def table_stretches(lines: Sequence[Line]) -> tuple[list[Stretch], list[Line]]:
    """The cells as stretches in reading order, and what is set aside: head cells and dates.

    The cell before a date names who is responsible: it goes to ``departments`` of the content before it.
    """
    aside = [line for line in lines if line.text in TABLE_HEAD or _TIME.match(line.text)]
    parts = (
        replace(part, deadline=until)
        for cells, responsible, until in _rows(lines)
        for part in _row_stretches(cells, responsible)
    )
    return _once_a_section(parts), [replace(line, aside=TABLE) for line in aside]


def _once_a_section(stretches: Iterable[Stretch]) -> list[Stretch]:
    """A section is printed again on every page: there it opens nothing, and the clause before goes on."""
    found: list[Stretch] = []
    current = ""
    for one in stretches:
        if one.level == ROW and one.name == current:
            one = replace(one, level=NONE, mark=one.mark + one.text, text="")
        elif one.level == ROW:
            current = one.name
        found.append(one)
    return found


def _rows(lines: Sequence[Line]) -> list[tuple[list[Line], Line | None, str]]:
    """Cells of one row each, who is responsible (the cell before the date) and the date. Text behind the last has nobody."""
    rows: list[tuple[list[Line], Line | None, str]] = []
    row: list[Line] = []
    for line in lines:
        if _TIME.match(line.text):
            named = bool(row) and not binds(row[-1].text)
            rows.append((row[:-1], row[-1], line.text) if named else (row, None, line.text))
            row = []
        elif line.text not in TABLE_HEAD:
            row.append(line)
    return [found for found in (*rows, (row, None, "")) if found[0] or found[1]]


def _row_stretches(cells: Sequence[Line], responsible: Line | None) -> list[Stretch]:
    found: list[Stretch] = []
    if cells and _NUMERAL.match(cells[0].text):
        names = [line for line in cells[1:] if not _is_content(line)]
        found.append(_section(cells[0], names))
        cells = cells[1 + len(names) :]
    found += [stretch(unwrap([line.text]), line.number, line.number) for line in cells]
    if responsible is None:
        return found
    if not found:
        return [stretch(responsible.text, responsible.number, responsible.number)]
    found = [replace(one, also=responsible.text) for one in found]
    return [*found[:-1], replace(found[-1], departments=responsible.text)]


def _section(numeral: Line, names: Sequence[Line]) -> Stretch:
    last = names[-1].number if names else numeral.number
    heading = unwrap(line.text for line in names)
    return Stretch(heading, numeral.number, last, ROW, numeral.text, numeral.text)


def _is_content(line: Line) -> bool:
    return has_mark(line.text) or "。" in line.text or "：" in line.text
