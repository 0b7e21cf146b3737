"""What opens a clause: printed numbers (一、 （一） 1. 1、, half or full width), sector labels, run-in headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checklists.text import numeral_value

NONE, SECTION, PART, POINT, SUBPOINT = 0, 1, 2, 3, 4

_ONES = "一二三四五六七八九"
NUMERAL = rf"(?:[{_ONES}]?十[{_ONES}]?|[{_ONES}])"
"""A number up to 99 as Chinese documents print it, as a pattern."""

_MARK = re.compile(
    rf"(?P<section>{NUMERAL})、"
    rf"|[（(](?P<part>{NUMERAL})[）)]"
    r"|(?P<point>\d{1,2})[.．、](?!\d)"
    r"|[（(](?P<subpoint>\d{1,2})[）)]"
)
_LABEL = re.compile(r"([^，。；：:“”0-9]{2,14})[：:](?=.)")
_RUN_IN = re.compile(r"([^，。；：]{2,16}|[^。；：]{2,16}活动)。(?=.)")
_NO_SECTOR = ("指导思想", "总体要求", "工作目标", "奋斗目标", "基本原则")
"""Labels of paragraphs that speak of the whole year's work, not of a sector."""


@dataclass(frozen=True)
class Stretch:
    """A paragraph or table cell: its printed number taken off, its text, and the lines it came from.

    ``level`` is NONE, SECTION (一、), PART (（一）), POINT (1.) or SUBPOINT (（1）); ``name`` is the number as it
    stands in a path: full-width brackets, half-width digits.
    """

    text: str
    first: int
    last: int
    level: int = NONE
    mark: str = ""
    name: str = ""
    departments: str = ""

    @property
    def is_title(self) -> bool:
        """A printed number with a heading that is no sentence, such as 「一、压实安全责任」."""
        return self.level != NONE and "。" not in self.text


def has_mark(text: str) -> bool:
    """True when a printed number opens the text."""
    return _MARK.match(text) is not None


def sector_label(text: str) -> str:
    """「煤矿」 of 「煤矿：…」, '' when no label opens the text."""
    found = _LABEL.match(text)
    return found[1] if found and found[1] not in _NO_SECTOR else ""


def run_in_heading(text: str) -> str:
    """「煤矿」 of 「煤矿。…」, '' when no such short sentence opens the text."""
    found = _RUN_IN.match(text)
    return found[1] if found else ""


def stretch(text: str, first: int, last: int) -> Stretch:
    """Take the printed number, if any, off the text of a paragraph."""
    found = _MARK.match(text)
    if not found:
        return Stretch(text, first, last)
    level, name = _level(found)
    return Stretch(text[found.end() :].lstrip(), first, last, level, found[0], name)


def _level(found: re.Match[str]) -> tuple[int, str]:
    if found["section"]:
        return SECTION, found["section"]
    if found["part"]:
        return PART, f"（{found['part']}）"
    if found["point"]:
        return POINT, str(int(found["point"]))
    return SUBPOINT, f"（{int(found['subpoint'])}）"


def value(name: str) -> int:
    """The number that a path's name stands for: 「二十一」 and 「（二十一）」 are 21."""
    digits = name.strip("（）")
    return int(digits) if digits.isdigit() else numeral_value(digits)
