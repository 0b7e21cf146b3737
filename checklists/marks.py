"""What opens a clause: printed numbers (一、 （一） 1. 1、, half or full width), sector labels, run-in headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERALS = "一二三四五六七八九十"
NONE, SECTION, PART, POINT = 0, 1, 2, 3

_MARK = re.compile(
    rf"(?P<section>[{NUMERALS}]{{1,3}})、"
    rf"|[（(](?P<part>[{NUMERALS}]{{1,4}})[）)]"
    r"|(?P<point>\d{1,2})[.．、](?!\d)"
)
_LABEL = re.compile(r"([^，。；：:“”0-9]{2,14})[：:](?=.)")
_RUN_IN = re.compile(r"([^，。；：]{2,16}|[^。；：]{2,16}活动)。(?=.)")
_NO_SECTOR = ("指导思想", "总体要求", "工作目标", "奋斗目标", "基本原则")
"""Labels of paragraphs that speak of the whole year's work, not of a sector."""


@dataclass(frozen=True)
class Stretch:
    """A paragraph or table cell: its printed number taken off, its text, and the lines it came from.

    ``level`` is NONE, SECTION (一、), PART (（一）) or POINT (1.); ``name`` is the number as it stands in a path.
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
    return POINT, found["point"]


def value(name: str) -> int:
    """The number that a path's name stands for: 「二十一」 and 「（二十一）」 are 21."""
    digits = name.strip("（）")
    if digits.isdigit():
        return int(digits)
    if "十" not in digits:
        return NUMERALS.index(digits) + 1
    tens, _, ones = digits.partition("十")
    return 10 * (value(tens) if tens else 1) + (value(ones) if ones else 0)
