"""The clauses of every notice, compared with lists read by eye, and the parser on texts written here.

``tests/notices/<id>.txt`` holds one line a clause: path | first 12 characters | last 12 characters. Each line was
checked against the source; ``<id>.furniture.txt`` holds every line set aside. After a wanted change:
``ACCEPT=1 pytest tests/test_clauses.py``, then review the diff.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.models import Clause, Correction, Notice
from checklists.notices.account import account_of
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import (
    Reading,
    is_heading_sentence,
    parse,
    quote_stands,
    read_clauses,
    read_notice,
    sentences,
)
from checklists.notices.departments import department_names, split_bracket
from checklists.notices.furniture import is_date
from checklists.notices.lines import unwrap
from checklists.text import squeeze
from tests.notice_files import FIRST_NOTICES

SEEDS = Path(__file__).parent.parent / "seeds"
EXPECTED = Path(__file__).parent / "notices"
NOTICES = {notice.id: notice for notice in load_notices(SEEDS)[0]}


@cache
def seed(file: str) -> str:
    return (SEEDS / file).read_text(encoding="utf-8")


@cache
def reading(notice_id: str) -> Reading:
    notice = NOTICES[notice_id]
    found, problems = read_notice(notice, seed(notice.file))
    assert problems == []
    return found


def clause(notice_id: str, path: str) -> Clause:
    return next(one for one in reading(notice_id).clauses if one.path == path)


def paths(notice_id: str) -> list[str]:
    return [one.path for one in reading(notice_id).clauses]


def notice_of(text: str, **fields: object) -> Notice:
    """A notice that is the whole of ``text``."""
    entry = {"id": "here-2030", "title": "通知", "issuer": "某县人民政府", "place": "某县", "year": 2030}
    entry |= {"file": "here.txt", "lines": (1, len(text.split("\n")))}
    return Notice.model_validate(entry | fields)


def parsed(text: str, **fields: object) -> dict[str, str]:
    found, _ = parse(notice_of(text, **fields), text)
    return {one.path: one.text for one in found}


def codes(text: str, **fields: object) -> list[str]:
    return [problem.code for problem in parse(notice_of(text, **fields), text)[1]]


def compare(name: str, lines: list[str]) -> None:
    """Compare with the reviewed list ``name``, or accept the lines when ACCEPT is set."""
    path = EXPECTED / name
    if os.environ.get("ACCEPT"):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    expected = path.read_text(encoding="utf-8").splitlines()
    assert lines == expected, f"接受这一改动：ACCEPT=1 pytest tests/test_clauses.py -k {name.split('.')[0]}"


# ---------------------------------------------------------------- the notices


@pytest.mark.parametrize("notice_id", NOTICES)
def test_the_clauses_are_those_read_by_eye(notice_id: str) -> None:
    found = reading(notice_id).clauses
    compare(f"{notice_id}.txt", [f"{one.path} | {one.text[:12]} | {one.text[-12:]}" for one in found])


@pytest.mark.parametrize("notice_id", NOTICES)
def test_only_reviewed_lines_are_set_aside_as_furniture(notice_id: str) -> None:
    aside = [rest for rest in reading(notice_id).remainder if rest.kind == "furniture"]
    compare(f"{notice_id}.furniture.txt", [f"{rest.line} | {rest.text}" for rest in aside])


def test_there_are_543_clauses_in_the_22_notices() -> None:
    """As docs/decisions/0005 counts them; what comes later has its own list."""
    assert sum(len(reading(one).clauses) for one in FIRST_NOTICES) == 543


@pytest.mark.parametrize("notice_id", NOTICES)
def test_every_character_is_in_exactly_one_clause_or_in_the_remainder(notice_id: str) -> None:
    notice, found = NOTICES[notice_id], reading(notice_id)
    first, last = notice.lines
    source = Counter(squeeze("".join(seed(notice.file).split("\n")[first - 1 : last])))
    for correction in notice.corrections:
        source.subtract(squeeze(correction.received))
        source.update(squeeze(correction.read))

    kept = Counter(squeeze("".join(one.text for one in found.clauses)))
    kept.update(squeeze("".join(rest.text for rest in found.remainder)))

    assert {char: count for char, count in source.items() if count} == dict(kept)


@pytest.mark.parametrize("notice_id", NOTICES)
def test_a_clause_stands_unbroken_in_the_lines_it_names(notice_id: str) -> None:
    notice, found = NOTICES[notice_id], reading(notice_id)
    printed = seed(notice.file).split("\n")
    aside = {
        rest.line for rest in found.remainder if rest.kind == "furniture" and rest.text.startswith("http")
    }
    corrected = {line for one in notice.corrections for line in (one.at,)}
    for one in found.clauses:
        numbers = [number for number in range(one.lines[0], one.lines[1] + 1) if number not in aside]
        if not corrected & set(numbers):
            assert squeeze(one.text) in squeeze("".join(printed[number - 1] for number in numbers)), one.path


def test_every_line_of_a_seed_belongs_to_exactly_one_notice() -> None:
    for file in {notice.file for notice in NOTICES.values()}:
        lines = [line for line, text in enumerate(seed(file).split("\n"), start=1) if text.strip()]
        owners = [
            sum(one.file == file and one.lines[0] <= line <= one.lines[1] for one in NOTICES.values())
            for line in lines
        ]
        assert set(owners) == {1}, file


@pytest.mark.parametrize("notice_id", NOTICES)
def test_no_clause_holds_page_furniture(notice_id: str) -> None:
    furniture = re.compile(r"https?:|bookmark|公开发布|日印发|抄送|发文机关|索引号|完成时限|〖|\.doc")
    assert not [one.path for one in reading(notice_id).clauses if furniture.search(one.text)]


@pytest.mark.parametrize("notice_id", NOTICES)
def test_a_clause_is_whole_and_unwrapped(notice_id: str) -> None:
    for one in reading(notice_id).clauses:
        assert not re.search(r"\s[^\x00-\x7f]|[^\x00-\x7f]\s|\n", one.text), one.path
        assert one.text.endswith(("。", "：", ":", "”")), one.path


@pytest.mark.parametrize("notice_id", NOTICES)
def test_no_two_clauses_of_a_notice_share_a_path(notice_id: str) -> None:
    assert len(set(paths(notice_id))) == len(paths(notice_id))


def test_all_notices_are_parsed_well_within_half_a_second() -> None:
    notices = list(NOTICES.values())
    started = time.process_time()
    read_clauses(SEEDS, notices)
    assert time.process_time() - started < 0.5


# ---------------------------------------------------------------- damaged places


def test_a_sentence_goes_on_over_a_page_break_and_a_source_address() -> None:
    assert "横向把所有行业的安全监管责任明确到政府部门" in clause("shanxi-2013", "三").text
    assert "在管道保护范围内乱建乱挖乱钻等行为" in clause("shanxi-2017", "四/油气长输管道").text
    assert "抓好分管范围内的安全生产工作，国有大中型企业率先配备" in clause("shanxi-2022", "一/4").text


def test_a_half_line_at_the_foot_of_a_page_opens_no_paragraph() -> None:
    assert "保障人民群众生命财产安全作为重大政治责任" in clause("shanxi-2010", "一").text


def test_blanks_inside_words_and_beside_figures_are_gone() -> None:
    assert "煤矿百万吨死亡率控制在0.1以下" in clause("shanxi-2018", "前言").text
    assert "强力推进煤矿防治水分区管理" in clause("shanxi-2018", "三/（十）/煤矿").text
    assert clause("yangquan-2025", "前言").text.startswith("2025年是“十四五”规划收官之年")


def test_a_clause_printed_at_the_end_of_a_line_is_a_clause_of_its_own() -> None:
    assert clause("shanxi-2020", "四/（十五）").text.endswith("持续开展督查检查。")
    assert clause("shanxi-2020", "四/（十六）").heading == "创新安全监管方式"


def test_a_typesetting_command_is_read_as_nothing() -> None:
    assert clause("shanxi-2020", "五/（二十一）").text.startswith("实施科技强安行动。结合能源革命")


def test_a_lost_per_cent_sign_is_read_as_recorded() -> None:
    assert quote_stands(clause("shanxi-2019", "一/（二）/道路交通"), "安装率达到70%")
    assert quote_stands(clause("shanxi-2019", "一/（六）"), "确保年内完成改革任务总量的80%。")


def test_the_misplaced_first_line_of_yangcheng_5_is_back_in_its_place() -> None:
    assert clause("yangcheng-2022", "一/4").text.startswith("压实企业主体责任。")
    assert clause("yangcheng-2022", "一/4").text.endswith("“五到位”。")
    assert clause("yangcheng-2022", "一/5").text.startswith(
        "压实全员安全责任。严格落实新修订的《安全生产法》，依法健全完善并严格落实"
    )


def test_a_lost_full_stop_parts_two_sentences_of_yangcheng_11() -> None:
    assert "持续推进标准化执法。要加强安全生产诚信体系建设" in clause("yangcheng-2022", "三/11").text


def test_the_fragment_after_the_imprint_of_yangquan_is_in_no_clause() -> None:
    openings = [one.path for one in reading("yangquan-2025").clauses if "夯实部门监管责任" in one.text]
    assert openings == ["三/（七）"]


def test_the_table_of_jiaocheng_prints_point_11_three_times_and_it_is_one_clause() -> None:
    assert [path for path in paths("jiaocheng-2025") if path.startswith("四/11")] == [
        "四/11",
        "四/11/煤矿方面",
        "四/11/非煤矿山方面",
        "四/11/危险化学品方面",
        "四/11/冶金工贸方面",
        "四/11/建筑施工及燃气方面",
        "四/11/道路交通方面",
        "四/11/特种设备方面",
    ]
    assert clause("jiaocheng-2025", "四/11").text.count("聚焦重点行业领域") == 1


def test_the_responsible_column_of_jiaocheng_gives_the_departments() -> None:
    assert clause("jiaocheng-2025", "四/11/煤矿方面").departments == ("煤矿安全专业委员会办公室",)
    assert "负责" not in clause("jiaocheng-2025", "一/2").text[-12:]


def test_the_duplicate_title_of_2024_is_no_clause() -> None:
    assert clause("shanxi-2024", "前言").text.startswith("2024年，全省安全生产工作要以")


# ---------------------------------------------------------------- what a clause is


def test_sector_paragraphs_without_a_label_are_named_by_their_sector() -> None:
    assert [path for path in paths("shanxi-2014") if path.startswith("六/")] == [
        "六/煤矿",
        "六/非煤矿山",
        "六/危险化学品",
        "六/道路交通",
        "六/建筑施工",
        "六/消防",
        "六/冶金工贸",
        "六/职业卫生",
    ]
    assert clause("shanxi-2011", "七").text.startswith("各行业管理部门和企业要认真贯彻落实")


def test_the_unlabelled_tail_stands_beside_the_sectors_it_completes() -> None:
    tails = [f"{one}:{path}" for one in NOTICES for path in paths(one) if path.endswith("其他")]
    assert tails == [
        "shanxi-2010:七/其他",
        "shanxi-2011:七/其他",
        "shanxi-2015:五/其他",
        "shanxi-2018:三/（十）/其他",
        "shanxi-2019:一/（二）/其他",
        "shanxi-2020:二/其他",
        "shanxi-2021:三/10/其他",
        "shanxi-2022:二/9/其他",
        "shanxi-2023:三/其他",
        "shanxi-2026:三/（十一）/其他",
        "yangcheng-2022:二/8/其他",
    ]


def test_a_heading_without_text_of_its_own_is_no_clause() -> None:
    for notice_id, path in [
        ("shanxi-2018", "三/（十）"),
        ("shanxi-2019", "一/（二）"),
        ("shanxi-2021", "三/10"),
        ("shanxi-2026", "三/（十一）"),
        ("yangcheng-2022", "四/14"),
        ("shanxi-2017", "一"),
    ]:
        assert path not in paths(notice_id)
        assert any(one.startswith(f"{path}/") for one in paths(notice_id))


def test_a_heading_that_binds_is_a_clause_with_its_words() -> None:
    text = "一、责任\n1.加油站必须安装视频监控\n（1）在卸油口。\n2.严禁使用超期气瓶\n各单位要检查。"
    assert parsed(text) == {
        "一/1": "加油站必须安装视频监控",
        "一/1/（1）": "在卸油口。",
        "一/2": "严禁使用超期气瓶各单位要检查。",
    }


def test_a_section_keeps_its_own_text_beside_its_sectors() -> None:
    assert clause("shanxi-2022", "二/9").text.endswith("形成一批制度成果。")
    assert "煤矿：" not in clause("shanxi-2022", "二/9").text


def test_the_single_paragraph_of_2025_is_one_clause() -> None:
    assert len(clause("shanxi-2025", "四/（十一）").text) > 600
    assert len(sentences(clause("shanxi-2025", "四/（十一）"))) == 14


def test_departments_are_taken_from_the_closing_bracket_only() -> None:
    one = clause("shanxi-2024", "二/（五）")
    assert one.departments == ("省能源局", "省自然资源厅", "省应急厅")
    assert "（省工信厅、省商务厅、省应急厅等部门督促落实）发展改革" in one.text
    assert one.text.endswith("安全生产许可。")


@pytest.mark.parametrize(
    ("bracket", "names"),
    [
        ("（省住建厅、省商务厅等部门分工负责）", ("省住建厅", "省商务厅")),
        (
            "（省住建厅牵头，省公安厅、省消防救援总队等部门分工负责）",
            ("省住建厅", "省公安厅", "省消防救援总队"),
        ),
        (
            "（省安委办和各市、县人民政府负责。以下均需市、县人民政府负责，不再一一列出）",
            ("省安委办", "各市、县人民政府"),
        ),
        ("（省交通厅、省粮食和储备局等部门负责）", ("省交通厅", "省粮食和储备局")),
        ("（负有安全监管职责的部门督促企业落实）", ("负有安全监管职责的部门",)),
        ("（市公安局、市数据局，以下简称负有安全生产监管职责的部门）", ("市公安局", "市数据局")),
        ("县安委会各成员单位、各乡（镇）人民政府负责。", ("县安委会各成员单位", "各乡（镇）人民政府")),
    ],
)
def test_a_bracket_names_departments_without_the_words_for_their_duty(
    bracket: str, names: tuple[str, ...]
) -> None:
    assert department_names(bracket) == names


@pytest.mark.parametrize(
    "text", ["要做（各企业负责安装报警装置）。", "要公示。（县应急局负责，企业必须安装报警器）"]
)
def test_a_duty_in_the_closing_bracket_stays_in_the_clause(text: str) -> None:
    assert split_bracket(text) == (text, "")


def test_a_bracket_without_end_is_looked_for_in_the_last_line_only() -> None:
    started = time.process_time()
    split_bracket("（" + "负责" * 100_000)
    assert time.process_time() - started < 1


def test_a_bracket_that_explains_something_is_no_bracket_of_departments() -> None:
    text = "严厉打击“五假五超”（假整改、假密闭和超能力、超强度）"
    assert split_bracket(text) == (text, "")


# ---------------------------------------------------------------- numbering on texts written here


def test_four_numbering_styles_give_paths_with_full_width_brackets() -> None:
    text = "\n".join(
        [
            "一、总则",
            "(一)半角括号。甲方要检查。",
            "1.半角点。要有人。",
            "2．全角点。要有物。",
            "（二）全角括号。乙方要检查。",
            "1、顿号。要有钱。",
            "（1）小点。要有账。",
            "２、全角数字。要有据。",
        ]
    )
    assert list(parsed(text)) == [
        "一/（一）",
        "一/（一）/1",
        "一/（一）/2",
        "一/（二）",
        "一/（二）/1",
        "一/（二）/1/（1）",
        "一/（二）/2",
    ]


def test_a_figure_at_the_beginning_of_a_wrapped_line_is_no_number() -> None:
    text = "一、矿山\n治理任务分三年完成，第一年完成全部任务的百分之三十，共\n5.49千万立方米，其余\n2.两年内完成。"
    assert list(parsed(text)) == ["一"]


def test_labels_with_a_colon_open_clauses_even_after_a_line_that_fills_the_page() -> None:
    full = "要" * 29 + "。"
    text = f"一、整治\n各行业都要整治，{full}\n煤矿：{full}\n危险化学品：治理油库。"
    assert list(parsed(text)) == ["一", "一/煤矿", "一/危险化学品"]


def test_one_short_sentence_at_the_beginning_of_a_paragraph_is_no_run_in_heading() -> None:
    text = "一、责任\n落实主体责任。企业要建立制度。\n各部门要按照职责加强检查，督促整改。"
    assert list(parsed(text)) == ["一"]


def test_short_sentences_at_the_beginning_of_all_paragraphs_are_run_in_headings() -> None:
    text = "一、责任\n落实主体责任。企业要建立制度。\n落实监管责任。各部门要检查。"
    assert list(parsed(text)) == ["一/落实主体责任", "一/落实监管责任"]


def test_opening_and_closing_have_names() -> None:
    text = "各乡镇人民政府：\n今年工作通知如下。\n一、责任\n要落实。\n各乡镇要结合实际抓好落实。\n某县人民政府\n2030年1月1日"
    assert parsed(text) == {
        "前言": "今年工作通知如下。",
        "一": "要落实。",
        "结尾": "各乡镇要结合实际抓好落实。",
    }


def test_paragraphs_that_nobody_wrapped_stay_apart() -> None:
    long, longer = "企业要检查，" * 20 + "要整改。", "部门要督促，" * 40 + "要验收。"
    text = f"一、整治\n{long}\n{longer}\n{long}"
    assert list(parsed(text, sectors={"一": ["煤矿", "燃气", "消防"]})) == ["一/煤矿", "一/燃气", "一/消防"]


def test_a_list_of_attachments_is_no_clause() -> None:
    assert parsed("一、责任\n要落实。\n附件：任务清单\n某县人民政府") == {"一": "要落实。"}


def test_a_section_number_printed_twice_is_reported_and_told_apart() -> None:
    text = "一、甲\n要做。\n二、乙\n1.要查。\n二、丙\n1.要改。"
    assert codes(text) == ["number-gap", "clause-twice"]
    assert parsed(text) == {"一": "要做。", "二/1": "要查。", "二·2/1": "要改。"}


def test_a_notice_without_addressees_keeps_its_opening() -> None:
    assert list(parsed("关于安全生产的意见\n为了安全，提出意见。\n一、责任\n要落实。")) == ["前言", "一"]


def test_a_gap_in_the_numbers_is_reported_with_its_line() -> None:
    text = "一、甲\n（一）子。要做。\n（三）丑。要做。"
    found = parse(notice_of(text), text)[1]
    assert [(one.code, one.level, one.position.line) for one in found] == [("number-gap", "warning", 3)]
    assert "「（三）」接在「（一）」之后" in found[0].message


def test_two_clauses_with_one_path_are_reported() -> None:
    assert codes("一、甲\n煤矿：要治理瓦斯。\n煤矿：要治理水害。") == ["clause-twice"]


def test_sector_names_that_do_not_fit_the_paragraphs_are_reported() -> None:
    text = "一、甲\n煤矿要治理瓦斯。\n工地要防高坠。"
    assert codes(text, sectors={"一": ["煤矿"]}) == ["sectors-count"]
    assert codes(text, sectors={"二": ["煤矿", "建筑施工"]}) == ["sectors-count"]
    assert codes(text, sectors={"一": ["煤矿", "建筑施工"]}) == []


def test_a_correction_that_fits_nothing_is_reported_and_one_that_fits_is_read() -> None:
    text = "一、甲\n安装率达到 70;"
    fits = Correction(at=2, received="70;", read="70%;", why="脱落")
    elsewhere = Correction(at=1, received="70;", read="70%;", why="脱落")
    assert parsed(text, corrections=(fits,)) == {"一": "安装率达到70%;"}
    assert codes(text, corrections=(elsewhere,)) == ["correction-not-found"]


def test_lines_outside_the_file_are_reported() -> None:
    assert codes("一、甲\n要做。", lines=(1, 9)) == ["notice-lines-outside"]
    assert codes("一、甲\n要做。", lines=(7, 9)) == ["notice-lines-outside", "notice-empty"]


def test_a_missing_file_is_reported_once_for_its_notices(tmp_path: Path) -> None:
    text = "一、甲\n要做。"
    found, problems = read_clauses(tmp_path, [notice_of(text), notice_of(text, id="there-2030")])
    assert found == {"here-2030": [], "there-2030": []}
    assert [one.code for one in problems] == ["file-missing"]


# ---------------------------------------------------------------- what stands round the text

LETTER = "关于印发方案的通知\n各乡镇：\n现将《方案》印发给你们，请执行。\n某县人民政府\n2026年1月1日"
PLAN = "燃气整治方案\n为了安全，制定本方案。\n一、内容\n1.必须装报警器。\n2.严禁用超期气瓶。"


def test_a_letter_and_the_plan_it_hands_on_are_read_as_one_notice() -> None:
    assert parsed(f"{LETTER}\n（此件公开发布）\n{PLAN}\n某县人民政府办公室 2026年1月2日印发") == {
        "前言": "现将《方案》印发给你们，请执行。为了安全，制定本方案。",
        "一/1": "必须装报警器。",
        "一/2": "严禁用超期气瓶。",
    }
    assert codes(f"{LETTER}\n{PLAN}") == []


def test_the_title_of_the_plan_and_the_letters_sign_off_are_set_aside() -> None:
    text = f"{LETTER}\n{PLAN}"
    found, _ = read_notice(notice_of(text), text)
    assert [(rest.why, rest.text) for rest in found.remainder if rest.kind == "furniture"] == [
        ("head", "关于印发方案的通知"),
        ("head", "各乡镇："),
        ("foot", "某县人民政府"),
        ("foot", "2026年1月1日"),
        ("head", "燃气整治方案"),
    ]


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        (
            "附件\n第一条 餐饮单位必须装报警器。\n第二条 严禁使用超期气瓶。",
            {"第一条": "餐饮单位必须装报警器。", "第二条": "严禁使用超期气瓶。"},
        ),
        (
            "任务清单\n（一）餐饮单位必须装报警器。\n（二）严禁使用超期气瓶。",
            {"（一）": "餐饮单位必须装报警器。", "（二）": "严禁使用超期气瓶。"},
        ),
        ("各单位必须装报警器，严禁使用超期气瓶。", {"附件": "各单位必须装报警器，严禁使用超期气瓶。"}),
    ],
)
def test_whatever_a_letter_hands_on_is_read(behind: str, wanted: dict[str, str]) -> None:
    text = f"{LETTER}\n{behind}"
    assert codes(text) == []
    assert parsed(text) == {"前言": "现将《方案》印发给你们，请执行。", **wanted}


def test_a_plan_behind_a_notice_with_numbers_of_its_own_is_an_attachment() -> None:
    numbered = LETTER.replace("请执行。", "请执行。\n一、要求\n要执行。")
    assert codes(f"{numbered}\n{PLAN}") == []
    assert parsed(f"{numbered}\n{PLAN}") == {
        "前言": "现将《方案》印发给你们，请执行。",
        "一": "要执行。",
        "附件": "为了安全，制定本方案。",
        "附件/一/1": "必须装报警器。",
        "附件/一/2": "严禁用超期气瓶。",
    }


def test_attachments_are_called_as_they_are_printed_and_the_list_of_their_names_is_no_clause() -> None:
    letter = LETTER.replace("请执行。", "请执行。\n附件：1.燃气方案\n2.消防办法")
    text = f"{letter}\n附件1\n{PLAN}\n附件2\n消防办法\n第一条 严禁占用通道。\n某县人民政府办公室 2026年1月2日印发"
    assert codes(text) == []
    assert parsed(text) == {
        "前言": "现将《方案》印发给你们，请执行。",
        "附件1": "为了安全，制定本方案。",
        "附件1/一/1": "必须装报警器。",
        "附件1/一/2": "严禁用超期气瓶。",
        "附件2/第一条": "严禁占用通道。",
    }


def test_articles_run_through_the_chapters_and_chapters_are_headings() -> None:
    text = "某办法\n第一章 总则\n第一条 为了安全，制定本办法。\n第二章 责任\n第二条 单位应当做到：\n（一）每日巡查；\n（二）每月演练。\n第三条 按照第二条的规定处理。"
    assert codes(text) == []
    assert parsed(text) == {
        "第一条": "为了安全，制定本办法。",
        "第二条": "单位应当做到：",
        "第二条/（一）": "每日巡查；",
        "第二条/（二）": "每月演练。",
        "第三条": "按照第二条的规定处理。",
    }


def test_lower_numbers_stand_below_the_higher() -> None:
    text = "一、责任\n1.企业。要做到：\n①查。查隐患。\n②改。改隐患。\n2.部门。要做到：\n一是查。要常查。\n二是改。要常改。\n3.其他\n3.1 值班。要值班。\n1）甲。要有人。"
    assert list(parsed(text)) == [
        "一/1",
        "一/1/①",
        "一/1/②",
        "一/2",
        "一/2/一是",
        "一/2/二是",
        "一/3/3.1",
        "一/3/3.1/1）",
    ]


def test_headings_without_a_number_part_paragraphs_that_nobody_wrapped() -> None:
    text = "各乡镇：\n一、总体要求\n指导思想\n坚持安全第一。\n工作目标\n不出事故。\n二、任务\n要做。"
    assert parsed(text, wrapped=False) == {
        "一/指导思想": "坚持安全第一。",
        "一/工作目标": "不出事故。",
        "二": "要做。",
    }


ROWS = """某县任务清单
｜序号｜任务｜主要内容｜责任单位｜〃｜完成时限｜
｜〃｜〃｜〃｜牵头单位｜配合单位｜〃｜
｜1｜压实责任｜1.企业必须公示承诺书。⏎2.加油站必须装监控。｜县应急局｜县商务局、县能源局｜全年｜
｜2｜〃｜3.餐饮单位一律装报警器。｜县住建局｜｜6月底前｜
｜序号｜任务｜主要内容｜牵头单位｜配合单位｜完成时限｜
｜3｜培训｜新员工不经培训不得上岗。｜县人社局｜｜〃｜"""


def test_the_rows_of_a_task_list_are_clauses_with_departments_and_dates() -> None:
    found, problems = read_notice(notice_of(ROWS), ROWS)
    assert problems == []
    assert [(one.path, one.text, one.departments, one.deadline) for one in found.clauses] == [
        ("1/1", "企业必须公示承诺书。", ("县应急局", "县商务局", "县能源局"), "全年"),
        ("1/2", "加油站必须装监控。", ("县应急局", "县商务局", "县能源局"), "全年"),
        ("2/3", "餐饮单位一律装报警器。", ("县住建局",), "6月底前"),
        ("3", "新员工不经培训不得上岗。", ("县人社局",), "6月底前"),
    ]


def test_columns_stand_in_any_order_and_a_second_table_is_another() -> None:
    text = (
        "一、任务\n｜时限｜责任单位｜工作任务｜\n｜全年｜县应急局｜必须查隐患。｜\n｜6月｜县教育局｜必须查校车。｜\n二、企业\n"
        "｜序号｜企业名称｜地址｜\n｜1｜甲厂｜城东｜\n｜2｜乙厂｜城西｜"
    )
    found, _ = read_notice(notice_of(text), text)
    assert [(one.path, one.text, one.departments) for one in found.clauses] == [
        ("一/表/必须查隐患。", "必须查隐患。", ("县应急局",)),
        ("一/表/必须查校车。", "必须查校车。", ("县教育局",)),
        ("二/表/1", "甲厂｜城东", ()),
        ("二/表/2", "乙厂｜城西", ()),
    ]


@pytest.mark.parametrize(
    "imprint",
    [
        "（此件公开发布）",
        "抄送：县委办公室，县人大办公室，\n县法院，各人民团体。\n某县人民政府办公室 2026年1月2日印发",
        "县检察院，各人民团体，新闻单位。\n某县人民政府办公室 2026 年 1 月 2日印发",
        "信息公开选项：主动公开\n联系人：某某　联系电话：0356—0000000",
        "— 4 —",
        "主办：某县人民政府 备案号：晋ICP备00000000号",
        "附件：任务清单",
        "https://www.example.gov.cn/a.html",
    ],
)
def test_an_imprint_is_no_lost_text(imprint: str) -> None:
    text = f"各乡镇：\n一、责任\n要落实。\n某县人民政府\n2026年1月1日\n{imprint}"
    assert codes(text) == []
    assert parsed(text) == {"一": "要落实。"}


def test_a_duty_in_the_imprint_is_no_imprint() -> None:
    text = "各乡镇：\n一、责任\n要落实。\n某县人民政府\n2026年1月1日\n抄送：各单位必须安装报警器的单位，\n严禁使用气瓶的单位。"
    assert parsed(text)["附件"] == "抄送：各单位必须安装报警器的单位，严禁使用气瓶的单位。"


def test_the_issuers_name_in_a_cell_of_a_table_ends_no_notice() -> None:
    text = "各乡镇：\n一、责任\n1.要落实。\n某县人民政府\n2.要检查。\n某县人民政府\n2026年1月1日"
    assert "要检查。" in parsed(text)["一/1"]
    assert codes(text) == []


def test_a_sign_off_and_its_date_may_stand_on_one_line() -> None:
    text = "各乡镇：\n一、责任\n要落实。\n某县人民政府  2026年1月1日"
    assert parsed(text) == {"一": "要落实。"}


def test_sentences_before_the_addressees_are_told() -> None:
    text = "关于安全的通知\n餐饮单位必须安装报警器，严禁使用超期气瓶。\n各乡镇：\n一、责任\n要落实。"
    assert codes(text) == ["text-set-aside"]


def test_a_duty_behind_the_word_for_attachments_is_told() -> None:
    text = "各乡镇：\n一、责任\n要落实。\n附件：餐饮单位必须安装可燃气体报警装置，严禁使用超期气瓶。"
    assert codes(text) == ["text-set-aside"]


def test_a_few_words_behind_the_sign_off_of_a_long_notice_are_in_the_account_only() -> None:
    text = f"各乡镇：\n一、责任\n{'要落实，' * 100}要做到。\n某县人民政府\n2026年1月1日\n望周知照办"
    found, problems = read_notice(notice_of(text), text)
    assert problems == []
    account = account_of(found)
    assert (account.after, [str(one) for one in account.lines][-1]) == (
        5,
        "第 6 行　落款之后，没有读成条款：望周知照办",
    )


@pytest.mark.parametrize("notice_id", NOTICES)
def test_the_account_of_a_notice_has_every_character_and_nothing_behind_the_sign_off(notice_id: str) -> None:
    found = reading(notice_id)
    account = account_of(found)
    everything = [*(one.text for one in found.clauses), *(rest.text for rest in found.remainder)]
    assert account.whole == len(squeeze("".join(everything)))
    assert account.after == 0


def test_ten_thousand_lines_of_sign_offs_are_read_at_once() -> None:
    text = (
        "要做。\n"
        + "某县人民政府\n2026年1月1日\n要做。\n" * 3000
        + "一、甲\n要做。"
        + "\n会会会会会会会会会会会会会会会会会会会会会会x" * 2000
    )
    started = time.process_time()
    parse(notice_of(text), text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2026年1月5日", True),
        ("二〇〇九年五月五日", True),
        ("二○一○年十二月三十一日印发", True),
        ("二〇〇九年", False),
        ("五年一月五日", False),
        ("到二〇〇九年一月五日止", False),
    ],
)
def test_a_date_alone_on_its_line_is_told_in_figures_and_in_words(line: str, date: bool) -> None:
    assert is_date(line) is date


def test_a_seed_that_is_no_utf8_is_told_in_words(tmp_path: Path) -> None:
    text = "一、甲\n要做。"
    (tmp_path / "here.txt").write_bytes(text.encode("gb18030"))
    found, problems = read_clauses(tmp_path, [notice_of(text)])
    assert found == {"here-2030": []}
    assert [one.message for one in problems] == [
        "文件不是 UTF-8 编码（多半是 GBK 或 GB18030，记事本里叫 ANSI）"
    ]
    (tmp_path / "here.txt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert [one.text for one in read_clauses(tmp_path, [notice_of(text)])[0]["here-2030"]] == ["要做。"]


TABLE = "序号\n任务\n主要内容\n责任单位\n完成时限\n一\n责任\n1.要公示承诺书。\n县应急局\n全年"


def test_text_behind_a_table_belongs_to_nobody_and_stays_text() -> None:
    text = f"{TABLE}\n二\n整治\n2.要治理油库。\n县能源局\n6月底前\n各单位要抓好落实。"
    found, _ = read_notice(notice_of(text), text)
    assert [(one.path, one.text, one.departments) for one in found.clauses] == [
        ("一/1", "要公示承诺书。", ("县应急局",)),
        ("二/2", "要治理油库。各单位要抓好落实。", ("县能源局",)),
    ]


def test_a_duty_in_the_last_cell_before_the_date_is_no_department() -> None:
    text = f"{TABLE}\n2.要治理油库。\n加油站必须安装监控。\n6月底前"
    assert parsed(text)["一/2"] == "要治理油库。加油站必须安装监控。"


def test_a_table_whose_columns_stand_otherwise_is_read_line_by_line() -> None:
    text = "序号\n主要内容\n任务\n完成时限\n责任单位\n一、责任\n1.要公示承诺书。\n全年\n县应急局\n2.要整治。\n全年\n县能源局"
    kept = "".join(parsed(text).values())
    assert all(words in kept for words in ("要公示承诺书。", "要整治。", "县应急局", "县能源局"))


# ---------------------------------------------------------------- quotes and sentences


def test_a_quote_stands_whatever_its_white_space_but_not_with_another_word() -> None:
    one = clause("shanxi-2022", "二/9/燃气")
    assert quote_stands(one, "餐饮等行业生产经营单位使用燃气的，\n  必须安装可燃气体报警装置")
    assert not quote_stands(one, "餐饮等行业生产经营单位使用燃气的，应当安装可燃气体报警装置")
    assert not quote_stands(one, " ")


def test_sentences_are_cut_after_full_stop_and_semicolon_in_both_widths() -> None:
    one = Clause(notice="n", path="一", text="甲要做；乙要做;说“丙要做。”丁不做", lines=(1, 1))
    assert sentences(one) == ["甲要做；", "乙要做;", "说“丙要做。”", "丁不做"]


@pytest.mark.parametrize("notice_id", NOTICES)
def test_the_sentences_of_a_clause_joined_are_its_text(notice_id: str) -> None:
    for one in reading(notice_id).clauses:
        assert "".join(sentences(one)) == one.text


def test_a_run_in_heading_is_known_as_one() -> None:
    one = clause("shanxi-2026", "三/（十一）/1")
    assert [is_heading_sentence(one, sentence) for sentence in sentences(one)[:2]] == [True, False]


# ---------------------------------------------------------------- properties

PRINTED = st.text(
    st.sampled_from("一二十、（）()1234.．：:。；煤矿要安全各行业领域也\n\t 　Aab%“”"), max_size=200
)


@given(st.lists(st.text()))
def test_unwrapping_loses_no_character_but_blanks(lines: list[str]) -> None:
    assert squeeze(unwrap(lines)) == squeeze("".join(lines))


@given(st.text() | PRINTED)
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    found, _ = read_notice(notice_of(text), text)
    kept = "".join(one.text for one in found.clauses) + "".join(rest.text for rest in found.remainder)
    assert Counter(squeeze(kept)) == Counter(squeeze(text))


CELL = st.text(st.sampled_from("一二1.、（）；。煤矿序号任务责任单位时限｜⏎〃# 必须"), max_size=12)


@given(st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=6), PRINTED)
def test_rows_of_anything_are_read_and_accounted_for(rows: list[list[str]], text: str) -> None:
    table = "\n".join([*("｜" + "｜".join(row) + "｜" for row in rows), text])
    found, _ = read_notice(notice_of(table, wrapped=False), table)
    kept = "".join(one.text for one in found.clauses) + "".join(rest.text for rest in found.remainder)
    assert Counter(squeeze(kept)) == Counter(squeeze(table))


@given(PRINTED)
def test_a_table_of_anything_is_read_and_accounted_for(text: str) -> None:
    table = "\n".join(["序号", "任务", "主要内容", "责任单位", "完成时限", text, "某局负责", "全年", text])
    found, _ = read_notice(notice_of(table), table)
    kept = "".join(one.text for one in found.clauses) + "".join(rest.text for rest in found.remainder)
    assert Counter(squeeze(kept)) == Counter(squeeze(table))
