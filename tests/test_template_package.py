"""Packages of templates: broken ones, ones of another form, and ones that carry what would go out with every document."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
from checklists.documents.plate import read_parts
from checklists.documents.templates import check_template_file
from checklists.problems import Problem, Refused
from tests.sample import ROOT, sample_checklist

Parts = dict[str, bytes]
WORD, EXCEL = DOCUMENTS["现场检查表"].file, DOCUMENTS[WORKBOOK].file
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_RELS = {WORD: "word/_rels/document.xml.rels", EXCEL: "xl/_rels/workbook.xml.rels"}


def problems_of(folder: Path, file: str, change: Callable[[Parts], object]) -> list[Problem]:
    """What ``templates check`` has against a shipped template with a change made to its package."""
    parts = read_parts((ROOT / "templates" / file).read_bytes())
    before = dict(parts)
    change(parts)
    assert parts != before
    path = folder / file
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    try:
        return check_template_file(path, sample_checklist(6))[1]
    except Refused as refused:
        return list(refused.problems)


def replace(part: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return change


def relation(
    file: str, kind: str, target: str, *, external: bool = False, source: str = ""
) -> Callable[[Parts], None]:
    """A further relationship of a part; an inner target is put there as well."""

    def change(parts: Parts) -> None:
        rels = source or MAIN_RELS[file]
        mode = ' TargetMode="External"' if external else ""
        told = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", told.encode())
        if not external:
            folder = rels.partition("/_rels/")[0]
            parts[f"{folder}/{target}"] = b"<x/>" if target.endswith(".xml") else b"\x00x"
            default = (
                f'<Default Extension="{target.rpartition(".")[2]}" ContentType="application/x"/></Types>'
            )
            if default.split('"')[1] not in ("xml", "rels"):
                parts[TYPES] = parts[TYPES].replace(b"</Types>", default.encode())

    return change


BROKEN = {
    "no content types": (WORD, lambda parts: parts.pop(TYPES), TYPES),
    "no relationships": (WORD, lambda parts: parts.pop("_rels/.rels"), "_rels/.rels"),
    "a styles part that is not there": (WORD, lambda parts: parts.pop("word/styles.xml"), "word/styles.xml"),
    "a header that is not there": (WORD, lambda parts: parts.pop("word/header1.xml"), "word/header1.xml"),
    "relationships of the document not there": (WORD, lambda parts: parts.pop(MAIN_RELS[WORD]), "word/document.xml"),
    "settings that are no XML": (WORD, replace("word/settings.xml", "<w:zoom", "<w:zoom <"), "word/settings.xml"),
    "a core part that is no XML": (WORD, replace("docProps/core.xml", "<dc:title>", "<dc:titel>"), "docProps/core.xml"),
    "a header without a type": (WORD, replace(TYPES, "/word/header1.xml", "/word/other.xml"), "word/header1.xml"),
    "a relationship that is not there": (WORD, replace(MAIN_RELS[WORD], 'Id="rId4"', 'Id="rId9"'), "rId4"),
    "entities": (WORD, replace("word/styles.xml", "<w:styles", '<!DOCTYPE x [<!ENTITY a "b">]><w:styles'), "word/styles.xml"),
    "private characters": (WORD, replace("word/document.xml", "检查单位", "&#xE000;nothing&#xE001;"), "U+E000"),
    "private characters in a style": (WORD, replace("word/styles.xml", "表题", "\ue000nothing\ue001"), "U+E000"),
    "no content types of a book": (EXCEL, lambda parts: parts.pop(TYPES), TYPES),
    "no relationships of a book": (EXCEL, lambda parts: parts.pop("_rels/.rels"), "_rels/.rels"),
    "a sheet that is not there": (EXCEL, lambda parts: parts.pop("xl/worksheets/sheet3.xml"), "xl/worksheets/sheet3.xml"),
    "a sheet that is no XML": (EXCEL, replace("xl/worksheets/sheet3.xml", "<sheetData>", "<sheetData"), "xl/worksheets/sheet3.xml"),
    "styles that are not there": (EXCEL, lambda parts: parts.pop("xl/styles.xml"), "xl/styles.xml"),
    "a relationship of a sheet that is not there": (EXCEL, replace(MAIN_RELS[EXCEL], "rId2", "rId99"), "rId2"),
    "private characters in a book": (EXCEL, replace("xl/worksheets/sheet9.xml", "自查统计", "\ue000nothing\ue001"), "U+E000"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_package_is_refused_by_the_name_of_its_part(tmp_path: Path, case: str) -> None:
    file, change, told = BROKEN[case]

    found = problems_of(tmp_path, file, change)

    assert {one.code for one in found} == {"template-damaged"}
    assert any(told in one.message for one in found)


FORMS = {
    "a type of the document that is none": (WORD, replace(TYPES, "document.main+xml", "glossary+xml"), "word/document.xml"),
    "macros": (WORD, replace(TYPES, "wordprocessingml.document.main", "wordprocessingml.document.macroEnabled.main"), "启用宏"),
    "a dotx": (WORD, replace(TYPES, "wordprocessingml.document.main", "wordprocessingml.template.main"), "dotx"),
    "strict": (WORD, replace("_rels/.rels", f"{OFFICE}/officeDocument", "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"), "严格"),
    "macros of a book": (EXCEL, replace(TYPES, "spreadsheetml.sheet.main", "spreadsheetml.sheet.macroEnabled.main"), "启用宏"),
    "an xltx": (EXCEL, replace(TYPES, "spreadsheetml.sheet.main", "spreadsheetml.template.main"), "xltx"),
}  # fmt: skip


@pytest.mark.parametrize("case", FORMS)
def test_another_form_is_told_by_its_name(tmp_path: Path, case: str) -> None:
    file, change, told = FORMS[case]

    found = problems_of(tmp_path, file, change)

    assert [one.code for one in found] == ["template-form"]
    assert told in found[0].message


@pytest.mark.parametrize("file", [WORD, EXCEL])
def test_a_template_with_a_password_is_told_apart_from_an_old_one(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    for content, code in (
        (head + "EncryptedPackage".encode("utf-16-le"), "template-locked"),
        (head, "template-legacy"),
    ):
        path.write_bytes(content)
        with pytest.raises(Refused) as refused:
            check_template_file(path, sample_checklist(6))
            raise Refused(check_template_file(path, sample_checklist(6))[1])
        assert [one.code for one in refused.value.problems] == [code]


SETTINGS = "word/_rels/settings.xml.rels"
REMOTE = {
    "a template on the web": (WORD, relation(WORD, "attachedTemplate", "http://a/b.dotm", external=True, source=SETTINGS), "模板"),
    "a template on a share": (WORD, relation(WORD, "attachedTemplate", "file:///\\\\a\\b.dotm", external=True, source=SETTINGS), "模板"),
    "a picture": (WORD, relation(WORD, "image", "http://a/b.png", external=True), "图片"),
    "a picture of the head": (WORD, relation(WORD, "image", "http://a/b.png", external=True, source="word/_rels/header1.xml.rels"), "图片"),
    "an object": (WORD, relation(WORD, "oleObject", "file:///c:/a.xlsx", external=True), "对象"),
    "a part document": (WORD, relation(WORD, "subDocument", "b.docx", external=True), "子文档"),
    "a frame": (WORD, relation(WORD, "frame", "http://a/b.html", external=True), "框架"),
    "a source of letters": (WORD, relation(WORD, "mailMergeSource", "file:///c:/a.xlsx", external=True, source=SETTINGS), "邮件合并"),
    "something unheard of": (WORD, relation(WORD, "newThing", "http://a/b", external=True), "newThing"),
    "a picture of a sheet": (EXCEL, relation(EXCEL, "image", "http://a/b.png", external=True, source="xl/worksheets/_rels/sheet1.xml.rels"), "图片"),
}  # fmt: skip


@pytest.mark.parametrize("case", REMOTE)
def test_what_would_be_fetched_from_elsewhere_is_refused(tmp_path: Path, case: str) -> None:
    file, change, told = REMOTE[case]

    found = problems_of(tmp_path, file, change)

    assert [one.code for one in found] == ["template-remote"]
    assert told in found[0].message


@pytest.mark.parametrize("address", ["http://a/b.png", "file:///c:/b.png", "\\\\a\\b.png"])
@pytest.mark.parametrize("name", ["src", "o:href"])
def test_a_picture_of_the_old_kind_may_not_be_fetched_either(tmp_path: Path, name: str, address: str) -> None:
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    picture = (
        f'<w:r><w:pict {spaces}><v:shape><v:imagedata {name}="{address}"/></v:shape></w:pict></w:r></w:p>'
    )

    found = problems_of(tmp_path, WORD, replace("word/document.xml", "</w:p>", picture))

    assert [one.code for one in found] == ["template-remote"]


def test_a_part_that_stands_in_the_package_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / WORD
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as package:
        warnings.simplefilter("ignore")
        parts = read_parts((ROOT / "templates" / WORD).read_bytes())
        for name, content in [*parts.items(), ("word/Document.xml", b"<x/>")]:
            package.writestr(name, content)

    with pytest.raises(Refused, match=r"部件 word/document\.xml 有两个"):
        check_template_file(path, sample_checklist(6))


def test_a_link_to_click_on_may_stay(tmp_path: Path) -> None:
    assert (
        problems_of(tmp_path, WORD, relation(WORD, "hyperlink", "http://example.com/", external=True)) == []
    )


CARRIED = {
    "macros": (WORD, relation(WORD, "vbaProject", "vbaProject.bin"), "宏"),
    "macros nobody points to": (WORD, lambda parts: parts.update({"word/vbaProject.bin": b"x"}), "宏"),
    "a control": (WORD, relation(WORD, "control", "activeX/activeX1.xml"), "控件"),
    "an object": (WORD, relation(WORD, "oleObject", "embeddings/oleObject1.bin"), "嵌入对象"),
    "a file": (WORD, relation(WORD, "package", "embeddings/book.xlsx"), "嵌入"),
    "a piece of html": (WORD, relation(WORD, "aFChunk", "afchunk.mht"), "altChunk"),
    "letters": (WORD, replace("word/settings.xml", "<w:zoom", "<w:mailMerge/><w:zoom"), "邮件合并"),
    "a comment": (WORD, lambda parts: parts.update({"word/comments.xml": b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1"/></w:comments>'}), "批注"),
    "macros of a book": (EXCEL, relation(EXCEL, "vbaProject", "vbaProject.bin"), "宏"),
    "another book": (EXCEL, relation(EXCEL, "externalLink", "externalLinks/externalLink1.xml"), "其他文件"),
    "data": (EXCEL, relation(EXCEL, "connections", "connections.xml"), "数据连接"),
    "a query": (EXCEL, relation(EXCEL, "queryTable", "queryTables/queryTable1.xml", source="xl/worksheets/_rels/sheet1.xml.rels"), "查询"),
    "old macros": (EXCEL, relation(EXCEL, "xlMacrosheet", "macrosheets/sheet1.xml"), "宏表"),
    "an object of a sheet": (EXCEL, relation(EXCEL, "oleObject", "embeddings/oleObject1.bin", source="xl/worksheets/_rels/sheet1.xml.rels"), "嵌入对象"),
}  # fmt: skip


@pytest.mark.parametrize("case", CARRIED)
def test_what_would_go_out_with_every_document_is_refused(tmp_path: Path, case: str) -> None:
    file, change, told = CARRIED[case]

    found = problems_of(tmp_path, file, change)

    assert [one.code for one in found if one.code != "template-carries"] == []
    assert any(told in one.message for one in found)


@pytest.mark.parametrize(
    "change",
    [
        relation(WORD, "hyperlink", "http://a/{{ enterprise.name }}", external=True),
        replace("word/styles.xml", "表题", "{{ checklist.title }}"),
        lambda parts: parts.update({"word/charts/chart1.xml": b"<c>{{ checklist.title }}</c>"}),
    ],
)
def test_a_tag_where_nothing_is_filled_is_told(tmp_path: Path, change: Callable[[Parts], object]) -> None:
    assert [one.code for one in problems_of(tmp_path, WORD, change)] == ["word-tag-outside"]
