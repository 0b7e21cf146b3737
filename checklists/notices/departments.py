"""The bracket at the end of a clause that names who is responsible: （省住建厅、省商务厅等部门分工负责）."""

from __future__ import annotations

import re

from checklists.notices.furniture import binds

_INNER = r"(?:[^（）]|（[^（）]*）)*"
_BRACKET = re.compile(rf"（({_INNER}(?:负责|落实|部门|列出){_INNER})）[。]?$")
_DUTY = re.compile(
    r"(?:等(?:有关)?部门)?(?:分工负责|按职责负责|牵头负责|负责|指导督促企业落实|指导督促落实|督促企业落实|督促落实|牵头)$"
)
_GOVERNMENTS = re.compile(r"市、县(?=(?:（区）)?(?:人民)?政府)")
_BETWEEN = re.compile(r"[、，]|和(?=各|省有关)")
_HELD = "\x00"
_LONGEST_BRACKET = 500
"""Characters at the end of a clause in which the bracket is looked for."""


def split_bracket(text: str) -> tuple[str, str]:
    """The text without its closing bracket of responsible departments, and that bracket ('' when it has none).

    A bracket that binds somebody to do something is text.
    """
    found = _BRACKET.search(text, max(len(text) - _LONGEST_BRACKET, 0))
    if not found or binds(found[0]):
        return text, ""
    return text[: found.start()], found[0]


def department_names(bracket: str) -> tuple[str, ...]:
    """The names in a bracket or in a cell of responsible bodies, without the words for their duty.

    What follows the first sentence (以下均需市、县人民政府负责，不再一一列出) names nobody.
    """
    inner = bracket.strip().removesuffix("。").removeprefix("（").removesuffix("）")
    first = re.split(r"。|，以下", inner)[0]
    held = _GOVERNMENTS.sub(f"市{_HELD}县", first)
    names = (_DUTY.sub("", name).strip().replace(_HELD, "、") for name in _BETWEEN.split(held))
    return tuple(name for name in names if name)
