"""What the reader of Word files knows of runs, fields and the parts beside the document."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.notices.losses import CHARTS, COMMENTS, DRAWINGS, MARGINS, NOTES
from checklists.notices.word_parts import Element, local

NO_TEXT = frozenset(
    [
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "tblPrEx",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "rubyPr",
        "delText",
        "delInstrText",
        "fldData",
    ]
)
BESIDE = {
    "header": MARGINS,
    "footer": MARGINS,
    "footnotes": NOTES,
    "endnotes": NOTES,
    "comments": COMMENTS,
    "diagramData": DRAWINGS,
    "chart": CHARTS,
}
FIELDS_WITHOUT_RESULT = (
    "EQ",
    "AUTONUM",
    "AUTONUMLGL",
    "AUTONUMOUT",
    "LISTNUM",
    "MACROBUTTON",
    "SYMBOL",
    "ADVANCE",
    "FORMDROPDOWN",
)


def letters(root: Element) -> str:
    """Text of a part beside the document; nothing when it is only figures and dashes, as page numbers are."""
    text = "".join(one.text or "" for one in root.iter() if local(one) in ("t", "v"))
    return text if any(map(str.isalpha, text)) else ""


def text_within(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one) in ("t", "delText"))


@dataclass
class Run:
    """How the letters that are being read look."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    font: str = ""


@dataclass
class Field:
    """A field being read: its code, and whether it has printed anything."""

    code: str = ""
    printed: bool = False
