"""The rows of a checklist in a Word file: which item each is, and their wording as it stands.

A row carries a bookmark; which item a bookmark stands for, and the digest of its wording, stand in a custom XML part,
where no reader of the text meets them. Word, WPS and LibreOffice keep both. Where only the bookmarks are gone, a row
is known by its wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from checklists.checklist.identity import row_digest
from checklists.checklist.printed import PrintedRow
from checklists.documents.reading import ReadRow
from checklists.documents.word.parts import data_parts, document_part, target, with_data
from checklists.documents.word.tags import MAIN, TC, TR, P, R, T
from checklists.files.package import parse_xml, xml_bytes
from checklists.text import squeeze

ROW_STYLES = {
    "检查内容": "content",
    "怎样算符合": "standard",
    "依据代号": "code",
    "项号": "number",
    "标记": "marks",
    "时限提示": "progress",
}
"""Character style of the template -> what its runs say. A row without them can be found, but not judged by itself."""
OWN = "urn:checklists:rows"
"""Name space of the part that tells the items of the rows."""

_VAL, _STYLE_ID, _NAME = (f"{{{MAIN}}}{name}" for name in ("val", "styleId", "name"))
_START, _END = f"{{{MAIN}}}bookmarkStart", f"{{{MAIN}}}bookmarkEnd"
_BEFORE_CONTENT = re.compile(r"^\d*[★▲]*")
_BEHIND_CONTENT = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True)
class _Entry:
    """What the file says of one row: its bookmark is empty for an item that the paper leaves out."""

    bookmark: str
    id: str
    digest: str


# ---------------------------------------------------------------- written


def with_rows(
    parts: Mapping[str, bytes], rows: Sequence[PrintedRow], left_out: Sequence[PrintedRow]
) -> dict[str, bytes]:
    """The parts of a filled checklist with a bookmark on each row that shows an item's content, and what it stands for."""
    main = document_part(parts)
    root = parse_xml(parts[main])
    marked = _marked(root, rows)
    entries = [
        *(_Entry(marked.get(row.number, ""), row.id, row.digest) for row in rows),
        *(_Entry("", row.id, row.digest) for row in left_out),
    ]
    return with_data({**parts, main: xml_bytes(root)}, _map_of(entries))


def _map_of(entries: Iterable[_Entry]) -> bytes:
    root = etree.Element(f"{{{OWN}}}rows", nsmap={None: OWN})
    for entry in entries:
        told = {"bookmark": entry.bookmark, "item": entry.id, "digest": entry.digest}
        etree.SubElement(root, f"{{{OWN}}}row", {name: text for name, text in told.items() if text})
    return xml_bytes(root)


def _marked(root: etree._Element, rows: Sequence[PrintedRow]) -> dict[int, str]:
    """Put a bookmark on the content of each row; number of the row -> name of its bookmark."""
    wanted: dict[str, list[PrintedRow]] = {}
    for row in rows:
        wanted.setdefault(squeeze(row.content), []).append(row)
    last = max((int(one.get(f"{{{MAIN}}}id", "0")) for one in root.iter(_START)), default=0)
    marked: dict[int, str] = {}
    for element in root.iter(TR):
        for paragraph in element.iter(P):
            waiting = wanted.get(_content_of(paragraph, wanted))
            if waiting:
                row = waiting.pop(0)
                marked[row.number] = f"row_{row.number}"
                _put_bookmark(paragraph, marked[row.number], last + len(marked))
                break
    return marked


def _content_of(paragraph: etree._Element, wanted: Mapping[str, object]) -> str:
    """The text of a paragraph without number and marks before it and a note behind it."""
    text = _BEFORE_CONTENT.sub("", squeeze("".join(paragraph.itertext(T))))
    return text if text in wanted else _BEHIND_CONTENT.sub("", text)


def _put_bookmark(paragraph: etree._Element, name: str, number: int) -> None:
    runs = [child for child in paragraph if child.tag == R]
    start, end = etree.Element(_START), etree.Element(_END)
    for mark in (start, end):
        mark.set(f"{{{MAIN}}}id", str(number))
    start.set(_NAME, name)
    (runs[0] if runs else paragraph[-1]).addprevious(start)
    paragraph.append(end)


# ---------------------------------------------------------------- read


def marked_rows(parts: Mapping[str, bytes]) -> tuple[ReadRow, ...]:
    """Rows of the list and those it leaves out, in order; none where the file does not tell their items.

    Raises lxml.etree.XMLSyntaxError for a damaged part.
    """
    entries = _entries(parts)
    if not entries:
        return ()
    main = document_part(parts)
    styles = styles_named(parts, main, ROW_STYLES)
    found = _found(parse_xml(parts[main]), entries, styles)
    return tuple(row for entry in entries for row in _read(entry, found.get(entry.id), styles))


def _read(entry: _Entry, row: etree._Element | None, styles: Mapping[str, str]) -> Iterator[ReadRow]:
    """The row; nothing for one that the paper had and has no more."""
    if row is None:
        if not entry.bookmark:
            yield ReadRow(entry.id, "", "", "", entry.digest)
        return
    said = said_by(row, styles)
    wording = (said.get("content", ""), said.get("standard", ""), said.get("code", ""))
    if all(wording):
        yield ReadRow(entry.id, *wording, row_digest(entry.id, *wording), noted=entry.digest)
    else:
        yield ReadRow(entry.id, "", "", "", entry.digest)


def _entries(parts: Mapping[str, bytes]) -> list[_Entry]:
    roots = (parse_xml(content) for content in data_parts(parts))
    ours = next((root for root in roots if root.tag == f"{{{OWN}}}rows"), ())
    return [_Entry(one.get("bookmark", ""), one.get("item", ""), one.get("digest", "")) for one in ours]


def _found(
    root: etree._Element, entries: Sequence[_Entry], styles: Mapping[str, str]
) -> dict[str, etree._Element]:
    """Item id -> its row, by the bookmark; else the row whose wording has the item's digest."""
    ids = {entry.bookmark: entry.id for entry in entries if entry.bookmark}
    found: dict[str, etree._Element] = {}
    for mark in root.iter(_START):
        row = next(mark.iterancestors(TR), None)
        if row is not None and mark.get(_NAME) in ids:
            found.setdefault(ids[mark.get(_NAME, "")], row)
    lost = [entry for entry in entries if entry.bookmark and entry.id not in found]
    known = set(found.values())
    for row in root.iter(TR) if lost else ():
        said = said_by(row, styles) if row not in known else {}
        wording = (said.get("content", ""), said.get("standard", ""), said.get("code", ""))
        for entry in lost if all(wording) else ():
            if row_digest(entry.id, *wording) == entry.digest:
                found.setdefault(entry.id, row)
    return found


def found_rows(parts: Mapping[str, bytes], root: etree._Element) -> dict[str, etree._Element]:
    """Item id -> its row in ``root``, the document's parsed part, in the order of the list."""
    entries = _entries(parts)
    found = _found(root, entries, styles_named(parts, document_part(parts), ROW_STYLES)) if entries else {}
    return {entry.id: found[entry.id] for entry in entries if entry.id in found}


def loose_texts(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Item id of every listed row, and the text in its wording's cells that carries none of our styles.

    A template may print a label there; then all rows have it. What only one row has was typed in later.
    """
    entries, main = _entries(parts), document_part(parts)
    styles = styles_named(parts, main, ROW_STYLES)
    found = _found(parse_xml(parts[main]), entries, styles)
    return [(item, loose_text(row, styles)) for item, row in found.items()]


def loose_text(row: etree._Element, styles: Mapping[str, str]) -> str:
    """The text in the cells of a row's wording that carries none of our styles."""
    cells = (said_by(cell, styles) for cell in row.iter(TC))
    beside = (said.get("", "") for said in cells if said.keys() & {"content", "standard"})
    return "".join(beside).strip()


def styles_named(parts: Mapping[str, bytes], main: str, names: Mapping[str, str]) -> dict[str, str]:
    """Style id -> what its runs say; programs rename the ids and keep the names."""
    found = {}
    for style in parse_xml(parts.get(target(parts, main, "styles"), b"<none/>")).iter(f"{{{MAIN}}}style"):
        name = style.find(_NAME)
        kind = names.get(name.get(_VAL, "") if name is not None else "")
        if kind:
            found[style.get(_STYLE_ID, "")] = kind
    return found


def said_by(element: etree._Element, styles: Mapping[str, str]) -> dict[str, str]:
    """Texts of a paragraph, cell or row by what they say; "" holds what carries none of the styles."""
    said: dict[str, str] = {}
    for run in element.iter(R):
        style = run.find(f"{{{MAIN}}}rPr/{{{MAIN}}}rStyle")
        kind = styles.get(style.get(_VAL, ""), "") if style is not None else ""
        said[kind] = said.get(kind, "") + "".join(run.itertext(T))
    return said
