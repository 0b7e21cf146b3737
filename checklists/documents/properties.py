"""The custom properties of a Word or Excel file (docProps/custom.xml): name and text, read and written.

Office keeps 255 UTF-16 units of a text: Word cuts a longer one, Excel fails on it (Office-JS issues 4378 and 4530).
A longer text is therefore written in pieces, 「企业」, 「企业（2）」 …, and put together again when it is read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from xml.sax.saxutils import escape

from lxml import etree

from checklists.files.package import parse_xml, xml_bytes

LONGEST = 250
"""UTF-16 units of one property."""
_PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OWN, _VALUES = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument"
_RELATION_KINDS = (
    f"{_OFFICE}/relationships/custom-properties",
    f"{_OFFICE_STRICT}/relationships/customProperties",
)
_PIECE = re.compile(r"(.+)（(\d+)）")
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def properties_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Text of every property by name, pieces put together; empty where the file has none.

    Raises Damaged when the part is.
    """
    part = _part_of(parts)
    if part not in parts:
        return {}
    pieces: dict[str, dict[int, str]] = {}
    for told in parse_xml(parts[part]).iter(f"{{{_OWN}}}property"):
        name, number = _piece_of(told.get("name", ""))
        pieces.setdefault(name, {}).setdefault(number, _text_of(told))
    return {name: "".join(found[number] for number in sorted(found)) for name, found in pieces.items()}


def _text_of(told: etree._Element) -> str:
    """What stands in its value; gnumeric indents the elements around it."""
    return "".join(text for value in told for text in value.itertext())


def properties_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a package that its properties are read from."""
    return {name: parts[name] for name in (_RELATIONS, _part_of(parts)) if name in parts}


def with_properties(
    parts: Mapping[str, bytes], told: Mapping[str, str], *, also: Iterable[str] = (), end: str = ""
) -> dict[str, bytes]:
    """The parts with these properties; others that the file has are kept.

    ``also``: names that ``end`` will bring, dropped here; ``end``: text that stands behind the last property, a mark
    in whose place :func:`property_lines` is put later.
    """
    part = _part_of(parts)
    root = etree.Element(f"{{{_OWN}}}Properties", nsmap={None: _OWN, "vt": _VALUES})
    kept = parse_xml(parts[part]) if part in parts else ()
    ours = {*told, *also}
    for number, one in enumerate((one for one in kept if _name(one) not in ours), start=2):
        copied = deepcopy(one)
        copied.set("pid", str(number))
        root.append(copied)
    lines = property_lines(told, 2 + len(root))
    whole = etree.tostring(root, encoding="unicode").removesuffix("/>").removesuffix("</Properties>")
    whole = whole if whole.endswith(">") else f"{whole}>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    made = {**parts, part: f"{head}{whole}{lines}{end}</Properties>".encode()}
    return _related(made, part)


def property_lines(told: Mapping[str, str], first: int) -> str:
    """XML of the properties, as it stands between the tags of the part; ``first``: number of the first (from 2)."""
    pieces = [piece for name, text in told.items() for piece in _pieces(name, text)]
    return "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(pieces, start=first)
    )


def _pieces(name: str, text: str) -> Iterator[tuple[str, str]]:
    for number, piece in enumerate(_cut(text), start=1):
        yield (name if number == 1 else f"{name}（{number}）"), piece


def _cut(text: str) -> Iterator[str]:
    """Stretches of as many UTF-16 units as a property holds; at least one."""
    if max(text, default="") <= "\uffff":  # nearly every text: a letter is a unit
        yield from (text[at : at + LONGEST] for at in range(0, len(text) or 1, LONGEST))
        return
    piece, room = "", LONGEST
    for char in text:
        units = 2 if char > "\uffff" else 1
        if units > room:
            yield piece
            piece, room = "", LONGEST
        piece, room = piece + char, room - units
    yield piece


def _piece_of(name: str) -> tuple[str, int]:
    found = _PIECE.fullmatch(name)
    return (found[1], int(found[2])) if found and len(found[2]) < 4 else (name, 1)


def _name(one: etree._Element) -> str:
    return _piece_of(one.get("name", ""))[0]


def _part_of(parts: Mapping[str, bytes]) -> str:
    """Name of the part, which the package's relations tell."""
    if _RELATIONS in parts:
        for relation in parse_xml(parts[_RELATIONS]):
            if relation.get("Type") in _RELATION_KINDS:
                return posixpath.normpath(posixpath.join("/", relation.get("Target", ""))).lstrip("/")
    return _PART


def _related(parts: dict[str, bytes], part: str) -> dict[str, bytes]:
    """The package with its list of types and its relations naming the part."""
    types, relations = parse_xml(parts[_TYPES]), parse_xml(parts[_RELATIONS])
    if all(one.get("PartName") != f"/{part}" for one in types):
        etree.SubElement(
            types, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{part}", ContentType=_KIND
        )
        parts[_TYPES] = xml_bytes(types)
    if all(one.get("Type") not in _RELATION_KINDS for one in relations):
        etree.SubElement(
            relations,
            f"{{{_PACKAGE}/relationships}}Relationship",
            Id="rIdProperties",
            Type=_RELATION_KINDS[0],
            Target=part,
        )
        parts[_RELATIONS] = xml_bytes(relations)
    return parts
