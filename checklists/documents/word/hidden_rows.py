"""The rows of a checklist of format 1 or 2, which carries the items' ids and digests as hidden text."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from checklists.checklist.identity import row_digest
from checklists.documents.reading import ReadRow
from checklists.documents.word.parts import document_part
from checklists.documents.word.rows import ROW_STYLES, loose_text, said_by, styles_named
from checklists.documents.word.tags import TR, P
from checklists.files.package import parse_xml

STYLES = {**ROW_STYLES, "检查项编号（隐藏）": "id", "检查项摘要（隐藏）": "digest"}
"""Character style of the template -> what its runs say."""


def hidden_rows(parts: Mapping[str, bytes]) -> tuple[ReadRow, ...]:
    """Rows of the list and of 「未列入本表的项」, in order. Raises lxml.etree.XMLSyntaxError for a damaged part."""
    main = document_part(parts)
    styles = styles_named(parts, main, STYLES)
    return tuple(row for element in parse_xml(parts[main]).iter(TR) for row in _rows_of(element, styles))


def _rows_of(row: etree._Element, styles: Mapping[str, str]) -> list[ReadRow]:
    """One row of the list, or the several items that a line of 「未列入本表的项」 names."""
    paragraphs = [said_by(paragraph, styles) for paragraph in row.iter(P)]
    named = [said for said in paragraphs if said.get("id")]
    if len(named) == 1 and not named[0].get("digest"):
        item, content, standard, code = (
            "".join(said.get(kind, "") for said in paragraphs)
            for kind in ("id", "content", "standard", "code")
        )
        return [ReadRow(item, content, standard, code, row_digest(item, content, standard, code))]
    return [ReadRow(said["id"], "", "", "", said.get("digest", "")) for said in named]


def hidden_loose_texts(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The same as :func:`checklists.documents.word.rows.loose_texts` of a document of format 1 or 2."""
    main = document_part(parts)
    styles = styles_named(parts, main, STYLES)
    rows = [(row, said_by(row, styles)) for row in parse_xml(parts[main]).iter(TR)]
    return [
        (said["id"], loose_text(row, styles))
        for row, said in rows
        if said.get("id") and not said.get("digest")
    ]
