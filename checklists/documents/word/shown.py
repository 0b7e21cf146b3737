"""What a filled Word document shows to who takes it in hand: its body, and the heads and feet of first pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from checklists.documents.reading import HIDE, SHOW, Line
from checklists.documents.template_package import relationships
from checklists.documents.word.reading import read_printed
from checklists.documents.word.tags import MAIN
from checklists.documents.word.template import DOCUMENT
from checklists.documents.word.text import TextReader, is_on, read_styles
from checklists.files.package import parse_xml

_HIDDEN = re.compile(f"{HIDE}[^{SHOW}]*{SHOW}")
_REFERS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def shown_lines(parts: Mapping[str, bytes]) -> list[Line]:
    """Paragraphs and table rows of the body, without what is hidden in them."""
    body = next(part for part in read_printed(parts).parts if part.name == "正文")
    return [
        replace(line, texts={place: _HIDDEN.sub("", text) for place, text in line.texts.items()})
        for line in body.lines
    ]


def shown_text(parts: Mapping[str, bytes]) -> str:
    """All of it; what only the later pages of a section with a first page of its own carry is not in it."""
    targets = {one.id: one.target for one in relationships(parts) if one.source == DOCUMENT}
    kinds = {one.target: one.kind for one in relationships(parts) if one.source == DOCUMENT}
    styles = next((name for name, kind in kinds.items() if kind == "styles"), "")
    reader = TextReader(read_styles(parts.get(styles, b"<none/>")))
    edges = dict.fromkeys(targets[one] for one in _first_edges(parse_xml(parts[DOCUMENT])))
    texts = [text for line in shown_lines(parts) for text in line.texts.values()]
    return "\n".join([*texts, *(_HIDDEN.sub("", reader.block(parse_xml(parts[edge]))) for edge in edges)])


def _first_edges(root: etree._Element) -> Iterator[str]:
    """Relationship ids of the head and foot of each section's first page."""
    known: dict[tuple[str, str], str] = {}
    for section in root.iter(f"{{{MAIN}}}sectPr"):
        for one in section.iter(f"{{{MAIN}}}headerReference", f"{{{MAIN}}}footerReference"):
            known[str(one.tag), one.get(f"{{{MAIN}}}type", "default")] = one.get(_REFERS, "")
        wanted = "first" if is_on(section.find(f"{{{MAIN}}}titlePg")) else "default"
        yield from (told for (_, kind), told in known.items() if kind == wanted)
