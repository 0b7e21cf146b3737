"""The sheets of the self-check workbook: what they are called, which words are chosen on them, who gets which."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem

GUIDE, DAY, WEEK, MONTH, QUARTER = "说明", "班组日查", "车间周查", "厂矿月查", "集团季查"
LEDGER, KEPT_PAPERS, COUNTS, BASES = "隐患台账", "备查资料", "统计", "依据"
CRITERIA, REST = "重大隐患判定", "其余检查项"
SHEETS = (GUIDE, DAY, WEEK, MONTH, QUARTER, CRITERIA, LEDGER, KEPT_PAPERS, COUNTS, REST, BASES)
CHECK_SHEETS = (DAY, WEEK, MONTH, QUARTER, REST)
ALWAYS = (GUIDE, MONTH, LEDGER)
"""Without these it is no workbook; a template may leave out any other, and so may whoever has one made."""
SMALL = (*ALWAYS, CRITERIA, COUNTS, REST)
"""What a small place gets unless it asks for more."""

FIT, UNFIT, ASIDE = RESULTS = ("符合", "不符合", "不涉及")
LISTS: dict[str, tuple[tuple[str, ...], ...]] = {
    DAY: (("√", "×", "／"),),
    WEEK: (RESULTS,),
    MONTH: (RESULTS,),
    QUARTER: (RESULTS,),
    REST: ((*RESULTS, "已做", "未做"),),
    CRITERIA: (("未发现", "疑似", "不涉及"),),
    LEDGER: (
        ("企业自查", "部门检查", "集团检查", "专家服务", "员工报告", "其他"),
        ("一般", "重大"),
        ("整改中", "已整改", "已验收销号"),
    ),
    GUIDE: (("有", "无"),),
}
"""Words that formulas and readers look for: a template's drop-downs offer these and no others in their place."""

_SHORT = {"日查": DAY, "周查": WEEK, "月查": MONTH, "季查": QUARTER, "台账": LEDGER, "判定": CRITERIA}
_SLIM, _ALL = "精简", "全部"
_GROUPS = {_SLIM: (CRITERIA, COUNTS), _ALL: SHEETS}


def sheets_named(text: str) -> tuple[str, ...]:
    """Sheets by name (月查 for 厂矿月查), 精简 or 全部, apart by 、or a comma; in their order, those of ALWAYS among them.

    The criteria belong to every workbook that has some. Raises Refused for a name that no sheet has.
    """
    given = [name.strip() for name in text.replace(",", "、").replace("，", "、").split("、") if name.strip()]
    wanted: set[str] = {*ALWAYS, CRITERIA}
    for name in given:
        told = _GROUPS.get(name, (_SHORT.get(name, name),))
        if not set(told) <= set(SHEETS):
            raise Refused([_unknown(name)], exit_code=2)
        wanted |= set(told)
    return tuple(name for name in SHEETS if name in wanted)


def _unknown(name: str) -> Problem:
    known: Sequence[str] = (*SHEETS, *_GROUPS)
    return problem(
        "sheet-unknown",
        Position("命令行"),
        sheet=name,
        hint=nearest(name, known) or f"可写：{'、'.join(known)}。",
    )
