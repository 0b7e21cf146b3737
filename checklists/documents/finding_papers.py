"""Papers about hazards: which of the rows that are handed in stand on which paper. Without rows they are blank forms.

The rows are plain values that whoever gathered the hazards hands in; nothing here knows where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from checklists.checklist.printed import PrintedChecklist
from checklists.documents.finding_views import (
    Acceptance,
    AcceptancesView,
    FindingLine,
    NoticeView,
    PostedView,
    RecheckView,
    Report,
    ReportsView,
    RewardsView,
)
from checklists.documents.paper_views import PaperView
from checklists.documents.papers import Common
from checklists.text import clean

OPEN, WAITING, SHUT = "整改中", "待验收", "已验收销号"
MAJOR = "重大"
BY_PEOPLE = ("员工报告", "举报")
NO_CRITERION = "依据待核"
"""What stands where a major hazard's article is not told."""
NOTICE_LINES, RECHECK_LINES, POSTED_LINES, SHEET_LINES, REWARD_LINES = 6, 7, 9, 7, 14
"""Lines of a form that fit on its page, written by hand or not; more take a further page."""
REPORTED_TO = (
    ("负有安全生产监督管理职责的部门", "部门签收"),
    ("本单位职工代表大会（职工）", "职工代表签收"),
)
LONGEST = 400
"""Letters of a text that stands on a paper; the ledger has the whole."""

Lines = Sequence[FindingLine]
Choice = Callable[[FindingLine], bool]


def chosen(lines: Lines, choice: Choice) -> tuple[FindingLine, ...]:
    """The lines that stand on a paper, their texts made fit for print."""
    return tuple(_fit(line) for line in lines if choice(line))


def _fit(line: FindingLine) -> FindingLine:
    told = {field.name: getattr(line, field.name) for field in fields(line)}
    texts: dict[str, Any] = {
        name: _short(clean(text)) for name, text in told.items() if isinstance(text, str)
    }
    return replace(line, **texts)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（全文见台账）"


def _lines(lines: Lines, least: int) -> tuple[FindingLine, ...]:
    """The lines numbered from 1, and empty ones to fill the page."""
    filled = [*lines, *[FindingLine()] * (least - len(lines))]
    return tuple(replace(line, number=number) for number, line in enumerate(filled, start=1))


def is_open(line: FindingLine) -> bool:
    """Not rectified yet."""
    return line.state == OPEN


def is_not_shut(line: FindingLine) -> bool:
    """Not closed by an acceptance."""
    return line.state != SHUT


def is_major(line: FindingLine) -> bool:
    """Major, and not closed."""
    return line.level == MAJOR and is_not_shut(line)


def is_waiting(line: FindingLine) -> bool:
    """Rectified, and not accepted."""
    return line.state == WAITING


def is_reported(line: FindingLine) -> bool:
    """Reported by somebody whose task it was not to look for it."""
    return line.source in BY_PEOPLE


def notice_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> NoticeView:
    """整改通知: what has to be put right and by when; blank, it is written by hand with the numbers of the list's rows."""
    return NoticeView(**common, lines=_lines(lines, NOTICE_LINES))


def recheck_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> RecheckView:
    """复查表: what is open, and room for what is seen of it."""
    return RecheckView(**common, rechecks=_lines(lines, RECHECK_LINES))


def reports_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> ReportsView:
    """重大事故隐患双报告: the same lines twice, each with its article."""
    told = [replace(line, criterion=line.criterion or NO_CRITERION) for line in lines] or [FindingLine()]
    numbered = _lines(told, 1)
    return ReportsView(**common, reports=tuple(Report(to, receipt, numbered) for to, receipt in REPORTED_TO))


def posted_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> PostedView:
    """隐患公示单: what is open, major ones first."""
    ordered = sorted(lines, key=lambda line: line.level != MAJOR)
    return PostedView(**common, summary=_summary(ordered), posted=_lines(ordered, POSTED_LINES))


def _summary(lines: Lines) -> str:
    if not lines:
        return ""
    states = [line.state for line in lines]
    majors = sum(line.level == MAJOR for line in lines)
    return (
        f"没有销号的隐患 {len(lines)} 条，其中重大 {majors} 条；"
        f"整改中 {states.count(OPEN)} 条，待验收 {states.count(WAITING)} 条。"
    )


def acceptances_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> AcceptancesView:
    """隐患验收销号单: a sheet each major hazard, one for all others; blank, one of each."""
    major = [line for line in lines if line.level == MAJOR]
    rest = [line for line in lines if line.level != MAJOR]
    if not lines:
        sheets = [Acceptance(True, _lines((), 1)), Acceptance(False, _lines((), SHEET_LINES))]
    else:
        sheets = [Acceptance(True, _lines([line], 1)) for line in major]
        sheets += [Acceptance(False, _lines(rest, SHEET_LINES))] if rest else []
    return AcceptancesView(**common, sheets=tuple(sheets))


def rewards_view(common: Common, printed: PrintedChecklist, lines: Lines = ()) -> RewardsView:
    """隐患报告奖励登记: who found what; what it is worth is the enterprise's to say."""
    return RewardsView(**common, rewards=_lines(lines, REWARD_LINES))


FINDING_VIEWS: Mapping[str, tuple[Callable[[Common, PrintedChecklist, Lines], PaperView], Choice]] = {
    "整改通知": (notice_view, is_open),
    "复查表": (recheck_view, is_not_shut),
    "重大事故隐患双报告": (reports_view, is_major),
    "隐患公示单": (posted_view, is_not_shut),
    "隐患验收销号单": (acceptances_view, is_waiting),
    "隐患报告奖励登记": (rewards_view, is_reported),
}
"""Papers that hazards fill: their view, and which hazards stand on them."""
