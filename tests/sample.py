"""A checklist to fill templates with: items in the words of the trade, on the notices and closed lists as shipped."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checklists.checklist.build import Checklist, build_checklist
from checklists.checklist.printed import printed
from checklists.documents.catalogue import DOCUMENTS, usual_documents
from checklists.documents.make import filled, finished_documents, printing_of
from checklists.models import Enterprise, FactValue, Item, Notice, Term, Vocabulary
from checklists.notices.catalogue import load_notices
from checklists.rules.citation import cited
from checklists.rules.library import Library
from checklists.rules.papers import load_papers
from checklists.rules.vocabulary import load_vocabulary
from checklists.selection.select import select
from tests.marks import standard_of, starred

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 22)

# id, title, content, standard, where, how, evidence, rectify, support, marks, every, bases (notice, clause, says, quote)
ITEMS: tuple[tuple[Any, ...], ...] = (
    (
        "gas-use-alarm",
        "燃气报警装置",
        "各用气点的可燃气体报警装置试报警有效",
        "厨房、瓶组间、燃气表间逐处看：有装置、通电，按测试键能报警；一处缺失或不响即不符合",
        "厨房",
        ["看现场", "测试"],
        "装置位置照片、检定或校准记录",
        "停止用气，补装或修复、试报警有效后再用",
        "明确专人每日巡检，检定费用列支",
        "★▲",
        "shift",
        (
            (
                "shanxi-2026",
                "三/（十一）/6",
                "urges",
                "紧盯商住混合体、餐饮等人员密集场所，推动安装燃气泄漏报警器等防护设施",
            ),
            (
                "shanxi-2022",
                "二/9/燃气",
                "requires",
                "餐饮等行业生产经营单位使用燃气的，必须安装可燃气体报警装置",
            ),
            (
                "yangcheng-2022",
                "二/8/燃气",
                "requires",
                "餐饮等行业生产经营单位使用燃气的，必须安装可燃气体报警装置",
            ),
        ),
    ),
    (
        "gas-use-cylinders-from-contracted-supplier",
        "气瓶来源",
        "在用液化气瓶均有签约供气单位的充装标识",
        "逐瓶看瓶身标识或扫追溯码，与供气合同、最近配送单一致；无标识或对不上即不符合",
        "瓶组间",
        ["看现场", "查资料"],
        "瓶身标识照片、供气合同、配送单",
        "立即停用，由有证供气单位收换，来源线索报燃气主管部门",
        "只与一家有证单位签约，每次换瓶有人验收签字",
        "★",
        "week",
        (
            ("shanxi-2026", "三/（十一）/6", "targets", "严肃整治液化气站违规充装和“黑气、黑瓶、黑窝点”"),
            (
                "shanxi-2025",
                "四/（十一）",
                "targets",
                "着力解决燃气老旧管网带病运行、第三方盲目施工破坏以及气、瓶、阀、管、灶等方面问题",
            ),
            (
                "jiaocheng-2025",
                "四/11/建筑施工及燃气方面",
                "forbids",
                "坚决杜绝私接私改、使用燃气灶具不规范、使用不合格气瓶等问题",
            ),
        ),
    ),
    (
        "fire-exits-open-in-business-hours",
        "安全出口畅通",
        "营业期间安全出口无锁闭、无遮挡",
        "每层逐个推门：不用钥匙能开到位，门内外无货柜、展台、围挡；一处不通即不符合",
        "楼层与出口",
        ["看现场", "测试"],
        "锁闭、遮挡处照片（写明楼层和出口编号）",
        "当场开锁清障；恢复前停止该区域营业",
        "每日开业前由楼层值班员逐门推试并签字",
        "★▲",
        "shift",
        (
            (
                "shanxi-2026",
                "三/（十一）/7",
                "forbids",
                "严肃查处违规使用易燃可燃装修材料、占堵生命通道、封闭安全出口、违规动火作业等突出问题",
            ),
            ("shanxi-2015", "五/消防", "targets", "消防安全出口、疏散通道堵塞封闭"),
        ),
    ),
    (
        "lift-over-15-years-renewal-plan",
        "老旧电梯更新改造",
        "使用满15年的电梯逐台有更新改造安排",
        "按台账算投用年数；满15年的逐台写明更新或改造、完成时间、经费来源，有负责人签字",
        "资料",
        ["查资料"],
        "电梯台账、更新改造计划、轿厢使用标志照片",
        "限期补定安排；定下前加密维保和自查",
        "维修资金或年度预算列支；多产权楼明确牵头单位",
        "",
        "month",
        (
            (
                "shanxi-2025",
                "五/（十四）",
                "urges",
                "推动使用15年以上老旧电梯更新改造",
            ),
        ),
    ),
    (
        "gas-use-video-analysis",
        "视频智能分析",
        "视频智能分析系统在用",
        "在站房当场调出：系统在线，查得到近7天报警记录",
        "控制室／监控室",
        ["查系统"],
        "系统首页、报警记录截图（带日期），安装验收单",
        "限期安装或修复；期间当班人员定时巡查签字",
        "列入年度安全费用，明确报警处置人",
        "",
        "month",
        (("shanxi-2025", "五/（十三）", "urges", "推动企业完成风险监测预警系统建设工作"),),
    ),
    (
        "fire-alarms-handled-same-day",
        "报警处置",
        "消防控制室报警当日逐条有处置结果",
        "抽近7天报警：每条有处置人、时间、结果；无报警的核对主机未断线",
        "消防控制室",
        ["查系统", "问人员"],
        "报警处置记录导出件",
        "补处置、约谈值班人员；离线设备停用修复",
        "控制室每班有人，处置情况纳入考核",
        "★",
        "shift",
        (
            (
                "shanxi-2024",
                "三/（十七）",
                "targets",
                "电气线路老化、消防设施短缺损坏、封闭安全出口等环节",
            ),
        ),
    ),
    (
        "general-owner-pledge",
        "履职承诺公示",
        "主要负责人签署并公示了本年度安全履职承诺书",
        "看原件和公示处：本年日期、亲笔签名、员工能看到；缺一即不符合",
        "资料",
        ["查资料", "看现场"],
        "签署的承诺书、公示照片",
        "五日内签署并公示，报主管部门",
        "由安全管理机构每年一月组织签署",
        "",
        "quarter",
        (("shanxi-2025", "三/（八）", "requires", "主要负责人安全生产履职尽责承诺"),),
    ),
    (
        "general-double-report-trace",
        "双报告留痕",
        "上年查出的重大隐患均有双报告记录",
        "抽3条重大隐患：报部门回执、职代会记录、公示照片三样齐；无重大隐患的看排查记录",
        "资料",
        ["查资料"],
        "双报告回执、职代会记录、公示照片",
        "补报并公示，说明迟报原因",
        "",
        "▲",
        "month",
        (
            (
                "shanxi-2018",
                "三/（九）",
                "requires",
                "重大隐患排查整改情况向负有安全监管职责的部门和职代会双报告，并在企业内部醒目位置公示",
            ),
        ),
    ),
)


@cache
def _shipped() -> tuple[Vocabulary, Mapping[str, Notice]]:
    vocabulary, problems = load_vocabulary(ROOT / "rules")
    assert vocabulary is not None, problems
    notices, problems = load_notices(ROOT / "seeds")
    assert not problems, problems
    return vocabulary, cited(notices, vocabulary.short_names)


def sample_items() -> Iterator[Item]:
    """The items above, and after them again and again with another id and a number in the wording."""
    turn = 0
    while True:
        turn += 1
        for row in ITEMS:
            yield _item(row, turn)


def _item(row: tuple[Any, ...], turn: int) -> Item:
    name, title, content, standard, where, how, evidence, rectify, support, _, every, bases = row
    return Item.model_validate(
        {
            "id": name if turn == 1 else f"{name}-{turn}",
            "industry": "fire" if name.startswith("fire") else "general",
            "title": title,
            "content": content if turn == 1 else f"{content}（第{turn}处）",
            "standard": standard,
            "where": where,
            "how": how,
            "evidence": evidence,
            "rectify": rectify,
            "support": support,
            "category": "基础管理" if where == "资料" else "现场管理",
            "departments": ["应急", "消防"],
            "every": every,
            "basis": [
                dict(zip(("notice", "clause", "says", "quote"), basis, strict=True)) for basis in bases
            ],
        }
    )


def _marked(mark: str, items: Sequence[Item]) -> list[str]:
    """Ids of the items that are to have the mark, those with a number behind included."""
    named = [row[0] for row in ITEMS if mark in row[9]]
    return [item.id for item in items if re.sub("-[0-9]+$", "", item.id) in named]


def sample_checklist(
    rows: int = 25,
    *,
    name: str = "阳城县某某商贸有限公司某某饭店",
    types: tuple[str, ...] = ("餐饮用气单位",),
    place: str = "阳城县",
    facts: Mapping[str, FactValue] | None = None,
    asks: int = 0,
    every: tuple[str, ...] = ("shift", "week", "month", "quarter"),
    on: datetime.date = DAY,
    most: int | None = None,
    terms: tuple[Term, ...] = (),
    **particulars: str,
) -> Checklist:
    """A checklist of ``rows`` rows; the last ``asks`` of them hang on an unknown fact (地下或半地下用气).

    ``every`` keeps only items of those levels.
    """
    vocabulary, notices = _shipped()
    items: list[Item] = []
    for item in sample_items():
        if len(items) == rows:
            break
        if item.every in every and any(notices[basis.notice].place == "山西省" for basis in item.basis):
            hanging = len(items) >= rows - asks
            items.append(item.model_copy(update={"applies": {"basement": True}}) if hanging else item)
    enterprise = Enterprise(name=name, place=place, types=types, facts=dict(facts or {}), **particulars)
    library = Library(
        tuple(items),
        notices,
        starred(vocabulary, *_marked("★", items)),
        papers=load_papers(ROOT / "rules")[0],
        standards=(standard_of(vocabulary, _marked("▲", items)),),
    )
    selection = select(library, enterprise, on)
    return build_checklist(library, selection, edition="2026.11.22", terms=terms, most=most)


TEMPLATES = ROOT / "templates"


def filled_parts(name: str, checklist: Checklist, template: Path | None = None) -> dict[str, bytes]:
    """Package parts of a document by the name of its kind, from the shipped template or another."""
    document = DOCUMENTS[name]
    return filled(printing_of(document, printed(checklist), template or TEMPLATES / document.file))


def finished(
    checklist: Checklist,
    templates: Path = TEMPLATES,
    *,
    names: Sequence[str] = (),
    landscape: bool = False,
    **more: Any,
) -> dict[str, bytes]:
    """Finished documents by file name: list and workbook, or those of ``names``."""
    wanted = [DOCUMENTS[name] for name in names] or usual_documents(landscape=landscape)[:2]
    return finished_documents(wanted, checklist, templates, **more)
