"""Which words of which notice ask for each of the other papers, the newest first.

Every quote stands verbatim in the clause it names; a test looks each one up in the seeds.
"""

from __future__ import annotations

from checklists.models import Basis, Says


def _basis(notice: str, clause: str, says: Says, quote: str) -> Basis:
    return Basis.model_validate({"notice": notice, "clause": clause, "says": says, "quote": quote})


_PLAN_AND_RECORD = (
    _basis("shanxi-2018", "二/（五）", "requires", "必须编制现场检查方案，必须制作现场检查记录"),
)
_DAILY = "班组日查、车间周查、厂矿月查、集团公司季查"
_STAFF_PLEDGE = "组织员工开展安全生产承诺"
_STAFF_LISTS = "制定全员安全生产责任清单和一线作业岗位负面清单"

ASKED_BY: dict[str, tuple[Basis, ...]] = {
    "现场检查方案": _PLAN_AND_RECORD,
    "现场检查记录": _PLAN_AND_RECORD,
    "备查资料清单": _PLAN_AND_RECORD,
    "现场抽考记录表": (
        _basis(
            "lingchuan-2025",
            "二/（二）",
            "requires",
            "严格实行“逢查必考”机制，坚持以考促学，督促生产经营单位切实提升安全培训质量",
        ),
        _basis("shanxi-2019", "一/（三）", "requires", "实行考试考核式执法检查,促进从业人员提升能力素质"),
        _basis("shanxi-2018", "四/（十三）", "requires", "现场检查抽考不合格的，一律依法从严查处"),
    ),
    "班组日查卡": (
        _basis("shanxi-2020", "三/（十二）", "requires", f"严格落实“{_DAILY}”隐患排查治理制度，及时消除隐患"),
        _basis(
            "shanxi-2017",
            "三/加大隐患排查治理力度",
            "requires",
            f"企业要严格落实“{_DAILY}”的隐患排查治理制度",
        ),
    ),
    "安全风险告知卡": (
        _basis(
            "shanxi-2017", "三/建立安全风险预防机制", "requires", "同时在醒目位置设置安全风险公示栏、告知卡"
        ),
    ),
    "承诺书（主要负责人）": (
        _basis("shanxi-2025", "三/（八）", "requires", "坚持重点行业领域企业主要负责人履职尽责承诺制度"),
        _basis("lingchuan-2025", "一/（三）", "requires", "坚持重点行业领域企业主要负责人履职尽责承诺制度"),
        _basis("shanxi-2024", "一/（三）", "requires", "严格落实安全生产第一责任人责任，坚持履职尽责承诺"),
        _basis(
            "yangcheng-2022",
            "一/4",
            "requires",
            "严格落实《山西省生产经营单位主要负责人安全生产责任制规定》和主要负责人安全生产履职尽责承诺制度",
        ),
    ),
    "承诺书（员工）": (
        _basis("shanxi-2025", "三/（九）", "requires", f"{_STAFF_LISTS}，并严格检查考核"),
        _basis("shanxi-2025", "三/（九）", "requires", _STAFF_PLEDGE),
        _basis("yangquan-2025", "三/（九）", "requires", _STAFF_PLEDGE),
        _basis("lingchuan-2025", "一/（四）", "requires", _STAFF_PLEDGE),
        _basis("jiaocheng-2025", "二/7", "requires", _STAFF_PLEDGE),
    ),
    "自查表发放回收登记": (
        _basis("shanxi-2024", "二/（七）", "requires", "完善事故隐患自查自改常态化动态清零机制"),
        _basis(
            "shanxi-2021",
            "二/6",
            "urges",
            "推动企业建立风险分级管控和隐患排查治理双重预防机制，实现自查自改自报闭环管理",
        ),
    ),
}
