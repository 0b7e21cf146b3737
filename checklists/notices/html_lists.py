"""The numbers of lists in web pages, which a browser prints and the text of the page does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from checklists.notices.marks import CIRCLE, NONE, PART, POINT, SECTION, SUBPOINT, stretch
from checklists.notices.numbering import chinese, formatted

_FORMS: tuple[Callable[[int], str], ...] = (
    lambda number: f"{chinese(number)}、",
    lambda number: f"{number}.",
    lambda number: f"（{number}）",
    lambda number: formatted(number, "decimalEnclosedCircle") or "",
)
"""How a list may number its lines, the highest first."""
_LEVELS = (SECTION, POINT, SUBPOINT, CIRCLE)
_USUAL: tuple[Callable[[int], str], ...] = (
    _FORMS[0],
    lambda number: f"（{chinese(number)}）",
    *_FORMS[1:],
)
ITEM = "\x02"
_ITEM_MARK = re.compile(f"{ITEM}(\\d+){ITEM}")
"""Stands for the number of a line of a list, until all of the page is read."""


class Lists:
    """The lines of numbered lists so far: how deep each stands, its number, which of the forms it is printed in."""

    def __init__(self) -> None:
        self._items: list[tuple[int, int, int]] = []

    def form(self, attributes: Mapping[str, str | None], around: int | None, before: str) -> int:
        """Which form a list is printed in; below 0 for one without numbers, or with letters.

        A list that browsers number 1. 2. 3. stands below the list ``around`` it and what is numbered so in the line before.
        """
        style = (attributes.get("style") or "").replace(" ", "").lower()
        if any(word in style for word in ("cjk-ideographic", "chinese", "japanese")):
            return 0
        if (
            "list-style:none" in style
            or "list-style-type:none" in style
            or attributes.get("type") in tuple("aAiI")
        ):
            return -1
        if around is not None:
            return min(max(around, 0) + 1, len(_FORMS) - 1)
        level = self._level(before)
        return 3 if level >= SUBPOINT else 2 if POINT <= level < SUBPOINT else 1

    def label(self, depth: int, count: int, form: int) -> str:
        """What stands for the number of a line until the whole page is read."""
        self._items.append((depth, count, form))
        return f"{ITEM}{len(self._items) - 1}{ITEM}"

    def _level(self, line: str) -> int:
        """Level of the number that opens a line, be it of the text or of a list; a heading without one has none."""
        item = _ITEM_MARK.match(line)
        if item:
            return _LEVELS[self._items[int(item[1])][2]]
        return NONE if line.startswith("#") else stretch(line, 0, 0).level

    def with_numbers(self, lines: list[str]) -> list[str]:
        """The lines with the numbers of lists as the notice would print them.

        Lists within lists, where nothing else is numbered by chapter or section, are the usual levels: 一、（一）1.（1）.
        """
        own = [stretch(line, 0, 0).level for line in lines]
        nested = max((depth for depth, _, _ in self._items), default=0) > 1
        usual = nested and not any(0 < level <= PART for level in own)

        def number(found: re.Match[str]) -> str:
            depth, count, form = self._items[int(found[1])]
            return _USUAL[min(depth, len(_USUAL)) - 1](count) if usual else _FORMS[form](count)

        return [_ITEM_MARK.sub(number, line) for line in lines]
