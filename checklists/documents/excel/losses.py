"""What a workbook template holds that filling it would drop: refused by name instead of lost in silence.

openpyxl reads cells, styles, rules and charts, and writes what it has read; text boxes, pictures, sparklines and
the extensions of later Excel versions it does not read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree
from openpyxl.utils import get_column_letter

from checklists.documents.tags import TAG
from checklists.files.package import parse_xml
from checklists.problems import Position, Problem, problem

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

PICTURE = "图片"
_IN_DRAWING = {
    "sp": "文本框或形状",
    "pic": PICTURE,
    "grpSp": "组合图形",
    "cxnSp": "连接线",
    "contentPart": "墨迹",
}
_IN_SHEET = {
    "controls": "控件",
    "oleObjects": "嵌入对象",
    "picture": "背景图片",
    "legacyDrawingHF": "页眉页脚中的图片",
}
_IN_EXTENSION = {
    "sparklineGroups": "迷你图",
    "conditionalFormattings": "数据条、图标集等新式条件格式，或引用其他工作表的条件格式",
    "dataValidations": "引用其他工作表单元格的下拉清单（改用定义的名称即可保留）",
    "slicerList": "切片器",
    "timelineRefs": "日程表",
}
_WHOLE_PARTS = {
    "xl/connections.xml": "数据连接",
    "xl/queryTables/": "外部数据查询",
    "xl/model/": "数据模型",
    "xl/pivotTables/": "数据透视表",
    "xl/tables/": "套用了表格格式的区域（Ctrl+T）",
    "xl/richData/": "单元格里的图片或新式数据类型",
    "xl/timelines/": "日程表",
    "xl/threadedComments/": "新式批注",
    "xl/slicers/": "切片器",
    "xl/ctrlProps/": "控件",
    "xl/diagrams/": "SmartArt 图形",
    "xl/chartsheets/": "单独的图表页",
}
_OTHER_GRAPHIC = "新式图表或图形"
SEEN = frozenset({*_IN_DRAWING.values(), *_IN_SHEET.values(), *_WHOLE_PARTS.values(), _OTHER_GRAPHIC})
"""What of it is seen on the sheets, or runs; extensions an office program writes of itself are not among them."""


def losses(parts: Mapping[str, bytes], file: str) -> list[Problem]:
    """Problems naming sheet and cell of everything that would be dropped.

    Raises Damaged, KeyError or ValueError where the package is damaged.
    """
    return [
        problem("template-would-lose", Position(file, sheet=sheet, cell=cell), what=what)
        for sheet, cell, what in unread(parts)
        if what != PICTURE or not _are_kept(parts)
    ]


def _are_kept(parts: Mapping[str, bytes]) -> bool:
    """Whether all pictures are of a kind that :mod:`pictures` hands on."""
    media = [name for name in parts if name.startswith("xl/media/")]
    return all(name.lower().endswith((".png", ".jpeg", ".jpg", ".gif")) for name in media)


def unread(parts: Mapping[str, bytes]) -> Iterator[tuple[str | None, str | None, str]]:
    """Sheet, cell and name of everything that openpyxl does not read. Raises as :func:`losses`."""
    for prefix, what in _WHOLE_PARTS.items():
        if any(name.startswith(prefix) for name in parts):
            yield None, None, what
    for sheet, part in sheet_parts(parts):
        for what, cell in _sheet_losses(parts, part):
            yield sheet, cell, what


def sheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Title and part name of every worksheet."""
    targets = {relation: target for relation, _, target in relations(parts, "xl/workbook.xml")}
    for element in parse_xml(parts["xl/workbook.xml"]).iter():
        if _local(element) == "sheet":
            part = targets[element.attrib[f"{_OFFICE}id"]]
            if part in parts:
                yield element.attrib["name"], part


def relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and part of everything that a part refers to."""
    folder, name = posixpath.split(part)
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return
    for element in parse_xml(relations).iter(_RELATIONS):
        target = posixpath.normpath(posixpath.join("/", folder, element.attrib["Target"])).lstrip("/")
        yield element.attrib["Id"], element.attrib["Type"], target


def _sheet_losses(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str | None]]:
    root = parse_xml(parts[part])
    for element in root:
        if _local(element) in _IN_SHEET:
            yield _IN_SHEET[_local(element)], None
        if _local(element) == "extLst":
            for extension in element:
                yield from _extension_losses(extension)
    for _, kind, target in relations(parts, part):
        if kind.endswith("/drawing") and target in parts:
            yield from _drawing_losses(parse_xml(parts[target]))


def _extension_losses(extension: etree._Element) -> Iterator[tuple[str, str | None]]:
    for content in extension:
        cells = [element.text for element in content.iter() if _local(element) == "sqref" and element.text]
        yield (
            _IN_EXTENSION.get(_local(content), f"扩展内容（{_local(content)}）"),
            cells[0] if cells else None,
        )


def _drawing_losses(drawing: etree._Element) -> Iterator[tuple[str, str | None]]:
    for anchor in drawing:
        cell = _anchor_cell(anchor)
        for element in anchor.iter():
            if _local(element) in _IN_DRAWING:
                yield _IN_DRAWING[_local(element)], cell
                break  # what a group or a text box holds goes with it
            if _local(element) == "graphicData" and element.get("uri") != _CHART:
                yield _OTHER_GRAPHIC, cell
                break


def unfilled_fields(parts: Mapping[str, bytes], file: str) -> list[Problem]:
    """Fields where nothing is filled: notes, charts, hints of drop-downs, addresses, names of sheets and ranges."""
    titles = {part: title for title, part in sheet_parts(parts)}
    return [
        problem("template-field-outside", Position(file, sheet=titles.get(name)), part=name, text=text[:40])
        for name, content in parts.items()
        if name.startswith("xl/") and name.endswith((".xml", ".rels"))
        for text in _texts_elsewhere(parse_xml(content, name), name)
        if TAG.search(text)
    ]


_FILLED_TEXTS = frozenset(
    ("t", "f", "v", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
)


def _texts_elsewhere(root: etree._Element, name: str) -> Iterator[str]:
    in_cells = name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"
    for element in root.iter():
        if element.text and not (in_cells and _local(element) in _FILLED_TEXTS):
            yield element.text
        yield from element.attrib.values()


def _anchor_cell(anchor: etree._Element) -> str | None:
    corner = {
        _local(element): int(element.text or 0)
        for part in anchor
        if _local(part) == "from"
        for element in part
    }
    return f"{get_column_letter(corner['col'] + 1)}{corner['row'] + 1}" if "col" in corner else None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
