"""Jinja in an ordinary Word file: find the tags a person typed, whatever Word did to them, and compile them.

Word cuts what is typed into runs at its own pleasure; a tag is put together again before Jinja sees it. Tags that
open with ``{%tr``, ``{%tc``, ``{%p`` or ``{%r`` stand for the row, cell, paragraph or run they are in, as in docxtpl. Every tag is
brought onto a line of its own of the compiled source, so that a line number of Jinja names a place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import groupby
from pathlib import Path

from jinja2 import Template, TemplateSyntaxError
from lxml import etree

from checklists.files import read_file
from checklists.filling import BoundedEnvironment
from checklists.package_reading import LEGACY, Damaged, parse_xml, read_parts
from checklists.problems import Place, Problem, Refused, problem

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P, R, T, TC, TR, TBL, BODY = (f"{{{MAIN}}}{name}" for name in ("p", "r", "t", "tc", "tr", "tbl", "body"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDITOR_TRACES = tuple(f"{{{MAIN}}}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd"))

DOCUMENT = "word/document.xml"
_FILLED = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/(core|app|custom)\.xml"
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NUMBERED = re.compile(r"(\{[{%#][-+]?)\ue010(\d+)\ue011(.*?[}%#]\})", re.DOTALL)
_STRUCTURE = re.compile(r"\{%(\ue010\d+\ue011)(tr|tc|p|r)\s(.*?)%\}", re.DOTALL)
_TARGETS = {"tr": TR, "tc": TC, "p": P, "r": R}
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " "})

PART_NAMES = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@lru_cache(maxsize=1)
def environment() -> BoundedEnvironment:
    """Jinja as templates get it: sandboxed and bounded, escaping for XML, an unknown field is an error."""
    return BoundedEnvironment(autoescape=True)


@dataclass(frozen=True)
class Tag:
    """A tag as it was typed, and where."""

    where: str
    text: str


@dataclass(frozen=True)
class FilledPart:
    """One part of the package that holds tags."""

    name: str
    source: str
    template: Template = field(repr=False)
    tags: tuple[Tag, ...]

    def tag_at(self, line: int | None) -> Tag:
        """The tag on a line of the compiled source; the tag a line reports stands on it or just before."""
        return tag_at(self.tags, line)


@dataclass(frozen=True)
class WordTemplate:
    """A template made ready: its parts in order, those with tags compiled."""

    path: str
    parts: tuple[tuple[str, bytes | FilledPart], ...]


def tag_at(tags: tuple[Tag, ...], line: int | None) -> Tag:
    """Tag number n stands on line n + 1, counted from 1."""
    if not tags:
        return Tag("文档", "")
    return tags[min(max((line or 1) - 2, 0), len(tags) - 1)]


# ---------------------------------------------------------------- opening


def open_template(path: Path) -> WordTemplate:
    """Read and compile a template. Raises Refused when it is missing, damaged, no .docx, or its Jinja is wrong."""
    parts = _read(path)
    made: list[tuple[str, bytes | FilledPart]] = []
    for name, content in parts.items():
        made.append((name, _compile(name, content, path) if _FILLED.fullmatch(name) else content))
    return WordTemplate(str(path), tuple(made))


def _read(path: Path) -> Mapping[str, bytes]:
    content, place = read_file(path), Place(str(path))
    if content.startswith(LEGACY):
        raise Refused([problem("word-not-word", place, why="是旧格式 .doc，或加了打开密码")])
    try:
        parts = read_parts(content)
    except Damaged as damage:
        raise Refused([damage.problem("template-damaged", place, format=".docx")]) from damage
    if DOCUMENT not in parts:
        raise Refused([problem("word-not-word", place, why=f"文件里没有 {DOCUMENT}")])
    return parts


def _compile(name: str, content: bytes, path: Path) -> FilledPart | bytes:
    try:
        root = parse_xml(content, name)
    except Damaged as damage:
        raise Refused([damage.problem("template-damaged", Place(str(path)), format=".docx")]) from damage
    source, tags, problems = _prepare(name, root, path)
    if problems:
        raise Refused(problems)
    if not tags:
        return content
    try:
        template = environment().from_string(source)
    except TemplateSyntaxError as error:
        tag = tag_at(tags, error.lineno)
        why = _syntax_words(error.message or "")
        raise Refused(
            [problem("word-tag-syntax", Place(str(path)), where=tag.where, tag=tag.text, why=why)]
        ) from None
    return FilledPart(name, source, template, tags)


_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Unexpected end of template", "有 for 或 if 没有收尾（缺 endfor 或 endif）"),
    ("Encountered unknown tag", "不认识的语句，或收尾与开头对不上"),
    ("No filter named", "没有这个过滤器"),
    ("No test named", "没有这个判断"),
    ("unexpected", "有多余或错位的符号"),
    ("expected token", "缺少符号或写错位置"),
)


def _syntax_words(told: str) -> str:
    """Jinja's own words, with what they mean before them."""
    meaning = next((words for start, words in _SYNTAX if told.startswith(start)), "不合 Jinja 写法")
    return f"{meaning}；{told.rstrip('.')}"


# ---------------------------------------------------------------- from XML to source


def _prepare(name: str, root: etree._Element, path: Path) -> tuple[str, tuple[Tag, ...], list[Problem]]:
    """Source for Jinja, its tags in order, and tags that stand where they cannot."""
    if name.startswith("word/"):
        _drop_editor_traces(root)
        for paragraph in root.iter(P):
            _join_tags(paragraph)
    tags = _number_tags(name, root)
    problems = _lift_structure(root, tags, path)
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    ordered: list[Tag] = []

    def on_own_line(found: re.Match[str]) -> str:
        ordered.append(tags[int(found[2])])
        return f"{found[1]}\n{unescape(found[3])}"

    return _NUMBERED.sub(on_own_line, xml), tuple(ordered), problems


def _drop_editor_traces(root: etree._Element) -> None:
    """Spelling marks and bookmarks would be repeated with the rows they are in."""
    for trace in list(root.iter(*_EDITOR_TRACES)):
        parent = trace.getparent()
        if parent is not None:
            parent.remove(trace)


def _join_tags(paragraph: etree._Element) -> None:
    """Put each tag whole into the text element in which it begins; straighten quotes Word has curled."""
    texts = [text for text in paragraph.iter(T) if next(text.iterancestors(P)) is paragraph]
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole:
        return
    owners = [index for index, text in enumerate(texts) for _ in text.text or ""]
    for found in _TAG.finditer(whole):
        owners[found.start() : found.end()] = [owners[found.start()]] * len(found[0])
    whole = _TAG.sub(lambda found: found[0].translate(_TYPED), whole)
    told = {
        owner: "".join(letter for _, letter in letters)
        for owner, letters in groupby(zip(owners, whole, strict=True), key=lambda pair: pair[0])
    }
    for index, text in enumerate(texts):
        text.text = told.get(index, "")
        text.set(_SPACE, "preserve")


def _number_tags(name: str, root: etree._Element) -> list[Tag]:
    """Write a number behind each tag's opening brace, and remember where it stood."""
    tags: list[Tag] = []
    where = _Whereabouts(name, root)

    def numbered(text: str, element: etree._Element) -> str:
        def number(found: re.Match[str]) -> str:
            tags.append(Tag(where(element), found[0]))
            opening = 3 if found[0][2:3] in ("-", "+") else 2
            return f"{found[0][:opening]}\ue010{len(tags) - 1}\ue011{found[0][opening:]}"

        return _TAG.sub(number, text)

    for element in root.iter(etree.Element):
        for key, text in element.attrib.items():
            if "{" in text:
                element.set(key, numbered(text, element))
        if element.text and "{" in element.text:
            element.text = numbered(element.text, element)
    return tags


class _Whereabouts:
    """Names the place of an element: 正文第2个表格第3行, 页眉, 文档属性."""

    def __init__(self, name: str, root: etree._Element) -> None:
        stem = Path(name).stem.rstrip("0123456789")
        self.part = PART_NAMES.get(stem, "文档属性")
        self.tables = list(root.iter(TBL)) if self.part == "正文" else []
        self.paragraphs = list(root.iterfind(f"{BODY}/{P}"))

    def __call__(self, element: etree._Element) -> str:
        row = next(element.iterancestors(TR), None)
        table = next(row.iterancestors(TBL), None) if row is not None else None
        if row is not None and table in self.tables:
            line = sum(1 for _ in row.itersiblings(TR, preceding=True)) + 1
            return f"{self.part}第{self.tables.index(table) + 1}个表格第{line}行"
        paragraph = next(element.iterancestors(P), None)
        if paragraph in self.paragraphs:
            return f"{self.part}表格外第{self.paragraphs.index(paragraph) + 1}段"
        return self.part


def _lift_structure(root: etree._Element, tags: list[Tag], path: Path) -> list[Problem]:
    """Let each row, cell or paragraph that holds a structure tag give way to the tag."""
    problems: list[Problem] = []
    for kind, target_name in _TARGETS.items():
        lifted: dict[etree._Element, str] = {}
        for text, found in _structure_tags(root, kind):
            target = next(text.iterancestors(target_name), None)
            if target is None:
                tag = tags[int(found[1][1:-1])]
                problems.append(
                    problem("word-tag-misplaced", Place(str(path)), where=tag.where, tag=tag.text)
                )
                continue
            lifted[target] = lifted.get(target, "") + f"{{%{found[1]} {found[3]}%}}"
        for target, told in lifted.items():
            _replace(target, told)
    return problems


def _structure_tags(root: etree._Element, kind: str) -> Iterator[tuple[etree._Element, re.Match[str]]]:
    for text in root.iter(T):
        for found in _STRUCTURE.finditer(text.text or ""):
            if found[2] == kind:
                yield text, found


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
