"""One cell of a sheet as XML, as openpyxl writes it: what a plan and a filled row are put together from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.cell.rich_text import CellRichText
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = "\x02"
"""Stands in the XML of a row for its number, wherever a reference has it; no text may hold it."""
_SPACE_KEPT = ' xml:space="preserve"'
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class Style(NamedTuple):
    """The number of a style in the workbook, and of the same with a day's format where it has none."""

    number: int
    of_a_day: int


NO_STYLE = Style(0, 0)


def styled(style: int | str) -> str:
    """The attribute of a cell that names its style; cells without one do not say so."""
    return f' s="{style}"' if style else ""


def cell_xml(reference: str, value: Any, style: Style = NO_STYLE) -> str:
    """The cell with a text, number or day in it; nothing where there is neither value nor style."""
    number = style.of_a_day if isinstance(value, datetime.date) else style.number
    if value is None or value == "":
        return f'<c r="{reference}"{styled(number)} t="n"/>' if number else ""
    if isinstance(value, CellRichText):
        told = etree.tostring(value.to_tree(), encoding="unicode")
        return f'<c r="{reference}"{styled(number)} t="inlineStr">{told}</c>'
    if isinstance(value, str):
        kept = _SPACE_KEPT if value != value.strip() else ""
        told = f"<is><t{kept}>{value.translate(_ESCAPES)}</t></is>"
        return f'<c r="{reference}"{styled(number)} t="inlineStr">{told}</c>'
    shown: Any = to_excel(value) if isinstance(value, datetime.date) else value  # type: ignore[no-untyped-call]
    return f'<c r="{reference}"{styled(number)} t="n"><v>{safe_string(shown)}</v></c>'


def formula_xml(formula: str, attributes: Mapping[str, str]) -> str:
    """The element of a formula, given without its equals sign."""
    told = "".join(f' {name}="{text}"' for name, text in attributes.items())
    return f"<f{told}>{formula.translate(_ESCAPES)}</f>"


_FIRST = ("hidden", "outlineLevel", "collapsed")
_LAST = ("customFormat", "customHeight", "s", "thickBot", "thickTop")


class Height(NamedTuple):
    """Points of a row, and whether it stays so whatever people write; None where the program decides."""

    points: float | None
    fixed: bool = True


@lru_cache(maxsize=4096)
def row_start(about: tuple[tuple[str, str], ...], height: Height) -> str:
    """What stands between ``<row r="7"`` and the row's cells, in the order in which openpyxl has the attributes."""
    told = dict(about)
    if height.points is not None:
        told |= {"ht": safe_string(float(height.points))} | ({"customHeight": "1"} if height.fixed else {})
    names = (*_FIRST, "ht", *_LAST)
    return "".join(f' {name}="{told[name]}"' for name in names if name in told) + ">"


def bare_xml(element: etree._Element) -> str:
    """An element of a sheet as it stands within its parent, which names the space it is of."""
    written: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return written.replace(f' xmlns="{MAIN}"', "", 1)
