"""Lines of a page joined to paragraphs by where they stand: a first line's blank, a gap, a number, a line that ends early."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checklists.notices.clauses import is_tail
from checklists.notices.marks import has_mark, run_in_heading, sector_label
from checklists.text import squeeze

ENDED = tuple("。：；！？”）)")
_STOP = re.compile("[。；：]")
_TITLE = re.compile(r"(通知|意见|方案|办法|规定|通告|公告|决定|清单|细则|要点|函)[）)》]?$")
_ATTACHMENT = re.compile(r"(附件|附表|附录)[一二三四五六七八九十\d]{0,3}[：:]?$")
_ADDRESSED = re.compile(r"各|[^。；]{2,60}[：:]$")
_PADDING, _PAGE = 6.0, 1000.0


@dataclass(frozen=True)
class Printed:
    """A line as it stands on its page, or a table (``rows``) there."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    rows: list[list[str]] = field(default_factory=list)
    width: float = 0.0
    """Of its page."""
    pieces: tuple[Printed, ...] = ()
    """What a wide blank parts in it."""
    column: int = 0
    """1 for a line of a page in two columns."""

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Edges:
    """Where the lines of a text begin and end, and what tells that a paragraph begins: a first line's blank, or a gap."""

    left: float
    right: float
    loose: float = _PAGE
    """Most that a line which goes on may want at its end: less in a narrow cell than in a page."""
    indented: bool = False
    numbers_too: bool = False
    """Whether numbered paragraphs have that blank too: then what has none goes on."""
    hanging: bool = False
    """Whether all lines of a paragraph but the first have a blank."""
    gap: float = 0.0
    """Between the lines of a paragraph, where more stands between paragraphs; else 0."""


def page_edges(lines: Sequence[Printed]) -> Edges:
    """Where most lines begin, how far the long ones reach, and how paragraphs are told apart."""
    if not lines:
        return Edges(0, 0)
    widest = max(one.right - one.left for one in lines)
    size = statistics.median(one.size for one in lines)
    left = min(one.left for one in lines if one.right - one.left > 0.75 * widest)
    common = Counter(round(one.left) for one in lines if one.left < left + size)
    left = float(common.most_common(1)[0][0] if common else left)
    right = max(one.right for one in lines)
    full = sum(one.right > right - 1.2 * size for one in lines)
    right = right if full > max(2, len(lines) // 20) else max(right, lines[0].width - left)
    blanks = sum(1.2 * size < one.left - left < 3.5 * size and one.right > left + 10 * size for one in lines)
    marked = [one.left > left + 1.2 * size for one in lines if has_mark(one.text)]
    indented = blanks * 12 > len(lines)
    return Edges(
        left,
        right,
        indented=indented,
        numbers_too=indented and sum(marked) * 2 >= len(marked),
        hanging=blanks * 2 > len(lines),
        gap=_line_gap(lines, size),
    )


def _line_gap(lines: Sequence[Printed], size: float) -> float:
    """The usual space between two lines, where a larger one is usual too; 0 where all stand alike."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines) if above.page == below.page]
    usual = Counter(round(one) for one in gaps).most_common(1)
    if not usual:
        return 0.0
    wide = [one for one in gaps if usual[0][0] + 0.35 * size < one < usual[0][0] + 2.5 * size]
    return usual[0][0] + 0.35 * size if len(wide) * 12 > len(gaps) and len(wide) > 2 else 0.0


def cell_edges(box: Sequence[float]) -> Edges:
    """The edges of a cell, its padding taken off; in a narrow one a line that wants two letters has ended."""
    return Edges(box[0], box[2] - _PADDING, loose=0.3 * (box[2] - box[0]))


def joined(lines: Sequence[Printed], edges: Edges) -> list[str]:
    """Lines joined to paragraphs."""
    told: list[str] = []
    above: Printed | None = None
    for one in lines:
        if above is not None and _goes_on(above, one, edges, told[-1]):
            told[-1] += (" " if told[-1][-1:].isascii() and one.text[:1].isascii() else "") + one.text
        else:
            told.append(one.text)
        above = one
    return told


def _goes_on(above: Printed, one: Printed, edges: Edges, paragraph: str) -> bool:
    """Whether a line belongs to the ``paragraph`` of the one above it.

    A line that ends in mid-sentence may want a few letters at its end, where a number or a mark may not be parted; one that ends
    with a full stop has to reach the edge.
    """
    wants = edges.right - above.right
    ended = above.text.endswith(ENDED)
    close = edges.gap and one.page == above.page and one.top - above.bottom <= edges.gap
    most = 12.0 if close and not has_mark(one.text) else 5.5
    if wants > (1.6 * one.size if ended else min(most * one.size, edges.loose)):
        return False
    if edges.gap and one.page == above.page and not close:
        return False
    blank, hangs = one.left - edges.left, edges.hanging and one.left > above.left + 0.5 * one.size
    if edges.loose == _PAGE and not hangs:
        aside = max(blank, above.left - edges.left) > 3.5 * one.size  # a line in the middle, or a sign-off
        if aside or _ATTACHMENT.match(squeeze(one.text)) or _is_addressed(above.text, one.text):
            return False
    if edges.indented and blank > 1.2 * one.size and not hangs:
        return False
    if edges.numbers_too or (edges.gap and one.page == above.page):
        return True
    return not (begins(one.text) if ended else stands_below(paragraph, one.text))


def _is_addressed(above: str, text: str) -> bool:
    """Whether a line addresses those whom the title above it speaks to."""
    return bool(_TITLE.search(above) and _ADDRESSED.match(text))


def begins(text: str) -> bool:
    """Whether a line behind a full stop looks like the first of a paragraph."""
    return has_mark(text) or bool(sector_label(text) or run_in_heading(text)) or is_tail(text)


def stands_below(paragraph: str, text: str) -> bool:
    """Whether a number follows a numbered heading, which no full stop ends."""
    below = has_mark(text) or bool(sector_label(text))
    return below and has_mark(paragraph) and not _STOP.search(paragraph)
