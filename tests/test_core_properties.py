"""docProps/core.xml of every template and document is what the standard allows, with a real day in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.documents.catalogue import DOCUMENTS, PAPERS, WORKBOOK
from checklists.documents.fields import field_values
from checklists.documents.plate import make_plate, read_parts, stamp
from tests.core_properties import CP, DC, TERMS, core_faults
from tests.sample import ROOT, filled_parts, sample_checklist

CORE = "docProps/core.xml"
HEAD = (
    f'<cp:coreProperties xmlns:cp="{CP}" xmlns:dc="{DC}" xmlns:dcterms="{TERMS}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
MADE = '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T00:00:00Z</dcterms:created>'
EVERY_KIND = pytest.mark.parametrize("kind", list(DOCUMENTS))


def core(inside: str) -> bytes:
    return f"{HEAD}{inside}</cp:coreProperties>".encode()


@pytest.mark.parametrize(
    "wrong",
    [
        MADE.replace("2026-11-22", "{{ checklist.on_iso }}"),
        MADE.replace("2026-11-22", "2026-13-22"),
        MADE.replace("T00:00:00Z", "T00:00:00"),
        MADE.replace(' xsi:type="dcterms:W3CDTF"', ""),
        MADE + MADE,
        "<dc:title>a</dc:title><dc:title>b</dc:title>",
        '<dc:title xml:lang="zh">a</dc:title>',
        "<dc:publisher>a</dc:publisher>",
        "<dc:title><b/></dc:title>",
        "<cp:lastPrinted>昨天</cp:lastPrinted>",
    ],
)
def test_the_rules_of_the_standard_catch_what_breaks_them(wrong: str) -> None:
    assert core_faults(core(f"<dc:subject>x</dc:subject>{MADE}")) == []
    assert core_faults(core(wrong)) != []


@EVERY_KIND
def test_a_shipped_template_tells_a_real_day(kind: str) -> None:
    content = read_parts((ROOT / "templates" / DOCUMENTS[kind].file).read_bytes())[CORE]

    assert core_faults(content) == []
    assert content.count(b"dcterms:W3CDTF") == 2


def made(kind: str, template: Path, on: datetime.date) -> dict[str, bytes]:
    checklist = sample_checklist(6, on=on, name="某&<店")
    if kind == WORKBOOK or kind in PAPERS:
        parts = filled_parts(kind, checklist, template)
    else:
        parts = filled_parts(kind, checklist, template)
    return read_parts(stamp(make_plate(parts), field_values(checklist)))


@EVERY_KIND
def test_a_document_tells_the_day_of_its_checklist(kind: str) -> None:
    content = made(kind, ROOT / "templates" / DOCUMENTS[kind].file, datetime.date(2026, 9, 8))[CORE]

    assert core_faults(content) == []
    assert content.count(b">2026-09-08T00:00:00Z<") == 2


BY_A_PERSON = "<cp:lastModifiedBy>张三</cp:lastModifiedBy><cp:revision>7</cp:revision><cp:lastPrinted>2020</cp:lastPrinted>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<dc:title>{{{{ checklist.title }}}}</dc:title>{MADE.replace('2026-11-22', '{{ checklist.on_iso }}')}",
        f"{MADE}{MADE}<dc:title>a</dc:title><dc:title>b</dc:title>",
        f"{BY_A_PERSON}<dc:creator>张三</dc:creator><dc:publisher>某局</dc:publisher>",
        "<dcterms:created>昨天</dcterms:created>",
        "",
    ],
)
@pytest.mark.parametrize("kind", ["现场检查表", "班组日查卡", WORKBOOK])
def test_whatever_a_template_tells_its_documents_are_valid_and_name_no_restyler(
    tmp_path: Path, kind: str, inside: str
) -> None:
    path = _with_core(tmp_path / DOCUMENTS[kind].file, kind, lambda: core(inside))

    content = made(kind, path, datetime.date(2026, 9, 8))[CORE]

    assert core_faults(content) == []
    assert content.count(b">2026-09-08T00:00:00Z<") == 2
    assert "张三".encode() not in content


def _with_core(path: Path, kind: str, content: Callable[[], bytes]) -> Path:
    parts = read_parts((ROOT / "templates" / DOCUMENTS[kind].file).read_bytes())
    path.write_bytes(stamp(make_plate({**parts, CORE: content()}), {}))
    return path
