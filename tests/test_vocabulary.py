"""The closed lists as shipped, and what people write for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.places import place_chain
from checklists.problems import Position, Refused
from checklists.roster.header import COLUMNS
from checklists.rules.facts import value_misfit
from checklists.rules.names import ROSTER_HEADS
from checklists.rules.vocabulary import fact_named, fact_value, find_type, load_vocabulary
from checklists.text import same_form

VOCABULARY, PROBLEMS = load_vocabulary(data_folder("rules"))
assert VOCABULARY is not None
HERE = Position("测试")


def test_the_shipped_lists_are_sound() -> None:
    assert PROBLEMS == []


def test_the_province_has_its_cities_and_counties() -> None:
    cities = VOCABULARY.places["山西省"]

    assert len(cities) == 11
    assert sum(map(len, cities.values())) == 117
    assert place_chain(VOCABULARY.places, "陵川县", HERE) == ("山西省", "晋城市", "陵川县")
    assert place_chain(VOCABULARY.places, "山西省吕梁市交城县", HERE) == ("山西省", "吕梁市", "交城县")


@pytest.mark.parametrize(
    "name", ["井工煤矿", "加油站", "餐饮用气单位", "饭店", "大型商业综合体", "九小场所", "钢铁企业", "尾矿库"]
)
def test_a_type_is_found_by_name_or_alias(name: str) -> None:
    assert find_type(VOCABULARY, name, HERE).industries[0] == "general"


def test_no_two_types_share_a_name_or_alias() -> None:
    names = [name for kind in VOCABULARY.types.values() for name in {kind.name, *kind.aliases}]

    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_fact_is_known_to_some_type_or_says_what_it_brings() -> None:
    used = {
        name
        for kind in VOCABULARY.types.values()
        for name in (*kind.facts.fixed, *kind.facts.asks, *kind.facts.default)
    }

    assert [name for name, fact in VOCABULARY.facts.items() if name not in used and not fact.brings] == []


def test_fixed_and_default_values_fit_their_facts() -> None:
    for kind in VOCABULARY.types.values():
        for name, value in (kind.facts.fixed | kind.facts.default).items():
            fact = VOCABULARY.facts[name]
            written = {True: "是", False: "否"}.get(value, value) if isinstance(value, bool) else value
            assert fact_value(fact, str(written), HERE) == value, (kind.id, name)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("使用燃气", "是", True),
        ("uses-gas", "false", False),
        ("涉粉作业人数", "3人", 3),
        ("采深", "1,200", 1200),
        ("供气方式", "瓶装", "瓶装"),
    ],
)
def test_people_write_facts_in_their_own_way(name: str, text: str, value: object) -> None:
    fact = fact_named(VOCABULARY, name, HERE)

    assert fact_value(VOCABULARY.facts[fact], text, HERE) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("使用燃气", "也许"), ("采深", "很深"), ("采深", "-3"), ("采深", "nan"), ("供气方式", "水")],
)
def test_an_impossible_value_is_refused_with_what_may_be_written(name: str, text: str) -> None:
    fact = fact_named(VOCABULARY, name, HERE)

    with pytest.raises(Refused) as refused:
        fact_value(VOCABULARY.facts[fact], text, HERE)

    assert refused.value.problems[0].remedy


def test_a_typo_in_a_types_facts_names_file_and_line(tmp_path: Path) -> None:
    for name in ("vocabulary.yaml", "places.yaml"):
        (tmp_path / name).write_bytes((data_folder("rules") / name).read_bytes())
    (tmp_path / "types.yaml").write_text(
        "shop:\n  name: 商店\n  industries: [general]\n  facts:\n    asks: [uses-gass]\n", "utf-8"
    )

    _, problems = load_vocabulary(tmp_path)

    assert [found.code for found in problems] == ["fact-unknown"]
    assert problems[0].position.line == 5
    assert "「uses-gas」" in problems[0].remedy


@pytest.mark.parametrize("name", ["ｋｔｖ", "Ktv", "餐饮 用气单位", "Catering-Gas-User"])
def test_a_type_is_found_whatever_the_width_case_and_blanks(name: str) -> None:
    assert find_type(VOCABULARY, name, HERE).id in ("public-entertainment", "catering-gas-user")


def test_no_fact_may_be_named_like_a_column_of_a_roster() -> None:
    heads = {same_form(head) for heads in COLUMNS.values() for head in heads}

    assert heads <= ROSTER_HEADS


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("uses-gas", True, True),
        ("uses-gas", "yes", False),
        ("uses-gas", 1, False),
        ("dust-workers", 0, True),
        ("dust-workers", 2.5, True),
        ("dust-workers", True, False),
        ("dust-workers", "3", False),
        ("dust-workers", -1, False),
        ("dust-workers", 1e12, False),
        ("dust-workers", float("nan"), False),
        ("dust-workers", float("inf"), False),
        ("gas-supply", "瓶装", True),
        ("gas-supply", "瓶", False),
        ("gas-supply", True, False),
    ],
)
def test_a_value_fits_a_fact_by_kind_and_choice(name: str, value: object, fits: bool) -> None:
    assert (value_misfit(VOCABULARY.facts[name], value) == "") == fits


def test_a_district_that_two_cities_have_is_no_slip(tmp_path: Path) -> None:
    for name in ("vocabulary.yaml", "types.yaml"):
        (tmp_path / name).write_bytes((data_folder("rules") / name).read_bytes())
    (tmp_path / "places.yaml").write_text("山西省:\n  甲市: [城区, 乙县]\n  丙市: [城区]\n", "utf-8")

    assert load_vocabulary(tmp_path)[1] == []
