"""Pages of a PDF in two columns, and tables without rules: told by what stands beside one another with a blank between."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from checklists.notices.pdf_lines import Edges, Printed, joined
from checklists.notices.rows import heads_columns

Span = tuple[float, float]


@dataclass(frozen=True)
class Columns:
    """Where the columns of a table without rules begin and end, and whether its cells are centred in their rows."""

    spans: tuple[Span, ...] = ()
    centred: bool = False


_FEW_PIECES, _FEW_LINES, _PART_BESIDE = 3, 5, 8
_NARROWEST_GUTTER, _NARROWEST_COLUMN = 4.0, 0.25
_MIDDLE = (0.35, 0.65)
_WIDEST_GAP = 2.5
"""Heights of a line: what stands farther below belongs to no column or table above it."""


def by_columns(page: Sequence[Printed], above: Columns) -> tuple[list[Printed], Columns]:
    """The lines of a page in the order in which they are read, tables without rules as rows.

    ``above`` are the columns of such a table that reached the foot of the page before; the ones of this page are handed back.
    """
    found: list[Printed] = []
    rest, columns = list(page), Columns()
    if above.spans and (size := _height(rest, _cuts(above.spans), goes_on=True)):
        found.append(_table(rest[:size], above))
        rest, columns = rest[size:], above
    while (at := next((index for index in range(len(rest)) if _heads(rest[index])), None)) is not None:
        head = [(one.left, one.right) for one in rest[at].pieces]
        size = _height(rest[at:], _blanks(head))
        lines = rest[at : at + size]
        found += _in_reading_order(rest[:at])
        columns = _columns(lines, head)
        found.append(_table(lines, columns, headed=True))
        rest = rest[at + size :]
    return [*found, *_in_reading_order(rest)], Columns() if rest else columns


# ---------------------------------------------------------------- tables without rules


def _heads(line: Printed) -> bool:
    texts = [one.text for one in line.pieces]
    return len(texts) >= _FEW_PIECES and heads_columns(texts)


def _height(lines: Sequence[Printed], between: Sequence[Span], *, goes_on: bool = False) -> int:
    """How many lines from the first on leave a blank ``between`` any two columns."""
    blanks = [[span] for span in between]
    beside = 0
    for index, line in enumerate(lines):
        far = index and line.top - lines[index - 1].bottom > _WIDEST_GAP * line.size
        left = [_without(blank, line) for blank in blanks]
        if line.rows or far or not all(left):
            return index if beside or not goes_on else 0
        blanks = left
        beside += len(line.pieces) > 1
    return len(lines) if beside or not goes_on else 0


def _blanks(head: Sequence[Span]) -> list[Span]:
    """Where the blanks between columns may be: from the middle of one head to that of the next."""
    return [((one[0] + one[1]) / 2, (other[0] + other[1]) / 2) for one, other in pairwise(head)]


def _cuts(spans: Sequence[Span]) -> list[Span]:
    """Where the blanks between columns are that were found before."""
    return [(end - _NARROWEST_GUTTER, end + _NARROWEST_GUTTER) for _, end in spans[:-1]]


def _without(blanks: Sequence[Span], line: Printed) -> list[Span]:
    """What of the blanks the pieces of a line leave."""
    left = list(blanks)
    for piece in line.pieces:
        left = [
            part
            for begin, end in left
            for part in ((begin, min(end, piece.left)), (max(begin, piece.right), end))
            if part[1] - part[0] >= _NARROWEST_GUTTER
        ]
    return left


def _columns(lines: Sequence[Printed], head: Sequence[Span]) -> Columns:
    """The columns of a table, cut in the middle of the widest blank between two."""
    cuts = [0.0]
    for blank in _blanks(head):
        left = [blank]
        for line in lines:
            left = _without(left, line)
        begin, end = max(left, key=lambda span: span[1] - span[0])
        cuts.append((begin + end) / 2)
    spans = tuple(pairwise([*cuts, lines[0].width]))
    return Columns(spans, _are_centred(lines[1:], spans))


def _are_centred(lines: Sequence[Printed], spans: Sequence[Span]) -> bool:
    """Whether a row's first cell stands beside no line of its widest cell, or below its first line."""
    cells = [[any(_inside(line.pieces, span)) for span in spans] for line in lines]
    filled = [sum(row[at] for row in cells) for at in range(len(spans))]
    widest = filled.index(max(filled))
    return bool(cells) and (not cells[0][0] or any(row[0] and not row[widest] for row in cells))


@dataclass(frozen=True)
class _Cells:
    """The pieces of one printed line by their columns."""

    pieces: tuple[tuple[Printed, ...], ...]
    top: float
    bottom: float


def _table(lines: Sequence[Printed], columns: Columns, *, headed: bool = False) -> Printed:
    """The lines of a table without rules as one table, its head the first row."""
    told = [
        _Cells(tuple(tuple(_inside(line.pieces, span)) for span in columns.spans), line.top, line.bottom)
        for line in lines
    ]
    width = range(len(columns.spans))
    edges = [_edges_of([piece for one in told for piece in one.pieces[at]]) for at in width]
    rows = [
        ["\n".join(joined([piece for one in row for piece in one.pieces[at]], edges[at])) for at in width]
        for row in ([told[:1]] if headed else []) + _rows(told[headed:], columns.centred)
    ]
    return replace(lines[0], text="", rows=rows, pieces=(), bottom=lines[-1].bottom)


def _inside(pieces: Sequence[Printed], column: Span) -> Iterator[Printed]:
    return (one for one in pieces if column[0] <= (one.left + one.right) / 2 < column[1])


def _edges_of(pieces: Sequence[Printed]) -> Edges:
    left = min((one.left for one in pieces), default=0.0)
    right = max((one.right for one in pieces), default=0.0)
    return Edges(left, right, loose=0.3 * (right - left))


def _rows(lines: Sequence[_Cells], centred: bool) -> list[list[_Cells]]:
    """Lines by rows: one begins where its first cell has text, or as far above that as it reaches below where cells are centred."""
    rows: list[list[_Cells]] = []
    until = 0.0
    for index, line in enumerate(lines):
        if not rows or (line.top >= until if centred else line.pieces[0]):
            rows.append([])
            middle = next((one for one in lines[index:] if one.pieces[0]), line)
            until = middle.top + middle.bottom - line.top - 1
        rows[-1].append(line)
    return rows


# ---------------------------------------------------------------- two columns


def _in_reading_order(lines: Sequence[Printed]) -> list[Printed]:
    """The lines, those of two columns one column after the other, told by ``column``."""
    gutter = _gutter(lines)
    if not gutter:
        return list(lines)
    found: list[Printed] = []
    run: list[Printed] = []
    for line in lines:
        far = run and line.top - run[-1].bottom > _WIDEST_GAP * line.size
        if line.rows or far or _crosses(line, gutter):
            found += _two_columns(run, gutter)
            run = []
        if line.rows or _crosses(line, gutter):
            found.append(line)
        else:
            run.append(line)
    return [*found, *_two_columns(run, gutter)]


def _crosses(line: Printed, gutter: float) -> bool:
    return any(one.left < gutter < one.right for one in line.pieces)


def _gutter(lines: Sequence[Printed]) -> float:
    """Where most lines have text on both sides and none across; 0 where nothing says so."""
    beside = [line for line in lines if len(line.pieces) == 2]
    if len(beside) < _FEW_LINES or len(beside) * _PART_BESIDE < len(lines):
        return 0.0
    gutter = statistics.median((line.pieces[0].right + line.pieces[1].left) / 2 for line in beside)
    width = lines[0].width
    across = sum(_crosses(line, gutter) for line in lines)
    middle = _MIDDLE[0] * width < gutter < _MIDDLE[1] * width
    sides = (
        [one for line in lines for one in line.pieces if (one.left < gutter) == left]
        for left in (True, False)
    )
    return (
        gutter
        if middle and across * 4 < len(lines) and all(_is_column(side, width) for side in sides)
        else 0.0
    )


def _is_column(pieces: Sequence[Printed], width: float) -> bool:
    """Whether some lines fill a good part of the page: a text does, the cells of a list do not."""
    widths = sorted(one.right - one.left for one in pieces if one.right - one.left < width / 2)
    return len(widths) >= _FEW_LINES and widths[-_FEW_PIECES] > _NARROWEST_COLUMN * width


def _two_columns(run: Sequence[Printed], gutter: float) -> list[Printed]:
    """A run of lines that nothing crosses: what stands above the right column, then the left one, then the right one."""
    right = [one for line in run for one in line.pieces if one.left > gutter]
    if len(right) < 2:
        return list(run)
    above = [line for line in run if line.bottom < right[0].top]
    left = [one for line in run[len(above) :] for one in line.pieces if one.left <= gutter]
    page = run[0].page
    return [
        *above,
        *(replace(one, column=1, page=2 * page) for one in left),
        *(
            replace(one, column=1, page=2 * page + 1, left=one.left - shift, right=one.right - shift)
            for shift in [_shift(left, right)]
            for one in right
        ),
    ]


def _shift(left: Sequence[Printed], right: Sequence[Printed]) -> float:
    """How much farther to the right the right column stands."""
    return min(one.left for one in right) - min((one.left for one in left), default=0.0)
