"""Headings and tables of files that say which is one, as lines of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checklists.notices.marks import NONE, SECTION, heading_mark, stretch
from checklists.notices.parts import is_row
from checklists.notices.rows import DITTO, row_line

_MARKED = re.compile(r"#{1,6} ")
_SENTENCE = re.compile("[，。；：]")
_LONGEST = 40
_ATTACHMENT = re.compile(r"(附件|附表|附录)\s*[一二三四五六七八九十\d]{0,3}[：:]?$")
_MOST_LINES, _PAGE = 4, 0.6
"""A cell with more lines, and more of the table's letters, is a page and no cell."""


class Headings:
    """The headings so far: how deep each is by the file, and what level its printed number has."""

    def __init__(self) -> None:
        self._above: list[tuple[int, int]] = []

    def told(self, text: str, depth: int) -> str:
        """The heading as a line: what has a printed number stays, what has none is told to be a heading."""
        plain = text.strip()
        if not plain or len(plain) > _LONGEST or "。" in plain or _ATTACHMENT.match(plain) or is_row(plain):
            return text
        self._above = [one for one in self._above if one[0] < depth]
        level = stretch(plain, 0, 0).level
        if level != NONE:
            self._above.append((depth, level))
            return text
        mark = heading_mark(self._above[-1][1] if self._above else NONE)
        self._above.append((depth, self._above[-1][1] + 10 if self._above else SECTION))
        return mark + plain


def without_titles(lines: Iterable[str]) -> list[str]:
    """The lines, those at the top that are headings as plain lines: the title of a file is no heading of its text."""
    told: list[str] = []
    top = True
    for line in lines:
        heading = _MARKED.match(line)
        if top and heading:
            line = line[heading.end() :]
        elif line.strip() and (_SENTENCE.search(line) or stretch(line.strip(), 0, 0).level != NONE):
            top = False
        told.append(line)
    return told


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table as lines: a row a line; one that only places text on the page as its cells one after the other.

    A cell's paragraphs are its lines; ``〃`` stands for one that is one with the cell above.
    """
    filled = [list(row) for row in rows if any(cell.strip() and cell != DITTO for cell in row)]
    if _places_text(filled):
        return [
            line
            for row in filled
            for cell in row
            if cell != DITTO
            for line in cell.split("\n")
            if line.strip()
        ]
    width = max(map(len, filled), default=0)
    return [row_line([*row, *[""] * (width - len(row))]) for row in filled]


def _places_text(rows: Sequence[Sequence[str]]) -> bool:
    """One column, one row, or a page built of a table."""
    most = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    whole = sum(len(cell) for row in rows for cell in row)
    longest = max((cell for row in rows for cell in row), key=len, default="")
    page = longest.count("\n") > _MOST_LINES and len(longest) > whole * _PAGE
    return most < 2 or len(rows) < 2 or page
