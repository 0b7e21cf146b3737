"""Who is bound by a sentence, how strongly, and in which trade: from its words and from the items that are like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checklists.models import Clause, Says, Vocabulary
from checklists.notices.clauses import CLOSING, OPENING
from checklists.rules.drafts.model import Bound

_ENTERPRISE = re.compile(
    "企业|生产经营|经营单位|社会单位|施工单位|使用单位|建设单位|用人单位|从业人员|矿山|煤矿|矿井|尾矿库|场所|加油站|作业人员|全员"
)
_STATE = re.compile(
    "各级|各部门|各有关部门|有关部门|部门|市县|县级|省级|各市|各县|县区|乡镇|街道|村（社区）|党委|党政|政府|安委|专委会|专班|人民政府"
    "|监管|执法|督查|督导|考核|巡查|约谈|问责|追责|立案|曝光|通报|举报|立法|条例|规划|地方标准|审批|审查|准入"
    "|救援队伍|消防救援|防汛|森林草原|地震|地质灾害|气象|水旱|救灾|灾情|应急广播|物资储备|避难场所|宣传|媒体|新闻|干部|普查|平台"
)
_SUBJECT_STATE = re.compile(
    "^(?:各级|各有关|各部门|有关部门|各市|各县|各乡|市县|县级|省级|省|市|县|区|党委|党政|政府|监管部门|负有|牵头|乡镇|街道)"
)
_SUBJECT_ENTERPRISE = re.compile(
    "^(?:各)?(?:[^，]{0,12}企业|生产经营单位|[^，]{0,8}单位|从业人员|企业)[^，]{0,6}(?:要|必须|应|须|不得|严禁|禁止|不准)"
)
_SAYS: tuple[tuple[Says, re.Pattern[str]], ...] = (
    ("names", re.compile("等行业(?:和)?领域也要|等行业领域都要")),
    ("encourages", re.compile("鼓励|探索|倡导|试点")),
    ("forbids", re.compile("严禁|不得|禁止|不准|不允许")),
    ("requires", re.compile("必须|应当|一律|强制")),
    ("targets", re.compile("着力解决|整治|打击|查处|排查|治理|紧盯|整顿")),
    ("urges", re.compile("督促|推动|推进|推行|推广|引导|指导|加快|持续|深化|支持")),
)


def says_of(text: str) -> Says:
    """How the words bind: 要求 where no word says otherwise."""
    return next((kind for kind, words in _SAYS if words.search(text)), "requires")


def is_narrative(clause: Clause) -> bool:
    """Whether the clause opens or closes the notice."""
    return clause.path.rpartition("/")[2] in (OPENING, CLOSING)


def bound_by(sentence: str) -> Bound:
    """Who has to do it, by the words alone: the subject decides, then the words of either side."""
    if _SUBJECT_ENTERPRISE.search(sentence):
        return "企业"
    if _SUBJECT_STATE.search(sentence):
        return "部门"
    enterprise, state = enterprise_words(sentence), len(_STATE.findall(sentence))
    if enterprise == state:
        return "未定"
    return "企业" if enterprise > state else "部门"


def enterprise_words(sentence: str) -> int:
    """How often words for enterprises stand in it."""
    return len(_ENTERPRISE.findall(sentence))


def industries_of(
    vocabulary: Vocabulary, clause: Clause, sentence: str, of_items: Iterable[tuple[str, float]]
) -> tuple[str, ...]:
    """Trades that the heading or the sentence names, that of the item most like it first."""
    names = {name: industry.name for name, industry in vocabulary.industries.items() if not industry.role}
    named = [name for name, word in names.items() if word in clause.heading or word in sentence]
    best = [name for name, _ in sorted(of_items, key=lambda one: -one[1])[:1]]
    return tuple(dict.fromkeys([*best, *named]))


def types_of(vocabulary: Vocabulary, industries: Sequence[str], sentence: str) -> tuple[str, ...]:
    """Types that the sentence names; else those of the trades, where these are few."""
    kinds = vocabulary.types.values()
    named = [kind.name for kind in kinds if any(word in sentence for word in (kind.name, *kind.aliases))]
    if named:
        return tuple(named)
    shared = vocabulary.shared_industries
    of_trade = [kind.name for kind in kinds if set(kind.industries) & (set(industries) - shared)]
    return tuple(of_trade) if len(of_trade) <= _FEW else ()


_FEW = 6


def departments_of(vocabulary: Vocabulary, clause: Clause) -> tuple[str, ...]:
    """Departments of the closed list among those that the notice makes responsible."""
    told = "、".join(clause.departments)
    return tuple(name for name in vocabulary.departments if name in told)
