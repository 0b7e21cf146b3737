"""What a workbook template holds that filling it would drop: refused by name instead of lost in silence.

openpyxl reads cells, styles, rules and charts, and writes what it has read; text boxes, pictures, sparklines and
the extensions of later Excel versions it does not read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from openpyxl.utils import get_column_letter

from checklists.problems import Place, Problem, problem

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_IN_DRAWING = {
    "sp": "文本框或形状",
    "pic": "图片",
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
    "xl/vbaProject.bin": "宏",
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

    Raises KeyError or ElementTree.ParseError where the package is damaged.
    """
    return [
        problem("template-would-lose", Place(file, sheet=sheet, cell=cell), what=what)
        for sheet, cell, what in unread(parts)
    ]


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
    targets = {relation: target for relation, _, target in _relations(parts, "xl/workbook.xml")}
    for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if _local(element) == "sheet":
            part = targets[element.attrib[f"{_OFFICE}id"]]
            if part in parts:
                yield element.attrib["name"], part


def _relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    relations = parts.get(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return
    for element in ElementTree.fromstring(relations).iter(_RELATIONS):
        target = posixpath.normpath(posixpath.join("/", folder, element.attrib["Target"])).lstrip("/")
        yield element.attrib["Id"], element.attrib["Type"], target


def _sheet_losses(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str | None]]:
    root = ElementTree.fromstring(parts[part])
    for element in root:
        if _local(element) in _IN_SHEET:
            yield _IN_SHEET[_local(element)], None
        if _local(element) == "extLst":
            for extension in element:
                yield from _extension_losses(extension)
    for _, kind, target in _relations(parts, part):
        if kind.endswith("/drawing") and target in parts:
            yield from _drawing_losses(ElementTree.fromstring(parts[target]))


def _extension_losses(extension: ElementTree.Element) -> Iterator[tuple[str, str | None]]:
    for content in extension:
        cells = [element.text for element in content.iter() if _local(element) == "sqref" and element.text]
        yield (
            _IN_EXTENSION.get(_local(content), f"扩展内容（{_local(content)}）"),
            cells[0] if cells else None,
        )


def _drawing_losses(drawing: ElementTree.Element) -> Iterator[tuple[str, str | None]]:
    for anchor in drawing:
        cell = _anchor_cell(anchor)
        for element in anchor.iter():
            if _local(element) in _IN_DRAWING:
                yield _IN_DRAWING[_local(element)], cell
                break  # what a group or a text box holds goes with it
            if _local(element) == "graphicData" and element.get("uri") != _CHART:
                yield _OTHER_GRAPHIC, cell
                break


def _anchor_cell(anchor: ElementTree.Element) -> str | None:
    corner = {
        _local(element): int(element.text or 0)
        for part in anchor
        if _local(part) == "from"
        for element in part
    }
    return f"{get_column_letter(corner['col'] + 1)}{corner['row'] + 1}" if "col" in corner else None


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
