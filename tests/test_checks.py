"""Each opinion about the rules: what it finds, where, and what it lets pass."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from checklists.problems import Problem, Refused
from checklists.rules.checks import check_all
from checklists.rules.checks.consents import consent
from checklists.rules.coverage import coverage, coverage_problems
from checklists.rules.library import Library, open_library

NOTICE = """\
某县人民政府关于做好2026年安全生产工作的通知

2026年，全县要守住底线。

一、压实责任

1.高危行业企业必须配备安全总监。餐饮单位必须安装燃气报警装置，每半年检定一次；县政府要开两次会。

2.煤矿严禁超层越界。
"""

CATALOGUE = """\
notices:
  - {id: some-2026, title: 某份通知, issuer: 山西省人民政府, place: 山西省, year: 2026, file: some.txt, lines: [1, 9]}
"""

VOCABULARY = """\
industries: {general: {name: 通用, role: everyone}, gas-use: {name: 燃气使用}}
facts:
  uses-gas: {name: 使用燃气, kind: yes-no, brings: [gas-use]}
  high-hazard: {name: 高危行业, kind: yes-no, qualifier: [高危行业, 高危企业]}
  staff: {name: 从业人数, kind: number, unit: 人}
where: [资料, 厨房]
departments: [应急, 住建]
"""

ITEM = {
    "id": "gas-use-alarm",
    "title": "燃气报警装置",
    "content": "各用气点的报警装置在位有效",
    "standard": "厨房逐处看：装置在位、通电；一处没有即不符合",
    "where": "厨房",
    "how": "[测试]",
    "evidence": "装置照片",
    "rectify": "停止用气，修复后再用",
    "category": "现场管理",
    "departments": "[住建]",
    "every": "shift",
    "applies": "{uses-gas: true}",
    "basis": "[{notice: some-2026, clause: 一/1, says: requires, quote: 餐饮单位必须安装燃气报警装置}]",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with one notice, closed lists and no rules yet."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "seeds/some.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "seeds/notices.yaml").write_text(CATALOGUE, "utf-8")
    (tmp_path / "rules/vocabulary.yaml").write_text(VOCABULARY, "utf-8")
    (tmp_path / "rules/places.yaml").write_text("山西省: {short: 晋, cities: {某市: [某县]}}\n", "utf-8")
    types = "shop:\n  name: 饭店\n  industries: [general, gas-use]\n  facts: {fixed: {uses-gas: true}}\n"
    types += "  core: [{id: gas-use-alarm, why: 漏气没人知}]\n  short: 通知只说到报警装置\n"
    (tmp_path / "rules/types.yaml").write_text(types, "utf-8")
    (tmp_path / "rules/glossary.yaml").write_text("[]\n", "utf-8")
    (tmp_path / "rules/VERSION").write_text("2026.1\n", "utf-8")
    return tmp_path


def opened(house: Path, *items: dict[str, str], dispositions: str = "") -> tuple[Library, list[Problem]]:
    blocks = ["  - " + "\n    ".join(f"{key}: {value}" for key, value in item.items()) for item in items]
    (house / "rules/gas-use.yaml").write_text(
        "industry: gas-use\nitems:\n" + "\n".join(blocks) + "\n", "utf-8"
    )
    if dispositions:
        (house / "rules/dispositions").mkdir()
        (house / "rules/dispositions/some-2026.yaml").write_text(dedent(dispositions), "utf-8")
    return open_library(house / "rules", house / "seeds")


def codes(house: Path, **changes: str) -> list[str]:
    library, problems = opened(house, ITEM | changes)
    return [found.code for found in (*problems, *check_all(library))]


def test_a_good_item_has_no_problem(house: Path) -> None:
    assert codes(house) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": ITEM["basis"].replace("some-2026", "some-2025")}, "notice-unknown"),
        ({"basis": ITEM["basis"].replace("一/1", "一/7")}, "clause-not-found"),
        ({"basis": ITEM["basis"].replace("必须安装", "应当安装")}, "quote-not-found"),
        ({"where": "厨防"}, "word-unknown"),
        ({"departments": "[消防]"}, "word-unknown"),
        ({"applies": "{use-gas: true}"}, "fact-unknown"),
        ({"applies": "{uses-gas: 3}"}, "fact-value"),
        ({"applies": "{staff: 3}"}, "fact-value"),
        ({"replaces": "[gas-use-other]"}, "item-unknown"),
        ({"content": "各" * 31}, "text-too-long"),
        ({"title": "题" * 13}, "text-too-long"),
        ({"content": "加强燃气报警装置管理"}, "slogan"),
        ({"content": "报警装置有效，并有检定记录"}, "two-facts"),
        ({"content": "不得有未经批准的未检装置"}, "double-negation"),
        ({"standard": "报警装置每3个月检定一次"}, "figure-not-quoted"),
        ({"content": "报警装置有效,不响即换"}, "punctuation"),
        ({"rectify": "修复后再用。"}, "punctuation"),
        ({"applies": "{uses-gas: false}"}, "item-unreachable"),
    ],
)
def test_each_slip_has_its_own_code(house: Path, changes: dict[str, str], code: str) -> None:
    assert code in codes(house, **changes)


def test_a_figure_that_the_quote_carries_or_that_is_a_sample_passes(house: Path) -> None:
    quote = ITEM["basis"].replace(
        "餐饮单位必须安装燃气报警装置", "餐饮单位必须安装燃气报警装置，每半年检定一次"
    )

    assert codes(house, standard="抽3处看指示灯；近7天记录齐全") == []
    assert codes(house, basis=quote, standard="检定证书在半年内") == []


def test_a_figure_in_words_counts_as_much_as_it_says(house: Path) -> None:
    standard = "间距不小于二百五十米"

    assert "figure-not-quoted" in codes(house, standard=standard, evidence="图纸上的十米")
    assert "figure-not-quoted" not in codes(house, standard=standard, evidence="图纸上的250米")
    assert "figure-not-quoted" in codes(house, standard="三四天看一次", evidence="每三十四天的记录")


def test_a_qualifier_that_every_quote_carries_must_stand_in_applies(house: Path) -> None:
    quote = ITEM["basis"].replace("餐饮单位必须安装燃气报警装置", "高危行业企业必须配备安全总监")

    assert "qualifier-dropped" in codes(house, basis=quote)
    assert "qualifier-dropped" not in codes(house, basis=quote, applies="{uses-gas: true, high-hazard: true}")


def test_a_qualifier_of_two_facts_is_met_by_either_and_told_once(house: Path) -> None:
    path = house / "rules/vocabulary.yaml"
    more = "  big: {name: 大企业, kind: yes-no, qualifier: [安全总监]}\n  mine: {name: 矿, kind: yes-no, qualifier: [安全总监]}\n"
    path.write_text(
        VOCABULARY.replace("qualifier: [高危行业, 高危企业]", "").replace("where:", f"{more}where:"), "utf-8"
    )
    types = house / "rules/types.yaml"
    types.write_text(
        types.read_text("utf-8").replace("true}}", "true}, default: {big: false, mine: false}}"), "utf-8"
    )
    quote = ITEM["basis"].replace("餐饮单位必须安装燃气报警装置", "高危行业企业必须配备安全总监")

    assert codes(house, basis=quote) == ["qualifier-dropped"]
    assert codes(house, basis=quote, applies="{uses-gas: true, big: true}") == []
    assert codes(house, basis=quote, applies="{uses-gas: true, mine: true}") == []


def test_a_qualifier_may_stand_on_the_basis_alone(house: Path) -> None:
    types = house / "rules/types.yaml"
    types.write_text(
        types.read_text("utf-8").replace("true}}", "true}, default: {high-hazard: false}}"), "utf-8"
    )
    free = ITEM["basis"].strip("[]")
    bound = free.replace("餐饮单位必须安装燃气报警装置", "高危行业企业必须配备安全总监")

    assert codes(house, basis=f"[{free}, {bound}]") == ["qualifier-dropped"]
    assert codes(house, basis=f"[{free}, {bound[:-1]}, applies: {{high-hazard: true}}}}]") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"standard": "切断气源看报警"}, "unread-risky"),
        ({"standard": "让司机空载试一次"}, "unread-risky"),
        ({"standard": "放下卷帘"}, "unread-risky"),
        ({"standard": "开闸放水"}, "unread-risky"),
        ({"content": "有报警装置自查表"}, "unread-paper"),
        ({"content": "制定报警装置管理制度"}, "unread-paper"),
        ({"basis": ITEM["basis"].replace("餐饮单位必须安装", "必须安装")}, "unread-qualifier"),
        ({"basis": ITEM["basis"].replace("餐饮单位必须安装", "鼓励安装")}, "encouragement-as-order"),
        ({"basis": ITEM["basis"].replace("requires", "encourages")}, "advice-fails"),
        ({"basis": ITEM["basis"].replace("requires", "names")}, "name-fails"),
    ],
)
def test_what_a_person_must_read_is_listed(house: Path, changes: dict[str, str], code: str) -> None:
    notice = house / "seeds/some.txt"
    sentence = "高危行业、餐饮单位必须安装" if code == "unread-qualifier" else "餐饮单位鼓励安装"
    if code in ("unread-qualifier", "encouragement-as-order"):
        notice.write_text(notice.read_text("utf-8").replace("餐饮单位必须安装", sentence), "utf-8")

    assert code in codes(house, **changes)


@pytest.mark.parametrize(
    "standard",
    ["看近一次切断试验记录", "看试卷", "看断层图", "看制动试验报告和调试记录", "看试运行报告"],
)
def test_a_record_of_a_test_is_no_order_to_test(house: Path, standard: str) -> None:
    assert codes(house, standard=standard) == []


def test_a_consent_is_for_one_item_as_it_was_read(house: Path) -> None:
    changed = ITEM | {"standard": "厨房逐处看：按测试键试响；一处不响即不符合"}
    library, _ = opened(house, changed)
    assert [found.code for found in check_all(library)] == ["unread-risky"]

    consent(library, "gas-use-alarm", "risky", "按测试键不放气")
    library, problems = opened(house, changed)
    assert (problems, check_all(library)) == ([], [])

    assert codes(house, standard="厨房逐处看：试响；一处不响即不符合") == ["consent-void"]
    assert codes(house) == ["consent-idle"]
    assert [one.code for one in check_all(opened(house, ITEM | {"id": "gas-use-bell"})[0])][
        -1
    ] == "consent-unknown"


def test_a_consent_outlives_a_basis_that_says_the_same_and_no_other(house: Path) -> None:
    behind = "高危行业、餐饮单位必须安装燃气报警装置，并定期检定"
    seed = house / "seeds/some.txt"
    seed.write_text(seed.read_text("utf-8").replace("餐饮单位必须安装燃气报警装置", behind), "utf-8")
    first, again, worse = (
        f"{{notice: some-2026, clause: 一/1, says: {says}, quote: {quote}}}"
        for says, quote in (
            ("requires", "必须安装燃气报警装置"),
            ("urges", "必须安装燃气报警装置"),
            ("requires", "定期检定"),
        )
    )
    library, _ = opened(house, ITEM | {"basis": f"[{first}]"})
    assert [found.code for found in check_all(library)] == ["unread-qualifier"]
    consent(library, "gas-use-alarm", "qualifier", "餐饮单位另有一句")

    assert "consent-void" not in codes(house, basis=f"[{first}, {again}]")
    assert "consent-void" in codes(house, basis=f"[{first}, {worse}]")


@pytest.mark.parametrize(
    ("item", "about", "why", "code"),
    [
        ("gas-use-alrm", "risky", "无妨", "item-unknown"),
        ("gas-use-alarm", "risky", "无妨", "consent-nothing"),
        ("gas-use-alarm", "everything", "无妨", "consent-nothing"),
    ],
)
def test_there_is_no_consent_to_nothing(house: Path, item: str, about: str, why: str, code: str) -> None:
    library, _ = opened(house, ITEM)

    with pytest.raises(Refused) as refused:
        consent(library, item, about, why)

    assert [found.code for found in refused.value.problems] == [code]
    assert not (house / "rules/consents.yaml").exists()


def test_one_quote_has_one_time(house: Path) -> None:
    other = ITEM | {"id": "gas-use-bell", "content": "报警铃在位有效"}
    ending = other | {"basis": ITEM["basis"].replace("装置}", "装置, until: 2026-12-31}")}

    assert check_all(opened(house, ITEM, other)[0]) == []
    assert [found.code for found in check_all(opened(house, ITEM, ending)[0])] == ["quote-two-times"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ["items-contradict"]),
        ({"replaces": "[gas-use-alarm]"}, []),
        ({"applies": "{uses-gas: true, staff: {at-least: 3}}"}, ["items-contradict"]),
    ],
)
def test_two_heights_of_one_fact_contradict(house: Path, changes: dict[str, str], code: list[str]) -> None:
    types = house / "rules/types.yaml"
    types.write_text(types.read_text("utf-8").replace("true}}", "true}, asks: [staff]}"), "utf-8")
    quote = ITEM["basis"].replace("餐饮单位必须安装燃气报警装置", "每半年检定一次")
    two = ITEM | {"content": "报警装置达到二级及以上"}
    three = ITEM | {"id": "gas-use-bell", "content": "报警装置达到三级及以上", "basis": quote} | changes

    found = [one.code for one in check_all(opened(house, two, three)[0])]

    assert [one for one in found if one == "items-contradict"] == code


def test_a_problem_names_file_line_and_the_nearest_clause(house: Path) -> None:
    library, _ = opened(house, ITEM | {"basis": ITEM["basis"].replace("一/1", "一/1.")})

    found = check_all(library)[0]

    assert str(found.position).endswith("rules/gas-use.yaml:15")
    assert "「一/1」" in found.remedy


def test_a_quote_of_another_clause_is_told_where_it_stands(house: Path) -> None:
    library, _ = opened(house, ITEM | {"basis": ITEM["basis"].replace("一/1", "一/2")})

    assert "它在「一/1」中" in check_all(library)[0].remedy


def test_an_id_used_twice_and_an_item_asked_twice_are_found(house: Path) -> None:
    _, problems = opened(house, ITEM, ITEM)
    library, _ = opened(house, ITEM, ITEM | {"id": "gas-use-alarm-again"})

    assert [found.code for found in problems] == ["item-duplicate"]
    assert [found.code for found in check_all(library)] == ["items-alike"]


def test_bases_stand_newest_first(house: Path) -> None:
    catalogue = CATALOGUE + CATALOGUE.partition("\n")[2].replace("2026", "2025")
    (house / "seeds/notices.yaml").write_text(catalogue, "utf-8")
    newest = ITEM["basis"].strip("[]")
    oldest = newest.replace("2026", "2025")

    assert codes(house, basis=f"[{newest}, {oldest}]") == []
    assert codes(house, basis=f"[{oldest}, {newest}]") == ["basis-order"]


def test_every_sentence_is_cited_or_set_aside_or_a_gap(house: Path) -> None:
    library, _ = opened(
        house,
        ITEM,
        dispositions="""\
        - {clause: 前言, status: narrative, reason: 目标}
        - {clause: 一/1, text: 县政府要开两次会, status: government-only, reason: 政府会议}
        """,
    )

    parts = {clause.path: [part.status for part in read] for clause, read in coverage(library)["some-2026"]}

    assert parts == {"前言": ["narrative"], "一/1": ["gap", "cited", "government-only"], "一/2": ["gap"]}
    assert [found.code for found in coverage_problems(library)] == ["sentence-unaccounted"] * 2


def test_what_is_left_over_of_a_cited_sentence_can_be_read(house: Path) -> None:
    library, _ = opened(house, ITEM)

    parts = coverage(library)["some-2026"][1][1]

    assert parts[1].marked == "【餐饮单位必须安装燃气报警装置】，每半年检定一次；"


def test_dispositions_of_unknown_clauses_and_of_words_that_are_gone_are_found(house: Path) -> None:
    library, _ = opened(
        house,
        ITEM,
        dispositions="""\
        - {clause: 九, status: narrative, reason: 目标}
        - {clause: 一/1, text: 县政府要开三次会, status: government-only, reason: 政府会议}
        """,
    )

    codes_found = {found.code for found in coverage_problems(library)}

    assert {"disposition-clause", "disposition-stale"} <= codes_found
