"""Read a self-check workbook back: every text its sheets show, formulas as they are written, what is hidden or merged.

It reads an opened workbook, so that the program can look at one that it has just filled without opening it again.
Cells are taken as the file lists them, never as a rectangle: one stray cell in the last corner costs nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.claims import DIGEST, LEFT_OUT
from checklists.documents.excel.losses import SEEN, unread
from checklists.documents.reading import (
    FORMULA,
    HIDE,
    REMARK,
    SHOW,
    Line,
    Part,
    Printed,
    digest_in_order,
    is_fixed,
    plain,
)
from checklists.files.package import parse_xml
from checklists.text import squeeze

ID_HEAD = "检查项编号"
"""What the head of the hidden column of ids begins with."""
_ITEM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_TINY_POINTS = 2.0
_NO_STYLE = StyleArray()
LIMITS, BETWEEN = "*", "\n"
"""Before the name of a setting of which the file may lack parts: people paste over drop-downs; and between its parts."""
_CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[BIUEXYS])')
"""Face, size, colour, bold … in a head or foot of a page: looks, no text."""
_STRING, _SPACE = re.compile(r'"(?:[^"]|"")*"'), re.compile(r"\s+")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"


def read_printed(workbook: Workbook, tables: Mapping[str, int], parts: Mapping[str, bytes]) -> Printed:
    """Every sheet in order, and the settings that decide what is seen and counted.

    ``tables``: number of the first row of each sheet's table; ``parts``: of the package, for what openpyxl does not
    read; empty for a workbook that has not been written yet.
    """
    sheets = [
        read_sheet(sheet, tables.get(sheet.title)) if isinstance(sheet, Worksheet) else Part(sheet.title, ())
        for sheet in map(workbook.__getitem__, workbook.sheetnames)
    ]
    return Printed(tuple(sheets), dict(_settings(workbook, parts)) if parts else {})


# ---------------------------------------------------------------- sheets


def read_sheet(sheet: Worksheet, first: int | None) -> Part:
    """Lines of a sheet by row; ``first``: number of the first row of its table."""
    rows: dict[int, list[Cell]] = {}
    for (number, _), cell in sorted(sheet._cells.items()):
        if isinstance(cell, Cell):
            rows.setdefault(number, []).append(cell)
    looks = _Looks(sheet)
    key_column = _key_column(rows, first) if first else ""
    lines = [
        line
        for number, cells in rows.items()
        if (line := _line(sheet, number, cells, looks, key_column if number >= (first or 0) else ""))
    ]
    before = sum(int(line.at) < first for line in lines) if first else None
    edges = list(_edges(sheet))
    return Part(
        sheet.title,
        (*edges, *lines),
        None if before is None else before + len(edges),
        hidden=frozenset(_hidden_columns(sheet)),
        visible=sheet.sheet_state == "visible",
        row=first or 0,
    )


def _line(sheet: Worksheet, number: int, cells: list[Cell], looks: _Looks, key_column: str) -> Line | None:
    texts: dict[str, str] = {}
    open_: list[str] = []
    for cell in cells:
        if cell.value is not None or cell.comment:
            texts[_letter(cell.column)] = looks.text(cell)
        if looks.is_open(cell):
            open_.append(_letter(cell.column))
    if not texts and not open_:
        return None
    key = texts.get(key_column, "").replace(HIDE, "").replace(SHOW, "").strip() if key_column else ""
    return Line(str(number), texts, key, frozenset(open_), _is_hidden_row(sheet, number))


_letter = lru_cache(maxsize=None)(get_column_letter)


def _key_column(rows: Mapping[int, list[Cell]], first: int) -> str:
    """Letter of the column of ids: by its head, else the one in which the table's first row has one."""
    for cell in rows.get(first - 1, ()):
        if str(cell.value or "").startswith(ID_HEAD):
            return str(cell.column_letter)
    for cell in rows.get(first, ()):
        if isinstance(cell.value, str) and _ITEM_ID.fullmatch(cell.value):
            return str(cell.column_letter)
    return ""


def _is_hidden_row(sheet: Worksheet, number: int) -> bool:
    """Whether a row is not seen, and not because people have set a filter."""
    known = number in sheet.row_dimensions
    about = sheet.row_dimensions[number] if known else None
    hidden = about.hidden or about.height == 0 if about else bool(sheet.sheet_format.zeroHeight)
    return bool(hidden) and not sheet.auto_filter.filterColumn


def _hidden_columns(sheet: Worksheet) -> Iterator[str]:
    for letter, about in sheet.column_dimensions.items():
        if about.hidden or about.width == 0:
            first = about.min or sheet[f"{letter}1"].column
            for number in range(first, min(about.max or first, first + 100) + 1):
                yield get_column_letter(number)


def _edges(sheet: Worksheet) -> Iterator[Line]:
    """Heads and feet of the pages that are in use, without the codes of their looks."""
    about = sheet.HeaderFooter
    kinds = [("页眉", about.oddHeader), ("页脚", about.oddFooter)]
    if about.differentFirst:
        kinds += [("首页页眉", about.firstHeader), ("首页页脚", about.firstFooter)]
    if about.differentOddEven:
        kinds += [("偶数页页眉", about.evenHeader), ("偶数页页脚", about.evenFooter)]
    for name, item in kinds:
        sides = {side: _CODES.sub("", getattr(item, side).text or "") for side in ("left", "center", "right")}
        yield Line(name, {side: plain(text) for side, text in sides.items() if text.strip()})


# ---------------------------------------------------------------- cells


class _Looks:
    """What the styles of one workbook's cells say, each style looked up once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.unseen: dict[tuple[int, int, tuple[bool, ...]], bool] = {}
        self.open: dict[int, bool] = {}
        self.sheet = sheet

    def text(self, cell: Cell) -> str:
        """Text of the cell; wrapped where its look hides it."""
        text = value_text(cell.value, is_formula=cell.data_type == "f")
        if self._is_unseen(cell) and text:
            text = f"{HIDE}{text}{SHOW}"
        return f"{REMARK}{text}" if cell.comment else text

    def is_open(self, cell: Cell) -> bool:
        """Whether the cell is left to people to fill in: unlocked."""
        number = _style(cell).protectionId
        if number not in self.open:
            self.open[number] = not cell.protection.locked
        return self.open[number]

    def _is_unseen(self, cell: Cell) -> bool:
        style, kinds = _style(cell), _kinds_of(cell)
        key = (style.fontId, style.numFmtId, kinds)
        if key not in self.unseen:
            font = cell.font
            self.unseen[key] = (
                _is_white(font.color)
                or (font.sz is not None and font.sz <= _TINY_POINTS)
                or any(shows_something_else(cell.number_format, is_text) for is_text in kinds)
            )
        return self.unseen[key]


def _kinds_of(cell: Cell) -> tuple[bool, ...]:
    """Whether the cell shows a text, or may show either: a formula."""
    return (True, False) if cell.data_type == "f" else (isinstance(cell.value, str),)


def _style(cell: Any) -> StyleArray:
    style: StyleArray = cell._style or _NO_STYLE
    return style


def _is_white(color: Any) -> bool:
    if color is None:
        return False
    return (
        (color.type == "rgb" and str(color.rgb).upper().endswith("FFFFFF"))
        or (color.type == "theme" and color.theme == 0 and not color.tint)
        or (color.type == "indexed" and color.indexed in (1, 9))
    )


@lru_cache(maxsize=256)
def shows_something_else(form: str, is_text: bool) -> bool:
    """Whether a number format hides what is in the cell, or puts words beside or in place of it."""
    sections = _STRING.sub("''", form).split(";")
    if is_text:
        if len(sections) >= 4 or (len(sections) == 1 and "@" in form):
            return sections[-1 if len(sections) == 1 else 3].strip() != "@"
        return any("@" in section for section in sections[:3])
    first = re.sub(r"\[[^\]]*\]", "", sections[0])
    return first.strip() == "" or not re.search(r"[0#?ymdhsGgeE@]", first)


def value_text(value: Any, *, is_formula: bool = False) -> str:
    """Text of a cell's value: days as 2026-11-22, whole numbers without a point, formulas behind a sign."""
    if type(value) is str and not is_formula:
        return plain(unescape(value) if "_x" in value else value)
    if value is None:
        return ""
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return FORMULA + normal_formula(str(getattr(value, "text", None) or value.__dict__))
    if is_formula:
        return FORMULA + normal_formula(str(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return plain(str(value))


@lru_cache(maxsize=4096)
def normal_formula(text: str) -> str:
    """A formula as all programs agree to write it: no blanks outside strings, no prefixes of newer functions."""
    pieces, last = [], 0
    for found in _STRING.finditer(text):
        pieces += [_bare(text[last : found.start()]), found[0]]
        last = found.end()
    return "".join([*pieces, _bare(text[last:])]).lstrip("=")


def _bare(text: str) -> str:
    return _SPACE.sub("", text).replace("_xlfn.", "").replace("'", "")


# ---------------------------------------------------------------- the workbook as a whole


def _settings(workbook: Workbook, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, defined in workbook.defined_names.items():
        yield f"名称「{name}」", _reference(defined.attr_text)
    for sheet in workbook.worksheets:
        for name, defined in sheet.defined_names.items():
            if not name.startswith("_xlnm"):
                yield f"「{sheet.title}」表上的名称「{name}」", _reference(defined.attr_text)
        yield from _choices(sheet)
        yield f"「{sheet.title}」表隐去文字的条件格式", "、".join(sorted(_hiding_formats(sheet)))
    charts = [
        parse_xml(content)
        for name, content in sorted(parts.items())
        if re.match(r"xl/charts/chart\d*\.xml", name)
    ]
    yield "图表", " ".join(sorted(_chart(root) for root in charts))
    drawn = {
        f"{sheet or ''}{cell or ''} {what}".strip() for sheet, cell, what in unread(parts) if what in SEEN
    }
    yield "图形", "、".join(sorted(drawn))


def _reference(text: str | None) -> str:
    return normal_formula(text or "").replace("$", "")


def _choices(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """The lists that cells are chosen from, and all that cells are limited to or hinted at, by sheet."""
    rules = sheet.data_validations.dataValidation
    lists = {normal_formula(str(rule.formula1 or "")) for rule in rules if rule.type == "list"}
    yield f"「{sheet.title}」表的下拉清单", "；".join(sorted(lists))
    yield (
        f"{LIMITS}「{sheet.title}」表的填写限制和提示",
        BETWEEN.join(sorted({_limit(rule) for rule in rules})),
    )


def _limit(rule: Any) -> str:
    """One rule in words: what is allowed, and what it says to whoever types."""
    two_sided = rule.type != "list" and rule.operator in (None, "between", "notBetween")
    allowed = [rule.formula1, rule.formula2 if two_sided else None]
    how = rule.operator if rule.type != "list" and not two_sided else ""
    told = [rule.promptTitle, rule.prompt, rule.errorTitle, rule.error]
    return "｜".join(squeeze(str(one or "")) for one in (rule.type, how, *allowed, *told))


def _hiding_formats(sheet: Worksheet) -> Iterator[str]:
    """Conditional formats that hide the text of their cells."""
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            about = rule.dxf
            if about is not None and ((about.font and _is_white(about.font.color)) or about.numFmt):
                yield str(formatting.sqref)


def _chart(root: etree._Element) -> str:
    words = "".join(plain(text.text or "") for text in root.iter(_DRAWING))
    return "|".join([words, *sorted({_reference(one.text) for one in root.iter(_CHART)})])


# ---------------------------------------------------------------- the digest


def workbook_digest(workbook: Workbook) -> dict[str, str]:
    """Digest over the texts of locked cells that stand as they are printed, and the cells that are not taken in.

    A line a row, the lines of a sheet in alphabetical order: people sort them. Left out: formulas, boxes, lines to
    write on, and what holds a field of the enterprise. Whether a text is seen does not matter here.
    """
    left_out: list[str] = []

    def keeps(at: str, text: str) -> bool:
        fixed = is_fixed(text)
        if not fixed:
            left_out.append(at)
        return fixed

    return {DIGEST: _digest(workbook, keeps), LEFT_OUT: ",".join(left_out)}


def digest_of(sheets: Iterable[tuple[str, Sequence[str], Sequence[str]]]) -> dict[str, str]:
    """The same of sheets just filled: title, the line of every row as :func:`row_line` makes it, cells left out."""
    told: list[str] = []
    left_out: list[str] = []
    for title, lines, cells in sheets:
        told += [title, *sorted(lines)]
        left_out += cells
    return {DIGEST: digest_in_order(told), LEFT_OUT: ",".join(left_out)}


def digest_holds(workbook: Workbook, claims: Mapping[str, str]) -> bool:
    """Whether the texts are those that the digest was made of."""
    left_out = set(claims.get(LEFT_OUT, "").split(","))
    return _digest(workbook, lambda at, text: at not in left_out) == claims.get(DIGEST)


def _digest(workbook: Workbook, keeps: Callable[[str, str], bool]) -> str:
    told: list[str] = []
    for sheet in workbook.worksheets:
        lines: dict[int, list[str]] = {}
        for (row, column), text in _locked_texts(sheet):
            if keeps(f"{sheet.title}!{_letter(column)}{row}", text):
                lines.setdefault(row, []).append(f"{column}:{text}")
        told += [sheet.title, *sorted(map(row_line, lines.values()))]
    return digest_in_order(told)


def row_line(texts: Iterable[str]) -> str:
    """The line of a row, of texts with the number of their column before them."""
    return squeeze("|".join(sorted(texts)))


def _locked_texts(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], str]]:
    looks = _Looks(sheet)
    for at, cell in sheet._cells.items():
        if (
            cell.value is not None
            and isinstance(cell, Cell)
            and cell.data_type != "f"
            and not looks.is_open(cell)
        ):
            yield at, value_text(cell.value)
