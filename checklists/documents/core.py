"""docProps/core.xml, the properties that every office program shows of a file, as the standard has them.

ECMA-376 part 2, 8.3.4 and its schema: every element at most once, the two times as W3CDTF and no others. A document
tells the checklist's day there, never the clock; who last saved the template, and when, stays out of it.
"""

from __future__ import annotations

import datetime

from lxml import etree

from checklists.files.package import parse_xml, xml_bytes

CORE = "docProps/core.xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_KEPT = (
    *(f"{{{_DC}}}{name}" for name in ("title", "subject", "language")),
    *(f"{{{_CP}}}{name}" for name in ("keywords", "category", "contentStatus")),
)
"""Texts that a template may set. Who wrote and saved the template is not for the enterprises that get a document."""


def plain_core(content: bytes) -> bytes:
    """The texts of a template's properties, each once, without times. Raises Damaged for no XML."""
    read = parse_xml(content, CORE)
    root = etree.Element(
        f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    )
    for name in _KEPT:
        text = next((("".join(one.itertext())) for one in read.iterchildren(name)), "")
        if text:
            etree.SubElement(root, name).text = text
    return xml_bytes(root)


def dated_core(content: bytes, on: datetime.date) -> bytes:
    """Properties made by :func:`plain_core` with the day as the time of making and of the last change."""
    root = etree.fromstring(content)
    for name in ("created", "modified"):
        told = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        told.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        told.text = f"{on.isoformat()}T00:00:00Z"
    return xml_bytes(root)
