"""Read a printed Word document back: every text that its pages show, and the rows of a checklist with their wording.

The fingerprint over the rows tells whether the wording is still the printed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from checklists.checklist.identity import fingerprint_of, grouped
from checklists.documents.claims import DIGEST, LEFT_OUT
from checklists.documents.reading import (
    BOX,
    HIDE,
    LINE,
    REVISION,
    SHOW,
    Line,
    Part,
    Printed,
    ReadRow,
    digest_in_order,
    is_fixed,
    packed,
    unpacked,
)
from checklists.documents.word.hidden_rows import hidden_rows
from checklists.documents.word.parts import document_part, target
from checklists.documents.word.rows import marked_rows
from checklists.documents.word.tags import TBL
from checklists.documents.word.template import MAIN, TC, TR, P, R, T
from checklists.documents.word.text import Styles, TextReader, is_line, is_on, read_styles
from checklists.files.package import parse_xml, relations

_VAL = f"{{{MAIN}}}val"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TextOf = Callable[[etree._Element, str], str]
"""Text of a paragraph or cell; the second argument is the style of the table it stands in."""
LOW = 100
"""Twips: a row of exactly this height or less shows nothing of its text."""


# ---------------------------------------------------------------- everything printed


def read_printed(parts: Mapping[str, bytes]) -> Printed:
    """Body, heads and feet of the pages, line by line. Raises lxml.etree.XMLSyntaxError or KeyError when damaged."""
    return _printed(parts, TextReader(_styles(parts)).block)


def _styles(parts: Mapping[str, bytes]) -> Styles:
    part = target(parts, document_part(parts), "styles")
    return read_styles(parts[part]) if part in parts else Styles()


def word_digest(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Digest over the texts that stand as they are printed, in order, and which texts of the document are not taken in.

    A text is a paragraph outside tables or a cell. Left out: empty ones, boxes, lines to write on, what Word counts
    (the page), and what holds a field of the enterprise. Whether a text is seen does not matter here.
    """
    texts = list(_texts(_printed(parts, _letters(_styles(parts)))))
    fixed = [is_fixed(text) for text in texts]
    kept = (text for text, counts in zip(texts, fixed, strict=True) if counts)
    return {DIGEST: digest_in_order(kept), LEFT_OUT: packed(fixed)}


def digest_holds(parts: Mapping[str, bytes], claims: Mapping[str, str]) -> bool:
    """Whether the texts are those that the digest was made of. Raises ValueError when that cannot be told."""
    texts, fixed = list(_texts(_printed(parts, _letters(_styles(parts))))), unpacked(claims.get(LEFT_OUT, ""))
    kept = (text for text, counts in zip(texts, fixed, strict=False) if counts)
    return len(texts) == len(fixed) and digest_in_order(kept) == claims.get(DIGEST)


def _texts(printed: Printed) -> Iterator[str]:
    return (text for part in printed.parts for line in part.lines for text in line.texts.values())


def _letters(styles: Styles) -> TextOf:
    """All letters of a paragraph or cell, lines to write on as such; none where Word counts something."""

    def letters(element: etree._Element, style: str) -> str:
        if next(element.iter(f"{{{MAIN}}}fldChar", f"{{{MAIN}}}fldSimple"), None) is not None:
            return ""
        return "".join(LINE if is_line(run, styles) else "".join(run.itertext(T)) for run in element.iter(R))

    return letters


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
    targets = {name: target for name, _, target in relations(parts, main)}
    settings = target(parts, main, "settings")
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


def printed_rows(parts: Mapping[str, bytes]) -> tuple[ReadRow, ...]:
    """Rows of the list and those it leaves out, in order; of a document of before by its hidden text.

    Raises lxml.etree.XMLSyntaxError for a damaged part.
    """
    return marked_rows(parts) or hidden_rows(parts)


def printed_fingerprint(parts: Mapping[str, bytes]) -> str:
    """Fingerprint over the rows as they stand in the file, grouped as it is printed."""
    return grouped(fingerprint_of(row.digest for row in printed_rows(parts)))
