"""The words of the two pledges: short promises in the order of the notices, and room for the signer's own."""

from __future__ import annotations

from typing import Any

from checklists.checklist.build import Checklist
from checklists.documents.fields import clean

MOST_TITLES = 8
BLANK = "＿"


def owner_points(checklist: Checklist) -> dict[str, Any]:
    """What the head of an enterprise promises; a small unit has no departments, teams and budgets to promise."""
    profile, fact = checklist.profile, checklist.library.vocabulary.fact_of("small")
    small = fact is not None and profile.facts.get(fact) is True and fact not in profile.differing
    return {
        "opening": (
            "本人是本单位主要负责人，对本单位安全生产工作全面负责。"
            f"现就{BLANK * 3}年度安全生产履职尽责，向{BLANK * 8}（主管部门）和本单位全体人员承诺："
        ),
        "points": (*(_SMALL_OWNER if small else _OWNER), *_watched(checklist)),
        "closing": "本承诺在本单位醒目位置公示，请全体人员监督。",
    }


_OWNER = (
    "履行主要负责人安全生产责任制规定的各项职责，件件留有本人的履职记录。",
    "配齐建强安全管理队伍，让能力强、业务精、作风实的人管安全。",
    f"足额提取和使用安全生产费用，本年度安排{BLANK * 4}万元，主动接受对安全投入的检查。",
    "做到安全责任、投入、培训、管理和应急救援“五到位”。",
    "组织隐患自查自改，重大隐患如实报告并公示，没有消除不冒险生产经营。",
    "建立风险隐患报告奖励制度，员工报告的件件答复、该奖的兑现。",
)
_SMALL_OWNER = (
    "本单位的安全由我负责，每天亲自看一遍，发现问题当场改。",
    "该花的安全钱不省，本年度用于安全设施和检修的费用不少于" + BLANK * 4 + "元。",
    "新来的人先讲清本岗位的风险和遇险怎么办，会了再上岗。",
    "员工、顾客和检查人员指出的隐患，限期改好，不隐瞒、不应付。",
    "有重大隐患的部位先停用、先撤人，消除后再使用。",
)


def _watched(checklist: Checklist) -> list[str]:
    """The enterprise's own ★ items by title."""
    titles = list(
        dict.fromkeys(
            row.item.title for row in checklist.paper_rows if row.item.weight == "key" and not row.question
        )
    )
    if not titles:
        return []
    more = "等" if len(titles) > MOST_TITLES else ""
    return [f"盯住本单位的要紧事项：{clean('、'.join(titles[:MOST_TITLES]))}{more}。"]


def staff_points(checklist: Checklist) -> dict[str, Any]:
    """What an employee promises."""
    del checklist  # the same for every enterprise; the post is written by hand
    return {
        "opening": f"本人{BLANK * 5}，在{BLANK * 7}岗位工作。为了自己、工友和家人，我承诺：",
        "points": (
            "遵守安全生产规章制度和操作规程，落实本岗位风险防控措施。",
            "记住本岗位安全责任清单和负面清单，清单上不许做的事不做。",
            "不违章作业，不违反劳动纪律；对违章指挥，我拒绝执行。",
            "参加安全培训和考核，没有学会、考核不合格，不独立上岗。",
            "上岗前、作业中按日查卡查看本岗位，发现隐患马上报告，不等、不瞒。",
            "遇到险情先停、先撤、先报告，不盲目施救。",
            "违反承诺的，接受本单位的培训考核和“三违”行为惩戒。",
        ),
        "closing": "",
    }
