"""What opens a clause: printed numbers (第一章 第一条 一、 （一） 1. （1） ① 一是), headings without one, labels, run-in headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checklists.text import numeral_value

NONE, CHAPTER, ARTICLE, SECTION, PART, POINT, SUBPOINT, CIRCLE, FIRSTLY, FREE = (
    0,
    10,
    20,
    30,
    40,
    50,
    60,
    70,
    80,
    90,
)
WHOLE, BELOW_DOTTED = 46, 55
"""1 总则, below which 1.1 stands; and 1. where it begins anew below 1.1."""
ROW, COLUMN = 22, 24
"""A row of a table, and a cell of a row that has several: its name is the head of its column. FREE is a heading without a
number below whatever stands above it."""

_ONES = "一二三四五六七八九"
NUMERAL = rf"(?:[{_ONES}]?十[{_ONES}]?|[{_ONES}])"
"""A number up to 99 as Chinese documents print it, as a pattern."""
_ANY = rf"(?:[{_ONES}十百零〇]{{1,6}}|\d{{1,3}})"

_MARK = re.compile(
    rf"第(?P<chapter>{_ANY})(?P<kind>[编章节]|部分)(?!的)[\s\u3000、：:]*"
    rf"|第(?P<article>{_ANY})条(?P<after>之{NUMERAL})?(?![的、和及或第与至款中内所规以]|之)[\s\u3000：:]*"
    rf"|(?P<section>{NUMERAL})[、．](?!\d)"
    rf"|[（(](?P<part>{NUMERAL})[）)]"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})(?:[、．]|[ \u3000]+|(?![米吨度个倍万亿元公千平立毫厘小分秒以至到的和兆帕]))[ \u3000]*(?=[\u4e00-\u9fff])"
    r"|(?P<point>\d{1,3})[.．、](?!\d)"
    r"|[（(](?P<subpoint>\d{1,2})[）)]"
    r"|(?P<half>\d{1,2})[）)]"
    r"|(?P<sign>[①-⑳⑴-⒇⒈-⒛㈠-㈩])"
    rf"|(?P<firstly>{NUMERAL})是(?=[^否不])"
    r"|(?P<heading>#{1,6}) ?(?=\S)"
)
_LABEL = re.compile(r"([^，。；：:“”0-9]{2,14})[：:](?=.)")
_RUN_IN = re.compile(r"([^，。；：]{2,16}|[^。；：]{2,16}活动)。(?=.)")
_NO_SECTOR = ("指导思想", "总体要求", "工作目标", "奋斗目标", "基本原则")
"""Labels of paragraphs that speak of the whole year's work, not of a sector."""
_WHOLE = re.compile(r"(\d{1,2})\s*([\u4e00-\u9fff]{2,14})")
_CHAPTER = re.compile(r"[^。，；！？]{1,40}")
_LONGEST_NAME = 30
_HEADINGS = (25, 35, 45, 47, 48, 49)
"""Levels of headings without a number: the first above 一、, the second below it …, all above 1."""
_DIGITS = re.compile(r"\d+")
AGAIN = "·"
"""Parts the name of a number that is printed a second time under the same heading from how often it is: 一·2."""


@dataclass(frozen=True)
class Stretch:
    """A paragraph or table cell: its printed number taken off, its text, and the lines it came from.

    ``level`` orders what opens a clause (CHAPTER the highest, NONE for what opens none); ``name`` is the number as it
    stands in a path: full-width brackets, half-width digits.
    """

    text: str
    first: int
    last: int
    level: int = NONE
    mark: str = ""
    name: str = ""
    departments: str = ""
    also: str = ""
    """Who is responsible, where the cell that says so is accounted for by another clause of the row."""
    deadline: str = ""
    part: str = ""
    """Name of the attachment that it stands in; '' in the notice itself."""
    table: int = 0
    """Number of the table that it stands in."""

    @property
    def is_title(self) -> bool:
        """A printed number with a heading that is no sentence, such as 「一、压实安全责任」."""
        return self.level != NONE and "。" not in self.text


def has_mark(text: str) -> bool:
    """True when a printed number opens the text."""
    return stretch(text, 0, 0).level != NONE


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
    if not found or (found["chapter"] and not _CHAPTER.fullmatch(text)):
        return Stretch(text, first, last)
    rest = text[found.end() :].lstrip()
    if found["heading"]:
        level = _HEADINGS[len(found["heading"]) - 1]
        return Stretch(rest, first, last, level, found[0], rest[:_LONGEST_NAME].replace("/", "／"))
    level, name = _level(found)
    return Stretch(rest, first, last, level, found[0], name)


def over_dotted(text: str, below: str) -> Stretch | None:
    """「1 总则」 right above 「1.1 …」 (``below``): a number without a point; None for another line."""
    found = _WHOLE.fullmatch(text)
    first = stretch(below, 0, 0)
    if not found or first.level != POINT + 1 or first.name != f"{int(found[1])}.1":
        return None
    return Stretch(found[2], 0, 0, WHOLE, found[1], str(int(found[1])))


def heading_mark(level: int) -> str:
    """What opens a heading without a number that stands one below a number of ``level`` (NONE: below nothing)."""
    return "#" * max(1, min(6, level // 10 - 1 if level >= SECTION else 1)) + " "


def _level(found: re.Match[str]) -> tuple[int, str]:
    if found["chapter"]:
        return CHAPTER + "编章节".find(found["kind"]), f"第{found['chapter']}{found['kind']}"
    if found["article"]:
        return ARTICLE, f"第{found['article']}条{found['after'] or ''}"
    if found["section"]:
        return SECTION, found["section"]
    if found["part"]:
        return PART, f"（{found['part']}）"
    if found["dotted"]:
        name = ".".join(str(int(one)) for one in found["dotted"].split("."))
        return POINT + name.count("."), name
    if found["point"]:
        return POINT, str(int(found["point"]))
    if found["subpoint"]:
        return SUBPOINT, f"（{int(found['subpoint'])}）"
    if found["half"]:
        return SUBPOINT + 5, f"{int(found['half'])}）"
    if found["firstly"]:
        return FIRSTLY, f"{found['firstly']}是"
    return _sign(found["sign"])


def _sign(sign: str) -> tuple[int, str]:
    """One letter that is a whole number: ⒈ and 1. are the same, ⑴ and （1）, ㈠ and （一）."""
    for first, level in (("⑴", SUBPOINT), ("⒈", POINT), ("㈠", PART)):
        number = ord(sign) - ord(first) + 1
        if 1 <= number <= 20:
            ones = "一二三四五六七八九十"
            name = {SUBPOINT: f"（{number}）", POINT: str(number)}.get(level) or f"（{ones[number - 1]}）"
            return level, name
    return CIRCLE, sign


def value(name: str) -> int:
    """The number that a path's name stands for: 「二十一」 and 「（二十一）」 are 21; 0 for a name that is no number."""
    plain = name.partition(AGAIN)[0].strip("（）第条章节编部分是").partition("条之")[0]
    if len(plain) == 1 and "①" <= plain <= "⑳":
        return ord(plain) - ord("①") + 1
    digits = _DIGITS.findall(plain)
    if digits:
        return int(digits[-1])
    try:
        return numeral_value(plain)
    except ValueError:
        return 0
