"""Measures of the field checklist, and the cells its pages are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wordml import Element, cell, paragraph, row

BLANK = "＿"


@dataclass(frozen=True)
class Form:
    """Measures of one orientation, in millimetres."""

    landscape: bool
    margins: dict[str, float]
    columns: tuple[float, ...]
    grid: tuple[float, ...]
    """Label, value, three times: page one."""
    problems: tuple[float, ...]
    problem_rows: int
    problem_rows_short: int
    """Rows of the problem table on the paper of one sheet."""

    @property
    def width(self) -> float:
        return sum(self.columns)


PORTRAIT = Form(
    landscape=False,
    margins={"top": 18, "right": 12, "bottom": 20, "left": 22, "header": 10, "footer": 7},
    columns=(8, 80, 17, 9, 9, 9, 44),
    grid=(22, 29, 22, 31, 22, 50),
    problems=(8, 12, 68, 14, 24, 18, 32),
    problem_rows=12,
    problem_rows_short=4,
)
LANDSCAPE = Form(
    landscape=True,
    margins={"top": 15, "right": 12, "bottom": 17, "left": 20, "header": 8, "footer": 5},
    columns=(8, 54, 72, 17, 10, 10, 10, 50, 34),
    grid=(26, 56, 26, 56, 26, 75),
    problems=(10, 16, 110, 16, 28, 25, 60),
    problem_rows=6,
    problem_rows_short=6,
)


def blanks(count: int) -> str:
    """A line to write on, ``count`` characters long."""
    return BLANK * count


def label(width: float, text: str, *, keep: bool = False) -> Element:
    """A label cell: centred; a line break makes it small; ``keep`` its row with the next."""
    style = "TableSmall" if "\n" in text else "GridLabel"
    lines = text.rstrip("\n").split("\n")
    made = (paragraph(line, style=style, line=10.8, align="center", keep=keep) for line in lines)
    return cell(width, *made)


def value(width: float, *texts: str, span: int = 1) -> Element:
    """A value cell, one paragraph a text."""
    return cell(width, *(paragraph(text, style="GridValue", line=12.5) for text in texts), span=span)


def where(width: float, *, span: int = 1) -> Element:
    """The place in small type over the address: two lines in the height of one row."""
    return cell(
        width,
        paragraph("{{ enterprise.place_in_full }}", style="TableSmall", line=10.8, before=0.5),
        paragraph("{{ enterprise.address }}", style="GridValue", line=12),
        span=span,
    )


WHERE = "所 在 地\n地　　址"


def heading(text: str, *, before: float = 0, align: str | None = None, new_page: bool = False) -> Element:
    """A heading of the pages behind the list; it stays with what follows."""
    return paragraph(
        text, style="FormHeading", line=20, before=before, after=3, align=align, new_page=new_page, keep=True
    )


def small(*texts: Element | str, **how: Any) -> Element:
    """A paragraph in 小五; ``how`` as in :func:`wordml.paragraph`."""
    return paragraph(*texts, style="TableSmall", line=11.5, **how)


def column_heads(
    widths: Sequence[float], names: str, height: float = 6, upright: Sequence[str] = ()
) -> Element:
    """The head row of a table: names apart by ``|``; those ``upright`` stand."""
    cells = []
    for width, name in zip(widths, names.split("|"), strict=True):
        lines = (
            paragraph(line, style="TableHead", line=11, align="center", keep=True)
            for line in name.split("\n")
        )
        cells.append(cell(width, *lines, grey=True, upright=name in upright))
    return row(*cells, height=height, head=True)
