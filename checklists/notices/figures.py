"""Figures, frequencies and days in a text of a notice: 150座, 3年以上, 90%, 每季度, 6月底前."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checklists.text import numeral_value, squeeze

_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二三四五六七八九十百千两]+"
_UNITS = (
    "平方米|立方米|万吨|万元|万人|个月|个工作日|工作日|小时|分钟|公里|厘米|毫米|千伏|兆帕"
    "|米|年|月|周|日|天|次|遍|人|名|家|台|套|座|处|项|条|辆|具|户|级|层|类|吨|元|度|倍|秒|个|%|％|‰"
)
_NAMED = re.compile("[“《〔（][^”》〕）]*[”》〕）]")
"""What is called by figures is none: “三管三必须”."""
_DAY = re.compile(
    r"(?:20[0-9]{2}年)?(?:[0-9]{1,2}月(?:底|[0-9]{1,2}日)?(?:之?前)|年底(?:之?前)?|年内|[上下]半年|[一二三四]季度末?)"
)
_OFTEN = re.compile(r"每(?:个)?(?:半年|年度?|季度?|月|周|旬|日|天|班)")
_FIGURE = re.compile(rf"({_NUMBER})(?:[—－\-~～至](?:{_NUMBER}))?\s*({_UNITS})(以上|以下|以内|以外)?")
_EVERY = {"班": 1095, "日": 365, "天": 365, "周": 52, "旬": 36, "月": 12, "季": 4, "半": 2, "年": 1}
_NO_FIGURE = re.compile("^(一年|一级|一类|一条|一个|一处|一项|一家|一户|一台|一名|一次|一座|一人|一遍|一套)$")
_LEAST, _NEAR = re.compile("至少|不少于|不低于"), 6
"""Before 一次, 一处: then it is a figure."""
_THE_BASE = ("百", "千", "万")
"""每千次检查: what a rate is reckoned on."""
_YEAR = re.compile(r"^20[0-9]{2}年$")


@dataclass(frozen=True)
class Figure:
    """One figure as it stands, what it counts, and how much."""

    words: str
    unit: str
    """What may be compared: figures with one unit; 期限 for days, 频次 for frequencies."""
    value: float


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text in its order; numbers within quoted names are none."""
    rest = _NAMED.sub("，", squeeze(text))
    found = [(match.start(), Figure(match[0], "期限", _day(match[0]))) for match in _DAY.finditer(rest)]
    rest = _DAY.sub(_blank, rest)
    found += [(match.start(), Figure(match[0], "频次", _often(match[0]))) for match in _OFTEN.finditer(rest)]
    rest = _OFTEN.sub(_blank, rest)
    for match in _FIGURE.finditer(rest):
        value = _value(match[1])
        if match[1] in _THE_BASE and rest[max(match.start() - 1, 0) : match.start()] == "每":
            continue
        least = _LEAST.search(rest[max(match.start() - _NEAR, 0) : match.start()])
        if value is not None and not _YEAR.match(match[0]) and (least or not _NO_FIGURE.match(match[0])):
            unit = match[2].replace("％", "%")
            found.append((match.start(), Figure(match[0], unit, value)))
    return tuple(figure for _, figure in sorted(found, key=lambda one: one[0]))


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match[0])


def _value(number: str) -> float | None:
    if number[0].isascii():
        return float(number)
    try:
        return float(numeral_value(number))
    except ValueError:
        return None


def _often(words: str) -> float:
    """Times a year."""
    return float(next((times for sign, times in _EVERY.items() if sign in words), 1))


def _day(words: str) -> float:
    """Month of the year, a later year counting twelve more; the year itself is that of the notice where none stands."""
    if found := re.search(r"([0-9]{1,2})月", words):
        return float(found[1])
    quarters = {"一季": 3.0, "二季": 6.0, "三季": 9.0, "四季": 12.0, "上半年": 6.0}
    return next((month for sign, month in quarters.items() if sign in words), 12.0)
