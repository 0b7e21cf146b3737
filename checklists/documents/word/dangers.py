"""What a Word template may not hold beside its package: tracked changes, comments, fields that fetch or break, bound texts.

Each of them would go out with every document, or change what is printed when the document is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from checklists.documents.tags import TAG
from checklists.documents.word.tags import MAIN, T
from checklists.files.package import parse_xml
from checklists.problems import Position, Problem, problem

Whereabouts = Callable[[etree._Element], str]

_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|\\\\|//")
"""An address: http:, file:, a share."""
COMMENTS = "word/comments"
_TRACKED = frozenset(
    f"{{{MAIN}}}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
)
_FORMAT_CHANGE = re.compile(rf"\{{{re.escape(MAIN)}}}(?:\w+PrChange|numberingChange|cellMerge)$")
_OFF = ("0", "false", "off")
_FIELD_CHAR, _INSTRUCTION, _SIMPLE = (f"{{{MAIN}}}{name}" for name in ("fldChar", "instrText", "fldSimple"))
_HARMLESS = frozenset((
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "SEQ", "HYPERLINK", "TITLE", "SUBJECT",
    "KEYWORDS", "DOCPROPERTY", "FILENAME", "DATE", "TIME", "PRINTDATE", "CREATEDATE", "SAVEDATE", "IF",
    "COMPARE", "EQ", "SYMBOL", "ADVANCE", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN",
))  # fmt: skip
"""Fields that only count pages, show what the file says of itself, or are filled in. DDE, LINK, INCLUDETEXT,
INCLUDEPICTURE, DATABASE fetch from elsewhere; REF and PAGEREF need bookmarks, which are not repeated with rows."""


def tracked_change(root: etree._Element, where: Whereabouts, position: Position) -> Problem | None:
    """The first change of a part that nobody has accepted or rejected; until then nothing can be said of its tags."""
    for element in root.iter(etree.Element):
        if element.tag in _TRACKED or _FORMAT_CHANGE.search(element.tag):
            told = "".join(element.itertext()).strip()[:30] or "格式、段落或表格"
            return problem("word-tracked", position, where=where(element), text=told)
    return None


def dangers(root: etree._Element, where: Whereabouts, position: Position) -> Iterator[Problem]:
    """Problems of one part whose tags are filled and whose changes are settled."""
    for element, code in _field_codes(root):
        word = (code.split() or [""])[0].upper()
        if word not in _HARMLESS and not word.startswith("="):
            yield problem("word-field-code", position, where=where(element), field=code.strip()[:60])
    for element in root.iter(etree.Element):
        for name, text in element.attrib.items():
            if etree.QName(name).localname in ("src", "href") and _ELSEWHERE.match(text):
                yield problem("template-remote", position, what="内容", target=text[:100])
    for control in root.iter(f"{{{MAIN}}}sdt"):
        bound = any(etree.QName(one).localname == "dataBinding" for one in control.iter(etree.Element))
        text = "".join(piece.text or "" for piece in control.iter(T))
        if bound and TAG.search(text):
            yield problem("word-bound", position, where=where(control), text=text[:30])


def _field_codes(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every field with its own instruction; the one of a field inside the instruction is not part of it."""
    open_fields: list[tuple[etree._Element, list[str], list[bool]]] = []
    for element in root.iter(_FIELD_CHAR, _INSTRUCTION, _SIMPLE):
        if element.tag == _SIMPLE:
            yield element, element.get(f"{{{MAIN}}}instr", "")
        elif element.tag == _INSTRUCTION:
            if open_fields and not open_fields[-1][2]:
                open_fields[-1][1].append(element.text or "")
        elif (kind := element.get(f"{{{MAIN}}}fldCharType")) == "begin":
            open_fields.append((element, [], []))
        elif kind == "separate" and open_fields:
            open_fields[-1][2].append(True)
        elif kind == "end" and open_fields:
            began, code, _ = open_fields.pop()
            yield began, "".join(code)


def package_dangers(parts: Mapping[str, bytes], position: Position) -> Iterator[Problem]:
    """Comments, a mail merge, tracking switched on: what stands in parts of its own."""
    if any(name.startswith(COMMENTS) and _has_comment(content) for name, content in parts.items()):
        yield problem("template-carries", position, what="批注")
    settings = parts.get("word/settings.xml", b"")
    if b"mailMerge" in settings:
        yield problem("template-carries", position, what="邮件合并的数据源")
    tracking = parse_xml(settings).find(f"{{{MAIN}}}trackRevisions") if settings else None
    if tracking is not None and tracking.get(f"{{{MAIN}}}val") not in _OFF:
        yield problem("word-tracked", position, where="文件", text="“修订”还开着")


def _has_comment(content: bytes) -> bool:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return root.find(f"{{{MAIN}}}comment") is not None
