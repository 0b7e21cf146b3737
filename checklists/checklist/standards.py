"""The 判定标准 that bind an enterprise on the day, worded once for every document that prints them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.build import Checklist
from checklists.checklist.numbers import number_ranges
from checklists.models import Criterion, Standard
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
    numbers, signs = {item: row.number for item, row in rows.items()}, _signs(checklist)
    return tuple(
        _criterion(number, key, standard, signs.get(standard.number, ""), criterion, numbers)
        for number, (key, standard, criterion) in enumerate(found, start=1)
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
    key: bool,
    standard: Standard,
    sign: str,
    criterion: Criterion,
    numbers: Mapping[str, int],
) -> PrintedCriterion:
    return PrintedCriterion(
        number=number,
        standard=clean(standard.number),
        sign=sign,
        article=clean(criterion.article),
        text=clean(criterion.text),
        see=clean(criterion.see),
        where=clean(criterion.where),
        numbers=number_ranges([numbers[item] for item in criterion.items if item in numbers]),
        key=key,
    )


# ---------------------------------------------------------------- what a paper has room for

MOST_ON_PAPER = 30


def criteria_on_paper(criteria: Sequence[PrintedCriterion]) -> tuple[PrintedCriterion, ...]:
    """At most MOST_ON_PAPER, in the order they have: those of ★ rows, then in turn one of each 部位."""
    turns: dict[tuple[bool, str], int] = defaultdict(int)
    ranked = []
    for criterion in criteria:
        place = criterion.key, criterion.where
        ranked.append((not criterion.key, turns[place], criterion.number))
        turns[place] += 1
    kept = {number for _, _, number in sorted(ranked)[:MOST_ON_PAPER]}
    return tuple(criterion for criterion in criteria if criterion.number in kept)


def major_legend(standards: Sequence[PrintedStandard], criteria: Sequence[PrintedCriterion]) -> str:
    """What ▲ means to this enterprise."""
    if criteria:
        return "▲ 按判定标准，不符合即疑似重大"
    if standards:
        return "▲ 该标准条文未收录，由人对照原文"
    return "▲ 本类型没有列出判定标准，由人判定"
