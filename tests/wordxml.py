"""The XML of a Word document, for tests that look at what is really in it."""

from __future__ import annotations

from lxml import etree

from checklists.documents.plate import read_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_parts(package: bytes) -> dict[str, etree._Element]:
    """The XML parts of the document itself, by name."""
    return {
        name: etree.fromstring(content)
        for name, content in read_parts(package).items()
        if name.startswith("word/") and name.endswith(".xml")
    }


def text_of(element: etree._Element) -> str:
    """All text of an element."""
    return "".join(element.itertext(f"{W}t"))


def body(package: bytes) -> str:
    """All text of the document's body."""
    return text_of(word_parts(package)["word/document.xml"])
