"""A threshold or period that binds stands in a quote; a sample size is ours and written as such.

Samples are recognised by 抽、任选、近、各、逐 … before the figure or by being about the paper itself (本年、当日).
"""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library
from checklists.text import numeral_value

UNITS = "米|厘米|毫米|公里|年|个月|月|日|天|小时|分钟|次|人|名|家|台|吨|万吨|元|万元|%|％|‰|度|层|级|兆帕|千伏|平方米|立方米|倍|秒|类"
FIGURE = re.compile(rf"([0-9]+(?:\.[0-9]+)?|[零〇一二三四五六七八九十百千两半]+)\s*({UNITS})")
SAMPLE = re.compile(
    "(抽|抽查|抽考|任选|任抽|随机|近|最近|上|前|后|至少看|连看|现场选|选|查看?)[^，；。：]{0,6}$"
)
NO_FIGURE = re.compile("一次|一人|两人以上说|一类|一级一级|三人|一月|一年")


def check(item: Item, library: Library) -> list[Problem]:
    """Figures in content that no quote carries; in the standard those that are no samples."""
    known = _figures("\n".join(basis.quote for basis in item.basis)) | _figures(item.evidence)
    where = library.positions[item.id]
    problems: list[Problem] = []
    for field in ("content", "standard"):
        text = getattr(item, field)
        for match in FIGURE.finditer(text):
            if SAMPLE.search(text[: match.start()]) or NO_FIGURE.fullmatch(match[0]):
                continue
            if _figure(match) not in known:
                problems.append(
                    problem("figure-not-quoted", where.position(field), item=item.id, figure=match[0])
                )
    return problems


def _figures(text: str) -> set[tuple[float | str, str]]:
    return {_figure(match) for match in FIGURE.finditer(text)}


def _figure(match: re.Match[str]) -> tuple[float | str, str]:
    return _number(match[1]), match[2].replace("％", "%")


def _number(text: str) -> float | str:
    """50 for 50 and 五十; what is no one number (三四 天) stays as it is written."""
    if text[0].isascii():
        return float(text)
    try:
        return 0.5 if text == "半" else numeral_value(text)
    except ValueError:
        return text
