"""The other papers of one enterprise: plan and record of a visit, documents to have ready, questions, daily cards,
risk posters, pledges, and the clerk's register. Each is filled from the same checklist, so its numbers, edition,
serial and fingerprint are those of the checklist it goes with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from checklists.checklist.build import Checklist
from checklists.documents.claims import with_claims
from checklists.documents.fields import EnterpriseFields, clean, mark
from checklists.documents.papers_bases import ASKED_BY
from checklists.documents.papers_context import (
    CardsContext,
    DocumentsContext,
    ExamContext,
    PaperContext,
    PlanContext,
    PledgeContext,
    PostersContext,
    RecordContext,
    RegisterContext,
    RegisterEntry,
)
from checklists.documents.papers_pledges import owner_points, staff_points
from checklists.documents.papers_rows import (
    DAYS,
    cards,
    documents,
    exam_questions,
    own_lines,
    posters,
    register_pages,
    stops,
    ways,
)
from checklists.documents.word.context import word_context
from checklists.documents.word.fill import ENTERPRISE, fill_parts, word_claims
from checklists.models import Basis
from checklists.nearest import nearest
from checklists.places import binds_at
from checklists.problems import Position, Refused, problem
from checklists.rules.citation import full_reference

ALL = "全部"
DRAFT = {
    "agency": "工作用稿，正式执法文书以本机关格式为准",
    "enterprise": "工作用稿，主管部门有统一格式的，以其格式为准",
}
DISCLAIMER = (
    "本稿依据政府安全生产工作通知编制，供检查提示和企业自查；作出行政处罚须另行援引法律、法规、规章条款。"
)


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its name, who keeps it, what it is for, what its template sees."""

    name: str
    holder: Literal["agency", "enterprise"]
    purpose: str
    sees: type[PaperContext]
    table: str
    """The field that a template has to print, or the paper is empty."""
    told: Callable[[Checklist], dict[str, Any]]
    """What the template sees beyond what every paper prints."""

    @property
    def file(self) -> str:
        """File name of its template."""
        return f"{self.name}.docx"


def _plan(checklist: Checklist) -> dict[str, Any]:
    rows = checklist.paper_rows
    return {"ways": ways(rows), "stops": stops(rows)}


def _record(checklist: Checklist) -> dict[str, Any]:
    return {"stops": stops(checklist.paper_rows)}


def _documents(checklist: Checklist) -> dict[str, Any]:
    shown = documents(checklist.paper_rows)
    rest = len(documents(checklist.rows)) - len(shown)
    return {"documents": shown, "rest": rest, "own_lines": own_lines(len(shown))}


def _exam(checklist: Checklist) -> dict[str, Any]:
    return {"questions": exam_questions(checklist)}


def _cards(checklist: Checklist) -> dict[str, Any]:
    return {"days": tuple(range(1, DAYS + 1)), "cards": cards(checklist)}


def _posters(checklist: Checklist) -> dict[str, Any]:
    return {"posters": posters(checklist.rows)}


def _register(checklist: Checklist) -> dict[str, Any]:
    entry = RegisterEntry(
        mark("name"),
        clean("、".join(checklist.profile.type_names)),
        f"{len(checklist.rows)}",
        mark("serial"),
    )
    return {**_register_edition(checklist), "pages": register_pages([("", [entry])])}


def _register_edition(checklist: Checklist) -> dict[str, Any]:
    on = checklist.on
    return {
        "on": f"{on.year}年{on.month}月{on.day}日",
        "on_iso": on.isoformat(),
        "edition": clean(checklist.edition),
    }


PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper(
            "现场检查方案", "agency", "去之前：查哪里、查几项、带什么，审核批准", PlanContext, "stops", _plan
        ),
        Paper(
            "现场检查记录",
            "agency",
            "查之后：逐部位记下看到什么，双方签名（记录底稿）",
            RecordContext,
            "stops",
            _record,
        ),
        Paper(
            "备查资料清单",
            "agency",
            "到场先交给企业或随方案送去：要看哪些资料",
            DocumentsContext,
            "documents",
            _documents,
        ),
        Paper(
            "现场抽考记录表",
            "agency",
            "当场考 5 人，每人 3 题，题目出自问人员、抽考的检查项",
            ExamContext,
            "questions",
            _exam,
        ),
        Paper(
            "班组日查卡",
            "enterprise",
            "一个部位一张，贴在岗位上，31 天逐日打勾",
            CardsContext,
            "cards",
            _cards,
        ),
        Paper(
            "安全风险告知卡",
            "enterprise",
            "一个部位一张 A4 张贴：▲ 项出了问题马上怎么办",
            PostersContext,
            "posters",
            _posters,
        ),
        Paper(
            "承诺书（主要负责人）",
            "enterprise",
            "主要负责人签署并公示的履职尽责承诺",
            PledgeContext,
            "points",
            owner_points,
        ),
        Paper(
            "承诺书（员工）", "enterprise", "员工签署的岗位安全承诺", PledgeContext, "points", staff_points
        ),
        Paper(
            "自查表发放回收登记",
            "agency",
            "乡镇、部门发放和收回自查表的登记",
            RegisterContext,
            "pages",
            _register,
        ),
    )
}


def papers_named(names: Sequence[str]) -> list[Paper]:
    """The papers by name, 全部 for all. Raises Refused for a name there is not, with the nearest ones."""
    unknown = [name for name in names if name not in PAPERS and name != ALL]
    if unknown:
        place = Position("命令行")
        listed = "、".join(PAPERS)
        raise Refused(
            [
                problem("paper-unknown", place, name=name, hint=nearest(name, PAPERS) or f"可用：{listed}。")
                for name in unknown
            ],
            exit_code=2,
        )
    chosen = list(PAPERS) if ALL in names else list(dict.fromkeys(names))
    return [PAPERS[name] for name in chosen]


def fill_paper(template: Path, paper: Paper, checklist: Checklist) -> dict[str, bytes]:
    """Package parts of one paper by name, the enterprise left open as marks, ready for a plate.

    Raises Refused for a template that is missing, damaged or wrong.
    """
    parts = fill_parts(template, paper_fields(paper, checklist), checklist.on)
    return with_claims(parts, word_claims(parts, checklist, paper.name, template))


def paper_fields(paper: Paper, checklist: Checklist) -> dict[str, Any]:
    """What the paper's template sees, by name."""
    return {
        "paper": paper.sees(**_common(paper, checklist), **paper.told(checklist)),
        "checklist": word_context(checklist),
        ENTERPRISE: EnterpriseFields(),
    }


def _common(paper: Paper, checklist: Checklist) -> dict[str, Any]:
    return {
        "title": paper.name,
        "draft": DRAFT[paper.holder],
        "disclaimer": DISCLAIMER,
        "bases": tuple(
            clean(full_reference(basis, checklist.library.notices))
            for basis in binding(paper.name, checklist)
        ),
    }


def binding(name: str, checklist: Checklist) -> list[Basis]:
    """The notices' words that ask for the paper, newest first: those that bind at the place on the day."""
    notices, places = checklist.library.notices, checklist.profile.places
    return [
        basis
        for basis in ASKED_BY[name]
        if basis.notice in notices
        and binds_at(notices[basis.notice].place, places)
        and notices[basis.notice].since <= checklist.on
    ]


def fill_register(
    template: Path, towns: Sequence[tuple[str, Sequence[RegisterEntry]]], checklist: Checklist
) -> dict[str, bytes]:
    """The register of a whole batch, each 乡镇 on pages of its own; ``checklist`` gives day, edition and notices."""
    paper = PAPERS["自查表发放回收登记"]
    pages = register_pages([(town, tuple(map(_cleaned, entries))) for town, entries in towns])
    seen = RegisterContext(**_common(paper, checklist), **_register_edition(checklist), pages=pages)
    parts = fill_parts(template, {"paper": seen, ENTERPRISE: EnterpriseFields()}, checklist.on)
    return with_claims(parts, word_claims(parts, checklist, paper.name, template), of_one=False)


def _cleaned(entry: RegisterEntry) -> RegisterEntry:
    return RegisterEntry(clean(entry.name), clean(entry.types), clean(entry.items), clean(entry.serial))
