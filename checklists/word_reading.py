"""Read a printed checklist back from its Word file: who it says it is, and the rows with their wording.

The rows are found by the character styles their runs carry and by the hidden item id, so that neither moved columns
nor changed faces hide them. The fingerprint over what is found tells whether the wording is still the printed one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from checklists.checklist import fingerprint_of, row_digest
from checklists.package_reading import parse_xml
from checklists.word_context import grouped
from checklists.word_template import DOCUMENT, MAIN, TC, TR, P, R, T

STYLE_NAMES = {
    "检查项编号（隐藏）": "id",
    "检查内容": "content",
    "怎样算符合": "standard",
    "依据代号": "code",
    "检查项摘要（隐藏）": "digest",
}
"""Character style of the template -> what its runs say. A template without them cannot be read back."""
ROW_STYLES = {**STYLE_NAMES, "项号": "number", "标记": "marks", "时限提示": "progress"}
"""All that a row's wording may stand beside."""

_VAL, _STYLE_ID = f"{{{MAIN}}}val", f"{{{MAIN}}}styleId"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


@dataclass(frozen=True)
class ReadRow:
    """One row as it stands in the file; wording is empty for a row that the paper only names."""

    id: str
    content: str
    standard: str
    code: str
    digest: str
    """Recomputed from the wording, or carried hidden where there is none."""


def printed_rows(parts: Mapping[str, bytes]) -> tuple[ReadRow, ...]:
    """Rows of the list and of 「未列入本表的项」, in order. Raises lxml.etree.XMLSyntaxError for a damaged part."""
    styles = _styles(parts.get("word/styles.xml", b"<none/>"))
    root = _parsed(parts[DOCUMENT])
    return tuple(row for element in root.iter(TR) for row in _rows_of(element, styles))


def printed_fingerprint(parts: Mapping[str, bytes]) -> str:
    """Fingerprint over the rows as they stand in the file, grouped as it is printed."""
    return grouped(fingerprint_of(row.digest for row in printed_rows(parts)))


def loose_texts(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Item id of every listed row, and the text in its wording's cells that carries none of our styles.

    A template may print a label there; then all rows have it. What only one row has was typed in later.
    """
    styles = _styles(parts.get("word/styles.xml", b"<none/>"), ROW_STYLES)
    found = []
    for row in _parsed(parts[DOCUMENT]).iter(TR):
        cells = [_told(cell, styles) for cell in row.iter(TC)]
        ids = [told["id"] for told in cells if told.get("id")]
        if len(ids) == 1:
            beside = (told.get("", "") for told in cells if told.keys() & {"content", "standard"})
            found.append((ids[0], "".join(beside).strip()))
    return found


def claims(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What the file says of itself: 文档, 规则版, 基准日, 编号, 指纹; empty when it says nothing."""
    if "docProps/custom.xml" not in parts:
        return {}
    root = _parsed(parts["docProps/custom.xml"])
    return {told.get("name", ""): "".join(told.itertext()) for told in root.iter(_PROPERTIES)}


def _parsed(content: bytes) -> etree._Element:
    return parse_xml(content)


def _styles(content: bytes, names: Mapping[str, str] = STYLE_NAMES) -> dict[str, str]:
    """Style id -> what its runs say; programs rename the ids and keep the names."""
    found = {}
    for style in _parsed(content).iter(f"{{{MAIN}}}style"):
        name = style.find(f"{{{MAIN}}}name")
        told = names.get(name.get(_VAL, "") if name is not None else "")
        if told:
            found[style.get(_STYLE_ID, "")] = told
    return found


def _rows_of(row: etree._Element, styles: Mapping[str, str]) -> list[ReadRow]:
    """One row of the list, or the several items that a line of 「未列入本表的项」 names."""
    paragraphs = [_told(paragraph, styles) for paragraph in row.iter(P)]
    named = [told for told in paragraphs if told.get("id")]
    if len(named) == 1 and not named[0].get("digest"):
        whole = {key: "".join(told.get(key, "") for told in paragraphs) for key in STYLE_NAMES.values()}
        wording = (whole["id"], whole["content"], whole["standard"], whole["code"])
        return [ReadRow(*wording, row_digest(*wording))]
    return [ReadRow(told["id"], "", "", "", told.get("digest", "")) for told in named]


def _told(element: etree._Element, styles: Mapping[str, str]) -> dict[str, str]:
    """Texts of a paragraph or cell by what they say; "" holds what carries none of the styles."""
    told: dict[str, str] = {}
    for run in element.iter(R):
        style = run.find(f"{{{MAIN}}}rPr/{{{MAIN}}}rStyle")
        kind = styles.get(style.get(_VAL, ""), "") if style is not None else ""
        text = "".join(piece.text or "" for piece in run.iter(T))
        told[kind] = told.get(kind, "") + text
    return told
