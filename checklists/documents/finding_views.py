"""What the templates of papers about hazards see as ``paper``: blank forms, or filled from what came back."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.documents.paper_views import PaperView


@dataclass(frozen=True)
class FindingLine:
    """A hazard as papers print it: ready texts, all of them empty on a line to write on."""

    number: int = 0
    key: str = ""
    """Its 编号 in the ledger; empty of one that no ledger has."""
    mark: str = ""
    """▲ of a major or suspected one."""
    what: str = ""
    """Where and what."""
    item: str = ""
    """Title of the item it comes from."""
    level: str = ""
    criterion: str = ""
    """The article by which it is major."""
    source: str = ""
    finder: str = ""
    found: str = ""
    measure: str = ""
    person: str = ""
    """Department and person who answer for it."""
    money: str = ""
    due: str = ""
    plan: str = ""
    state: str = ""
    """整改中, 待验收, 已验收销号."""
    progress: str = ""
    """The state with its day, and what is overdue."""
    done: str = ""


@dataclass(frozen=True)
class NoticeView(PaperView):
    """整改通知."""

    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class RecheckView(PaperView):
    """复查表."""

    rechecks: tuple[FindingLine, ...]


@dataclass(frozen=True)
class Report:
    """One of the two reports: to whom, and who signs that it came."""

    to: str
    receipt: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class ReportsView(PaperView):
    """重大事故隐患双报告: the same to the authority and to the staff congress."""

    reports: tuple[Report, ...]


@dataclass(frozen=True)
class PostedView(PaperView):
    """隐患公示单."""

    summary: str
    """How many there are of what; empty on a blank form."""
    posted: tuple[FindingLine, ...]


@dataclass(frozen=True)
class Acceptance:
    """A sheet of acceptance: one major hazard, or all the others together."""

    major: bool
    """Whether an authority signs before it is closed."""
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class AcceptancesView(PaperView):
    """隐患验收销号单."""

    sheets: tuple[Acceptance, ...]


@dataclass(frozen=True)
class RewardsView(PaperView):
    """隐患报告奖励登记."""

    rewards: tuple[FindingLine, ...]
