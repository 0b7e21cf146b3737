"""Tags in the XML of a Word part: put together again, numbered, judged by where they stand, lifted to what they mean.

Word cuts what is typed into runs at its own pleasure; a tag is put together again before Jinja sees it. Tags that
open with ``{%tr``, ``{%tc`` or ``{%p`` stand for the row, cell or paragraph they are in; ``{%r`` of older templates is
an ordinary tag in the text. Every tag is brought onto a line of its own of the source, so that a line number of Jinja
names a place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from pathlib import Path

from lxml import etree

from checklists.documents.tags import STATEMENT, TAG, Stray, refused_statement, stray
from checklists.problems import Position, Problem, problem

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P, R, T, TC, TR, TBL, BODY = (f"{{{MAIN}}}{name}" for name in ("p", "r", "t", "tc", "tr", "tbl", "body"))
_TEXT_BOX = f"{{{MAIN}}}txbxContent"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDITOR_TRACES = tuple(
    f"{{{MAIN}}}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")
)
_BESIDE_TEXT = (T, f"{{{MAIN}}}rPr")
"""Children of a run that do not cut a tag in two."""

_NUMBERED = re.compile(r"(\{[{%#][-+]?)\ue010(\d+)\ue011(.*?[}%#]\})", re.DOTALL)
_STRUCTURE = re.compile(r"\{%(\ue010\d+\ue011)(tr|tc|p)\s(.*?)%\}", re.DOTALL)
_RUN_TAG = re.compile(r"\{%(\ue010\d+\ue011)r\s")
_TARGETS = {"tr": TR, "tc": TC, "p": P}
MISPLACED = "?"
_UNITS = {"tr": "行", "tc": "格", "p": "段"}
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " "})

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


@dataclass(frozen=True)
class Prepared:
    """Source for Jinja, its tags in order, and what is wrong with where they stand."""

    source: str
    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]


def prepare(name: str, root: etree._Element, where: Whereabouts, position: Position) -> Prepared:
    """The source of one part; ``root`` is changed on the way."""
    problems: list[Problem] = []
    if name.startswith("word/"):
        _drop_editor_traces(root)
        for paragraph in root.iter(P):
            problems += _join_tags(paragraph, where, position)
    strays = list(_strays(root, where, position))
    tags = _number_tags(root, where)
    problems += [*strays, *_statements(tags, position)]
    if not problems:
        problems += _pairs(tags, position)
    if not problems:
        problems += _lift_structure(root, tags, position)
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    ordered: list[Tag] = []

    def on_own_line(found: re.Match[str]) -> str:
        ordered.append(tags[int(found[2])])
        return f"{found[1]}\n{unescape(found[3])}"

    return Prepared(_NUMBERED.sub(on_own_line, xml), tuple(ordered), tuple(problems))


class Whereabouts:
    """Names the place of an element: 正文第2个表格第3行, 页眉, 文档属性."""

    def __init__(self, name: str, root: etree._Element) -> None:
        stem = Path(name).stem
        named = (words for start, words in PART_NAMES.items() if stem.startswith(start))
        self.part = next(named, "正文") if name.startswith("word/") else "文档属性"
        self.tables = list(root.iter(TBL)) if self.part == "正文" else []
        self.paragraphs = list(root.iterfind(f"{BODY}/{P}"))

    def __call__(self, element: etree._Element) -> str:
        if next(element.iterancestors(_TEXT_BOX), None) is not None:
            return f"{self.part}的文本框"
        row = element if element.tag == TR else next(element.iterancestors(TR), None)
        table = next(row.iterancestors(TBL), None) if row is not None else None
        if row is not None and table in self.tables:
            line = sum(1 for _ in row.itersiblings(TR, preceding=True)) + 1
            return f"{self.part}第{self.tables.index(table) + 1}个表格第{line}行"
        paragraph = element if element.tag == P else next(element.iterancestors(P), None)
        if paragraph in self.paragraphs:
            return f"{self.part}表格外第{self.paragraphs.index(paragraph) + 1}段"
        return self.part


# ---------------------------------------------------------------- putting together


def _drop_editor_traces(root: etree._Element) -> None:
    """Spelling marks, bookmarks and old page ends would be repeated with the rows they are in."""
    for trace in list(root.iter(*_EDITOR_TRACES)):
        parent = trace.getparent()
        if parent is not None:
            parent.remove(trace)


def _join_tags(paragraph: etree._Element, where: Whereabouts, position: Position) -> list[Problem]:
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
    for tag in found:
        owners[tag.start() : tag.end()] = [owners[tag.start()]] * len(tag[0])
    whole = TAG.sub(lambda tag: tag[0].translate(_TYPED), whole)
    told = {
        owner: "".join(letter for _, letter in letters)
        for owner, letters in groupby(zip(owners, whole, strict=True), key=lambda pair: pair[0])
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


def _number_tags(root: etree._Element, where: Whereabouts) -> list[Tag]:
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
    target = next(element.iterancestors(_TARGETS[named[1]]), None) if named and element.tag == T else None
    if named:
        return (named[1], _parent(target)) if target is not None else (MISPLACED, element)
    return "", _parent(_parent(element)) if element.tag == T else element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


# ---------------------------------------------------------------- judging


def _strays(root: etree._Element, where: Whereabouts, position: Position) -> Iterator[Problem]:
    """Half tags and look-alikes; the end of a tag whose beginning was told is not told again."""
    half_open = False
    for element, text in _all_texts(root):
        found: Stray | None = stray(text)
        if found and not (found.closes and half_open):
            yield problem("word-tag-stray", position, where=where(element), text=found.text, why=found.why)
        half_open = (found.opens or (half_open and not found.closes)) if found else half_open


def _all_texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph's text as a whole; texts that stand outside of paragraphs, and attributes, one by one."""
    for element in root.iter(etree.Element):
        if element.tag == P:
            own = (text for text in element.iter(T) if next(text.iterancestors(P)) is element)
            yield element, "".join(text.text or "" for text in own)
        elif element.tag != T and element.text:
            yield element, element.text
        for text in element.attrib.values():
            if "{" in text or "}" in text:
                yield element, text


def _statements(tags: Sequence[Tag], position: Position) -> Iterator[Problem]:
    for tag in tags:
        if tag.kind == MISPLACED:
            yield problem("word-tag-misplaced", position, where=tag.where, tag=tag.text)
        why = refused_statement(tag.text)
        found = STATEMENT.match(tag.text)
        if why and not (found and found[1].startswith("end")):
            yield problem("template-forbidden", position, tag=f"{tag.where}的标记「{tag.text}」", why=why)


_OPENS = {"for": "endfor", "if": "endif"}


def _pairs(tags: Sequence[Tag], position: Position) -> Iterator[Problem]:
    """Openings that are not closed, or closed somewhere else: what lies between would be lost or torn."""
    open_tags: list[tuple[Tag, str]] = []
    for tag in tags:
        found = STATEMENT.match(tag.text)
        word = found[1] if found else ""
        if word in _OPENS:
            open_tags.append((tag, word))
        elif word in ("else", "elif", "endfor", "endif"):
            first, opened = open_tags[-1] if open_tags else (None, "")
            why = _mismatch(first, opened, tag, word)
            if why:
                yield problem("word-tag-pair", position, where=tag.where, tag=tag.text, why=why)
                return  # what follows cannot be told apart any more
            if word.startswith("end"):
                open_tags.pop()
    for tag, word in open_tags:
        why = f"没有收尾（缺 {_OPENS[word]}）"
        yield problem("word-tag-pair", position, where=tag.where, tag=tag.text, why=why)


def _mismatch(first: Tag | None, opened: str, tag: Tag, word: str) -> str:
    if first is None:
        return "没有开头（前面没有 for 或 if）"
    told = f"开头是{first.where}的「{first.text}」"
    if word.startswith("end") and word != _OPENS[opened]:
        return f"与开头对不上：{told}"
    if tag.kind != first.kind or tag.level != first.level:
        return f"与开头不在同一层：{told}"
    return ""


# ---------------------------------------------------------------- lifting


def _lift_structure(root: etree._Element, tags: Sequence[Tag], position: Position) -> list[Problem]:
    """Let each row, cell or paragraph that holds a structure tag give way to the tag."""
    problems: list[Problem] = []
    for kind, target_name in _TARGETS.items():
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
    "sectPr": "分节符",
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
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    told = text + (element.tail or "")
    if before is None:
        parent.text = (parent.text or "") + told
    else:
        before.tail = (before.tail or "") + told
    parent.remove(element)
