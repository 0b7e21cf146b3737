"""A Word template made ready: its package judged, its tags found and judged, its parts compiled for Jinja."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path

from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree

from checklists.documents.core import CORE, plain_core
from checklists.documents.names import used_fields
from checklists.documents.tags import environment, parsed, syntax_words
from checklists.documents.template_package import content_types, open_package
from checklists.documents.word.dangers import COMMENTS, dangers, package_dangers, tracked_change
from checklists.documents.word.judging import faulty_tags, literal_tags, unpaired_tags
from checklists.documents.word.lifting import lift_structure
from checklists.documents.word.tags import (
    MAIN,
    PART_NAMES,
    TC,
    TR,
    P,
    R,
    T,
    Tag,
    Whereabouts,
    drop_editor_traces,
    join_tags,
    number_tags,
)
from checklists.files.package import Damaged, parse_xml
from checklists.problems import Position, Problem, Refused, problem

__all__ = [
    "DOCUMENT",
    "MAIN",
    "PART_NAMES",
    "TC",
    "TR",
    "FilledPart",
    "P",
    "R",
    "T",
    "WordTemplate",
    "open_word_template",
]

DOCUMENT = "word/document.xml"
CUSTOM, APP = "docProps/custom.xml", "docProps/app.xml"
_FILLED_TYPES = tuple(f".{kind}+xml" for kind in ("main", "header", "footer", "footnotes", "endnotes"))
_NOT_PRINTED = ("customXml/", "word/glossary/")
_NO_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>checklists</Application></Properties>"
)
"""Instead of the template's own statistics: its pages, its minutes of work, its restyler's firm."""


@dataclass(frozen=True)
class FilledPart:
    """One part of the package that holds tags."""

    name: str
    source: str
    template: Template = field(repr=False)
    tags: tuple[Tag, ...]

    @cached_property
    def tree(self) -> nodes.Template:
        """The tags as Jinja reads them."""
        return parsed(self.source, autoescape=True)

    def tag_at(self, line: int | None) -> Tag:
        """The tag on a line of the compiled source; the tag a line reports stands on it or just before."""
        return tag_at(self.tags, line)


@dataclass(frozen=True)
class WordTemplate:
    """A template made ready: its parts in order, those with tags compiled."""

    path: str
    parts: tuple[tuple[str, bytes | FilledPart], ...]

    @property
    def filled(self) -> tuple[FilledPart, ...]:
        """The parts that hold tags."""
        return tuple(part for _, part in self.parts if isinstance(part, FilledPart))

    @cached_property
    def fields(self) -> frozenset[str]:
        """Every ``name.field`` the template uses, as it is written."""
        return frozenset(name for part in self.filled for name in used_fields(part.tree))


def tag_at(tags: tuple[Tag, ...], line: int | None) -> Tag:
    """Tag number n stands on line n + 1, counted from 1."""
    if not tags:
        return Tag("文档", "")
    return tags[min(max((line or 1) - 2, 0), len(tags) - 1)]


def open_word_template(path: Path) -> WordTemplate:
    """Read, judge and compile a template.

    Raises Refused, with everything that is wrong, when it is missing, damaged, no .docx, carries what no template may,
    or its tags are wrong.
    """
    parts, place = open_package(path, ".docx"), Position(str(path))
    types = content_types(parts)
    made: list[tuple[str, bytes | FilledPart]] = []
    problems: list[Problem] = []
    for name, content in parts.items():
        if types.get(name, "").endswith(_FILLED_TYPES) or name in (CORE, CUSTOM):
            part, found = _compiled(name, content, place)
            problems += found
            made.append((name, part))
        else:
            problems += _unfilled_tags(name, content, place)
            made.append((name, _NO_APP if name == APP else content))
    problems += package_dangers(parts, place)
    if problems:
        raise Refused(_each_once(problems))
    return WordTemplate(str(path), tuple(made))


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Tracked changes are settled for the whole file; a text box stands in the file twice, for new and old programs."""
    kept: dict[object, Problem] = {}
    for one in problems:
        kept.setdefault(one.code if one.code == "word-tracked" else one, one)
    return list(kept.values())


def _unfilled_tags(name: str, content: bytes, position: Position) -> list[Problem]:
    """Tags in parts that are not filled: addresses of links, charts, styles."""
    held = any(mark in content for mark in (b"{{", b"{%", b"%7B%7B", b"%7b%7b"))
    if (
        not held
        or name == APP
        or name.startswith((*_NOT_PRINTED, COMMENTS))
        or not name.endswith((".xml", ".rels"))
    ):
        return []
    return [problem("word-tag-outside", position, part=name)]


# ---------------------------------------------------------------- compiling

_NUMBERED = re.compile(r"(\{[{%#][-+]?)\ue010(\d+)\ue011(.*?[}%#]\})", re.DOTALL)


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
        drop_editor_traces(root)
        for paragraph in root.iter(P):
            problems += join_tags(paragraph, where, position)
    literal = list(literal_tags(root, where, position))
    tags = number_tags(root, where)
    problems += [*literal, *faulty_tags(tags, position)]
    problems = problems or list(unpaired_tags(tags, position))
    if not problems:
        problems += lift_structure(root, tags, position)
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    ordered: list[Tag] = []

    def on_own_line(found: re.Match[str]) -> str:
        ordered.append(tags[int(found[2])])
        return f"{found[1]}\n{unescape(found[3])}"

    return Prepared(_NUMBERED.sub(on_own_line, xml), tuple(ordered), tuple(problems))


def _compiled(name: str, content: bytes, position: Position) -> tuple[bytes | FilledPart, list[Problem]]:
    """The part, compiled when it has tags, and what is wrong with it."""
    try:
        if name == CORE:
            content = plain_core(content)
        root = parse_xml(content, name)
    except Damaged as damage:
        return content, [damage.problem("template-damaged", position, format=".docx")]
    where = Whereabouts(name, root)
    if tracked := tracked_change(root, where, position):
        return content, [tracked]
    problems = list(dangers(root, where, position))
    prepared = prepare(name, root, where, position)
    problems += prepared.problems
    if problems or not prepared.tags:
        return content, problems
    try:
        template = environment(autoescape=True).from_string(prepared.source)
    except TemplateSyntaxError as error:
        tag = tag_at(prepared.tags, error.lineno)
        why = syntax_words(error.message or "")
        return content, [problem("word-tag-syntax", position, where=tag.where, tag=tag.text, why=why)]
    except (RecursionError, SyntaxError, ValueError, ArithmeticError, MemoryError):
        tag = max(prepared.tags, key=lambda one: len(one.text))
        why = "嵌套太深，或数字太长"
        return content, [problem("word-tag-syntax", position, where=tag.where, tag=tag.text[:60], why=why)]
    return FilledPart(name, prepared.source, template, prepared.tags), []
