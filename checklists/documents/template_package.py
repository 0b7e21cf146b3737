"""The package a template comes in (.docx, .xlsx): whole, plain, and carrying nothing that would go out with every document.

Open Packaging Conventions (ECMA-376 part 2): content types, relationships, parts. What a template may not carry: code,
links to things elsewhere, embedded objects, and whatever else the reader of a printed document never sees.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checklists.documents.fields import MARK
from checklists.files.package import Damaged, parse_xml, read_parts
from checklists.files.writing import read_file
from checklists.problems import Position, Problem, Refused, problem

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERENCES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OWN_MARKS = re.compile("[\ue000-\ue002\ue010-\ue012]")
"""What marks fields and tags on the way; no template may hold it already."""
_LEGACY = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")

MAIN_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_MAIN_TYPES = {".docx": "wordprocessingml.document.main+xml", ".xlsx": "spreadsheetml.sheet.main+xml"}
_OLD = {".docx": ".doc", ".xlsx": ".xls"}
_TYPED_KINDS = frozenset((
    "header", "footer", "footnotes", "endnotes", "styles", "settings", "numbering", "fontTable", "theme",
    "worksheet", "sharedStrings", "drawing", "chart",
))  # fmt: skip
"""Relationships whose target has a content type that ends with their name."""

_CARRIED = {
    "vbaProject": "宏",
    "wordVbaData": "宏",
    "xlMacrosheet": "宏表",
    "xlIntlMacrosheet": "宏表",
    "dialogsheet": "对话框表",
    "userCustomization": "自定义功能区",
    "extensibility": "自定义功能区",
    "attachedToolbars": "自定义工具栏",
    "control": "控件（ActiveX）",
    "activeXControlBinary": "控件（ActiveX）",
    "ctrlProp": "控件",
    "oleObject": "嵌入对象（OLE）",
    "package": "嵌入的文件",
    "aFChunk": "插入的外部文件（altChunk）",
    "subDocument": "子文档",
    "externalLink": "到其他文件的链接（含 DDE）",
    "connections": "数据连接",
    "queryTable": "外部数据查询",
    "powerPivotData": "数据模型",
    "volatileDependencies": "实时数据（RTD）",
    "webextensiontaskpanes": "网络加载项",
    "webextension": "网络加载项",
    "origin": "数字签名",
    "mailMergeSource": "邮件合并的数据源",
    "mailMergeHeaderSource": "邮件合并的数据源",
    "recipientData": "邮件合并的数据源",
}
"""Kind of relationship -> what the template carries."""
_CARRIED_NAMES = {
    "vbaproject.bin": "宏",
    "vbadata.xml": "宏",
    "/activex/": "控件（ActiveX）",
    "/embeddings/": "嵌入对象（OLE）",
    "/macrosheets/": "宏表",
    "/externallinks/": "到其他文件的链接（含 DDE）",
    "customui/": "自定义功能区",
    "_xmlsignatures/": "数字签名",
}
_REMOTE = {
    "attachedTemplate": "模板（启用时会从网上或共享文件夹取来）",
    "image": "图片",
    "oleObject": "对象",
    "frame": "框架网页",
    "subDocument": "子文档",
    "video": "视频",
    "audio": "声音",
}


@dataclass(frozen=True)
class Relationship:
    """One relationship; ``source`` is the part it goes out from, empty for the package itself."""

    source: str
    id: str
    kind: str
    """Last piece of its type: image, header, attachedTemplate …"""
    type: str
    target: str
    """Name of a part, or an address where ``external``."""
    external: bool


def open_package(path: Path, form: str) -> dict[str, bytes]:
    """Parts of a template by name; ``form`` is .docx or .xlsx.

    Raises Refused for a file that is missing, of another format, damaged, or carries what no template may.
    """
    content, place = read_file(path), Position(str(path))
    if content.startswith(_LEGACY):
        locked = "template-locked" if _LOCKED in content else "template-legacy"
        raise Refused([problem(locked, place, form=form, old=_OLD[form])])
    try:
        parts = read_parts(content)
    except Damaged as damage:
        raise Refused([damage.problem("template-damaged", place, format=form)]) from damage
    problems = _broken(parts, form, place) or [
        *_wrong_main(parts, form, place),
        *_relations_broken(parts, form, place),
        *_carried(parts, place),
    ]
    if problems:
        raise Refused(problems)
    return parts


def _damaged(position: Position, form: str, why: str) -> Problem:
    return problem("template-damaged", position, format=form, why=why)


# ---------------------------------------------------------------- reading


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Content type of every part that has one."""
    root = parse_xml(parts[CONTENT_TYPES])
    endings = {
        one.get("Extension", "").lower(): one.get("ContentType", "") for one in root.iter(f"{_TYPES}Default")
    }
    own = {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
        for one in root.iter(f"{_TYPES}Override")
    }
    found = {name: own.get(name) or endings.get(name.rpartition(".")[2].lower(), "") for name in parts}
    return {name: kind for name, kind in found.items() if kind}


def relationships(parts: Mapping[str, bytes]) -> Iterator[Relationship]:
    """Every relationship of the package."""
    for name, content in parts.items():
        folder, _, file = name.rpartition("/")
        if not (folder == "_rels" or folder.endswith("/_rels")) or not file.endswith(".rels"):
            continue
        source = posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels"))
        for one in parse_xml(content).iter(_RELATIONSHIP):
            kind, target = one.get("Type", ""), one.get("Target", "")
            external = one.get("TargetMode") == "External"
            if not external:
                at = posixpath.join("/", posixpath.dirname(source), target.partition("#")[0])
                target = posixpath.normpath(at).lstrip("/")
            yield Relationship(source, one.get("Id", ""), kind.rpartition("/")[2], kind, target, external)


# ---------------------------------------------------------------- whole


def _broken(parts: Mapping[str, bytes], form: str, position: Position) -> list[Problem]:
    """Parts that are no XML, and a package that does not say what its parts are."""
    for other, main in MAIN_PARTS.items():
        if other != form and main in parts and MAIN_PARTS[form] not in parts:
            return [problem("template-form", position, form=form, what=f"改了名的 {other}")]
    for needed in (CONTENT_TYPES, "_rels/.rels"):
        if needed not in parts:
            return [_damaged(position, form, f"缺少部件 {needed}")]
    return [
        _damaged(position, form, f"部件 {name} {why}")
        for name, content in parts.items()
        if (why := _unusable(name, content))
    ]


def _unusable(name: str, content: bytes) -> str:
    """Why a part cannot be used; empty when it can."""
    text = content.decode("utf-8", "ignore")
    if name.endswith((".xml", ".rels")):
        try:
            root = parse_xml(content)
        except Damaged as damage:
            return f"不是完好的 XML：{damage}"
        text = etree.tostring(root, encoding="unicode")
        return "含有本程序自用的字符（U+E000 一类）" if _OWN_MARKS.search(text) else ""
    return "含有本程序自用的字符（U+E000 一类）" if MARK.search(text) else ""


def _wrong_main(parts: Mapping[str, bytes], form: str, position: Position) -> Iterator[Problem]:
    """A package that is another kind of document, or whose document stands elsewhere."""
    mains = [one for one in relationships(parts) if not one.source and one.kind == "officeDocument"]
    if len(mains) != 1 or mains[0].target not in parts:
        yield _damaged(position, form, "_rels/.rels 没有指出正文在哪里")
        return
    main, kind = mains[0].target, content_types(parts).get(mains[0].target, "")
    if "purl.oclc.org" in mains[0].type:
        yield problem("template-form", position, form=form, what="严格的 Open XML 格式")
    elif "macroEnabled" in kind:
        yield problem("template-form", position, form=form, what="启用宏的格式")
    elif "template.main" in kind:
        yield problem("template-form", position, form=form, what="Office 自己的模板格式（.dotx、.xltx）")
    elif not kind.endswith(_MAIN_TYPES[form]) or main != MAIN_PARTS[form]:
        yield problem("template-form", position, form=form, what=f"别的格式（正文部件 {main}）")


def _relations_broken(parts: Mapping[str, bytes], form: str, position: Position) -> Iterator[Problem]:
    types = content_types(parts)
    known: dict[str, set[str]] = {}
    for one in relationships(parts):
        known.setdefault(one.source, set()).add(one.id)
        if one.external:
            continue
        kind = types.get(one.target, "")
        if one.source and one.source not in parts:
            yield _damaged(position, form, f"{one.source} 不在了，它的关系还在")
        elif one.target not in parts:
            yield _damaged(position, form, f"{one.source or '文件'} 所指的部件 {one.target} 不在")
        elif not kind or (one.kind in _TYPED_KINDS and not kind.endswith(f"{one.kind}+xml")):
            yield _damaged(position, form, f"{CONTENT_TYPES} 没有正确写明部件 {one.target} 是什么")
    for name, content in parts.items():
        if name.endswith(".xml") and name != CONTENT_TYPES:
            for wanted in sorted(_referred(content) - known.get(name, set())):
                yield _damaged(position, form, f"{name} 里的 {wanted} 没有对应的关系")


def _referred(content: bytes) -> set[str]:
    """Ids of relationships that a part refers to."""
    if _REFERENCES[1:-1].encode() not in content:
        return set()
    return {
        text
        for element in parse_xml(content).iter(etree.Element)
        for name, text in element.attrib.items()
        if str(name).startswith(_REFERENCES) and text
    }


# ---------------------------------------------------------------- carrying nothing


def _carried(parts: Mapping[str, bytes], position: Position) -> list[Problem]:
    carried: dict[str, Problem] = {}
    for one in relationships(parts):
        if one.external and one.kind != "hyperlink":
            what = _REMOTE.get(one.kind) or _CARRIED.get(one.kind) or f"内容（{one.kind}）"
            found = problem("template-remote", position, what=what, target=one.target[:100])
            carried.setdefault(f"{what}{one.target}", found)
        elif one.kind in _CARRIED:
            what = _CARRIED[one.kind]
            carried.setdefault(what, problem("template-carries", position, what=what))
    for name in parts:
        for piece, what in _CARRIED_NAMES.items():
            if piece in f"/{name.lower()}" and what not in carried:
                carried[what] = problem("template-carries", position, what=what)
    return list(carried.values())
