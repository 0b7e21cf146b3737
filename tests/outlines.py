"""A template as text that reviews as a diff: paragraphs, tables, widths, faces, borders, fields, styles, sheets, cells.

Everything that changes how a document looks stands in it; what only an editor leaves behind (revision ids, spelling
marks, the language of a run) does not, so that opening and saving a file changes nothing here by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TRACES = {
    "proofErr",
    "lang",
    "bookmarkStart",
    "bookmarkEnd",
    "lastRenderedPageBreak",
    "noProof",
    "rsid",
    "rsids",
}
LEADING = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tr": "trPr", "tbl": "tblPr"}


def outline(path: Path) -> str:
    """The whole of a .docx or .xlsx template; lengths are in the file's own units (twips, half points, characters)."""
    lines = _workbook(path) if path.suffix == ".xlsx" else _document(path)
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- Word


def _document(path: Path) -> Iterator[str]:
    opened = Document(str(path))
    yield from _container("正文", opened.element.body)
    for relation in sorted(opened.part.rels.values(), key=lambda one: one.reltype + one.target_ref):
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("header", "footer", "footnotes", "endnotes", "comments"):
            yield from _container(
                f"{kind} {relation.target_ref}", etree.fromstring(relation.target_part.blob)
            )
        elif kind in ("image", "hyperlink", "attachedTemplate"):
            yield f"== {kind} {relation.target_ref}"
    yield "== 样式"
    for style in opened.styles.element:
        yield f"{_local(style)} {_attributes(style)} {' '.join(_told(child) for child in _kept(style))}".rstrip()


def _container(title: str, root: Any) -> Iterator[str]:
    yield f"== {title}"
    for block in root:
        yield from _block(block, "")


def _block(element: Any, indent: str) -> Iterator[str]:
    kind = _local(element)
    if kind == "p":
        yield f"{indent}p {_leading(element)}".rstrip()
        yield from _runs(element, f"{indent}  ")
    elif kind in ("tbl", "tr", "tc"):
        yield f"{indent}{kind} {_leading(element)}".rstrip()
        for child in element:
            yield from _block(child, f"{indent}  ")
    elif kind not in TRACES and kind not in LEADING.values():
        yield f"{indent}{_told(element)}"


def _runs(paragraph: Any, indent: str) -> Iterator[str]:
    """Neighbouring runs that look the same are one: programs cut and join them as they please."""
    look, text = None, ""
    for child in paragraph:
        if _local(child) == "pPr" or _local(child) in TRACES:
            continue
        if _local(child) != "r":
            yield from _written(look, text, indent)
            look, text = None, ""
            yield f"{indent}{_told(child)}"
            continue
        now = _leading(child)
        if now != look:
            yield from _written(look, text, indent)
            look, text = now, ""
        text += "".join(_run_piece(piece) for piece in child if _local(piece) != "rPr")
    yield from _written(look, text, indent)


def _written(look: str | None, text: str, indent: str) -> Iterator[str]:
    if text:
        yield f"{indent}r {look}「{text}」"


def _run_piece(piece: Any) -> str:
    kind = _local(piece)
    if kind == "t":
        return piece.text or ""
    if kind == "instrText":
        return f"‹{(piece.text or '').strip()}›"
    return "" if kind in TRACES else f"‹{_told(piece)}›"


def _leading(element: Any) -> str:
    """Properties of a paragraph, run, cell, row or table: its first child, without the name of that child."""
    found = element.find(f"{W}{LEADING[_local(element)]}")
    told = " ".join(_told(child) for child in _kept(found)) if found is not None else ""
    return f"{told} " if told and _local(element) == "r" else told


def _told(element: Any) -> str:
    """name(attribute=value … children)."""
    inside = [_attributes(element), *(_told(child) for child in _kept(element)), (element.text or "").strip()]
    told = " ".join(part for part in inside if part)
    return f"{_local(element)}({told})" if told else _local(element)


def _kept(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and _local(child) not in TRACES]


def _attributes(element: Any) -> str:
    told = {
        name.rpartition("}")[2]: value
        for name, value in element.attrib.items()
        if name != R_ID and not name.rpartition("}")[2].startswith(("rsid", "hint", "paraId", "textId"))
    }
    if set(told) == {"val"}:
        return str(told["val"])
    return ",".join(f"{name}={value}" for name, value in told.items())


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


# ---------------------------------------------------------------- Excel


def _workbook(path: Path) -> Iterator[str]:
    workbook = load_workbook(path, rich_text=True)
    for name, defined in sorted(workbook.defined_names.items()):
        yield f"名称 {name} = {defined.attr_text}"
    for sheet in workbook.worksheets:
        yield f"== {sheet.title} {sheet.sheet_state}"
        yield from _sheet_page(sheet)
        yield from _sheet_shape(sheet)
        yield from _sheet_rules(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style or cell.value is not None:
                    yield f"{cell.coordinate} {_look(cell)}{_value(cell)}"


def _sheet_page(sheet: Worksheet) -> Iterator[str]:
    page, margins = sheet.page_setup, sheet.page_margins
    yield (
        f"page paper={page.paperSize} {page.orientation} fit={page.fitToWidth}x{page.fitToHeight} scale={page.scale} "
        f"margins={margins.left:g},{margins.right:g},{margins.top:g},{margins.bottom:g} area={sheet.print_area or ''} "
        f"titles={sheet.print_title_rows or ''} freeze={sheet.freeze_panes or ''} filter={sheet.auto_filter.ref or ''}"
    )
    for name in ("oddHeader", "oddFooter"):
        item = getattr(sheet, name)
        yield f"{name} {[part.text for part in (item.left, item.center, item.right)]}"
    protection = {name: value for name, value in vars(sheet.protection).items() if value not in (None, False)}
    yield f"protection {protection}"


def _sheet_shape(sheet: Worksheet) -> Iterator[str]:
    for letter, column in sorted(sheet.column_dimensions.items(), key=lambda pair: (len(pair[0]), pair[0])):
        yield f"column {letter}..{get_column_letter(column.max or 1)} {column.width:g} hidden={column.hidden}"
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.height is not None or row.hidden:
            yield f"row {number} {row.height} hidden={row.hidden}"
    yield f"merged {sorted(map(str, sheet.merged_cells.ranges))}"
    for chart in sheet._charts:
        series = [one.val.numRef.f for one in chart.series if one.val and one.val.numRef]
        yield f"chart {type(chart).__name__} {chart.width:g}x{chart.height:g} {series}"


def _sheet_rules(sheet: Worksheet) -> Iterator[str]:
    for one in sheet.data_validations.dataValidation:
        yield f"validation {one.sqref} {one.type} {one.formula1} {one.prompt or ''} {one.error or ''}".rstrip()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else ""
            yield f"condition {area.sqref} {rule.type} {rule.formula} {fill}"


def _look(cell: Any) -> str:
    font, fill, align, edges = cell.font, cell.fill, cell.alignment, cell.border
    edge = ",".join(
        side.style if side and side.style else "-"
        for side in (edges.left, edges.right, edges.top, edges.bottom)
    )
    colour = fill.fgColor.rgb if fill.fill_type else "-"
    return (
        f"{font.name} {font.sz:g}{' b' if font.b else ''} {font.color.rgb if font.color else ''} fill={colour} "
        f"edge={edge} {align.horizontal or '-'}/{align.vertical or '-'}{' wrap' if align.wrap_text else ''} "
        f"{cell.number_format}{'' if cell.protection.locked else ' open'}"
    )


def _value(cell: Any) -> str:
    value = getattr(cell.value, "text", cell.value)
    return f" 「{value}」" if value is not None else ""
