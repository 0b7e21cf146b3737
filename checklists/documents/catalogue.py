"""Every kind of document there is, Word and Excel alike, each once.

A new paper is one entry here, one template in ``templates/``, one view function in :mod:`checklists.documents.papers`
and its wordings in ``rules/papers.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from checklists.checklist.build import Appendix
from checklists.checklist.printed import PrintedChecklist
from checklists.documents.comparison import ComparisonView
from checklists.documents.excel.fill import workbook_names
from checklists.documents.excel.rows import REQUIRED_FIELDS
from checklists.documents.excel.sheets import GUIDE
from checklists.documents.excel.view import WorkbookView
from checklists.documents.finding_papers import (
    FINDING_VIEWS,
    acceptances_view,
    notice_view,
    posted_view,
    recheck_view,
    reports_view,
    rewards_view,
)
from checklists.documents.finding_views import (
    AcceptancesView,
    NoticeView,
    PostedView,
    RecheckView,
    ReportsView,
    RewardsView,
)
from checklists.documents.paper_views import (
    CardsView,
    DocumentsView,
    ExamView,
    PaperView,
    PlanView,
    PledgeView,
    PostersView,
    RecordView,
    RegisterView,
)
from checklists.documents.papers import (
    REGISTER,
    Common,
    cards_view,
    common_fields,
    documents_view,
    exam_view,
    owner_view,
    plan_view,
    posters_view,
    record_view,
    register_view,
    staff_view,
)
from checklists.documents.views import APPENDIX, ListView, list_view
from checklists.models import Holder
from checklists.nearest import nearest
from checklists.problems import Position, Refused, problem

WORD, EXCEL = ".docx", ".xlsx"
CHECKLIST, ACROSS, WORKBOOK = "现场检查表", "现场检查表（横版）", "企业自查工作簿"
ALL = "全部"
"""Names all papers at once."""

_IDENTITY = ("enterprise.name", "enterprise.serial", "checklist.edition", "checklist.fingerprint")
_LIST = (*_IDENTITY, "checklist.disclaimer", "row.number", "row.marks", "row.content")
SAME_AS: Mapping[str, tuple[str, ...]] = {
    "enterprise.name": ("enterprise.name_or_line", "enterprise.name_short")
}
"""Field that a paper must print -> what may stand in its place."""
_SPOKEN = {
    "enterprise.name": "单位名称",
    "enterprise.serial": "编号",
    "edition": "规则版",
    "fingerprint": "指纹",
    "disclaimer": "用途声明",
    "row.number": "项号",
    "row.marks": "标记",
    "row.content": "检查内容",
}

Names = Mapping[str, Any]
"""What a template sees, by first name."""


@dataclass(frozen=True, eq=False)
class Document:
    """A kind of document."""

    name: str
    holder: Holder
    purpose: str
    names: Callable[[PrintedChecklist], Names]
    """What its template sees of a checklist."""
    kinds: Mapping[str, type]
    """What these names are; templates are judged by it."""
    prints: tuple[str, ...]
    """Fields without which it does not say what it is, or has nothing to say; all else is the office's."""
    ending: str = WORD
    known_as: str = ""
    """What the finished document is called, where that is not the name of the template."""
    is_paper: bool = False
    """Whether it is one of the other papers."""
    appendix: Appendix = "apart"
    """For a list: where what stays with the enterprise is."""

    @property
    def file(self) -> str:
        """File name of its template."""
        return f"{self.name}{self.ending}"

    @property
    def title(self) -> str:
        """What the finished document is called, and says of itself."""
        return self.known_as or self.name


def _paper(
    name: str,
    holder: Holder,
    purpose: str,
    kind: type[PaperView],
    view: Callable[[Common, PrintedChecklist], PaperView],
    table: str,
) -> Document:
    """One of the other papers; ``table``: the field without which it is empty."""
    of_many = kind is RegisterView
    identity = ("paper.edition",) if of_many else _IDENTITY
    return Document(
        name,
        holder,
        purpose,
        names=lambda printed: {
            "paper": view(common_fields(name, holder, printed), printed),
            "checklist": list_view(printed),
        },
        kinds={"paper": kind, "checklist": ListView},
        prints=(*identity, "paper.disclaimer", f"paper.{table}"),
        is_paper=True,
    )


def _list(name: str, purpose: str) -> Document:
    return Document(
        name,
        "agency",
        purpose,
        names=lambda printed: {"checklist": list_view(printed)},
        kinds={"checklist": ListView},
        prints=_LIST,
        known_as=CHECKLIST,
    )


DOCUMENTS: dict[str, Document] = {
    document.name: document
    for document in (
        _list(CHECKLIST, "检查人员现场用的检查表，竖版"),
        _list(ACROSS, "同上，横版（--landscape）"),
        Document(
            APPENDIX,
            "enterprise",
            "检查表的另一半，留给企业：不符合怎么改、依据原文、术语、未列入的项",
            names=lambda printed: {"checklist": list_view(printed)},
            kinds={"checklist": ListView},
            prints=(*_IDENTITY, "checklist.disclaimer"),
        ),
        Document(
            WORKBOOK,
            "enterprise",
            "企业自查和隐患台账，一个月一份",
            names=workbook_names,
            kinds={"checklist": WorkbookView},
            prints=tuple(name for name in REQUIRED_FIELDS[GUIDE] if not name.startswith("row.")),
            ending=EXCEL,
        ),
        _paper(
            "现场检查方案",
            "agency",
            "去之前：查哪里、查几项、带什么，审核批准",
            PlanView,
            plan_view,
            "stops",
        ),
        _paper(
            "现场检查记录",
            "agency",
            "查之后：逐部位记下看到什么，双方签名（记录底稿）",
            RecordView,
            record_view,
            "stops",
        ),
        _paper(
            "备查资料清单",
            "agency",
            "到场先交给企业或随方案送去：要看哪些资料",
            DocumentsView,
            documents_view,
            "documents",
        ),
        _paper(
            "现场抽考记录表",
            "agency",
            "当场考 5 人，每人 3 题，题目出自问人员、抽考的检查项",
            ExamView,
            exam_view,
            "questions",
        ),
        _paper(
            "整改通知",
            "agency",
            "查出问题当场填写：问题、整改要求、期限，双方签名；也可由汇总的隐患填好",
            NoticeView,
            notice_view,
            "lines",
        ),
        _paper(
            "复查表",
            "agency",
            "到期复查：没有销号的逐条写整改情况，双方签名；也可由汇总的隐患填好",
            RecheckView,
            recheck_view,
            "rechecks",
        ),
        _paper(
            "重大事故隐患双报告",
            "enterprise",
            "重大事故隐患向监管部门、职工代表大会各报一份，写明判定依据；也可由汇总的隐患填好",
            ReportsView,
            reports_view,
            "reports",
        ),
        _paper(
            "隐患公示单",
            "enterprise",
            "张贴：没有销号的隐患、谁负责、什么时候改好；也可由汇总的隐患填好",
            PostedView,
            posted_view,
            "posted",
        ),
        _paper(
            "隐患验收销号单",
            "enterprise",
            "改好之后：企业负责人、验收组、挂牌的政府或部门依次签字，再销号；也可由汇总的隐患填好",
            AcceptancesView,
            acceptances_view,
            "sheets",
        ),
        _paper(
            "隐患报告奖励登记",
            "enterprise",
            "员工报告隐患、核实、奖励的登记；也可由汇总的隐患填好",
            RewardsView,
            rewards_view,
            "rewards",
        ),
        _paper(
            "班组日查卡",
            "enterprise",
            "一个部位一张，贴在岗位上，31 天逐日打勾",
            CardsView,
            cards_view,
            "cards",
        ),
        _paper(
            "安全风险告知卡",
            "enterprise",
            "一个部位一张 A4 张贴：▲ 项出了问题马上怎么办",
            PostersView,
            posters_view,
            "posters",
        ),
        _paper(
            "承诺书（主要负责人）",
            "enterprise",
            "主要负责人签署并公示的履职尽责承诺",
            PledgeView,
            owner_view,
            "points",
        ),
        _paper("承诺书（员工）", "enterprise", "员工签署的岗位安全承诺", PledgeView, staff_view, "points"),
        _paper(
            REGISTER,
            "agency",
            "乡镇、部门发放和收回自查表的登记",
            RegisterView,
            register_view,
            "pages",
        ),
    )
}
FROM_FINDINGS: dict[str, Document] = {name: DOCUMENTS[name] for name in FINDING_VIEWS}
"""Papers that the hazards which came back can fill."""
COMPARISON = Document(
    "修订对照表",
    "agency",
    "两份通知逐句对照：新增、取消、加严、放宽 …（checklists notices diff --word）",
    names=lambda printed: {},
    kinds={"comparison": ComparisonView},
    prints=("comparison.rows",),
)
"""Made of two notices, and of no checklist."""
PAPERS: dict[str, Document] = {name: document for name, document in DOCUMENTS.items() if document.is_paper}


def usual_documents(*, landscape: bool = False, appendix: Appendix = "apart") -> tuple[Document, ...]:
    """What is made when nothing else is asked for: the inspector's checklist, the workbook and what stays behind."""
    list_and_book = list_document(landscape=landscape, appendix=appendix), DOCUMENTS[WORKBOOK]
    return (*list_and_book, DOCUMENTS[APPENDIX]) if appendix == "apart" else list_and_book


def asked_documents(
    names: Sequence[str], *, landscape: bool = False, appendix: Appendix = "apart"
) -> tuple[Document, ...]:
    """Documents by name as the options want the list; the usual ones where nothing is named. Raises Refused."""
    if not names:
        return usual_documents(landscape=landscape, appendix=appendix)
    lists = {
        name: list_document(landscape=landscape or name == ACROSS, appendix=appendix)
        for name in (CHECKLIST, ACROSS)
    }
    found = (lists.get(one.name, one) for one in documents_named(names))
    return tuple({one.title: one for one in found}.values())


@cache
def list_document(*, landscape: bool, appendix: Appendix) -> Document:
    """The inspector's checklist, upright or across, with or without what stays with the enterprise."""
    document = DOCUMENTS[ACROSS if landscape else CHECKLIST]
    if appendix == "apart":
        return document
    return replace(
        document, names=lambda printed: {"checklist": list_view(printed, appendix)}, appendix=appendix
    )


def documents_named(names: Sequence[str]) -> list[Document]:
    """Documents by name, with or without the ending, each once; 全部: all the other papers.

    Raises Refused with the nearest names for one there is not.
    """
    bare = [name.removesuffix(WORD).removesuffix(EXCEL) for name in names]
    unknown = [name for name in bare if name not in DOCUMENTS and name != ALL]
    if unknown:
        listed = f"可用：{'、'.join(DOCUMENTS)}。"
        raise Refused(
            [
                problem(
                    "document-unknown", Position("命令行"), name=name, hint=nearest(name, DOCUMENTS) or listed
                )
                for name in unknown
            ],
            exit_code=2,
        )
    wanted = [one for name in bare for one in (PAPERS if name == ALL else (name,))]
    return [DOCUMENTS[name] for name in dict.fromkeys(wanted)]


def spoken(fields: Sequence[str]) -> str:
    """Fields as a message names them: 「单位名称 enterprise.name」「编号 enterprise.serial」."""
    words = (_SPOKEN.get(name) or _SPOKEN.get(name.partition(".")[2], "") for name in fields)
    return "".join(f"「{f'{word} {name}'.strip()}」" for word, name in zip(words, fields, strict=True))
