"""Editions: the number follows from what changed, and a document never claims one that was not released."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from checklists.data import data_folder
from checklists.models import Industry, Item, Notice, Term
from checklists.problems import Refused
from checklists.rules.editions import edition_of, release, stale, vanished
from checklists.rules.editions_record import ITEMS, KIND_NAMES, Record, item_digests, record_of
from checklists.rules.library import Library
from checklists.rules.papers import load_papers
from tests.test_selection import NOTICES, VOCABULARY, item

DAY = datetime.date(2026, 11, 22)
ONE, TWO = item("one"), item("two")
TERM = Term(term="双报告", notice="province-2026", clause="一", quote="实行双报告")
PAPERS = load_papers(data_folder("rules"))[0].written
LIBRARY = Library((ONE, TWO), NOTICES, VOCABULARY)


def reissued(changed: Item, **told: object) -> Item:
    return Item.model_validate({**changed.model_dump(by_alias=True), **told})


def record(*items: Item, library: Library = LIBRARY, terms: tuple[Term, ...] = (TERM,)) -> Record:
    return record_of(items or library.items, library.notices, library.vocabulary, terms, PAPERS, {})


def with_list(key: str, to: Any) -> Library:
    """The library with one of its closed lists changed."""
    return replace(LIBRARY, vocabulary=VOCABULARY.model_copy(update={key: to}))


def with_type(key: str, /, **changes: Any) -> Library:
    kind = VOCABULARY.types[key].model_copy(update=changes)
    return with_list("types", to={**VOCABULARY.types, key: kind})


def with_fact(key: str, /, **changes: Any) -> Library:
    fact = VOCABULARY.facts[key].model_copy(update=changes)
    return with_list("facts", to={**VOCABULARY.facts, key: fact})


def with_notice(key: str, /, **changes: Any) -> Library:
    notices: dict[str, Notice] = {**NOTICES, key: NOTICES[key].model_copy(update=changes)}
    return replace(LIBRARY, notices=notices)


def test_the_first_edition_is_one(tmp_path: Path) -> None:
    assert release(tmp_path, record(ONE), DAY)[0] == "1.0.0"


@pytest.mark.parametrize(
    ("items", "version"),
    [
        ((ONE, TWO), "1.0.0"),
        ((ONE, reissued(TWO, content="另一种说法")), "1.0.1"),
        ((ONE, reissued(TWO, every="shift")), "1.1.0"),
        ((ONE, reissued(TWO, every="shift", content="另一种说法")), "1.1.0"),
        ((TWO, ONE), "1.1.0"),
        ((ONE,), "2.0.0"),
        ((ONE, TWO, item("three")), "2.0.0"),
    ],
)
def test_each_kind_of_change_moves_its_own_part(
    tmp_path: Path, items: tuple[Item, ...], version: str
) -> None:
    release(tmp_path, record(), DAY)

    assert release(tmp_path, record(*items), DAY, retired={TWO.id})[0] == version


TURNED = dict(reversed(VOCABULARY.facts.items()))
OTHERS: list[tuple[str, Callable[[], Record], str]] = [
    ("what a type fixes", lambda: record(library=with_type("restaurant", facts=VOCABULARY.types["factory"].facts)), "1.1.0"),
    ("what a type is called", lambda: record(library=with_type("restaurant", name="饭店")), "1.1.0"),
    ("another name of a type", lambda: record(library=with_type("restaurant", aliases=("饭店",))), "1.1.0"),
    ("rows of a type's paper", lambda: record(library=with_type("restaurant", most=15)), "1.1.0"),
    ("what is noted on a type's paper", lambda: record(library=with_type("restaurant", note="甲")), "1.0.1"),
    ("a type that is gone", lambda: record(library=with_list("types", to={"pond": VOCABULARY.types["pond"]})), "1.1.0"),
    ("what a fact brings", lambda: record(library=with_fact("uses-gas", brings=())), "1.1.0"),
    ("choices of a fact", lambda: record(library=with_fact("gas-supply", choices=("管道",))), "1.1.0"),
    ("how a fact is asked", lambda: record(library=with_fact("uses-gas", question="用不用燃气")), "1.0.1"),
    ("the order of facts", lambda: record(library=with_list("facts", to=TURNED)), "1.1.0"),
    ("what the program does with an industry", lambda: record(library=with_list("industries", to={**VOCABULARY.industries, "dust": Industry(name="dust", role="shared")})), "1.1.0"),
    ("what the program does with a fact", lambda: record(library=with_fact("uses-gas", role="small")), "1.1.0"),
    ("words by which a check finds a fact", lambda: record(library=with_fact("uses-gas", qualifier=("用气单位",))), "1.0.0"),
    ("what is seen at the table", lambda: record(library=with_list("papers", to="厨房")), "1.1.0"),
    ("what codes call the province", lambda: record(library=with_list("short_names", to={"山西省": "西"})), "1.0.1"),
    ("what an industry is called", lambda: record(library=with_list("industries", to={**VOCABULARY.industries, "dust": Industry(name="粉尘")})), "1.0.1"),
    ("the order of the walk", lambda: record(library=with_list("where", to=("厨房", "资料"))), "1.1.0"),
    ("departments", lambda: record(library=with_list("departments", to=("应急",))), "1.1.0"),
    ("a county", lambda: record(library=with_list("places", to={"山西省": {"阳泉市": ("城区",)}})), "1.1.0"),
    ("the day of a notice", lambda: record(library=with_notice("yangquan-2025", date=datetime.date(2025, 4, 1))), "1.1.0"),
    ("the place of a notice", lambda: record(library=with_notice("yangquan-2025", place="盂县")), "1.1.0"),
    ("the issuer of a notice", lambda: record(library=with_notice("yangquan-2025", issuer="阳泉市")), "1.1.0"),
    ("the year of a notice", lambda: record(library=with_notice("yangquan-2025", year=2024)), "1.1.0"),
    ("the number of a notice", lambda: record(library=with_notice("yangquan-2025", number="阳政发1号")), "1.0.1"),
    ("the title of a notice", lambda: record(library=with_notice("yangquan-2025", title="甲")), "1.0.1"),
    ("where a notice's text stands", lambda: record(library=with_notice("yangquan-2025", file="y", lines=(3, 9))), "1.0.0"),
    ("what a term means", lambda: record(terms=(TERM.model_copy(update={"meaning": "两处报告"}),)), "1.0.1"),
    ("a term that is gone", lambda: record(terms=()), "1.1.0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "version"), [case[1:] for case in OTHERS], ids=[case[0] for case in OTHERS]
)
def test_all_that_decides_a_list_or_is_printed_moves_the_edition(
    tmp_path: Path, changed: Callable[[], Record], version: str
) -> None:
    release(tmp_path, record(), DAY)

    assert [one.code for one in stale(tmp_path, changed())] == (
        ["edition-stale"] if version > "1.0.0" else []
    )
    assert edition_of(tmp_path, changed()) == (f"{version}（未发布）" if version > "1.0.0" else version)
    assert release(tmp_path, changed(), DAY)[0] == version
    assert edition_of(tmp_path, changed()) == version
    assert stale(tmp_path, changed()) == []


def test_a_change_without_a_new_edition_is_a_problem_until_it_is_released(tmp_path: Path) -> None:
    release(tmp_path, record(ONE), DAY)

    found = stale(tmp_path, record())

    assert [one.code for one in found] == ["edition-stale"]
    assert "2.0.0" in found[0].message
    release(tmp_path, record(), DAY)
    assert stale(tmp_path, record()) == []


def test_rules_that_were_never_released_say_so_on_paper(tmp_path: Path) -> None:
    assert edition_of(tmp_path, record()) == "未发布"
    assert [(one.code, one.level) for one in stale(tmp_path, record())] == [("edition-none", "warning")]

    (tmp_path / "VERSION").write_text("2026.1\n", "utf-8")
    assert edition_of(tmp_path, record()) == "2026.1（未发布）"


def test_a_version_written_by_hand_is_not_printed(tmp_path: Path) -> None:
    release(tmp_path, record(), DAY)
    (tmp_path / "VERSION").write_text("9.9.9\n", "utf-8")

    assert edition_of(tmp_path, record()) == "1.0.0"
    assert [one.code for one in stale(tmp_path, record())] == ["edition-stale"]


def test_a_vanished_id_must_be_retired_before_the_next_edition(tmp_path: Path) -> None:
    release(tmp_path, record(), DAY)

    assert [one.code for one in vanished(tmp_path, record(ONE), {})] == ["item-vanished"]
    with pytest.raises(Refused):
        release(tmp_path, record(ONE), DAY)
    assert (tmp_path / "VERSION").read_text("utf-8") == "1.0.0\n"
    assert vanished(tmp_path, record(ONE), {TWO.id}) == []
    assert release(tmp_path, record(ONE), DAY, retired={TWO.id})[0] == "2.0.0"


def old_record(folder: Path, items: dict[str, list[str]]) -> None:
    """What editions up to 1.0.0 recorded: items alone."""
    told = json.dumps({"version": "1.0.0", "items": items}, ensure_ascii=False)
    (folder / "edition.json").write_text(told, "utf-8")
    (folder / "VERSION").write_text("1.0.0\n", "utf-8")


def test_an_edition_that_recorded_items_alone_is_still_compared(tmp_path: Path) -> None:
    now = record()
    old_record(tmp_path, {name: list(digests) for name, digests in now[ITEMS].items()})

    assert edition_of(tmp_path, now) == "1.0.1（未发布）"
    assert release(tmp_path, now, DAY)[0] == "1.0.1"
    assert edition_of(tmp_path, now) == "1.0.1"
    assert "从这一版起也记入版本：行业领域、" in (tmp_path / "CHANGELOG.md").read_text("utf-8")

    old_record(tmp_path, {ONE.id: list(now[ITEMS][ONE.id])})
    assert edition_of(tmp_path, now) == "2.0.0（未发布）"


BRAKES = """\
id: agri-machinery-brakes
industry: agri-machinery
title: 制动转向
content: 上路农机制动转向有效
standard: 任选2台原地和慢行试：刹得住、不跑偏、方向不旷；失灵仍出车即不符合
where: 农机具
how: [测试, 查资料]
evidence: 农机检修记录
rectify: 停用检修，试车合格再用
category: 现场管理
departments: [农业农村, 公安交管]
every: shift
applies: {}
basis:
  - {notice: shanxi-2026, clause: 三/（十一）/其他, says: targets, quote: 特种设备、民爆物品、文化旅游、农机、军工等行业领域也要结合实际开展专项整治}
  - {notice: shanxi-2024, clause: 三/（十八）, says: targets, quote: 特种设备、冶金工贸、民爆物品、文化旅游、农机、军工等行业领域也要结合实际开展专项整治}
  - {notice: shanxi-2023, clause: 三/其他, says: targets, quote: 特种设备、冶金工贸、民爆物品、文化旅游、农机等行业领域也要结合实际开展专项整治}
"""


def test_digests_of_items_are_those_of_earlier_editions() -> None:
    """Taken with its item from edition 1.0.0: it must not change, or every item of an old edition seems changed."""
    item = Item.model_validate(yaml.safe_load(BRAKES))

    assert item_digests([item]) == {item.id: ("制动转向", "31b2088fa8d4", "7d4c15bf32e7")}


def test_the_record_has_a_line_an_entry_and_is_read_back(tmp_path: Path) -> None:
    release(tmp_path, record(), DAY)

    text = (tmp_path / "edition.json").read_text("utf-8")

    told = json.loads(text)
    assert set(told) == {"version", *KIND_NAMES}
    assert f'  "{ONE.id}": [' in text.splitlines()[1]
    assert edition_of(tmp_path, record()) == "1.0.0"


def test_the_log_names_items_by_id_and_other_changes_by_name_newest_edition_first(tmp_path: Path) -> None:
    release(tmp_path, record(ONE), DAY)
    release(tmp_path, record(), DAY)
    release(tmp_path, record(library=with_type("restaurant", most=15)), DAY)

    log = (tmp_path / "CHANGELOG.md").read_text("utf-8")

    assert log.index("## 2.1.0（2026-11-22）") < log.index("## 2.0.0（2026-11-22）")
    assert log.index("## 2.0.0（2026-11-22）") < log.index("## 1.0.0（2026-11-22）")
    assert log.count(f"- `{TWO.id}` two") == 1
    assert "- 企业类型改动：餐饮\n" in log


def test_a_release_that_was_cut_short_can_be_done_again(tmp_path: Path) -> None:
    """The log is written first: what it says of an edition that the record does not know is replaced."""
    release(tmp_path, record(ONE), DAY)
    record_before = (tmp_path / "edition.json").read_bytes()
    release(tmp_path, record(), DAY)
    whole = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    (tmp_path / "edition.json").write_bytes(record_before)

    release(tmp_path, record(), DAY)

    assert (tmp_path / "CHANGELOG.md").read_text("utf-8") == whole


def test_a_log_that_cannot_be_read_stops_a_release_before_anything_is_written(tmp_path: Path) -> None:
    release(tmp_path, record(ONE), DAY)
    (tmp_path / "CHANGELOG.md").write_bytes("记录".encode("gb18030"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(Refused):
        release(tmp_path, record(), DAY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_releasing_twice_changes_nothing(tmp_path: Path) -> None:
    release(tmp_path, record(ONE), DAY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    release(tmp_path, record(ONE), DAY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
