"""Answers that look like paper work: questions with their cells, for whoever goes there next. They are no verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from checklists.documents.excel.sheets import ASIDE, FIT, UNFIT
from checklists.returns.collect import Collected
from checklists.returns.hazards import Hazard
from checklists.returns.merged import Source
from checklists.returns.returned import Answer, Return
from checklists.text import squeeze

FEW = 10
"""Answers of a month below which nothing is asked of them as a whole."""
MANY_ASIDE = 0.5
"""Share of 不涉及 from which it is asked about."""
SAME_TEXTS = 5
"""How often one text stands beside different items before it is asked about."""
MOST_CELLS = 8


class Doubt(NamedTuple):
    """A question about one file, with the cells it comes from."""

    firm: str
    month: str
    question: str
    file: str
    sheet: str
    cells: str


def doubts(collected: Collected) -> list[Doubt]:
    """Questions about every file, in the order of enterprises and months."""
    open_ = _by_file(collected.hazards)
    return [
        Doubt(firm.firm.name or firm.key, source.returned.month, question, source.path, sheet, cells)
        for firm in collected.firms
        for source in firm.sources
        for question, sheet, cells in _of_file(source, firm.sources, open_.get(source.path, ()))
    ]


def _by_file(hazards: Iterable[Hazard]) -> dict[str, list[Hazard]]:
    found: dict[str, list[Hazard]] = {}
    for hazard in hazards:
        found.setdefault(hazard.path, []).append(hazard)
    return found


Asked = tuple[str, str, str]


def _of_file(source: Source, all_: Sequence[Source], hazards: Sequence[Hazard]) -> Iterator[Asked]:
    checks = [one for one in source.returned.answers if one.kind == "check" and one.result]
    yield from _all_well(checks)
    yield from _many_aside(checks)
    yield from _same_text(checks)
    yield from _aside_without_reason(checks)
    yield from _as_last_month(source, all_)
    yield from _shut_unseen(hazards)
    yield from _not_registered(hazards)


def _cells(answers: Sequence[Answer]) -> tuple[str, str]:
    more = "等" if len(answers) > MOST_CELLS else ""
    return answers[0].sheet, "、".join(one.cell for one in answers[:MOST_CELLS]) + more


def _all_well(checks: Sequence[Answer]) -> Iterator[Asked]:
    asked = [one for one in checks if one.result != ASIDE]
    days = {one.day for one in asked}
    if len(asked) >= FEW and all(one.result == FIT for one in asked) and len(days) == 1:
        (day,) = days
        when = f"都在 {day} 一天查" if day else "都没有写检查日期"
        yield f"{len(asked)} 项全部符合，{when}：是逐项到现场看的吗？", *_cells(asked)


def _many_aside(checks: Sequence[Answer]) -> Iterator[Asked]:
    aside = [one for one in checks if one.result == ASIDE]
    if len(checks) >= FEW and len(aside) / len(checks) >= MANY_ASIDE:
        yield f"{len(checks)} 项里 {len(aside)} 项填不涉及：本单位真的没有这些？", *_cells(aside)


def _same_text(checks: Sequence[Answer]) -> Iterator[Asked]:
    texts: dict[str, list[Answer]] = {}
    for one in checks:
        if one.fact:
            texts.setdefault(squeeze(one.fact), []).append(one)
    for same in texts.values():
        if len({one.item for one in same}) >= SAME_TEXTS:
            yield f"{len(same)} 项写的情况一字不差（“{same[0].fact[:20]}”）：各是什么事实？", *_cells(same)


def _aside_without_reason(checks: Sequence[Answer]) -> Iterator[Asked]:
    bare = [one for one in checks if one.result == ASIDE and not one.fact]
    if len(bare) >= FEW:
        yield f"{len(bare)} 项填不涉及没有写理由：为什么不涉及？", *_cells(bare)
    unfit = [one for one in checks if one.result == UNFIT and not one.fact]
    if unfit:
        yield f"{len(unfit)} 项不符合没有写事实：在哪里、多少、什么样？", *_cells(unfit)


def _as_last_month(source: Source, all_: Sequence[Source]) -> Iterator[Asked]:
    """The same answers to the letter as in the month before, facts and all."""
    before = [one for one in all_ if one.returned.month < source.returned.month]
    if not before or not source.returned.answers:
        return
    mine, theirs = _said(source.returned), _said(before[-1].returned)
    facts = [one for one in source.returned.answers if one.kind == "check" and one.fact]
    if len(mine) >= FEW and mine == theirs and facts:
        yield f"与 {before[-1].returned.month} 的结果和情况一字不差：是这个月重新查的吗？", *_cells(facts)


def _said(returned: Return) -> Mapping[str, tuple[str, str]]:
    return {one.item: (one.result, squeeze(one.fact)) for one in returned.answers if one.kind == "check"}


def _shut_unseen(hazards: Sequence[Hazard]) -> Iterator[Asked]:
    rows = [one for one in hazards if one.registered]
    no_day = [one for one in rows if not one.is_open and one.checked is None]
    if no_day:
        yield f"{len(no_day)} 条写已验收销号，没有验收日期：谁在哪天验收的？", *_rows(no_day)
    no_name = [one for one in rows if not one.is_open and not one.checker]
    if no_name:
        yield f"{len(no_name)} 条已销号，没有写验收人：谁验收的？", *_rows(no_name)
    own = [one for one in rows if not one.is_open and one.checker and one.checker == one.person]
    if own:
        yield f"{len(own)} 条的验收人就是整改责任人：另有人看过吗？", *_rows(own)
    days = Counter(one.checked for one in rows if one.checked)
    for day, count in days.items():
        if count >= FEW:
            same = [one for one in rows if one.checked == day]
            yield f"{count} 条在 {day} 一天验收：都到现场看过吗？", *_rows(same)


def _not_registered(hazards: Sequence[Hazard]) -> Iterator[Asked]:
    loose = [one for one in hazards if not one.registered]
    if loose:
        yield f"{len(loose)} 项查为不符合或疑似，没有登隐患台账：为什么没有登？", *_rows(loose)


def _rows(hazards: Sequence[Hazard]) -> tuple[str, str]:
    more = "等" if len(hazards) > MOST_CELLS else ""
    return hazards[0].sheet, "、".join(one.cell for one in hazards[:MOST_CELLS]) + more
