"""Documents made from the shipped rules, and what may be done to them: packages changed part by part."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from lxml import etree
from openpyxl import Workbook, load_workbook

from checklists.checklist.build import Appendix, Checklist, Order, checklist_for
from checklists.documents.catalogue import PAPERS, list_document
from checklists.documents.excel.sheets import SHEETS
from checklists.documents.make import finished_documents
from checklists.documents.plate import read_parts
from checklists.documents.verify.remake import Installed
from checklists.documents.verify.verify import Verdict, verify
from checklists.models import Enterprise
from checklists.rules.library import open_library
from tests.sample import finished

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 22)
FIRM = Enterprise(
    name="阳城县某某餐饮有限公司",
    code="91140522MA0K2XXT3E",
    address="凤城镇某某街12号",
    place="阳城县",
    types=("catering-gas-user",),
    person="张三",
    phone="13800000000",
    facts={"dormitory": True, "uses-gas": True},
)
BLANK = Enterprise(place="阳城县", types=("catering-gas-user",))
LIST, ACROSS, BOOK, KEPT = "现场检查表", "现场检查表（横版）", "企业自查工作簿", "企业留存"
WITH, WITHOUT = "现场检查表（附企业留存）", "现场检查表（无企业留存）"
APPENDIX: dict[str, Appendix] = {WITH: "with", WITHOUT: "none"}
"""Lists whose other half is not a file of its own -> how they are asked for."""
MOST = 100
"""Rows on the sample's paper at most."""
Change = Callable[[bytes], bytes]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, HEADER, FOOTER, STYLES = (
    "word/document.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/styles.xml",
)
KEPT_FOOTER = "word/footer2.xml"
CUSTOM, MAP = "docProps/custom.xml", "customXml/item1.xml"


@cache
def installed() -> Installed:
    """The shipped rules and templates; the sample's edition is theirs."""
    library, problems = open_library(ROOT / "rules", ROOT / "seeds")
    assert not [found for found in problems if found.level == "error"]
    return Installed(library, ROOT / "templates")


@cache
def checklist(firm: str = "named", document: str = LIST) -> Checklist:
    """What the document is made of; the workbook holds one department's part, for it takes ten times as long."""
    told, department = FIRM if firm == "named" else BLANK, "消防" if document == BOOK else None
    return checklist_for(
        installed().library,
        told,
        Order(
            DAY,
            MOST,
            department,
            landscape=document == ACROSS,
            sheets=SHEETS if document == BOOK else None,
        ),
    )


@cache
def made(document: str, firm: str = "named") -> bytes:
    """A document by its name, of the firm above or a blank one."""
    told = checklist(firm, document)
    if document in (KEPT, *PAPERS):
        (content,) = finished(told, names=[document]).values()
        return content
    if document in APPENDIX:
        wanted = [list_document(landscape=False, appendix=APPENDIX[document])]
        (content,) = finished_documents(wanted, told, ROOT / "templates").values()
        return content
    both = finished(told, landscape=document == ACROSS)
    return next(content for name, content in both.items() if name.endswith(".xlsx") == (document == BOOK))


def judged(folder: Path, content: bytes, document: str) -> Verdict:
    """The verdict on a file with this content."""
    path = folder / ("簿.xlsx" if document == BOOK else "表.docx")
    path.write_bytes(content)
    return verify(path, installed())


# ---------------------------------------------------------------- packages


def zipped(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def replaced(old: str, new: str, part: str = DOCUMENT, count: int = 1) -> Change:
    """A text of a part replaced; the test fails when it is not there."""

    def change(package: bytes) -> bytes:
        parts = read_parts(package)
        before = parts[part].decode()
        assert old in before, f"{old} is not in {part}"
        parts[part] = before.replace(old, new, count).encode()
        return zipped(parts)

    return change


def in_xml(edit: Callable[[etree._Element], None], part: str = DOCUMENT) -> Change:
    """A part changed as a tree."""

    def change(package: bytes) -> bytes:
        parts = read_parts(package)
        root = etree.fromstring(parts[part])
        before = etree.tostring(root)
        edit(root)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        assert etree.tostring(root) != before
        return zipped(parts)

    return change


def in_parts(edit: Callable[[dict[str, bytes]], None]) -> Change:
    """Parts added, taken away or swapped."""

    def change(package: bytes) -> bytes:
        parts = read_parts(package)
        edit(parts)
        return zipped(parts)

    return change


def in_book(edit: Callable[[Workbook], object]) -> Change:
    """A workbook changed and saved by openpyxl."""

    def change(package: bytes) -> bytes:
        book = load_workbook(io.BytesIO(package))
        edit(book)
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(package: bytes) -> bytes:
        for one in changes:
            package = one(package)
        return package

    return change
