"""Rows, cells and paragraphs give way to the tag that stands for them; what would vanish with them is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from checklists.documents.word.tags import MAIN, TARGETS, P, T, Tag
from checklists.problems import Position, Problem, problem

_STRUCTURE = re.compile(r"\{%(\ue010\d+\ue011)(tr|tc|p)\s(.*?)%\}", re.DOTALL)
_UNITS = {"tr": "行", "tc": "格", "p": "段"}


def lift_structure(root: etree._Element, tags: Sequence[Tag], position: Position) -> list[Problem]:
    """Let each row, cell or paragraph that holds a structure tag give way to the tag.

    A paragraph that ends a section stays behind the tag, emptied: LibreOffice saves the break in the paragraph above it.
    """
    problems: list[Problem] = []
    for kind, target_name in TARGETS.items():
        lifted: dict[etree._Element, str] = {}
        for text, found in _structure_tags(root, kind):
            target = next(text.iterancestors(target_name))
            tag = tags[int(found[1][1:-1])]
            lost = _lost_with(target, kind) if target not in lifted else ""
            if lost == PAGE_BREAK and kind == "p" and _pass_page_break(target):
                lost = ""
            if lost:
                about = {"unit": _UNITS[kind], "text": lost}
                problems.append(
                    problem("word-tag-swallows", position, where=tag.where, tag=tag.text, **about)
                )
            lifted[target] = lifted.get(target, "") + f"{{%{found[1]} {found[3]}%}}"
        for target, told in lifted.items():
            _replace(target, told)
    return problems


def _structure_tags(root: etree._Element, kind: str) -> Iterator[tuple[etree._Element, re.Match[str]]]:
    for text in list(root.iter(T)):
        for found in _STRUCTURE.finditer(text.text or ""):
            if found[2] == kind:
                yield text, found


PAGE_BREAK = "分页符"
_SEEN = {
    "drawing": "图片或图形",
    "pict": "图片或图形",
    "object": "嵌入对象",
    "AlternateContent": "图形或文本框",
    "instrText": "域",
    "fldSimple": "域",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "sym": "符号",
    "checkBox": "复选框",
}


def _lost_with(target: etree._Element, kind: str) -> str:
    """What would vanish together with the element that gives way to a tag of ``kind``; empty when nothing would."""
    told = "".join(text.text or "" for text in target.iter(T))
    mine = re.compile(rf"\{{%\ue010\d+\ue011{kind}\s.*?%\}}", re.DOTALL)
    rest = re.sub("\ue010\\d+\ue011", "", mine.sub("", told)).strip()
    if rest:
        return rest[:30]
    for element in target.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _SEEN:
            return _SEEN[name]
        if _breaks_page(element):
            return PAGE_BREAK
    return ""


def _breaks_page(element: etree._Element) -> bool:
    if element.tag == _NEW_PAGE:
        return element.get(f"{{{MAIN}}}val", "") not in ("0", "false", "off")
    return bool(element.tag == f"{{{MAIN}}}br" and element.get(f"{{{MAIN}}}type") == "page")


_NEW_PAGE = f"{{{MAIN}}}pageBreakBefore"
_BEFORE_NEW_PAGE = tuple(f"{{{MAIN}}}{name}" for name in ("pStyle", "keepNext", "keepLines"))


def _pass_page_break(paragraph: etree._Element) -> bool:
    """Let the next paragraph begin a new page instead of one that gives way; False when none follows at once.

    LibreOffice saves 「new page before」 as a break at the end of the paragraph above, which may hold a tag.
    """
    following = paragraph.getnext()
    if following is None or following.tag != P:
        return False
    about = following.find(f"{{{MAIN}}}pPr")
    if about is None:
        about = etree.Element(f"{{{MAIN}}}pPr")
        following.insert(0, about)
    for old in about.findall(_NEW_PAGE):
        about.remove(old)
    about.insert(sum(1 for one in about if one.tag in _BEFORE_NEW_PAGE), etree.Element(_NEW_PAGE))
    return True


def _replace(element: etree._Element, text: str) -> None:
    """The text in the place of the element; before it where it ends a section."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    about = element.find(f"{{{MAIN}}}pPr")
    keeps = about is not None and about.find(f"{{{MAIN}}}sectPr") is not None
    told = text if keeps else text + (element.tail or "")
    if before is None:
        parent.text = (parent.text or "") + told
    else:
        before.tail = (before.tail or "") + told
    if keeps:
        element[:] = [about]
    else:
        parent.remove(element)
