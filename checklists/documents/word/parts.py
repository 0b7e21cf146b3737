"""The parts of a Word package that hang on the document: which they are, and how one is added."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from checklists.files.package import parse_xml, relations, xml_bytes

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DATA = f"{_OFFICE}/customXml"
_DATA_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DATA_ID = "{6D0C2D7E-6B7B-4B0C-9B41-52F1C0A5E3A1}"
"""Name of the data as Word knows it; any GUID will do, always the same one keeps equal documents equal."""


def document_part(parts: Mapping[str, bytes]) -> str:
    """Name of the part that is the document: word/document.xml, unless the package says otherwise."""
    return target(parts, "", "officeDocument") or "word/document.xml"


def target(parts: Mapping[str, bytes], part: str, kind: str) -> str:
    """Name of the first part to which ``part`` has a relation of this kind; empty when there is none."""
    return next((name for _, told, name in relations(parts, part) if told == kind), "")


def data_parts(parts: Mapping[str, bytes]) -> list[bytes]:
    """Custom XML parts of the document."""
    named = (name for _, kind, name in relations(parts, document_part(parts)) if kind == "customXml")
    return [parts[name] for name in named if name in parts]


def with_data(parts: Mapping[str, bytes], content: bytes) -> dict[str, bytes]:
    """The package with one custom XML part more (ECMA-376 part 1, 15.2.5 and 15.2.6)."""
    number = next(n for n in range(1, len(parts) + 2) if f"customXml/item{n}.xml" not in parts)
    item, about = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    properties = etree.Element(f"{{{_DATA}}}datastoreItem", nsmap={"ds": _DATA})
    properties.set(f"{{{_DATA}}}itemID", _DATA_ID)
    etree.SubElement(properties, f"{{{_DATA}}}schemaRefs")
    types = parse_xml(parts[_TYPES])
    name = f"{{{_PACKAGE}/content-types}}Override"
    etree.SubElement(types, name, PartName=f"/{about}", ContentType=_DATA_KIND)
    made = {**parts, _TYPES: xml_bytes(types), item: content, about: xml_bytes(properties)}
    _relate(made, item, "customXmlProps", f"itemProps{number}.xml")
    main = document_part(parts)
    _relate(made, main, "customXml", posixpath.relpath(item, posixpath.dirname(main)))
    return made


def _relate(parts: dict[str, bytes], part: str, kind: str, to: str) -> None:
    folder, name = posixpath.split(part)
    at = posixpath.join(folder, "_rels", f"{name}.rels")
    root = (
        parse_xml(parts[at])
        if at in parts
        else etree.Element(
            f"{{{_PACKAGE}/relationships}}Relationships", nsmap={None: f"{_PACKAGE}/relationships"}
        )
    )
    told = {"Id": f"rIdData{len(root) + 1}", "Type": f"{_OFFICE}/relationships/{kind}", "Target": to}
    etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship", told)
    parts[at] = xml_bytes(root)
