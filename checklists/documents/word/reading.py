"""Read a printed Word document back: every text that its pages show, and the rows of a checklist with their wording.

The rows are found by the character styles their runs carry and by the hidden item id, so that neither moved columns
nor changed faces hide them. The fingerprint over what is found tells whether the wording is still the printed one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from checklists.checklist.identity import fingerprint_of, grouped, row_digest
from checklists.documents.claims import DIGEST, LEFT_OUT
from checklists.documents.reading import (
    BOX,
    HIDE,
    REVISION,
    SHOW,
    Line,
    Part,
    Printed,
    digest_in_order,
    is_fixed,
    packed,
    unpacked,
)
from checklists.documents.word.tags import TBL
from checklists.documents.word.template import MAIN, TC, TR, P, R, T
from checklists.documents.word.text import Styles, TextReader, is_on, read_styles
from checklists.files.package import parse_xml

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
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TextOf = Callable[[etree._Element, str], str]
"""Text of a paragraph or cell; the second argument is the style of the table it stands in."""
LOW = 100
"""Twips: a row of exactly this height or less shows nothing of its text."""


# ---------------------------------------------------------------- the parts of the package


def document_part(parts: Mapping[str, bytes]) -> str:
    """Name of the part that is the document: word/document.xml, unless the package says otherwise."""
    return _target(parts, "", "officeDocument") or "word/document.xml"


def _target(parts: Mapping[str, bytes], part: str, kind: str) -> str:
    """Name of the first part to which ``part`` has a relation of this kind; empty when there is none."""
    return next((target for _, told, target in _relations(parts, part) if told == kind), "")


def _relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target of every relation of a part; of the package for an empty name."""
    folder, name = posixpath.split(part)
    told = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    for one in parse_xml(told) if told is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


# ---------------------------------------------------------------- everything printed


def read_printed(parts: Mapping[str, bytes]) -> Printed:
    """Body, heads and feet of the pages, line by line. Raises lxml.etree.XMLSyntaxError or KeyError when damaged."""
    styles = _target(parts, document_part(parts), "styles")
    return _printed(parts, TextReader(read_styles(parts[styles]) if styles in parts else Styles()).block)


def word_digest(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Digest over the texts that stand as they are printed, in order, and which texts of the document are not taken in.

    A text is a paragraph outside tables or a cell. Left out: empty ones, boxes, lines to write on, what Word counts
    (the page), and what holds a field of the enterprise. Whether a text is seen does not matter here.
    """
    texts = list(_texts(_printed(parts, _letters)))
    fixed = [is_fixed(text) for text in texts]
    kept = (text for text, counts in zip(texts, fixed, strict=True) if counts)
    return {DIGEST: digest_in_order(kept), LEFT_OUT: packed(fixed)}


def digest_holds(parts: Mapping[str, bytes], claims: Mapping[str, str]) -> bool:
    """Whether the texts are those that the digest was made of. Raises ValueError when that cannot be told."""
    texts, fixed = list(_texts(_printed(parts, _letters))), unpacked(claims.get(LEFT_OUT, ""))
    kept = (text for text, counts in zip(texts, fixed, strict=False) if counts)
    return len(texts) == len(fixed) and digest_in_order(kept) == claims.get(DIGEST)


def _texts(printed: Printed) -> Iterator[str]:
    return (text for part in printed.parts for line in part.lines for text in line.texts.values())


def _letters(element: etree._Element, style: str = "") -> str:
    """All letters of a paragraph or cell; none where Word counts something."""
    del style
    counted = next(element.iter(f"{{{MAIN}}}fldChar", f"{{{MAIN}}}fldSimple"), None)
    return "".join(element.itertext(T)) if counted is None else ""


def _printed(parts: Mapping[str, bytes], text_of: TextOf) -> Printed:
    main = document_part(parts)
    root = parse_xml(parts[main])
    body = root.find(f"{{{MAIN}}}body")
    found = [Part("正文", tuple(_Lines(text_of).of(body)))] if body is not None else []
    for name, kind in (("页眉", "header"), ("页脚", "footer")):
        edges = dict.fromkeys(_edges(parts, main, root, kind))
        lines = [tuple(_Lines(text_of).of(parse_xml(parts[edge]))) if edge else () for edge in edges]
        found += [
            Part(name if number == 1 else f"{name}（第{number}种）", told)
            for number, told in enumerate(_different(lines), start=1)
        ]
    return Printed(tuple(found))


def _edges(parts: Mapping[str, bytes], main: str, root: etree._Element, kind: str) -> Iterator[str]:
    """Part name of every head (or foot) that some page shows, in order; empty where a page shows none."""
    targets = {name: target for name, _, target in _relations(parts, main)}
    settings = _target(parts, main, "settings")
    differ = settings in parts and is_on(parse_xml(parts[settings]).find(f"{{{MAIN}}}evenAndOddHeaders"))
    inherited: dict[str, str] = {}
    for section in root.iter(f"{{{MAIN}}}sectPr"):
        for one in section.iterfind(f"{{{MAIN}}}{kind}Reference"):
            inherited[one.get(f"{{{MAIN}}}type", "default")] = targets.get(one.get(_RELATED, ""), "")
        shown = ["default"]
        if is_on(section.find(f"{{{MAIN}}}titlePg")):
            shown.append("first")
        if differ:
            shown.append("even")
        yield from (inherited.get(name, "") for name in shown)


def _different(found: list[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """Heads that say different things, each once."""
    kept: dict[tuple[str, ...], tuple[Line, ...]] = {}
    for lines in found:
        kept.setdefault(tuple("".join(text.split()) for line in lines for text in line.texts.values()), lines)
    return list(kept.values())


class _Lines:
    """The lines of a part: paragraphs outside tables, and rows of tables."""

    def __init__(self, text_of: TextOf) -> None:
        self.text_of = text_of
        self.paragraphs = self.tables = 0

    def of(self, container: etree._Element) -> Iterator[Line]:
        for child in container:
            if child.tag == P:
                self.paragraphs += 1
                yield Line(f"第{self.paragraphs}段", {"1": self.text_of(child, "")})
            elif child.tag == TBL:
                self.tables += 1
                yield from self._rows(child)
            elif child.tag == f"{{{MAIN}}}altChunk":
                yield Line("插入的文件", {"1": BOX})
            elif isinstance(child.tag, str) and not child.tag.endswith(("sectPr", "sdtPr", "sdtEndPr")):
                yield from self.of(child)

    def _rows(self, table: etree._Element) -> Iterator[Line]:
        style = table.find(f"{{{MAIN}}}tblPr/{{{MAIN}}}tblStyle")
        name = style.get(_VAL, "") if style is not None else ""
        for number, row in enumerate(_children(table, TR), start=1):
            cells = [_seen(cell, self.text_of(cell, name)) for cell in _children(row, TC)]
            about = row.find(f"{{{MAIN}}}trPr")
            if about is not None and _is_unseen(about):
                cells = [_hidden(text) for text in cells]
            if about is not None and any(
                about.find(f"{{{MAIN}}}{kind}") is not None for kind in ("ins", "del")
            ):
                cells = [f"{REVISION}{text}" for text in cells]
            texts = {str(place): text for place, text in enumerate(cells, start=1)}
            is_head = about is not None and is_on(about.find(f"{{{MAIN}}}tblHeader"))
            yield Line(f"第{self.tables}个表格第{number}行", texts, head=is_head)


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table, cells of a row, those in content controls and the like too; not those of tables within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (TBL, TR, TC, P):
            yield from _children(child, tag)


def _is_unseen(about: etree._Element) -> bool:
    height = about.find(f"{{{MAIN}}}trHeight")
    low = (
        height is not None and height.get(f"{{{MAIN}}}hRule") == "exact" and _number(height.get(_VAL)) <= LOW
    )
    return low or is_on(about.find(f"{{{MAIN}}}hidden"))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0


def _seen(cell: etree._Element, text: str) -> str:
    """The text, hidden where the cell only carries on the one above it."""
    merged = cell.find(f"{{{MAIN}}}tcPr/{{{MAIN}}}vMerge")
    return _hidden(text) if merged is not None and merged.get(_VAL, "continue") == "continue" else text


def _hidden(text: str) -> str:
    return f"{HIDE}{text.replace(HIDE, '').replace(SHOW, '')}{SHOW}" if text.strip() else text


# ---------------------------------------------------------------- the rows of the checklist


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
    main = document_part(parts)
    styles = _row_styles(parts, main, STYLE_NAMES)
    return tuple(row for element in parse_xml(parts[main]).iter(TR) for row in _rows_of(element, styles))


def printed_fingerprint(parts: Mapping[str, bytes]) -> str:
    """Fingerprint over the rows as they stand in the file, grouped as it is printed."""
    return grouped(fingerprint_of(row.digest for row in printed_rows(parts)))


def loose_texts(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Item id of every listed row, and the text in its wording's cells that carries none of our styles.

    A template may print a label there; then all rows have it. What only one row has was typed in later.
    """
    main = document_part(parts)
    styles = _row_styles(parts, main, ROW_STYLES)
    found = []
    for row in parse_xml(parts[main]).iter(TR):
        cells = [_told(cell, styles) for cell in row.iter(TC)]
        ids = [told["id"] for told in cells if told.get("id")]
        if len(ids) == 1:
            beside = (told.get("", "") for told in cells if told.keys() & {"content", "standard"})
            found.append((ids[0], "".join(beside).strip()))
    return found


def _row_styles(parts: Mapping[str, bytes], main: str, names: Mapping[str, str]) -> dict[str, str]:
    """Style id -> what its runs say; programs rename the ids and keep the names."""
    content = parts.get(_target(parts, main, "styles"), b"<none/>")
    found = {}
    for style in parse_xml(content).iter(f"{{{MAIN}}}style"):
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
