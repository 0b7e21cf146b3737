"""The rules of docProps/core.xml (ECMA-376 part 2, 8.3 and opc-coreProperties.xsd), written down once for the tests."""

from __future__ import annotations

import datetime
import re

from lxml import etree

CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ELEMENTS = {
    *(
        f"{{{CP}}}{name}"
        for name in [
            "category",
            "contentStatus",
            "keywords",
            "lastModifiedBy",
            "lastPrinted",
            "revision",
            "version",
        ]
    ),
    *(f"{{{DC}}}{name}" for name in ["creator", "description", "identifier", "language", "subject", "title"]),
    *(f"{{{TERMS}}}{name}" for name in ("created", "modified")),
}
W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")


def core_faults(content: bytes) -> list[str]:
    """What the schema has against core properties; empty for valid ones."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    faults = [] if root.tag == f"{{{CP}}}coreProperties" else [f"root {root.tag}"]
    seen = [str(element.tag) for element in root]
    faults += [f"{tag} is none of the elements" for tag in seen if tag not in ELEMENTS]
    faults += [f"{tag} stands twice" for tag in sorted(set(seen)) if seen.count(tag) > 1]
    for element in root:
        timed = element.tag in (f"{{{TERMS}}}created", f"{{{TERMS}}}modified")
        if timed and element.get(XSI_TYPE) != "dcterms:W3CDTF":
            faults.append(f"{element.tag} has no xsi:type dcterms:W3CDTF")
        if not timed and XSI_TYPE in element.attrib:
            faults.append(f"{element.tag} has an xsi:type")
        if timed and element.nsmap.get("dcterms") != TERMS:
            faults.append("the prefix of the type is not bound")
        if len(element) or set(element.attrib) - {XSI_TYPE}:
            faults.append(f"{element.tag} has children or attributes")
        if (timed or element.tag == f"{{{CP}}}lastPrinted") and not _is_time(element.text or ""):
            faults.append(f"{element.tag} is no time: {element.text}")
    return faults


def _is_time(text: str) -> bool:
    if not W3CDTF.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else text[:10])
    except ValueError:
        return False
    return True
