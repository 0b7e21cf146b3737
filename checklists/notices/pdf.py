"""The text of a PDF that has one: lines joined to paragraphs by where they stand, ruled tables read row by row."""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from checklists.notices.encoding import cleaned, spaced
from checklists.notices.headings import table_lines
from checklists.notices.losses import FURNITURE, SCANNED, SYMBOLS, Losses, Source
from checklists.notices.parts import is_row
from checklists.notices.pdf_columns import Columns, by_columns
from checklists.notices.pdf_lines import ENDED, Printed, begins, cell_edges, joined, page_edges, stands_below
from checklists.notices.rows import DITTO
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

MOST_PAGES = 300
"""More than any notice; a page takes a tenth of a second."""
_PAGE_NUMBER = re.compile(
    r"[-—－–―·•\s]*\d{1,4}[-—－–―·•\s]*$|第?\s*\d{1,4}\s*页?\s*[/／共]\s*\d{1,4}\s*页?$|第\s*\d{1,4}\s*页$"
)
_GLYPH = re.compile(r"\(cid:\d+\)")
_RADICALS = str.maketrans(
    "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙龟"
)
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
_ABOVE_LINE = 0.88
"""Heights of a letter that it stands above its line."""
_WIDE_MARKS = str.maketrans("«»,:;()!?０１２３４５６７８９", "《》，：；（）！？0123456789")
_WIDE_MARK = 0.9
"""Heights of a letter from which a mark is a Chinese one."""
_MAY_END = re.compile(r"[\u4e00-\u9fff）》”％)»]$")
_WIDE_BLANK = 0.9
"""Heights of a line between what stands in two columns."""
_PICTURE_PAGE = 0.5
"""Share of a page without letters that a picture covers where the page is a scan."""

Page = Any
"""A page of pdfplumber, which has no types of its own."""


def pdf_source(path: Path) -> Source:
    """Text of the file, a paragraph or row a line, and what is told of it.

    Raises Refused for a file that is damaged, locked, without letters or too long.
    """
    losses = Losses()
    pages = _pages(path, losses)
    printed: list[Printed] = []
    columns = Columns()
    for page in _without_margins(pages, losses):
        lines_read, columns = by_columns(page, columns)
        printed += lines_read
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


def _pages(path: Path, losses: Losses) -> list[list[Printed]]:
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


def _page(page: Page, number: int, losses: Losses) -> list[Printed]:
    page = page.dedupe_chars(tolerance=1)
    for before, char in pairwise([{"text": ""}, *page.chars]):
        _on_baseline(char, float(page.height), before["text"])
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
        _with_pieces(_printed(line, number, losses, float(page.width)), line["chars"])
        for line in plain.extract_text_lines()
    ]
    for table in tables:
        left, top, right, bottom = table.bbox
        rows = [list(_cells(page, table, row, losses)) for row in table.rows]
        if any(cell and cell != DITTO for row in rows for cell in row):
            found.append(Printed("", number, left, right, top, bottom, rows))
    return sorted((one for one in found if one.text or one.rows), key=lambda one: one.top)


def _on_baseline(char: dict[str, Any], height: float, before: str) -> None:
    """Give a letter the place that its line has, whatever its font says of its height, and a Chinese mark its own sign.

    Type-setting programs take the marks of a text from a font of another height, and call 《 « there.
    """
    matrix = char.get("matrix")
    if not char.get("upright") or not matrix or matrix[1] or matrix[2]:
        return
    size = float(char["size"])
    char["top"] = height - matrix[5] - _ABOVE_LINE * size
    char["bottom"] = char["top"] + size
    if char["x1"] - char["x0"] > _WIDE_MARK * size:
        ends = char["text"] == "." and _MAY_END.match(before)
        char["text"] = "。" if ends else char["text"].translate(_WIDE_MARKS)


def _within(one: dict[str, Any], box: Sequence[float]) -> bool:
    if "x0" not in one or "top" not in one:
        return False
    across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _printed(line: dict[str, Any], number: int, losses: Losses, width: float = 0.0) -> Printed:
    text = _COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), line["text"]).translate(
        _RADICALS
    )
    for glyph in _GLYPH.findall(text):
        losses.add(SYMBOLS, glyph)
    return Printed(text.strip(), number, line["x0"], line["x1"], line["top"], line["bottom"], width=width)


def _with_pieces(line: Printed, chars: Sequence[dict[str, Any]]) -> Printed:
    """The line with what a blank wider than a letter parts in it."""
    groups: list[list[dict[str, Any]]] = []
    for char in chars:
        if char["text"].isspace():
            continue
        if groups and char["x0"] - groups[-1][-1]["x1"] < _WIDE_BLANK * line.size:
            groups[-1].append(char)
        else:
            groups.append([char])
    told = Losses()
    pieces = (
        _printed(
            {**group[0], "text": "".join(one["text"] for one in group), "x1": group[-1]["x1"]},
            line.page,
            told,
            line.width,
        )
        for group in groups
    )
    return replace(line, pieces=tuple(pieces))


def _cells(page: Page, table: Any, row: Any, losses: Losses) -> Iterator[str]:
    """Texts of a row's cells, 〃 for one that is one with the cell above."""
    top = row.bbox[1]
    for column, box in enumerate(row.cells):
        if box is None:
            yield DITTO if _reaches_down(table, row, column, top) else ""
            continue
        inside = page.filter(lambda one, box=box: _within(one, box))
        lines = [_printed(line, 0, losses) for line in inside.extract_text_lines(return_chars=False)]
        yield "\n".join(joined(lines, cell_edges(box)))


def _reaches_down(table: Any, row: Any, column: int, top: float) -> bool:
    for other in table.rows:
        box = other.cells[column] if other is not row and column < len(other.cells) else None
        if box is not None and box[1] < top - 1 and box[3] > top + 1:
            return True
    return False


# ---------------------------------------------------------------- margins


def _without_margins(pages: Sequence[Sequence[Printed]], losses: Losses) -> list[list[Printed]]:
    """The lines of each page without page numbers and what stands at the top or foot of most pages."""
    edges = Counter(
        _plain(one.text)
        for page in pages
        for one in {id(line): line for line in (*page[:1], *page[-1:])}.values()
    )
    repeated = {text for text, count in edges.items() if text and count > max(2, len(pages) // 2)}
    found: list[list[Printed]] = []
    for page in pages:
        kept = list(page)
        for at in (0, -1, 0, -1):
            if (
                kept
                and (_PAGE_NUMBER.match(kept[at].text) or _plain(kept[at].text) in repeated)
                and not kept[at].rows
            ):
                losses.add(FURNITURE, kept.pop(at).text)
        found.append(kept)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


# ---------------------------------------------------------------- lines and tables


def _lines_of(printed: Sequence[Printed]) -> tuple[list[str], int]:
    """Paragraphs and rows in the order of the print, and how many tables there are."""
    edges = {
        column: page_edges([one for one in printed if not one.rows and one.column == column])
        for column in {one.column for one in printed}
    }
    lines: list[str] = []
    tables = 0
    for (width, column), group in groupby(
        printed, key=lambda one: (len(one.rows[0]) if one.rows else 0, one.column)
    ):
        if not width:
            lines += joined(list(group), edges[column])
            continue
        rows: list[list[str]] = []
        for one in group:
            _go_on(rows, one.rows)
        told = table_lines(rows)
        tables += any(map(is_row, told))
        lines += told
    return lines, tables


def _go_on(rows: list[list[str]], more: list[list[str]]) -> None:
    """The rows of the next page behind those before; a row that the page broke goes on in the cells it began in."""
    if rows and more and more[0] == rows[0]:
        more = more[1:]
    if rows and more and not more[0][0] and _is_broken(rows, more[0]):
        rows[-1] = [_with_rest(above, cell) for above, cell in zip(rows[-1], more[0], strict=True)]
        more = more[1:]
    rows.extend(more)


def _is_broken(rows: Sequence[Sequence[str]], below: Sequence[str]) -> bool:
    """Whether a row that has no number goes on with the row above it.

    One cell alone does, or all that end in mid-sentence, or one that wants a cell which every row fills.
    """
    above = rows[-1]
    pairs = [(one, other) for one, other in zip(above, below, strict=True) if other and other != DITTO]
    always = (all(row[at] not in ("", DITTO) for row in rows) for at in range(1, len(below)))
    if len(pairs) == 1 or any(full and not cell for full, cell in zip(always, below[1:], strict=True)):
        return bool(pairs)
    return (
        bool(pairs)
        and all(one and one != DITTO for one, _ in pairs)
        and not max(above, key=len).endswith(ENDED)
    )


def _with_rest(above: str, rest: str) -> str:
    if rest in ("", DITTO):
        return above
    apart = begins(rest) if above.endswith(ENDED) else stands_below(above.rpartition("\n")[2], rest)
    return f"{above}\n{rest}" if apart else above + rest
