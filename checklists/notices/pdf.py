"""The text of a PDF that has one: lines joined to paragraphs by where they stand, ruled tables read row by row."""

from __future__ import annotations

import logging
import re
import statistics
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.notices.encoding import cleaned, spaced
from checklists.notices.headings import table_lines
from checklists.notices.losses import FURNITURE, SCANNED, SYMBOLS, Losses, Source
from checklists.notices.marks import has_mark, sector_label
from checklists.notices.parts import is_row
from checklists.notices.rows import DITTO
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

MOST_PAGES = 300
"""More than any notice; a page takes a tenth of a second."""
_PAGE_NUMBER = re.compile(r"[-—－–―·•\s]*\d{1,4}[-—－–―·•\s]*$|第?\s*\d{1,4}\s*页?\s*[/／共]\s*\d{1,4}\s*页?$|第\s*\d{1,4}\s*页$")
_ENDED = tuple("。：；！？”）)")
_GLYPH = re.compile(r"\(cid:\d+\)")
_RADICALS = str.maketrans(
    "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙龟"
)
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
_PICTURE_PAGE = 0.5
"""Share of a page without letters that a picture covers where the page is a scan."""
_PADDING = 6.0

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
                    raise Refused([problem("import-too-big", Position(str(path)), what="页数", most=f"{MOST_PAGES} 页")])
                found = []
                for number, page in enumerate(document.pages):
                    found.append(_page(page, number, losses))
                    page.close()
                return found
    except Refused:
        raise
    except Exception as failure:
        locked = any(isinstance(one, PDFPasswordIncorrect) for one in (failure, *failure.args, failure.__cause__))
        if locked:
            raise Refused([problem("import-locked", Position(str(path)))]) from None
        raise Refused([problem("import-damaged", Position(str(path)), why="不是完整的 PDF")]) from failure


def _page(page: Page, number: int, losses: Losses) -> list[_Printed]:
    page = page.dedupe_chars(tolerance=1)
    if not page.chars:
        if sum(one["width"] * one["height"] for one in page.images) > _PICTURE_PAGE * page.width * page.height:
            losses.add(SCANNED)
        return []
    tables = [one for one in page.find_tables() if len(one.rows) > 1 or len(one.rows[0].cells) > 1]
    boxes = [one.bbox for one in tables]
    plain = page.filter(lambda one: not any(_within(one, box) for box in boxes)) if boxes else page
    found = [_printed(line, number, losses, float(page.width)) for line in plain.extract_text_lines(return_chars=False)]
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
    text = _COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), line["text"]).translate(_RADICALS)
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
        yield "\n".join(_joined(lines, lambda one, box=box: _fills_cell(one, box)))


def _reaches_down(table: Any, row: Any, column: int, top: float) -> bool:
    for other in table.rows:
        box = other.cells[column] if other is not row and column < len(other.cells) else None
        if box is not None and box[1] < top - 1 and box[3] > top + 1:
            return True
    return False


def _fills_cell(one: _Printed, box: Sequence[float]) -> bool:
    """A line that leaves no room for another letter in its cell."""
    return (box[2] - one.right) + (one.left - box[0]) < 2 * _PADDING + 1.5 * one.size


# ---------------------------------------------------------------- margins


def _without_margins(pages: Sequence[Sequence[_Printed]], losses: Losses) -> list[_Printed]:
    """The lines without page numbers and what stands at the top or foot of most pages."""
    edges = Counter(
        _plain(one.text) for page in pages for one in {id(line): line for line in (*page[:1], *page[-1:])}.values()
    )
    repeated = {text for text, count in edges.items() if text and count > max(2, len(pages) // 2)}
    found: list[_Printed] = []
    for page in pages:
        kept = list(page)
        for at in (0, -1, 0, -1):
            if kept and (_PAGE_NUMBER.match(kept[at].text) or _plain(kept[at].text) in repeated) and not kept[at].rows:
                losses.add(FURNITURE, kept.pop(at).text)
        found += kept
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


# ---------------------------------------------------------------- lines and tables


def _lines_of(printed: Sequence[_Printed]) -> tuple[list[str], int]:
    """Paragraphs and rows in the order of the print, and how many tables there are."""
    left, right = _body(printed)
    lines: list[str] = []
    block: list[_Printed] = []
    rows: list[list[str]] = []
    tables = 0

    def end_block() -> None:
        lines.extend(_joined(block, lambda one: one.right > right - 1.6 * one.size, left))
        block.clear()

    def end_table() -> None:
        nonlocal tables
        told = table_lines(rows)
        tables += any(map(is_row, told))
        lines.extend(told)
        rows.clear()

    for one in printed:
        if one.rows:
            end_block()
            if rows and len(one.rows[0]) != len(rows[0]):
                end_table()
            _go_on(rows, one.rows)
        else:
            if rows:
                end_table()
            block.append(one)
    end_block()
    if rows:
        end_table()
    return lines, tables


def _body(printed: Sequence[_Printed]) -> tuple[float, float]:
    """Left and right edge of the text: where most lines begin, and how far the long ones reach."""
    lines = [one for one in printed if not one.rows]
    if not lines:
        return 0.0, 0.0
    widest = max(one.right - one.left for one in lines)
    long = [one for one in lines if one.right - one.left > 0.75 * widest]
    size = statistics.median(one.size for one in lines)
    left = min(one.left for one in long)
    common = Counter(round(one.left) for one in lines if one.left < left + size)
    left = float(common.most_common(1)[0][0] if common else left)
    right = max(one.right for one in lines)
    full = sum(one.right > right - 1.2 * size for one in lines)
    return left, right if full > max(2, len(lines) // 20) else max(right, lines[0].width - left)


def _go_on(rows: list[list[str]], more: list[list[str]]) -> None:
    """The rows of the next page behind those before; a row that the page broke goes on in the cells it began in."""
    if rows and more and more[0] == rows[0]:
        more = more[1:]
    if rows and more and not more[0][0] and _is_broken(rows[-1], more[0]):
        rows[-1] = [above + cell if cell != DITTO else above for above, cell in zip(rows[-1], more[0], strict=True)]
        more = more[1:]
    rows.extend(more)


def _is_broken(above: Sequence[str], below: Sequence[str]) -> bool:
    pairs = [(one, other) for one, other in zip(above, below, strict=True) if other and other != DITTO]
    return bool(pairs) and all(one and one != DITTO for one, _ in pairs) and not max(above, key=len).endswith(_ENDED)


def _joined(lines: Sequence[_Printed], is_full: Callable[[_Printed], bool], left: float | None = None) -> list[str]:
    """Lines joined to paragraphs: what goes on behind a full line, in mid-sentence or without a first line's blank."""
    told: list[str] = []
    above: _Printed | None = None
    for one in lines:
        if above is not None and is_full(above) and not _opens(one, above, left):
            told[-1] += (" " if told[-1][-1:].isascii() and one.text[:1].isascii() else "") + one.text
        else:
            told.append(one.text)
        above = one
    return told


def _opens(one: _Printed, above: _Printed, left: float | None) -> bool:
    """Whether a line behind a full one begins a paragraph."""
    if not above.text.endswith(_ENDED):
        return has_mark(one.text) and has_mark(above.text) and _is_apart(one, above)
    indented = left is not None and one.left > left + 1.2 * one.size
    return has_mark(one.text) or indented or bool(sector_label(one.text))


def _is_apart(one: _Printed, above: _Printed) -> bool:
    return one.page == above.page and one.top - above.bottom > 1.2 * above.size
