"""Whether the tags of a Word part are whole, well formed and paired; each slip is told once, where it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from checklists.documents.tags import STATEMENT, refused_statement, strays, tag_fault
from checklists.documents.word.tags import MISPLACED, P, T, Tag, Whereabouts
from checklists.problems import Position, Problem, problem

MOST = 9
"""Slips of one paragraph that are told."""
_CLOSES = {"for": "endfor", "if": "endif"}
_OPENINGS = {"endfor": ("for",), "endif": ("if",), "elif": ("if",), "else": ("if", "for")}


# ---------------------------------------------------------------- what would be printed literally


def literal_tags(root: etree._Element, where: Whereabouts, position: Position) -> Iterator[Problem]:
    """Half tags and look-alikes; the end of a tag whose beginning was told is not told again."""
    half_open = False
    for element, text in _all_texts(root):
        for found in islice(strays(text), MOST):
            if not (found.closes and half_open):
                yield problem(
                    "word-tag-stray", position, where=where(element), text=found.text, why=found.why
                )
            half_open = found.opens or (half_open and not found.closes)


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


# ---------------------------------------------------------------- tag by tag


def faulty_tags(tags: Sequence[Tag], position: Position) -> Iterator[Problem]:
    """Tags that stand where they mean nothing, may not be used, or are not well formed."""
    misplaced = False
    for tag in tags:
        word = _word(tag)
        if tag.kind == MISPLACED:
            if not (misplaced and word in _OPENINGS):
                yield problem("word-tag-misplaced", position, where=tag.where, tag=tag.text)
            misplaced = True
        elif why := refused_statement(tag.text):
            if not word.startswith("end"):
                yield problem("template-forbidden", position, tag=f"{tag.where}的标记「{tag.text}」", why=why)
        elif why := tag_fault(tag.text):
            yield problem("word-tag-syntax", position, where=tag.where, tag=tag.text, why=why)


def _word(tag: Tag) -> str:
    found = STATEMENT.match(tag.text)
    return found[1] if found else ""


# ---------------------------------------------------------------- pairs


def unpaired_tags(tags: Sequence[Tag], position: Position) -> Iterator[Problem]:
    """Openings that are not closed, or closed somewhere else: what lies between would be lost or torn.

    Once one is found, what follows cannot be told apart any more.
    """
    open_tags: list[Tag] = []
    for tag in tags:
        word = _word(tag)
        if word in _CLOSES:
            open_tags.append(tag)
        elif word in _OPENINGS:
            at = _opening(tag, open_tags)
            if at is None:
                why = _mismatch(tag, open_tags)
                yield problem("word-tag-pair", position, where=tag.where, tag=tag.text, why=why)
                return
            if at + 1 < len(open_tags):
                yield from _unclosed(open_tags[at + 1 :], position)
                return
            if word.startswith("end"):
                open_tags.pop()
    yield from _unclosed(open_tags, position)


def _opening(tag: Tag, open_tags: Sequence[Tag]) -> int | None:
    """Which of the open tags this one closes or divides: the last that is of its statement and stands on its level."""
    for at in reversed(range(len(open_tags))):
        first = open_tags[at]
        if _word(first) in _OPENINGS[_word(tag)] and (first.kind, first.level) == (tag.kind, tag.level):
            return at
    return None


def _unclosed(open_tags: Sequence[Tag], position: Position) -> Iterator[Problem]:
    for tag in open_tags:
        why = f"没有收尾（缺 {_CLOSES[_word(tag)]}）"
        yield problem("word-tag-pair", position, where=tag.where, tag=tag.text, why=why)


def _mismatch(tag: Tag, open_tags: Sequence[Tag]) -> str:
    if not open_tags:
        return "没有开头（前面没有 for 或 if）"
    alike = [first for first in open_tags if _word(first) in _OPENINGS[_word(tag)]]
    first = (alike or open_tags)[-1]
    why = (
        "与开头不在同一层（同一个表格、同一格、同一段，同在一个链接或内容控件里）"
        if alike
        else "与开头对不上"
    )
    return f"{why}：开头是{first.where}的「{first.text}」"
