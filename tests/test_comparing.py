"""Two notices compared: against a list written by reading them, and the kinds of change on made-up clauses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from command import command
from docx import Document

from checklists.models import Clause
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import read_clauses
from checklists.notices.comparing import Change, compared
from checklists.notices.duties import duties_of, pieces
from checklists.notices.figures import figures_of
from checklists.notices.likeness import Weights, weights_of
from checklists.text import squeeze

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CLAUSES = read_clauses(SEEDS, load_notices(SEEDS)[0])[0]


def weights() -> Weights:
    return weights_of(duty.text for clauses in CLAUSES.values() for duty in duties_of(clauses))


WEIGHTS = weights()


def clause(path: str, text: str) -> Clause:
    return Clause(notice="a", path=path, text=text, lines=(1, 1))


def change(before: str, after: str) -> Change:
    (found,) = compared([clause("一", before)], [clause("一", after)], WEIGHTS)
    return found


# ---------------------------------------------------------------- by people's reading


@pytest.mark.parametrize(("before", "after"), [("2024", "2025"), ("2025", "2026")])
def test_the_comparison_agrees_with_a_reading(before: str, after: str) -> None:
    read = yaml.safe_load((ROOT / "tests" / "changes" / f"shanxi-{before}-{after}.yaml").read_text("utf-8"))
    found = compared(CLAUSES[f"shanxi-{before}"], CLAUSES[f"shanxi-{after}"], WEIGHTS)

    same = [one for one in read["same"] if any(_joins(one, change) for change in found)]
    kinds = [
        one
        for one in same
        if any(_joins(one, change) and set(one["kind"]) & set(change.kinds) for change in found)
    ]
    new = [words for words in read["added"] if _is(found, "新增", words)]
    gone = [words for words in read["dropped"] if _is(found, "取消", words)]

    assert len(same) / len(read["same"]) >= 0.8
    assert len(kinds) / len(same) >= 0.75
    assert len(new) / len(read["added"]) >= 0.9
    assert len(gone) / len(read["dropped"]) >= 0.8


def _joins(one: dict[str, str], change: Change) -> bool:
    sides = ((one["before"], change.before), (one["after"], change.after))
    return all(any(squeeze(words) in squeeze(duty.text) for duty in side) for words, side in sides)


def _is(found: tuple[Change, ...], kind: str, words: str) -> bool:
    return any(
        change.kinds == (kind,) and squeeze(words) in squeeze(duty.text)
        for change in found
        for duty in (*change.before, *change.after)
    )


def test_every_sentence_stands_in_the_comparison() -> None:
    old, new = CLAUSES["shanxi-2025"], CLAUSES["shanxi-2026"]
    found = compared(old, new, WEIGHTS)

    for side, clauses in (("before", old), ("after", new)):
        told = {(duty.path, duty.text) for change in found for duty in getattr(change, side)}
        assert told == {(duty.path, duty.text) for duty in duties_of(clauses) if duty.path != "前言"}


# ---------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("before", "after", "kinds", "figures"),
    [
        ("年底前再建成130座智能化煤矿。", "年底前再建成150座智能化煤矿。", ("加严",), (("130座", "150座"),)),
        ("年底前再建成130座智能化煤矿。", "年底前再建成60座智能化煤矿。", ("放宽",), (("130座", "60座"),)),
        ("9月底前完成隐蔽致灾因素普查。", "6月底前完成隐蔽致灾因素普查。", ("加严",), (("9月底前", "6月底前"),)),
        ("粉尘作业5人以上企业接入预警系统。", "粉尘作业3人以上企业接入预警系统。", ("加严",), (("5人以上", "3人以上"),)),
        ("每季度开展一次应急疏散演练。", "每月开展一次应急疏散演练。", ("加严",), (("每季度", "每月"),)),
        ("督促企业配备安全总监和注册安全工程师。", "企业必须配备安全总监和注册安全工程师。", ("加严",), ()),
        ("企业必须配备安全总监和注册安全工程师。", "推动企业配备安全总监和注册安全工程师。", ("放宽",), ()),
        ("年内各级政府至少开展一次综合性应急演练。", "各级政府至少开展1次综合性应急演练。", ("改述",), (("年内", ""),)),
        ("严格动火作业审批和现场监护。", "严格落实动火作业审批、现场监护。", ("改述",), ()),
        ("严格动火作业审批和现场监护。", "严格动火作业审批和现场监护。", ("不变",), ()),
    ],
)  # fmt: skip
def test_kinds(before: str, after: str, kinds: tuple[str, ...], figures: tuple[tuple[str, str], ...]) -> None:
    found = change(before, after)

    assert (found.kinds, found.figures) == (kinds, figures)


def test_split_joined_moved_new_and_dropped() -> None:
    hot, gas, crane, school = (
        "严格动火作业审批和现场监护。",
        "餐饮场所安装燃气泄漏报警装置。",
        "全面推行起重机械使用登记。",
        "督促学校上好安全教育课。",
    )
    both = "严格动火作业审批和现场监护，餐饮场所安装燃气泄漏报警装置。"

    (joined,) = compared([clause("一", hot + gas)], [clause("一", both)], WEIGHTS)
    (split,) = compared([clause("一", both)], [clause("一", hot + gas)], WEIGHTS)
    moved = compared(
        [clause("一", hot + gas + crane), clause("二", school)],
        [clause("一", hot + gas), clause("二", school + crane)],
        WEIGHTS,
    )
    other = compared([clause("一", hot)], [clause("一", school)], WEIGHTS)

    assert (joined.kinds, len(joined.before), len(joined.after)) == (("合并",), 2, 1)
    assert (split.kinds, len(split.before), len(split.after)) == (("拆分",), 1, 2)
    assert [(one.kinds, one.after[0].text) for one in moved if one.kinds != ("不变",)] == [(("移动",), crane)]
    assert [one.kinds for one in other] == [("新增",), ("取消",)]


def test_what_brings_nothing_of_its_own_is_no_part_of_a_joining() -> None:
    hot = "严格动火作业审批和现场监护，餐饮场所安装燃气泄漏报警装置。"
    again = "持续宣传动火作业审批。"
    found = compared([clause("一", hot), clause("二", again)], [clause("一", hot[:-1] + "并联网。")], WEIGHTS)

    assert [(one.kinds, [duty.text for duty in one.before]) for one in found] == [
        (("改述",), [hot]),
        (("取消",), [again]),
    ]


def test_a_faint_likeness_counts_where_nothing_else_is_like() -> None:
    before, after = (
        "督促企业定期开展应急疏散演练。",
        "各企事业单位都要针对本单位易发灾害，组织开展疏散逃生演练。",
    )
    rival = "学校每学期开展一次应急疏散演练。"

    assert change(before, after).before and change(before, after).after
    found = compared([clause("一", before)], [clause("一", after), clause("二", rival)], WEIGHTS)
    assert [one.kinds for one in found if one.after and one.after[0].text == after] == [("新增",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025年6月底前完成，90%的园区达到", ["2025年6月底前", "90%"]),
        ("停用时间超过3年、3层及以上", ["3年", "3层"]),
        ("认真贯彻“三管三必须”和“八条硬措施”", []),
        ("每半年至少召开2次会议", ["每半年", "2次"]),
        ("到2026年", []),
        ("至少开展一次演练，每次排查一处", ["一次"]),
        ("部门每千次检查发现隐患", []),
    ],
)
def test_figures(text: str, words: list[str]) -> None:
    assert [one.words for one in figures_of(text)] == words


def test_a_heading_that_binds_is_a_duty_and_another_is_none() -> None:
    one = Clause(notice="a", path="一", heading="强化装备配备", text="强化装备配备。每月检查。", lines=(1, 1))
    other = Clause(notice="a", path="二", heading="强化责任", text="强化责任。每月检查。", lines=(1, 1))

    assert [duty.text for duty in duties_of([one, other])] == ["强化装备配备。", "每月检查。", "每月检查。"]


def test_pieces_joined_are_the_sentence() -> None:
    for clauses in CLAUSES.values():
        for duty in duties_of(clauses):
            assert "".join(pieces(duty.text)) == duty.text


# ---------------------------------------------------------------- the command


def test_text_json_and_word_say_the_same(tmp_path: Path) -> None:
    told = command("notices", "diff", "shanxi-2025", "shanxi-2026", "--json").json
    shown = command("notices", "diff", "shanxi-2025", "shanxi-2026", "--word", tmp_path)

    changes = [one for one in told["changes"] if one["kinds"] != ["不变"]]
    table = Document(str(tmp_path / "修订对照表_shanxi-2025_shanxi-2026.docx")).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert shown.code == 0
    assert [row[1].split("、") for row in rows] == [one["kinds"] for one in changes]
    assert [re.sub("^[①-⑳]", "", row[5], flags=re.M) for row in rows] == [
        "\n".join(part["text"] for part in one["after"]) for one in changes
    ]
    assert [row[4].count("\n") for row in rows] == [row[5].count("\n") for row in rows]
    assert any("130座→60座" in row[6].split("\n") for row in rows)
    assert all(part["text"] in shown.out for one in changes for part in one["after"])
    assert json.dumps(told, ensure_ascii=False).count("实行电焊机“加芯赋码”管理") == 1


def test_an_unknown_notice_is_told_with_the_nearest() -> None:
    ended = command("notices", "diff", "shanxi-2025", "shanxi-2062")

    assert ended.code == 2
    assert "notice-unknown" in ended.err and "最接近的" in ended.err


def test_a_table_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    words = ("notices", "diff", "shanxi-2025", "shanxi-2026", "--word", tmp_path)
    command(*words)
    path = next(tmp_path.glob("*.docx"))
    path.write_bytes(path.read_bytes() + b"x")
    kept = path.read_bytes()

    assert command(*words).code == 1
    assert path.read_bytes() == kept
