"""The 判定标准 that bind an enterprise on the day, worded once for every document that prints them."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.build import Checklist
from checklists.checklist.numbers import number_ranges
from checklists.checklist.rows import Row
from checklists.models import Criterion, Standard
from checklists.selection.verdict import facts_verdict
from checklists.text import clean

SIGNS = "甲乙丙丁戊己庚辛壬癸"
HELD_WORDS = {"whole": "全文", "partial": "部分", "none": "未收录"}
NOT_HELD = "条文未收录"
BRING_IT = f"{NOT_HELD}，请带原文"
BRING_THE_REST = "只收录部分条文，其余请带原文"


@dataclass(frozen=True)
class PrintedStandard:
    """One standard that binds the enterprise."""

    sign: str
    """甲, 乙 … where criteria of several standards apply; else nothing."""
    name: str
    """煤矿重大事故隐患判定标准."""
    number: str
    """应急管理部令第21号."""
    since: str
    """2026-07-01, or nothing where no day is known."""
    held: str
    """How much of its text the rules have: 全文, 部分, 未收录."""
    words: str
    """The line of a paper: which edition is in force on the day, or that the text has to be brought along."""
    note: str
    """What else has to be known of a standard whose articles are printed, or nothing."""


@dataclass(frozen=True)
class PrintedCriterion:
    """One situation that a standard counts as major."""

    number: int
    """In the order of the workbook's sheet, from 1."""
    standard: str
    """Number of its standard."""
    sign: str
    """甲: the sign of its standard, or nothing."""
    article: str
    text: str
    see: str
    where: str
    numbers: str
    """Numbers of the items that ask the same fact: 3、17; or nothing."""
    key: bool
    """Whether one of these items is ★."""
    paper_numbers: str
    """Those of the numbers that the paper shows."""
    sure: bool
    """Whether its conditions hold; not where they hang on a fact that nobody knows."""
    own: bool
    """Whether it is said to the trade itself, and not to something that the enterprise has beside it."""
    named: bool
    """Whether it is said to the trade alone, and not to all that its standard binds."""
    one_of_many: bool
    """Whether it hangs on a choice that nobody has made, of which the other outcomes are more likely: 炼钢 of all 工贸."""


def printed_standards(checklist: Checklist) -> tuple[PrintedStandard, ...]:
    """Every standard that binds, held or not."""
    signs = _signs(checklist)
    return tuple(
        _standard(bound.standard, checklist.on, signs.get(bound.standard.number, ""))
        for bound in checklist.standards
    )


def printed_criteria(checklist: Checklist) -> tuple[PrintedCriterion, ...]:
    """Their criteria: those of ★ rows first, then as the 部位 come on the walk, then as the articles come."""
    order = {name: index for index, name in enumerate(checklist.library.vocabulary.where)}
    rows = {row.item.id: row for row in checklist.rows}
    found = [
        (any(rows[item].key for item in criterion.items if item in rows), bound.standard, criterion)
        for bound in checklist.standards
        for criterion in bound.criteria
    ]
    found.sort(key=lambda one: (not one[0], order.get(one[2].where, len(order))))
    signs = _signs(checklist)
    return tuple(
        _criterion(number, signs.get(standard.number, ""), standard, criterion, checklist, rows)
        for number, (_, standard, criterion) in enumerate(found, start=1)
    )


def _signs(checklist: Checklist) -> dict[str, str]:
    """Sign of each standard that has criteria, by number; none where only one has."""
    numbers = [bound.standard.number for bound in checklist.standards if bound.criteria]
    return dict(zip(numbers, SIGNS, strict=False)) if len(numbers) > 1 else {}


def _standard(standard: Standard, on: datetime.date, sign: str) -> PrintedStandard:
    held = standard.held != "none"
    note = standard.note or (BRING_THE_REST if standard.held == "partial" else "")
    return PrintedStandard(
        sign=sign,
        name=clean(standard.standard),
        number=clean(standard.number),
        since=standard.since.isoformat() if standard.since else "",
        held=HELD_WORDS[standard.held],
        words=clean(_held_words(standard, on) if held else _not_held_words(standard)),
        note=clean(note) if held else "",
    )


def _held_words(standard: Standard, on: datetime.date) -> str:
    days = [_since(standard), f"此前{standard.replaces}" if standard.replaces else ""]
    told = "；".join(filter(None, days))
    return f"检查日{on.isoformat()}适用：{standard.number}《{standard.standard}》" + (
        f"（{told}）" if told else ""
    )


def _not_held_words(standard: Standard) -> str:
    told = "，".join(filter(None, [standard.number, _since(standard)]))
    words = [standard.note] if NOT_HELD in standard.note else [BRING_IT, standard.note]
    return f"《{standard.standard}》（{told}）：{'；'.join(filter(None, words))}"


def _since(standard: Standard) -> str:
    if standard.since:
        return f"{standard.since.isoformat()}起"
    return f"{standard.dated.isoformat()}印发" if standard.dated else ""


def _criterion(
    number: int,
    sign: str,
    standard: Standard,
    criterion: Criterion,
    checklist: Checklist,
    rows: Mapping[str, Row],
) -> PrintedCriterion:
    vocabulary, profile = checklist.library.vocabulary, checklist.profile
    said_to = set(criterion.industries or standard.binds.industries) - vocabulary.shared_industries
    fixed = {name for kind in profile.types for name, value in kind.facts.fixed.items() if value is True}
    own = any(name in kind.industries for kind in profile.types for name in said_to)
    asking = [rows[item] for item in criterion.items if item in rows]
    numbers = sorted(row.number for row in asking)
    unknown = facts_verdict(vocabulary, criterion.applies, profile).unknown
    named = own and (bool(criterion.industries) or not fixed.isdisjoint(criterion.applies))
    return PrintedCriterion(
        number=number,
        standard=clean(standard.number),
        sign=sign,
        article=clean(criterion.article),
        text=clean(criterion.text),
        see=clean(criterion.see),
        where=clean(criterion.where),
        numbers=number_ranges(numbers),
        key=any(row.key for row in asking),
        paper_numbers=number_ranges([one for one in numbers if one <= checklist.on_paper]),
        sure=not unknown,
        own=own,
        named=named,
        one_of_many=not named and any(vocabulary.facts[name].kind == "choice" for name in unknown),
    )


# ---------------------------------------------------------------- what a paper has room for

MOST_ON_PAPER = 30


def criteria_on_paper(criteria: Sequence[PrintedCriterion]) -> tuple[PrintedCriterion, ...]:
    """At most MOST_ON_PAPER, in the order they have: first those said to the trade by name, and those that surely hold.

    What hangs on one of many choices that nobody has made is left to the workbook. Of equals the first case of every point goes before its further ones, ★ before others, and the articles come in turn.
    """
    of_point: Counter[tuple[str, str]] = Counter()
    of_article: Counter[tuple[bool, int, str, str]] = Counter()
    ranked = []
    for criterion in criteria:
        point = criterion.standard, criterion.article.partition("）")[0]
        head = re.match("第[^条]*条|[0-9.]+|.*", criterion.article)
        article = criterion.key, of_point[point], criterion.standard, head[0] if head else ""
        turns = of_point[point], not criterion.key, of_article[article]
        ranked.append((not criterion.own, not (criterion.named or criterion.sure), *turns, criterion.number))
        of_point[point] += 1
        of_article[article] += 1
    likely = {criterion.number for criterion in criteria if not criterion.one_of_many}
    kept = {rank[-1] for rank in [rank for rank in sorted(ranked) if rank[-1] in likely][:MOST_ON_PAPER]}
    return tuple(criterion for criterion in criteria if criterion.number in kept)


def major_legend(standards: Sequence[PrintedStandard], criteria: Sequence[PrintedCriterion]) -> str:
    """What ▲ means to this enterprise."""
    if criteria:
        return "▲ 按判定标准，不符合即疑似重大"
    if standards:
        return "▲ 该标准条文未收录，由人对照原文"
    return "▲ 本类型没有列出判定标准，由人判定"
