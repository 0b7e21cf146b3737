"""Templates, documents and the empty roster are valid by the schemas of Office, whatever the enterprise is called."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from checklists.checklist.build import build_checklist
from checklists.documents.catalogue import DOCUMENTS, EXCEL, WORD, WORKBOOK
from checklists.documents.plate import read_parts
from checklists.models import Enterprise
from checklists.roster.blank import new_roster
from checklists.selection.select import select
from tests.core_properties import core_faults
from tests.damaged import zipped
from tests.office_schemas import AUDIT, SDK, SDK_PROGRAM, schema_faults
from tests.sample import ROOT, finished, sample_checklist
from tests.test_golden import installed

TEMPLATES = sorted((ROOT / "templates").iterdir())
TYPES = ("井工煤矿",)
NAME = "某某&<有限>公司“一号”'🔥"
MAIN, SHEET, BOOK, STYLES = (
    "word/document.xml",
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BY_SDK = pytest.param(
    SDK, marks=pytest.mark.skipif(SDK_PROGRAM is None, reason="the SDK's validator is not installed")
)
BY_BOTH = pytest.mark.parametrize("validator", [AUDIT, BY_SDK])


def documents_of(kind: str) -> dict[str, bytes]:
    """Every document there is of an enterprise of a type, by kind of document and file name."""
    library = installed()
    told = Enterprise(name=NAME, types=(kind,), place="阳城县", person="<b>", address="&amp;]]>")
    checklist = build_checklist(library, select(library, told, datetime.date(2026, 11, 22)), edition="-")
    return {
        f"{name}/{file}": content
        for name in DOCUMENTS
        for file, content in finished(checklist, names=[name]).items()
    }


# ---------------------------------------------------------------- the validators see what is wrong


def changed(part: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    """A fault: the first text that the pattern finds is another."""

    def change(parts: dict[str, bytes]) -> None:
        text, count = re.subn(old, new, parts[part].decode(), count=1, flags=re.DOTALL)
        assert count == 1
        parts[part] = text.encode()

    return change


def backwards(part: str, tag: str) -> Callable[[dict[str, bytes]], None]:
    """A fault: what stands in the first such element of two or more stands there from the last to the first."""

    def change(parts: dict[str, bytes]) -> None:
        root = etree.fromstring(parts[part])
        element = next(one for one in root.iter(tag) if len(one) > 1)
        element[:] = list(reversed(element))
        parts[part] = etree.tostring(root)

    return change


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    """A fault: a part is not there."""

    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


IN_WORD = {
    "properties of a paragraph out of order": backwards("word/styles.xml", f"{{{W}}}pPr"),
    "properties of a cell out of order": backwards(MAIN, f"{{{W}}}tcPr"),
    "an attribute that there is not": changed(MAIN, "<w:p>|<w:p ", '<w:p w:tone="1" '),
    "an element that there is not": changed(MAIN, "</w:pPr>", "<w:tone/></w:pPr>"),
    "a value that there is not": changed(MAIN, '<w:gridCol w:w="[0-9]+"', '<w:gridCol w:w="wide"'),
    "a table without its columns": changed(MAIN, "<w:tblGrid>.*?</w:tblGrid>", ""),
    "a relation that is not told": changed("word/_rels/document.xml.rels", "<Relationship [^>]*footer[^>]*>", ""),
    "a part that is not there": without("word/styles.xml"),
    "a part without its type": changed("[Content_Types].xml", "<Override [^>]*styles[^>]*>", ""),
    "two styles of one id": changed("word/styles.xml", "(<w:style .*?</w:style>)", r"\1\1"),
}  # fmt: skip
IN_EXCEL = {
    "a font out of order": backwards(STYLES, f"{{{S}}}font"),
    "the sheet out of order": backwards(SHEET, f"{{{S}}}worksheet"),
    "a kind of cell that there is not": changed(SHEET, 't="(?:s|n|str|inlineStr)"', 't="word"'),
    "a relation that is not told": changed("xl/_rels/workbook.xml.rels", "<Relationship [^>]*sheet1[^>]*>", ""),
    "a part that is not there": without(SHEET),
    "two sheets of one number": changed(BOOK, 'sheetId="([0-9]+)"(.*?)sheetId="[0-9]+"', r'sheetId="\1"\2sheetId="\1"'),
}  # fmt: skip
BY_SDK_ALONE = {
    "an attribute that there is not": changed(SHEET, "<row ", '<row tone="1" '),
    "a style that there is not": changed(SHEET, '(<c [^>]*)s="[0-9]+"', r'\1s="99999"'),
}


def faults_of(validator: str, kind: str, fault: Callable[[dict[str, bytes]], None]) -> list[str]:
    """What a validator has against a document once the fault is in it."""
    (content,) = finished(sample_checklist(6), names=[kind]).values()
    parts = read_parts(content)
    fault(parts)
    return schema_faults(validator, zipped(parts), DOCUMENTS[kind].ending)


@BY_BOTH
@pytest.mark.parametrize("fault", IN_WORD)
def test_a_fault_in_a_word_document_is_seen(validator: str, fault: str) -> None:
    assert faults_of(validator, "现场检查表", IN_WORD[fault]) != []


@BY_BOTH
@pytest.mark.parametrize("fault", IN_EXCEL)
def test_a_fault_in_a_workbook_is_seen(validator: str, fault: str) -> None:
    assert faults_of(validator, WORKBOOK, IN_EXCEL[fault]) != []


@pytest.mark.parametrize("validator", [BY_SDK])
@pytest.mark.parametrize("fault", BY_SDK_ALONE)
def test_a_fault_in_a_workbook_is_seen_by_the_sdk(validator: str, fault: str) -> None:
    assert faults_of(validator, WORKBOOK, BY_SDK_ALONE[fault]) != []


# ---------------------------------------------------------------- there is nothing wrong


@BY_BOTH
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_valid(validator: str, template: Path) -> None:
    assert schema_faults(validator, template.read_bytes(), template.suffix) == []


@pytest.mark.parametrize("kind", TYPES)
def test_every_document_of_an_enterprise_is_valid(kind: str) -> None:
    made, validators = documents_of(kind), [AUDIT, *([SDK] if SDK_PROGRAM else [])]

    faults = {
        (name, validator): schema_faults(validator, content, Path(name).suffix)
        for name, content in made.items()
        for validator in validators
    }
    core = {name: core_faults(read_parts(content)["docProps/core.xml"]) for name, content in made.items()}

    assert {name: told for name, told in faults.items() if told} == {}
    assert {name: told for name, told in core.items() if told} == {}
    assert {Path(name).suffix for name in made} == {WORD, EXCEL} and len(made) >= len(DOCUMENTS)


@BY_BOTH
def test_the_empty_roster_is_valid(validator: str) -> None:
    roster = new_roster(installed().vocabulary)

    assert schema_faults(validator, roster, EXCEL) == []
    assert core_faults(read_parts(roster)["docProps/core.xml"]) == []
