"""Copies of the books in which something is unclear, with the cells coloured and noted; the books stay as they came."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from checklists.documents.excel.loading import load_book
from checklists.documents.excel.parts import in_order
from checklists.files.package import Damaged
from checklists.files.writing import read_file
from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.collect import Collected
from checklists.returns.files import Filed
from checklists.returns.lines import WORDS
from checklists.text import clean

FILL = PatternFill("solid", fgColor="FFFFC000")


def marked_books(collected: Collected) -> Iterator[tuple[str, bytes | Problem]]:
    """Name of a copy and its bytes, or why there is none, for every file with rows that are unclear or left out."""
    taken: set[str] = set()
    for filed in collected.files:
        if filed.returned is None or not filed.returned.asides:
            continue
        name = free_name(Path(filed.path), taken)
        try:
            yield name, _marked(filed)
        except Refused as refused:
            yield name, refused.problems[0]


def free_name(path: Path, taken: set[str]) -> str:
    """The file's own name; where two have it, the later with a number. ``taken``: the names so far, in small letters."""
    names = (f"{path.stem}{f'（{number}）' if number > 1 else ''}{path.suffix}" for number in count(1))
    name = next(one for one in names if one.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _marked(filed: Filed) -> bytes:
    position = Position(filed.path)
    if Path(filed.path).suffix.lower() != ".xlsx":
        raise Refused([problem("returns-mark-word", position)])
    try:
        book, _ = load_book(read_file(Path(filed.path)))
    except Damaged as damage:
        raise Refused([damage.problem("returns-mark-failed", position)]) from damage
    assert filed.returned is not None
    for aside in filed.returned.asides:
        cell = book[aside.sheet][aside.cell] if aside.sheet in book.sheetnames else None
        if isinstance(cell, Cell):
            note = clean(f"{WORDS[aside.verdict]}：{aside.reason}")
            before = f"{cell.comment.text}\n" if cell.comment else ""
            cell.fill = FILL
            cell.comment = Comment(f"{before}{note}", "汇总", width=260, height=80)
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:  # a copy of each more, every time openpyxl has saved it
            view.selection = list({one.pane: one for one in view.selection}.values())
    written = io.BytesIO()
    book.save(written)
    return in_order(written.getvalue())
