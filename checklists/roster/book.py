"""What the cells of an .xlsx roster refer to: its sheets, shared texts, formats of days (ECMA-376 part 1, 18.2, 18.4, 18.8)."""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from checklists import limits
from checklists.files.package import TooBig, elements, forget, parse_xml, part_of, stretches

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Book:
    """What the cells of a workbook refer to."""

    sheets: Mapping[str, str]
    """Name -> part, in the order of the tabs."""
    texts: Texts
    days: frozenset[int]
    """Numbers of the cell formats that print a date."""
    epoch: datetime.datetime


class Texts:
    """The shared texts of a workbook, packed: a list of them would take three times the room."""

    def __init__(self) -> None:
        self.packed = bytearray()
        self.ends = array("Q")

    def add(self, text: str) -> None:
        """Take in the next text."""
        self.packed += text.encode("utf-8", "surrogatepass")
        self.ends.append(len(self.packed))

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError
        start = self.ends[number - 1] if number else 0
        return self.packed[start : self.ends[number]].decode("utf-8", "surrogatepass")


def read_book(package: zipfile.ZipFile) -> Book:
    parts = set(package.namelist())
    start = next(
        (target for kind, target in _related(package, "") if kind.endswith("/officeDocument")),
        "xl/workbook.xml",
    )
    root = _parsed(package, start)
    targets = {name: part for name, (_, part) in _relations(package, start).items()}
    sheets = {
        sheet.get("name", ""): targets[sheet.get(_REL) or sheet.get(_STRICT_REL) or ""]
        for sheet in root.iterfind("{*}sheets/{*}sheet")
    }
    shown = {name: part for name, part in sheets.items() if "chartsheet" not in part and part in parts}
    kinds = {kind.rpartition("/")[2]: part for kind, part in _related(package, start) if part in parts}
    settings = root.find("{*}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    epoch = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
    days = _day_formats(package, kinds["styles"]) if "styles" in kinds else frozenset()
    texts = _texts(package, kinds["sharedStrings"]) if "sharedStrings" in kinds else Texts()
    return Book(shown, texts, days, epoch)


def _parsed(package: zipfile.ZipFile, part: str) -> etree._Element:
    return parse_xml(part_of(package, part), part)


def _related(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    return list(_relations(package, part).values())


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Id -> kind and part of what a part refers to."""
    folder, name = posixpath.split(part)
    root = _parsed(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): (
            one.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in root
    }


def _texts(package: zipfile.ZipFile, part: str) -> Texts:
    if package.getinfo(part).file_size > limits.TEXTS_BYTES:
        raise TooBig(f"文字超过 {limits.TEXTS_BYTES >> 20} MB")
    texts = Texts()
    with package.open(part) as opened:
        for entry in elements(stretches(opened), "si"):
            texts.add(rich_text(entry))
            forget(entry)
    return texts


def rich_text(entry: etree._Element) -> str:
    """Text of an entry with its fonts apart; how it is pronounced (rPh) is no part of it."""
    if len(entry) == 1 and entry[0].tag.endswith("}t"):
        return entry[0].text or ""
    found = []
    for text in entry.iter("{*}t"):
        parent = text.getparent()
        if parent is None or not parent.tag.endswith("}rPh"):
            found.append(text.text or "")
    return "".join(found)


_DAY_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def _day_formats(package: zipfile.ZipFile, part: str) -> frozenset[int]:
    root = _parsed(package, part)
    own = {
        int(form.get("numFmtId", "0")): form.get("formatCode", "")
        for form in root.iterfind("{*}numFmts/{*}numFmt")
    }
    days = _DAY_IDS | {
        number for number, code in own.items() if set(_NOT_CODES.sub("", code).lower()) & set("dmyhs")
    }
    return frozenset(
        number
        for number, form in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if int(form.get("numFmtId", "0")) in days
    )
