"""Tags in the XML of a Word part: put together again and numbered, with the place where each stands.

Word cuts what is typed into runs at its own pleasure; a tag is put together again before Jinja sees it. Tags that
open with ``{%tr``, ``{%tc`` or ``{%p`` stand for the row, cell or paragraph they are in; ``{%r`` of older templates is
an ordinary tag in the text. Every tag is brought onto a line of its own of the source, so that a line number of Jinja
names a place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree

from checklists.documents.tags import TAG
from checklists.problems import Position, Problem, problem

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P, R, T, TC, TR, TBL, BODY = (f"{{{MAIN}}}{name}" for name in ("p", "r", "t", "tc", "tr", "tbl", "body"))
_TEXT_BOX = f"{{{MAIN}}}txbxContent"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDITOR_TRACES = tuple(
    f"{{{MAIN}}}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")
)
_SMART_TAG, _SMART_TAG_ABOUT = f"{{{MAIN}}}smartTag", f"{{{MAIN}}}smartTagPr"
_BESIDE_TEXT = (T, f"{{{MAIN}}}rPr")
"""Children of a run that do not cut a tag in two."""

_RUN_TAG = re.compile(r"\{%(\ue010\d+\ue011)r\s")
TARGETS = {"tr": TR, "tc": TC, "p": P}
MISPLACED = "?"
_TYPED = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " "}
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad")
)
"""What editors put for what was typed in a tag: curled quotes, other spaces, letters that nobody sees."""

PART_NAMES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True)
class Tag:
    """A tag as it was typed, and where."""

    where: str
    text: str
    kind: str = ""
    """tr, tc, p, MISPLACED; empty for a tag in the text."""
    level: int = 0
    """Number of the element in which the tag's counterpart has to stand as well."""


class Whereabouts:
    """Names the place of an element: 正文第2个表格第3行, 页眉, 文档属性."""

    def __init__(self, name: str, root: etree._Element) -> None:
        stem = Path(name).stem
        named = (words for start, words in PART_NAMES.items() if stem.startswith(start))
        self.part = next(named, "正文") if name.startswith("word/") else "文档属性"
        in_body = self.part == "正文"
        tables = {table: number for number, table in enumerate(root.iter(TBL), start=1)} if in_body else {}
        lines = dict.fromkeys(tables, 0)
        self.rows: dict[etree._Element, str] = {}
        for row in root.iter(TR) if in_body else ():
            table = next(row.iterancestors(TBL), None)
            if table is not None:
                lines[table] += 1
                self.rows[row] = f"第{tables[table]}个表格第{lines[table]}行"
        loose = (one for one in root.iter(P) if next(one.iterancestors(TBL, _TEXT_BOX), None) is None)
        self.paragraphs = (
            {one: f"表格外第{number}段" for number, one in enumerate(loose, start=1)} if in_body else {}
        )

    def __call__(self, element: etree._Element) -> str:
        if next(element.iterancestors(_TEXT_BOX), None) is not None:
            return f"{self.part}的文本框"
        row = element if element.tag == TR else next(element.iterancestors(TR), None)
        if row is not None:
            return f"{self.part}{self.rows.get(row, '')}"
        paragraph = element if element.tag == P else next(element.iterancestors(P), None)
        return f"{self.part}{self.paragraphs.get(paragraph, '') if paragraph is not None else ''}"


# ---------------------------------------------------------------- putting together


def drop_editor_traces(root: etree._Element) -> None:
    """Spelling marks, bookmarks and old page ends would be repeated with the rows they are in; smart tags cut tags in two."""
    for wrapped in list(root.iter(_SMART_TAG)):
        for child in list(wrapped):
            if child.tag != _SMART_TAG_ABOUT:
                wrapped.addprevious(child)
        _parent(wrapped).remove(wrapped)
    for trace in list(root.iter(*_EDITOR_TRACES)):
        parent = trace.getparent()
        if parent is not None:
            parent.remove(trace)


def join_tags(paragraph: etree._Element, where: Whereabouts, position: Position) -> list[Problem]:
    """Put each tag whole into the text element in which it begins; straighten quotes Word has curled."""
    texts = [text for text in paragraph.iter(T) if next(text.iterancestors(P)) is paragraph]
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole:
        return []
    owners = [index for index, text in enumerate(texts) for _ in text.text or ""]
    found = list(TAG.finditer(whole))
    cuts = _cuts(paragraph, texts)
    problems = [
        problem("word-tag-cut", position, where=where(paragraph), tag=tag[0])
        for tag in found
        if any(tag.start() < cut < tag.end() for cut in cuts)
    ]
    letters = list(whole)
    for tag in found:
        owners[tag.start() : tag.end()] = [owners[tag.start()]] * len(tag[0])
        letters[tag.start() : tag.end()] = [letter.translate(_TYPED) for letter in tag[0]]
    told = {
        owner: "".join(letter for _, letter in pairs)
        for owner, pairs in groupby(zip(owners, letters, strict=True), key=lambda pair: pair[0])
    }
    for index, text in enumerate(texts):
        text.text = told.get(index, "")
        text.set(_SPACE, "preserve")
    return problems


def _cuts(paragraph: etree._Element, texts: Sequence[etree._Element]) -> set[int]:
    """After how many letters of the paragraph's text something stands that is none: a line break, tab, picture."""
    lengths = {id(text): len(text.text or "") for text in texts}
    cuts, length = set(), 0
    for element in paragraph.iter(etree.Element):
        parent = element.getparent()
        if id(element) in lengths:
            length += lengths[id(element)]
        elif parent is not None and parent.tag == R and element.tag not in _BESIDE_TEXT:
            cuts.add(length)
    return cuts


# ---------------------------------------------------------------- numbering


def number_tags(root: etree._Element, where: Whereabouts) -> list[Tag]:
    """Write a number behind each tag's opening brace, and remember where it stood."""
    tags: list[Tag] = []
    levels: dict[etree._Element, int] = {}

    def numbered(text: str, element: etree._Element) -> str:
        def number(found: re.Match[str]) -> str:
            kind, holder = _level(found[0], element)
            tags.append(Tag(where(element), found[0], kind, levels.setdefault(holder, len(levels))))
            opening = 3 if found[0][2:3] in ("-", "+") else 2
            return f"{found[0][:opening]}\ue010{len(tags) - 1}\ue011{found[0][opening:]}"

        return _RUN_TAG.sub(r"{%\1 ", TAG.sub(number, text))

    for element in root.iter(etree.Element):
        for key, text in element.attrib.items():
            if "{" in text:
                element.set(key, numbered(text, element))
        if element.text and "{" in element.text:
            element.text = numbered(element.text, element)
    return tags


def _level(tag: str, element: etree._Element) -> tuple[str, etree._Element]:
    """What a tag stands for, and the element that has to hold its counterpart too."""
    named = re.match(r"\{%(tr|tc|p)\s", tag)
    target = next(element.iterancestors(TARGETS[named[1]]), None) if named and element.tag == T else None
    if named:
        return (named[1], _parent(target)) if target is not None else (MISPLACED, element)
    return "", _parent(_parent(element)) if element.tag == T else element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent
