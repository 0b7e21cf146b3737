"""判定标准: what is read, what CI refuses, which bind whom on which day, and what commands say of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.models import Enterprise, FactValue
from checklists.problems import Problem
from checklists.rules.checking import check_rules
from checklists.rules.criteria import load_criteria
from checklists.rules.editions import compare
from checklists.rules.library import Library, open_library
from checklists.selection.criteria import BoundStandard, bound_standards, major_items
from checklists.selection.profile import profile_of
from checklists.selection.select import select
from tests.command import command
from tests.small_rules import released, small_rules

DAY = datetime.date(2026, 11, 22)
FILE = "rules/criteria/dust-10.yaml"

DUST = """\
standard: 粉尘重大事故隐患判定标准
number: 某令第10号
from: 2026-07-01
replaces: 某令第9号
held: whole
note: 摘要
binds: {industries: [dust], facts: {high-hazard: true}}
criteria:
  - article: 第一条（一）
    text: 没有每班清扫积尘，积尘厚度超过1毫米
    see: 逐处看梁、管、设备面上的积尘
    where: 车间
    applies: {dust-workers: {at-least: 3}}
    items: [dust-cleaning]
  - article: 第一条（二）
    text: 用管道气的，没有切断
    see: 看切断阀
    where: 车间
    applies: {uses-gas: true, gas-supply: 管道}
    industries: [gas-use]
    no-item: 没有问切断的检查项
"""
OLD = """\
standard: 粉尘重大事故隐患判定标准
number: 某令第9号
from: 2020-01-01
until: 2026-06-30
held: none
binds: {industries: [dust]}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The small rules with two editions of one standard, released."""
    small_rules(tmp_path)
    (tmp_path / "rules/criteria").mkdir()
    (tmp_path / FILE).write_text(DUST, "utf-8")
    (tmp_path / "rules/criteria/dust-9.yaml").write_text(OLD, "utf-8")
    return released(tmp_path)


def library_of(house: Path) -> Library:
    library, problems = open_library(house / "rules", house / "seeds")
    assert problems == []
    return library


def checked(house: Path) -> tuple[Problem, ...]:
    return check_rules(house / "rules", house / "seeds").problems


def bound(
    library: Library, *types: str, on: datetime.date = DAY, facts: Mapping[str, FactValue] | None = None
) -> tuple[BoundStandard, ...]:
    enterprise = Enterprise(types=types, facts=dict(facts or {}))
    return bound_standards(library, profile_of(library.vocabulary, enterprise), on)


def articles(found: tuple[BoundStandard, ...]) -> list[str]:
    return [criterion.article for one in found for criterion in one.criteria]


# ---------------------------------------------------------------- what CI refuses


def test_sound_standards_are_not_complained_of(house: Path) -> None:
    assert checked(house) == ()
    assert [one.name for one in library_of(house).standards] == ["dust-10", "dust-9"]


FAULTS = [
    ("no article", "  - article: 第一条（一）\n    text", "  - text", "field-missing", 9),
    ("unknown item", "[dust-cleaning]", "[dust-cleanin]", "item-unknown", 14),
    ("item twice", "[dust-cleaning]", "[dust-cleaning, dust-cleaning]", "word-twice", 14),
    ("no item and no reason", "    items: [dust-cleaning]\n", "", "criterion-no-item", 9),
    (
        "item and reason",
        "    items: [dust-cleaning]\n",
        "    items: [dust-cleaning]\n    no-item: 没有\n",
        "criterion-both",
        15,
    ),
    (
        "unknown part of the place",
        "where: 车间\n    applies: {dust",
        "where: 车闸\n    applies: {dust",
        "word-unknown",
        12,
    ),
    ("unknown industry of a criterion", "industries: [gas-use]", "industries: [gas]", "word-unknown", 20),
    ("unknown industry of a standard", "industries: [dust]", "industries: [dusty]", "word-unknown", 7),
    ("unknown fact", "{dust-workers: {", "{dust-worker: {", "fact-unknown", 13),
    ("unknown fact of a standard", "{high-hazard: true}", "{high-hazards: true}", "fact-unknown", 7),
    ("value of another kind", "gas-supply: 管道", "gas-supply: 管路", "fact-value", 19),
    ("a number that cannot be", "{at-least: 3}", "{at-least: 3, less-than: 2}", "fact-value", 13),
    (
        "a condition none can meet",
        "{uses-gas: true, gas-supply: 管道}",
        "{uses-gas: true, high-hazard: false}",
        "criterion-excluded",
        19,
    ),
    (
        "whom nobody is",
        "facts: {high-hazard: true}",
        "facts: {high-hazard: false}",
        "standard-unreachable",
        7,
    ),
    ("too long a text", "没有每班清扫积尘", "没" * 41, "criterion-long", 10),
    ("too long a way to see", "看切断阀", "看" * 41, "criterion-long", 17),
    ("a day that is none", "2026-07-01", "2026-7-1", "field-wrong", 3),
    ("an end before the beginning", "replaces: 某令第9号", "until: 2026-06-30", "standard-days", 4),
    ("held, and nothing there", DUST[DUST.index("criteria:") :], "", "standard-no-criteria", 5),
    ("not held, and yet there", "held: whole", "held: none", "standard-not-held", 5),
    ("held in an unknown way", "held: whole", "held: all", "field-wrong", 5),
    ("two editions on one day", "from: 2026-07-01", "from: 2026-06-30", "standard-twice", 1),
    ("a name without a value", "no-item: 没有问切断的检查项", "no-item:", "yaml-no-value", 21),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_slip_is_one_error_at_its_line(house: Path, old: str, new: str, code: str, line: int) -> None:
    assert old in DUST
    (house / FILE).write_text(DUST.replace(old, new, 1), "utf-8")

    found = [one for one in checked(house) if one.level == "error"]

    place = "dust-9.yaml" if code == "standard-twice" else "dust-10.yaml"
    assert [(one.code, Path(one.position.file).name, one.position.line) for one in found] == [
        (code, place, line)
    ]


def test_a_criterion_that_no_type_can_meet_is_an_error(house: Path) -> None:
    types = house / "rules/types.yaml"
    types.write_text(types.read_text("utf-8").replace("default: {dust-workers: 3, ", "default: {"), "utf-8")
    (house / "rules/dust.yaml").write_text(
        (house / "rules/dust.yaml").read_text("utf-8").replace("{dust-workers: {at-least: 3}}", "{}"), "utf-8"
    )

    (found,) = [one for one in checked(house) if one.level == "error" and one.code != "edition-stale"]

    assert (found.code, found.position.line) == ("criterion-unreachable", 13)


def test_a_retired_item_is_an_error(house: Path) -> None:
    (house / "rules/retired.yaml").write_text("dust-gone: {reason: 并入, into: [dust-cleaning]}\n", "utf-8")
    (house / FILE).write_text(DUST.replace("[dust-cleaning]", "[dust-gone]"), "utf-8")

    (found,) = [one for one in checked(house) if one.level == "error"]

    assert (found.code, found.position.line) == ("criterion-retired", 14)


def test_a_situation_written_twice_is_an_error(house: Path) -> None:
    again = DUST[DUST.index("  - article: 第一条（二）") :]
    (house / FILE).write_text(DUST + again, "utf-8")

    (found,) = [one for one in checked(house) if one.level == "error"]

    assert (found.code, found.position.line) == ("criterion-twice", 23)


def test_a_file_that_is_not_read_is_told(house: Path) -> None:
    (house / FILE).rename(house / "rules/criteria/dust-10.yml")

    assert "rules-unread" in [one.code for one in checked(house)]


def test_wrong_standards_stop_a_command_before_it_writes(house: Path, tmp_path: Path) -> None:
    (house / FILE).write_text(DUST.replace("[dust-cleaning]", "[dust-cleanin]"), "utf-8")
    where = ("--rules", house / "rules", "--seeds", house / "seeds")

    told = command("generate", "--type", "涉粉企业", "--place", "阳城县", "--out", tmp_path / "out", *where)

    assert told.code == 1 and "item-unknown" in told.err
    assert not (tmp_path / "out").exists()


def test_rules_without_standards_are_sound(tmp_path: Path) -> None:
    library = library_of(small_rules(tmp_path))

    assert library.standards == () and bound(library, "dust-plant") == ()
    assert checked(tmp_path) == ()


# ---------------------------------------------------------------- which bind whom


def test_a_criterion_is_kept_where_its_facts_hold_or_nobody_knows(house: Path) -> None:
    library = library_of(house)

    assert articles(bound(library, "dust-plant")) == ["第一条（一）", "第一条（二）"]
    assert articles(bound(library, "dust-plant", facts={"uses-gas": False})) == ["第一条（一）"]
    assert articles(bound(library, "dust-plant", facts={"dust-workers": 2})) == ["第一条（二）"]
    assert articles(bound(library, "dust-plant", facts={"gas-supply": "瓶装"})) == ["第一条（一）"]


def test_major_are_the_items_of_the_criteria_that_apply_and_no_others(house: Path) -> None:
    library = library_of(house)

    assert major_items(bound(library, "dust-plant")) == {"dust-cleaning": 1}
    assert major_items(bound(library, "dust-plant", facts={"dust-workers": 2})) == {}


def test_a_standard_binds_only_enterprises_of_its_industries_and_facts(house: Path) -> None:
    library = library_of(house)

    assert bound(library, "restaurant") == ()
    assert [one.standard.number for one in bound(library, "restaurant", "dust-plant")] == ["某令第10号"]


def test_a_whole_standard_without_a_criterion_for_the_enterprise_is_left_out(house: Path) -> None:
    library = library_of(house)

    assert bound(library, "dust-plant", facts={"dust-workers": 2, "uses-gas": False}) == ()


@pytest.mark.parametrize(
    ("day", "number", "criteria"),
    [
        ("2019-12-31", None, 0),
        ("2020-01-01", "某令第9号", 0),
        ("2026-06-30", "某令第9号", 0),
        ("2026-07-01", "某令第10号", 2),
    ],
)
def test_the_edition_is_that_of_the_day(house: Path, day: str, number: str | None, criteria: int) -> None:
    found = bound(library_of(house), "dust-plant", on=datetime.date.fromisoformat(day))

    assert [one.standard.number for one in found] == ([number] if number else [])
    assert len(articles(found)) == criteria


# ---------------------------------------------------------------- editions


def changes(house: Path, text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    before = library_of(house).record
    (house / FILE).write_text(text, "utf-8")
    return {kind: found.by_name for kind, found in compare(before, library_of(house).record).items()}


def test_an_edition_remembers_standards(house: Path) -> None:
    reworded = DUST.replace("看切断阀", "看阀")
    assert changes(house, reworded) == {"criteria": {"改措辞": ("dust-10",)}}
    assert changes(house, reworded.replace("[dust-cleaning]", "[dust-director]")) == {
        "criteria": {"改动": ("dust-10",)}
    }
    assert changes(house, DUST.replace("at-least: 3", "at-least: 2")) == {"criteria": {"改动": ("dust-10",)}}


def test_rules_that_never_had_standards_are_not_unreleased_for_it(tmp_path: Path) -> None:
    record = library_of(small_rules(tmp_path)).record
    before = {kind: found for kind, found in record.items() if kind != "criteria"}

    assert compare(before, record) == {}


# ---------------------------------------------------------------- as shipped


@cache
def shipped() -> Library:
    library, problems = open_library(data_folder("rules"), data_folder("seeds"))
    assert problems == []
    return library


def numbers(*types: str, on: str, facts: Mapping[str, FactValue] | None = None) -> dict[str, int]:
    """Number -> criteria, of the standards that bind."""
    found = bound(shipped(), *types, on=datetime.date.fromisoformat(on), facts=facts)
    return {one.standard.number: len(one.criteria) for one in found}


FIRE = "GB 35181-2025"


def test_a_coal_mine_has_the_old_order_by_name_until_the_end_of_june_and_then_the_new_one() -> None:
    before, after = (numbers("underground-coal-mine", on=day) for day in ("2026-06-30", "2026-07-01"))

    assert before == {"应急管理部令第4号": 0, FIRE: 0}
    assert list(after) == ["应急管理部令第21号", FIRE] and after["应急管理部令第21号"] > 100


def test_hazardous_chemicals_have_both_from_the_end_of_september() -> None:
    before, after = (numbers("hazchem-producer", on=day) for day in ("2026-09-29", "2026-09-30"))

    assert "AQ 3067-2026" not in before
    assert list(after)[:2] == ["安监总管三〔2017〕121号", "AQ 3067-2026"]
    assert (
        after["AQ 3067-2026"] == 0 and after["安监总管三〔2017〕121号"] == before["安监总管三〔2017〕121号"]
    )
    (aq,) = [one.standard for one in shipped().standards if one.standard.number == "AQ 3067-2026"]
    assert "121号是否继续适用，以发布机关公告为准" in aq.note


def test_a_snack_bar_is_told_of_fire_alone() -> None:
    assert numbers("catering-gas-user", on="2026-11-22") == {FIRE: 0}
    assert numbers("small-venue", on="2026-11-22") == {FIRE: 0}


def test_nobody_is_told_of_more_standards_than_a_person_reads() -> None:
    told = {kind: len(numbers(kind, on="2026-11-22")) for kind in shipped().vocabulary.types}

    assert {kind for kind, count in told.items() if count > 4} == set()


@pytest.mark.parametrize(
    ("names", "figure"),
    [
        (["coal-mine-order-21"], 123),
        (["industry-trade-10"], 64),
        (["noncoal-2022-88", "noncoal-2024-41"], 72),
        (["city-gas-2023-4"], 22),
        (["special-equipment-gb45067"], 47),
        (["civil-explosives-2024-234"], 17),
        (["power-2026-41"], 49),
        (["hazchem-2017-121"], 20),
        (["fireworks-2017-121"], 20),
        (["farm-machinery-2022-7"], 6),
        (["fishing-vessels-2022-11"], 8),
    ],
)
def test_every_item_of_a_whole_text_is_there(names: list[str], figure: int) -> None:
    """As many as the texts number; what stands behind a number in brackets (1, 2, 3) is a part of it."""
    standards = {one.name: one.standard for one in shipped().standards}
    found = {
        (name, re.sub(r"(（[一二三四五六七八九十]+）).*", r"\1", criterion.article))
        for name in names
        for criterion in standards[name].criteria
    }

    assert all(standards[name].held == "whole" for name in names)
    assert len(found) == figure


def test_what_is_not_held_has_no_criterion() -> None:
    not_held = [one.standard for one in shipped().standards if one.standard.held == "none"]

    assert FIRE in [one.number for one in not_held]
    assert [one.number for one in not_held if one.criteria] == []


def test_facts_that_only_criteria_look_at_are_no_question_and_not_told_as_unused() -> None:
    library = shipped()
    in_items = {name for item in library.items for name in item.applies}
    in_criteria = {name for one in library.standards for c in one.standard.criteria for name in c.applies}
    bringing = {name for name, fact in library.vocabulary.facts.items() if fact.brings}
    alone = in_criteria - in_items - bringing
    assert alone

    for kind in library.vocabulary.types.values():
        for decision in select(library, Enterprise(types=(kind.id,)), DAY).asked:
            assert alone.isdisjoint(decision.unknown)
    where = ("--place", "阳城县", "--on", "2026-11-22")
    told = command("criteria", "--type", "井工煤矿", *where, "--fact", "改制、合并或分立=是")
    assert (told.code, told.err) == (0, "")
    told = command("criteria", "--type", "餐饮用气单位", *where, "--fact", "改制、合并或分立=是")
    assert "fact-unused" in told.err


# ---------------------------------------------------------------- commands

ENTRY = {"standard", "number", "from", "held", "article", "text", "see", "where", "items", "applies"}


def test_criteria_as_json(house: Path) -> None:
    where = ("--rules", house / "rules", "--seeds", house / "seeds", "--json")
    who = ("criteria", "--type", "涉粉企业", "--place", "阳城县")

    new = command(*who, "--on", "2026-07-01", *where).json
    (old,) = command(*who, "--on", "2026-06-30", *where).json

    assert [one.keys() for one in [*new, old]] == [ENTRY] * 3
    assert new[0] == {
        "standard": "粉尘重大事故隐患判定标准",
        "number": "某令第10号",
        "from": "2026-07-01",
        "held": "whole",
        "article": "第一条（一）",
        "text": "没有每班清扫积尘，积尘厚度超过1毫米",
        "see": "逐处看梁、管、设备面上的积尘",
        "where": "车间",
        "items": ["dust-cleaning"],
        "applies": {"dust-workers": {"at-least": 3.0}},
    }
    assert (new[1]["items"], new[1]["applies"]) == ([], {"uses-gas": True, "gas-supply": "管道"})
    empty = {"article": "", "text": "", "see": "", "where": "", "items": [], "applies": {}}
    assert old == {
        "standard": "粉尘重大事故隐患判定标准",
        "number": "某令第9号",
        "from": "2020-01-01",
        "held": "none",
        **empty,
    }


def test_criteria_for_people(house: Path) -> None:
    where = ("--rules", house / "rules", "--seeds", house / "seeds")
    who = ("criteria", "--type", "涉粉企业", "--place", "阳城县")

    new, old = (command(*who, "--on", day, *where) for day in ("2026-07-01", "2026-06-30"))

    head, note, first, second, total = new.out.splitlines()
    assert head == "某令第10号 粉尘重大事故隐患判定标准（2026-07-01起；此前某令第9号）：2 条"
    assert note == "  说明：摘要"
    assert "第一条（一）" in first and "dust-cleaning" in first
    assert "无对应检查项（没有问切断的检查项）" in second
    assert total == "检查日 2026-07-01 适用标准 1 份，情形 2 条。"
    assert "某令第9号 粉尘重大事故隐患判定标准（2020-01-01起）：条文未收录" in old.out


def test_coverage(house: Path) -> None:
    where = ("--rules", house / "rules", "--seeds", house / "seeds")

    new, old = command("criteria", "coverage", *where, "--json").json
    told = command("criteria", "coverage", *where)

    figures = {"articles": 2, "entries": 2, "with_items": 1}
    assert figures.items() <= new.items()
    assert new["without"] == [
        {"article": "第一条（二）", "text": "用管道气的，没有切断", "why": "没有问切断的检查项"}
    ]
    assert (old["held"], old["until"], old["entries"], old["without"]) == ("none", "2026-06-30", 0, [])
    assert "全文，条款 2 项，情形 2 条，有对应检查项 1 条，没有 1 条" in told.out
    assert "没有 1 条：没有问切断的检查项" in told.out
    assert "标准 2 份，情形 2 条，有对应检查项 1 条。" in told.out


def test_without_a_type_and_with_an_empty_one_it_says_what_to_write() -> None:
    assert (command("criteria", "--json").code, command("criteria", "--type", "").code) == (2, 2)
    assert "criteria-no-type" in command("criteria", "--json").err
    assert "argument-empty" in command("criteria", "--type", "").err


def test_the_example_of_the_page_for_authors_is_a_standard(house: Path) -> None:
    page = (Path(__file__).parent.parent / "docs/criteria.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (house / FILE).write_text(example, "utf-8")

    standards, problems = load_criteria(house / "rules")

    assert problems == []
    assert [len(one.standard.criteria) for one in standards] == [2, 0]
