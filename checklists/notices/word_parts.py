"""The parts of a Word file that a notice is read from, opened within bounds, and its styles and numbering looked up."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from checklists.problems import Position, Refused, problem

MOST_BYTES = 20_000_000
MOST_TAGS = 600_000
"""Bounds for all parts that are read: a notice of a hundred pages has 5 MB and 200,000 tags."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    ValueError,
    OSError,
)
"""What a damaged zip raises, part by part."""
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments", "diagramData", "chart")
_OTHERS = {"workbook": "Excel 工作簿", "presentation": "演示文稿"}

Element: TypeAlias = Any
"""An element of lxml, which has no types."""


@dataclass(frozen=True)
class WordFile:
    """The document's root, and the roots of the parts beside it by the last word of their relationship's type."""

    document: Element
    styles: Element | None
    numbering: Element | None
    beside: dict[str, list[Element]] = field(default_factory=dict)


def local(element: Element) -> str:
    """Name of an element without its namespace: transitional and strict files differ in nothing else."""
    return str(etree.QName(element).localname)


def attribute(element: Element | None, name: str) -> str | None:
    """Value of an attribute in whatever namespace."""
    if element is None:
        return None
    return next(
        (str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), None
    )


def child(element: Element | None, *names: str) -> Element | None:
    """Down the named children, the first of each; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """True for a switch that is there and not switched off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


# ---------------------------------------------------------------- opening


def open_word(path: Path) -> WordFile:
    """The file's parts; raises Refused when it is damaged, too large, locked with a password, or no Word document."""
    try:
        with zipfile.ZipFile(path) as package:
            return _Opened(path, package).word_file()
    except _BROKEN as failure:
        raise Refused(
            [problem("import-damaged", Position(str(path)), why="不是完整的 Word 文件")]
        ) from failure


class _Opened:
    """An opened package: reads parts by name and keeps count of what was unpacked."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self.position, self.package = Position(str(path)), package
        self.size = self.tags = 0

    def word_file(self) -> WordFile:
        main = next(
            (target for kind, target in self._related("") if kind == "officeDocument"), "word/document.xml"
        )
        document = self._root(main)
        if document is None or local(document) != "document":
            kind = _OTHERS.get(local(document) if document is not None else "", "别的东西")
            hint = "请把通知的文字复制到 Word，另存为 .docx 后再导入。"
            raise Refused([problem("import-other-kind", self.position, ending=".docx", kind=kind, hint=hint)])
        related = list(self._related(main))
        beside: dict[str, list[Element]] = {}
        for kind, target in related:
            root = self._root(target) if kind in _BESIDE else None
            if root is not None:
                beside.setdefault(kind, []).append(root)
        by_kind = dict(related)
        return WordFile(
            document=document,
            styles=self._root(by_kind.get("styles", "")),
            numbering=self._root(by_kind.get("numbering", "")),
            beside=beside,
        )

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        """Kind and target of every part that ``part`` ('' for the package) refers to."""
        folder, name = posixpath.split(part)
        root = self._root(f"{folder}/_rels/{name}.rels".lstrip("/"))
        for one in root if root is not None else ():
            target = attribute(one, "Target") or ""
            kind = (attribute(one, "Type") or "").rpartition("/")[2]
            yield kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def _root(self, name: str) -> Element | None:
        """Root of the part; None when there is none of that name."""
        if not name or name not in self.package.namelist():
            return None
        entry = self.package.getinfo(name)
        if entry.flag_bits & 1:
            raise Refused([problem("import-damaged", self.position, why="加了密码")])
        self.size += entry.file_size
        if self.size > MOST_BYTES:
            raise Refused([problem("import-too-big", self.position, what="解开后", most="20 MB")])
        content = self.package.read(entry)
        self.tags += content.count(b"<")
        if self.tags > MOST_TAGS:
            raise Refused([problem("import-too-big", self.position, what="内容", most="60 万个标记")])
        return self._parsed(content)

    def _parsed(self, content: bytes) -> Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as failure:
            raise Refused(
                [problem("import-damaged", self.position, why="Word 文件的内容不完整")]
            ) from failure
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refused([problem("import-damaged", self.position, why="Word 文件里有不该有的定义")])
        return root


# ---------------------------------------------------------------- styles and numbering


class Looks:
    """What styles and numbering definitions say of a paragraph: is it hidden, does a number stand before it?"""

    def __init__(self, word: WordFile) -> None:
        styles = [one for one in word.styles if local(one) == "style"] if word.styles is not None else []
        self._styles = {attribute(one, "styleId"): one for one in styles}
        default = (one for one in styles if attribute(one, "type") == "paragraph" and is_default(one))
        self._default = attribute(next(default, None), "styleId")
        definitions = list(word.numbering) if word.numbering is not None else []
        self._numbers = {attribute(one, "numId"): one for one in definitions if local(one) == "num"}
        self._abstract = {
            attribute(one, "abstractNumId"): one for one in definitions if local(one) == "abstractNum"
        }

    def _chain(self, style: str | None) -> Iterator[Element]:
        """The style and those it is based on."""
        seen: set[str | None] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = attribute(child(self._styles[style], "basedOn"), "val")

    def hides(self, style: str | None) -> bool:
        """True when the style, or one it is based on, hides its text."""
        for one in self._chain(style):
            vanish = child(one, "rPr", "vanish")
            if vanish is not None:
                return is_on(vanish)
        return False

    def number(self, properties: Element | None) -> tuple[str | None, int]:
        """Number definition ("0": none) and level of a paragraph with these properties; None for a damaged one."""
        style = attribute(child(properties, "pStyle"), "val") or self._default
        own = child(properties, "numPr")
        inherited = next(
            (found for one in self._chain(style) if (found := child(one, "pPr", "numPr")) is not None), None
        )
        if own is None and inherited is None:
            return "0", 0
        number, level = (
            attribute(child(own, name), "val") or attribute(child(inherited, name), "val")
            for name in ("numId", "ilvl")
        )
        if number is None:
            return None, 0
        if level is None and own is None:
            level = self._level_of_style(number, style)
        return number, int(level) if level and level.isdigit() else 0

    def _level_of_style(self, number: str, style: str | None) -> str | None:
        """A style that names no level is told its level by the definition."""
        names = {attribute(one, "styleId") for one in self._chain(style)}
        abstract = self._abstract.get(self.abstract_of(number))
        for one in abstract if abstract is not None else ():
            if local(one) == "lvl" and attribute(child(one, "pStyle"), "val") in names:
                return attribute(one, "ilvl")
        return None

    def outline(self, properties: Element | None) -> int | None:
        """Outline level of a heading, 0 the highest; None for a paragraph of the text."""
        style = attribute(child(properties, "pStyle"), "val") or self._default
        told = [
            child(properties, "outlineLvl"),
            *(child(one, "pPr", "outlineLvl") for one in self._chain(style)),
        ]
        level = attribute(next((one for one in told if one is not None), None), "val") or ""
        return int(level) if level.isdigit() and int(level) < 9 else None

    def is_contents(self, properties: Element | None) -> bool:
        """True for a line of a table of contents."""
        style = self._styles.get(attribute(child(properties, "pStyle"), "val"))
        name = (attribute(child(style, "name"), "val") or "").lower()
        return name.startswith(("toc ", "contents ")) and name[-1:].isdigit()

    def abstract_of(self, number: str, follow: bool = True) -> str:
        """Id of the definition behind a number; several numbers of one definition count on together."""
        name = attribute(child(self._numbers.get(number), "abstractNumId"), "val") or ""
        link = attribute(child(self._abstract.get(name), "numStyleLink"), "val")
        styled = attribute(child(self._styles.get(link), "pPr", "numPr", "numId"), "val") if link else None
        return self.abstract_of(styled, follow=False) if styled and follow else name

    def start_override(self, number: str, level: str) -> int | None:
        """Where a number begins anew, if it does."""
        num = self._numbers.get(number)
        for override in num if num is not None else ():
            if local(override) == "lvlOverride" and attribute(override, "ilvl") == level:
                told = attribute(child(override, "startOverride"), "val") or ""
                return int(told) if told.isdigit() else None
        return None

    def level(self, number: str, level: str) -> Element | None:
        """Definition of a level of a number."""
        num = self._numbers.get(number)
        for override in num if num is not None else ():
            if local(override) == "lvlOverride" and attribute(override, "ilvl") == level:
                own = child(override, "lvl")
                if own is not None:
                    return own
        abstract = self._abstract.get(self.abstract_of(number))
        levels = (one for one in abstract if local(one) == "lvl") if abstract is not None else ()
        return next((one for one in levels if attribute(one, "ilvl") == level), None)


def is_default(style: Element) -> bool:
    """True for the style of paragraphs that name none."""
    return attribute(style, "default") in ("1", "true", "on")
