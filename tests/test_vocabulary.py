"""The closed lists as shipped, and what people write for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.heads import COLUMNS, all_heads
from checklists.models import Enterprise, TypeFacts, Vocabulary
from checklists.places import place_chain
from checklists.problems import Position, Problem, Refused
from checklists.rules.facts import value_misfit
from checklists.rules.vocabulary import fact_named, fact_value, load_vocabulary
from checklists.rules.words import find_type
from checklists.selection.profile import profile_of
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


def test_the_shipped_lists_say_what_the_program_does_with_them() -> None:
    assert [name for name in VOCABULARY.industries if VOCABULARY.is_general(name)] == ["general"]
    assert VOCABULARY.shared_industries == {"general", "fire"}
    assert VOCABULARY.shared_facts == {"high-hazard", "key-industry", "mine", "institution"}
    assert (VOCABULARY.fact_of("small"), VOCABULARY.fact_of("group")) == ("small-unit", "group-company")
    assert (VOCABULARY.province, VOCABULARY.nation, VOCABULARY.papers) == ("山西省", "全国", "资料")
    shorts = VOCABULARY.short_names
    assert len(shorts) == len({*shorts.values()}) == 34
    assert [shorts[name] for name in ("山西省", "安徽省", "内蒙古自治区", "重庆市")] == [
        "晋",
        "皖",
        "蒙",
        "渝",
    ]


TYPES = """\
usual:
  all:
    industries: {first: [general], last: [fire]}
    facts:
      fixed: {makes-goods: true}
      default: {new-project: false, gas-supply: 管道, lifts: false}
  groups:
    矿山:
      industries: {first: [coal-mine]}
      facts:
        fixed: {high-hazard: true, lifts: true}
        default: {gas-supply: 瓶装, goaf: true}
    零售: {}
shop:
  name: 商店
  group: 零售
  industries: [gas-use]
  facts:
    asks: [new-project, gas-supply]
pit:
  name: 矿井
  group: 矿山
  industries: [ammonia]
  facts:
    fixed: {dust-workers: 3}
    default: {high-hazard: false}
    without: [goaf, makes-goods]
dump:
  name: 排土场
  group: 矿山
  industries: [fire, ammonia, general]
"""


def read(folder: Path, types: str) -> tuple[Vocabulary | None, list[Problem]]:
    """The shipped vocabulary and places with other types."""
    for name in ("vocabulary.yaml", "places.yaml"):
        (folder / name).write_bytes((data_folder("rules") / name).read_bytes())
    (folder / "types.yaml").write_text(types, "utf-8")
    return load_vocabulary(folder)


def test_a_type_has_what_is_usual_unless_itself_or_its_group_says_otherwise(tmp_path: Path) -> None:
    vocabulary, problems = read(tmp_path, TYPES)

    assert problems == [] and vocabulary is not None
    shop, pit, dump = vocabulary.types.values()
    assert (shop.industries, pit.industries) == (
        ("general", "gas-use", "fire"),
        ("general", "coal-mine", "ammonia", "fire"),
    )
    assert dump.industries == ("coal-mine", "fire", "ammonia", "general")
    assert shop.facts == TypeFacts(
        fixed={"makes-goods": True}, asks=("new-project", "gas-supply"), default={"lifts": False}
    )
    assert pit.facts == TypeFacts(
        fixed={"dust-workers": 3, "lifts": True},
        asks=("oldest-lift-age",),  # which belongs to lifts
        default={"high-hazard": False, "gas-supply": "瓶装", "new-project": False},
    )
    assert dump.facts == TypeFacts(
        fixed={"high-hazard": True, "lifts": True, "makes-goods": True},
        asks=("oldest-lift-age",),
        default={"gas-supply": "瓶装", "goaf": True, "new-project": False},
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("first: [general]", "first: [generl]", "word-unknown", 3),
        ("first: [general]", "frst: [general]", "field-unknown", 3),
        ("last: [fire]", "last: [fire, fire]", "word-twice", 3),
        ("fixed: {makes-goods: true}", "fixed: {makes-goods: yes}", "fact-value", 5),
        ("fixed: {makes-goods: true}", "fixed: {makes-good: true}", "fact-unknown", 5),
        ("gas-supply: 管道", "gas-supply: 罐装", "fact-value", 6),
        ("lifts: false", "lifts: false, makes-goods: true", "fact-both", 6),
        ("      default: {new-project", "      asks: {new-project", "field-unknown", 6),
        ("    矿山:", "    矿上:", "usual-group", 8),
        ("first: [coal-mine]", "first: [coal-mines]", "word-unknown", 9),
        ("lifts: true", 'lifts: "true"', "fact-value", 11),
        ("gas-supply: 瓶装", "gas-supply: 罐装", "fact-value", 12),
        ("dust-workers: 3", "dust-workers: -3", "fact-value", 25),
        ("default: {high-hazard: false}", "default: {high-hazrd: false}", "fact-unknown", 26),
        ("[goaf, makes-goods]", "[goaf, makes-good]", "fact-unknown", 27),
        ("[goaf, makes-goods]", "[goaf, goaf]", "word-twice", 27),
        ("[goaf, makes-goods]", "[goaf, boilers]", "without-nothing", 27),
        ("[goaf, makes-goods]", "[goaf, high-hazard]", "fact-both", 27),
        ("    without: [goaf", "    witout: [goaf", "field-unknown", 27),
        ("industries: {first: [general], last: [fire]}\n    ", "", "type-no-industry", 13),
        ("  group: 零售", "  group: 零卖", "usual-group", 13),
        ("name: 矿井\n  group: 矿山", "name: 矿井\n  group: 矿上", "type-group", 22),
    ],
)
def test_a_slip_in_what_is_usual_is_told_once_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    types = TYPES.replace("  industries: [gas-use]\n", "") if code == "type-no-industry" else TYPES
    assert types.count(old) == 1

    _, problems = read(tmp_path, types.replace(old, new))

    told = [(found.code, found.position.line) for found in problems]
    assert told == [(code, line)], [str(found) for found in problems]
    assert problems[0].remedy


@pytest.mark.parametrize(
    ("places", "code", "line"),
    [
        ("山西省:\n  甲市: [乙县]\n  丙市: [丁县]\n", "province-form", 1),
        ("山西省:\n  cities:\n    甲市: [乙县]\n", "field-missing", 1),
        ("山西省: [甲市]\n", "field-wrong", 1),
        ("山西省: {short: 晋, cities: {甲市: 乙县}}\n", "field-wrong", 1),
    ],
)
def test_a_province_without_its_short_name_or_its_cities_is_one_slip(
    tmp_path: Path, places: str, code: str, line: int
) -> None:
    read(tmp_path, TYPES)
    (tmp_path / "places.yaml").write_text(places, "utf-8")

    _, problems = load_vocabulary(tmp_path)

    assert [(found.code, found.position.line) for found in problems] == [(code, line)]


def test_one_industry_is_everyones(tmp_path: Path) -> None:
    read(tmp_path, TYPES)
    path = tmp_path / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8").replace(", role: everyone", ""), "utf-8")

    _, problems = load_vocabulary(tmp_path)

    assert [found.code for found in problems] == ["role-missing"]


def test_a_role_is_one_facts_alone(tmp_path: Path) -> None:
    read(tmp_path, TYPES)
    path = tmp_path / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8").replace("role: group", "role: small"), "utf-8")

    _, problems = load_vocabulary(tmp_path)

    assert [found.code for found in problems] == ["role-twice"]


@pytest.mark.parametrize("name", ["ｋｔｖ", "Ktv", "餐饮 用气单位", "Catering-Gas-User"])
def test_a_type_is_found_whatever_the_width_case_and_blanks(name: str) -> None:
    assert find_type(VOCABULARY, name, HERE).id in ("public-entertainment", "catering-gas-user")


def test_no_fact_may_be_named_like_a_column_of_a_roster() -> None:
    heads = {same_form(head) for heads in COLUMNS.values() for head in heads}

    assert heads <= all_heads()


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
    (tmp_path / "places.yaml").write_text(
        "山西省:\n  short: 晋\n  cities:\n    甲市: [城区, 乙县]\n    丙市: [城区]\n", "utf-8"
    )

    assert load_vocabulary(tmp_path)[1] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("headings: {营业区: 教学楼与公共区域}", "headings: {教学区: 教学楼与公共区域}", "word-unknown"),
        ("headings: {营业区: 教学楼与公共区域}", "headings: {营业区: 厨房}", "heading-taken"),
        ("headings: {营业区: 教学楼与公共区域}", "headings: {营业区: 楼内, 厨房: 楼内}", "heading-taken"),
    ],
)
def test_a_heading_that_would_merge_two_sections_is_refused(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    for name in ("vocabulary.yaml", "types.yaml", "places.yaml"):
        shutil.copyfile(data_folder("rules") / name, tmp_path / name)
    written = (tmp_path / "types.yaml").read_text("utf-8")
    assert written.count(old) == 1
    (tmp_path / "types.yaml").write_text(written.replace(old, new), "utf-8")

    _, problems = load_vocabulary(tmp_path)

    assert {found.code for found in problems} == {code}
    assert all(found.position.file.endswith("types.yaml") for found in problems)


def test_a_type_calls_a_place_by_its_own_name_and_several_types_by_the_common_one() -> None:
    vocabulary, _ = load_vocabulary(data_folder("rules"))
    assert vocabulary is not None

    alone = profile_of(vocabulary, Enterprise(types=("school",)))
    both = profile_of(vocabulary, Enterprise(types=("school", "hotel")))

    assert (alone.heading("营业区"), alone.heading("厨房")) == ("教学楼与公共区域", "厨房")
    assert both.heading("营业区") == "营业区"
