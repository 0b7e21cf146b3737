"""The text of a PDF that has one: lines joined to paragraphs by where they stand, ruled tables read row by row."""

from __future__ import annotations

import logging
import re
import statistics
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from checklists.notices.clauses import is_tail
from checklists.notices.encoding import cleaned, spaced
from checklists.notices.headings import table_lines
from checklists.notices.losses import FURNITURE, SCANNED, SYMBOLS, Losses, Source
from checklists.notices.marks import has_mark, run_in_heading, sector_label
from checklists.notices.parts import is_row
from checklists.notices.rows import DITTO
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

MOST_PAGES = 300
"""More than any notice; a page takes a tenth of a second."""
_PAGE_NUMBER = re.compile(
    r"[-—－–―·•\s]*\d{1,4}[-—－–―·•\s]*$|第?\s*\d{1,4}\s*页?\s*[/／共]\s*\d{1,4}\s*页?$|第\s*\d{1,4}\s*页$"
)
_ENDED = tuple("。：；！？”）)")
_STOP = re.compile("[。；：]")
_TITLE = re.compile(r"(通知|意见|方案|办法|规定|通告|公告|决定|清单|细则|要点|函)[）)》]?$")
_ATTACHMENT = re.compile(r"(附件|附表|附录)[一二三四五六七八九十\d]{0,3}[：:]?$")
_ADDRESSED = re.compile(r"各|[^。；]{2,60}[：:]$")
_GLYPH = re.compile(r"\(cid:\d+\)")
_RADICALS = str.maketrans(
    "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙龟"
)
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
_PICTURE_PAGE = 0.5
"""Share of a page without letters that a picture covers where the page is a scan."""
_PADDING, _PAGE = 6.0, 1000.0

Page = Any
"""A page of pdfplumber, which has no types of its own."""


@dataclass(frozen=True)
class _Printed:
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

    @property
    def size(self) -> float:
        return self.bottom - self.top


def pdf_source(path: Path) -> Source:
    """Text of the file, a paragraph or row a line, and what is told of it.

    Raises Refused for a file that is damaged, locked, without letters or too long.
    """
    losses = Losses()
    pages = _pages(path, losses)
    printed = _without_margins(pages, losses)
    if not printed:
        code = "import-scanned" if SCANNED in losses.texts else "import-empty"
        raise Refused([problem(code, Position(str(path)))])
    lines, tables = _lines_of(printed)
    text = cleaned(spaced(lines), path)
    problems = losses.problems(path, len(squeeze(text)))
    if tables:
        problems.append(problem("import-tables", Position(str(path)), count=tables))
    return Source(text, problems, losses)


# ---------------------------------------------------------------- opening


def _pages(path: Path, losses: Losses) -> list[list[_Printed]]:
    """Everything that the pages print, page by page; whatever the library stumbles over is a damaged file."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(path) as document:
                if len(document.pages) > MOST_PAGES:
                    raise Refused(
                        [problem("import-too-big", Position(str(path)), what="页数", most=f"{MOST_PAGES} 页")]
                    )
                found = []
                for number, page in enumerate(document.pages):
                    found.append(_page(page, number, losses))
                    page.close()
                return found
    except Refused:
        raise
    except Exception as failure:
        locked = any(
            isinstance(one, PDFPasswordIncorrect) for one in (failure, *failure.args, failure.__cause__)
        )
        if locked:
            raise Refused([problem("import-locked", Position(str(path)))]) from None
        raise Refused([problem("import-damaged", Position(str(path)), why="不是完整的 PDF")]) from failure


def _page(page: Page, number: int, losses: Losses) -> list[_Printed]:
    page = page.dedupe_chars(tolerance=1)
    if not page.chars:
        if (
            sum(one["width"] * one["height"] for one in page.images)
            > _PICTURE_PAGE * page.width * page.height
        ):
            losses.add(SCANNED)
        return []
    tables = [one for one in page.find_tables() if len(one.rows) > 1 or len(one.rows[0].cells) > 1]
    boxes = [one.bbox for one in tables]
    plain = page.filter(lambda one: not any(_within(one, box) for box in boxes)) if boxes else page
    found = [
        _printed(line, number, losses, float(page.width))
        for line in plain.extract_text_lines(return_chars=False)
    ]
    for table in tables:
        left, top, right, bottom = table.bbox
        rows = [list(_cells(page, table, row, losses)) for row in table.rows]
        if any(cell and cell != DITTO for row in rows for cell in row):
            found.append(_Printed("", number, left, right, top, bottom, rows))
    return sorted((one for one in found if one.text or one.rows), key=lambda one: one.top)


def _within(one: dict[str, Any], box: Sequence[float]) -> bool:
    if "x0" not in one or "top" not in one:
        return False
    across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _printed(line: dict[str, Any], number: int, losses: Losses, width: float = 0.0) -> _Printed:
    text = _COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), line["text"]).translate(
        _RADICALS
    )
    for glyph in _GLYPH.findall(text):
        losses.add(SYMBOLS, glyph)
    return _Printed(text.strip(), number, line["x0"], line["x1"], line["top"], line["bottom"], width=width)


def _cells(page: Page, table: Any, row: Any, losses: Losses) -> Iterator[str]:
    """Texts of a row's cells, 〃 for one that is one with the cell above."""
    top = row.bbox[1]
    for column, box in enumerate(row.cells):
        if box is None:
            yield DITTO if _reaches_down(table, row, column, top) else ""
            continue
        inside = page.filter(lambda one, box=box: _within(one, box))
        lines = [_printed(line, 0, losses) for line in inside.extract_text_lines(return_chars=False)]
        yield "\n".join(_joined(lines, _cell_edges(box)))


def _reaches_down(table: Any, row: Any, column: int, top: float) -> bool:
    for other in table.rows:
        box = other.cells[column] if other is not row and column < len(other.cells) else None
        if box is not None and box[1] < top - 1 and box[3] > top + 1:
            return True
    return False


def _cell_edges(box: Sequence[float]) -> _Edges:
    """The edges of a cell, its padding taken off; in a narrow one a line that wants two letters has ended."""
    return _Edges(box[0], box[2] - _PADDING, loose=0.3 * (box[2] - box[0]))


# ---------------------------------------------------------------- margins


def _without_margins(pages: Sequence[Sequence[_Printed]], losses: Losses) -> list[_Printed]:
    """The lines without page numbers and what stands at the top or foot of most pages."""
    edges = Counter(
        _plain(one.text)
        for page in pages
        for one in {id(line): line for line in (*page[:1], *page[-1:])}.values()
    )
    repeated = {text for text, count in edges.items() if text and count > max(2, len(pages) // 2)}
    found: list[_Printed] = []
    for page in pages:
        kept = list(page)
        for at in (0, -1, 0, -1):
            if (
                kept
                and (_PAGE_NUMBER.match(kept[at].text) or _plain(kept[at].text) in repeated)
                and not kept[at].rows
            ):
                losses.add(FURNITURE, kept.pop(at).text)
        found += kept
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


# ---------------------------------------------------------------- lines and tables


def _lines_of(printed: Sequence[_Printed]) -> tuple[list[str], int]:
    """Paragraphs and rows in the order of the print, and how many tables there are."""
    edges = _edges([one for one in printed if not one.rows])
    lines: list[str] = []
    tables = 0
    for is_table, group in groupby(printed, key=lambda one: bool(one.rows) and len(one.rows[0])):
        if not is_table:
            lines += _joined(list(group), edges)
            continue
        rows: list[list[str]] = []
        for one in group:
            _go_on(rows, one.rows)
        told = table_lines(rows)
        tables += any(map(is_row, told))
        lines += told
    return lines, tables


@dataclass(frozen=True)
class _Edges:
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


def _edges(lines: Sequence[_Printed]) -> _Edges:
    """Where most lines begin, how far the long ones reach, and how paragraphs are told apart."""
    if not lines:
        return _Edges(0, 0)
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
    return _Edges(
        left,
        right,
        indented=indented,
        numbers_too=indented and sum(marked) * 2 >= len(marked),
        hanging=blanks * 2 > len(lines),
        gap=_line_gap(lines, size),
    )


def _line_gap(lines: Sequence[_Printed], size: float) -> float:
    """The usual space between two lines, where a larger one is usual too; 0 where all stand alike."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines) if above.page == below.page]
    usual = Counter(round(one) for one in gaps).most_common(1)
    if not usual:
        return 0.0
    wide = [one for one in gaps if usual[0][0] + 0.35 * size < one < usual[0][0] + 2.5 * size]
    return usual[0][0] + 0.35 * size if len(wide) * 12 > len(gaps) and len(wide) > 2 else 0.0


def _go_on(rows: list[list[str]], more: list[list[str]]) -> None:
    """The rows of the next page behind those before; a row that the page broke goes on in the cells it began in."""
    if rows and more and more[0] == rows[0]:
        more = more[1:]
    if rows and more and not more[0][0] and _is_broken(rows[-1], more[0]):
        rows[-1] = [_with_rest(above, cell) for above, cell in zip(rows[-1], more[0], strict=True)]
        more = more[1:]
    rows.extend(more)


def _is_broken(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row that has no number goes on with the row above: one cell alone does, or all that end in mid-sentence."""
    pairs = [(one, other) for one, other in zip(above, below, strict=True) if other and other != DITTO]
    if len(pairs) == 1:
        return True
    return (
        bool(pairs)
        and all(one and one != DITTO for one, _ in pairs)
        and not max(above, key=len).endswith(_ENDED)
    )


def _with_rest(above: str, rest: str) -> str:
    if rest in ("", DITTO):
        return above
    apart = _begins(rest) if above.endswith(_ENDED) else _stands_below(above.rpartition("\n")[2], rest)
    return f"{above}\n{rest}" if apart else above + rest


def _joined(lines: Sequence[_Printed], edges: _Edges) -> list[str]:
    """Lines joined to paragraphs."""
    told: list[str] = []
    above: _Printed | None = None
    for one in lines:
        if above is not None and _goes_on(above, one, edges, told[-1]):
            told[-1] += (" " if told[-1][-1:].isascii() and one.text[:1].isascii() else "") + one.text
        else:
            told.append(one.text)
        above = one
    return told


def _goes_on(above: _Printed, one: _Printed, edges: _Edges, paragraph: str) -> bool:
    """Whether a line belongs to the ``paragraph`` of the one above it.

    A line that ends in mid-sentence may want a few letters at its end, where a number or a mark may not be parted; one that ends
    with a full stop has to reach the edge.
    """
    wants = edges.right - above.right
    ended = above.text.endswith(_ENDED)
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
    return not (_begins(one.text) if ended else _stands_below(paragraph, one.text))


def _is_addressed(above: str, text: str) -> bool:
    """Whether a line addresses those whom the title above it speaks to."""
    return bool(_TITLE.search(above) and _ADDRESSED.match(text))


def _begins(text: str) -> bool:
    """Whether a line behind a full stop looks like the first of a paragraph."""
    return has_mark(text) or bool(sector_label(text) or run_in_heading(text)) or is_tail(text)


def _stands_below(paragraph: str, text: str) -> bool:
    """Whether a number follows a numbered heading, which no full stop ends."""
    below = has_mark(text) or bool(sector_label(text))
    return below and has_mark(paragraph) and not _STOP.search(paragraph)
