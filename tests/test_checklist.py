"""From a selection to numbered rows in walking order."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from checklists.checklist.build import Checklist, build_checklist
from checklists.checklist.numbers import chinese_number, number_ranges
from checklists.models import Enterprise, EnterpriseType, Fact, Industry, Item, TypeFacts, Vocabulary
from checklists.rules.library import Library
from checklists.selection.select import select
from tests.marks import core, standard_of, starred
from tests.test_selection import DAY, NOTICES, VOCABULARY, basis, item


def built(
    *items: Item,
    most: int | None = None,
    on: datetime.date = DAY,
    types: tuple[str, ...] = ("restaurant",),
    vocabulary: Vocabulary = VOCABULARY,
    major: Sequence[str] = (),
    **told: Any,
) -> Checklist:
    standards = (standard_of(vocabulary, major),) if major else ()
    library = Library(items, NOTICES, vocabulary, standards=standards)
    selection = select(library, Enterprise(types=types, **told), on)
    return build_checklist(library, selection, edition="2026.1", most=most)


def titles(checklist: Checklist) -> list[str]:
    return [row.item.title for row in checklist.rows]


def test_papers_come_first_then_place_by_place() -> None:
    checklist = built(item("stove", where="厨房"), item("book"))

    assert [section.title for section in checklist.sections] == ["一　资料（会议室一次看完）", "二　厨房"]
    assert [row.number for row in checklist.rows] == [1, 2]


def test_rows_of_one_unknown_fact_stand_together_under_one_question() -> None:
    checklist = built(
        item("a", applies={"dust-workers": {"at-least": 3}}),
        item("b"),
        item("c", where="厨房", applies={"dust-workers": {"at-least": 3}}),
        types=("factory",),
    )

    assert titles(checklist) == ["b", "a", "c"]
    assert [question.line for question in checklist.questions] == [
        "涉粉作业人数为“3人及以上”？ □是 □否，否则划去第2—3项"
    ]


def test_the_paper_is_cut_to_the_most_and_the_rest_keeps_its_numbers() -> None:
    items = [item(f"n{index}", "gas-use", where="厨房") for index in range(6)]
    vocabulary = starred(VOCABULARY, "gas-use-n3", "gas-use-n5")

    checklist = built(*items, most=4, vocabulary=vocabulary)

    assert titles(checklist) == ["n3", "n5", "n0", "n1", "n2", "n4"]
    assert checklist.on_paper == 4
    assert [row.number for row in checklist.rows] == [1, 2, 3, 4, 5, 6]
    assert [row.marks for row in checklist.rows] == ["★", "★", "", "", "", ""]


def test_the_general_part_takes_one_row_in_five_at_most() -> None:
    items = [item(f"g{index}") for index in range(10)]
    items += [item(f"o{index}", "gas-use", where="厨房") for index in range(10)]

    checklist = built(*items, most=10)

    assert sum(row.item.industry == "general" for row in checklist.paper_rows) == 0
    assert sum(row.item.industry == "general" for row in built(*items[:13], most=10).paper_rows) == 2


def test_what_is_general_shared_and_read_at_the_table_is_told_by_the_vocabulary() -> None:
    """With the roles of 通用 and 燃气使用 changed over, and the kitchen for the table, the same list is cut otherwise."""
    industries = {
        **VOCABULARY.industries,
        "general": Industry(name="通用"),
        "gas-use": Industry(name="燃气使用", role="everyone"),
    }
    other = VOCABULARY.model_copy(update={"industries": industries, "papers": "厨房"})
    items = [item(f"g{index}") for index in range(8)]
    items += [item(f"o{index}", "gas-use", where="厨房") for index in range(10)]

    checklist = built(*items, most=10, vocabulary=other)

    assert sum(row.item.industry == "gas-use" for row in checklist.paper_rows) == 2
    assert [section.title for section in checklist.sections] == ["一　资料", "二　厨房（会议室一次看完）"]
    assert built(*items, vocabulary=other.model_copy(update={"papers": None})).sections[1].title == "二　厨房"


def test_what_is_shared_singles_no_type_out() -> None:
    shared = {**VOCABULARY.industries, "gas-use": Industry(name="燃气使用", role="shared")}
    items = (item("a"), item("b", "gas-use"))

    assert built(*items).own_clauses == 1
    assert built(*items, vocabulary=VOCABULARY.model_copy(update={"industries": shared})).own_clauses == 0


def test_rows_that_hang_on_a_question_take_two_in_five_at_most_beside_core() -> None:
    hanging = {"dust-workers": {"at-least": 3}}
    items = [item(f"q{index}", "dust", where="厨房", applies=hanging) for index in range(10)]
    items += [item(f"o{index}", "dust", where="厨房") for index in range(10)]

    plain = built(*items, most=10, types=("factory",))
    core = built(*items, most=10, types=("factory",), vocabulary=starred(VOCABULARY, "dust-q1", "dust-q2"))

    assert sum(bool(row.question) for row in plain.paper_rows) == 4
    assert sum(bool(row.question) for row in core.paper_rows) == 6
    assert plain.on_paper == core.on_paper == 10


def test_old_rows_leave_first_unless_they_are_core() -> None:
    items = [
        item("old", "gas-use", where="厨房", bases=[basis("province-2020")]),
        item("new", "gas-use", where="厨房"),
        item("old-key", "gas-use", where="厨房", bases=[basis("province-2020")]),
    ]

    checklist = built(*items, most=2, vocabulary=starred(VOCABULARY, "gas-use-old-key"))

    assert {row.item.title for row in checklist.paper_rows} == {"new", "old-key"}
    assert {row.item.title for row in checklist.rows if row.old} == {"old", "old-key"}


def test_core_is_all_on_the_paper_which_grows_and_says_so() -> None:
    items = [item(f"n{index}", "gas-use", where="厨房") for index in range(6)]
    core = [f"gas-use-n{index}" for index in (4, 2, 5)]

    checklist = built(*items, most=2, vocabulary=starred(VOCABULARY, *core))

    assert [row.item.id for row in checklist.paper_rows] == core
    assert checklist.notes == ("必查项3项，多于本表的2行，已全部列入。",)
    assert built(*items, most=3, vocabulary=starred(VOCABULARY, *core)).notes == ()
    assert built(*items, most=0, vocabulary=starred(VOCABULARY, *core)).notes == ()


def test_own_rows_are_seen_on_the_walk_before_they_are_read_and_read_before_general_ones() -> None:
    items = [
        *[item(f"paper{index}", "gas-use") for index in range(12)],
        *[item(f"walk{index}", "gas-use", where="厨房") for index in range(30)],
        *[item(f"general{index}", where="厨房") for index in range(12)],
    ]

    shown = Counter(row.item.title.rstrip("0123456789") for row in built(*items).paper_rows)

    assert shown == {"walk": 30, "paper": 8, "general": 2}


def test_a_major_row_stays_before_others_and_what_is_required_before_what_is_urged() -> None:
    def urged(name: str) -> Item:
        return item(name, "gas-use", where="厨房", bases=[basis(says="urges")])

    items = [urged("urged"), item("required", "gas-use", where="厨房"), urged("urged-major")]

    one = built(*items, most=1, major=["gas-use-urged-major"])
    two = built(*items, most=2, major=["gas-use-urged-major"])

    assert [(row.item.title, row.marks) for row in one.paper_rows] == [("urged-major", "▲")]
    assert {row.item.title for row in two.paper_rows} == {"urged-major", "required"}


def test_what_is_only_encouraged_stands_on_a_paper_that_shows_all_and_on_no_other() -> None:
    advice = item("advice", "gas-use", where="厨房", bases=[basis(says="encourages")])
    asked = item("asked", "gas-use", where="厨房", bases=[basis(says="encourages"), basis(says="urges")])

    assert [row.item.title for row in built(advice, asked).paper_rows] == ["asked"]
    assert [row.item.title for row in built(advice, asked).rows] == ["asked", "advice"]
    assert [row.item.title for row in built(advice, asked, most=0).paper_rows] == ["advice", "asked"]


def test_no_place_of_the_walk_is_cut_whole() -> None:
    places = VOCABULARY.model_copy(update={"where": ("资料", "厨房", "车间", "楼层")})
    items = [
        item(f"{name}{index}", "gas-use", where=where)
        for name, where in (("kitchen", "厨房"), ("shop", "车间"), ("floor", "楼层"))
        for index in range(5)
    ]
    core = [row.id for row in items if row.where == "厨房"][:2]

    shown = Counter(row.where for row in built(*items, most=8, vocabulary=starred(places, *core)).paper_rows)

    assert shown == {"厨房": 4, "车间": 2, "楼层": 2}


def test_the_trades_own_stays_before_what_a_fact_brings_and_what_is_targeted_before_what_is_urged() -> None:
    def asked(name: str, says: str) -> Item:
        return item(name, "dust", where="厨房", bases=[basis(says=says)])

    items = [item("stove", "gas-use", where="厨房"), asked("urged", "urges"), asked("targeted", "targets")]

    def shown(most: int) -> set[str]:
        checklist = built(*items, most=most, types=("factory",), facts={"uses-gas": True})
        return {row.item.title for row in checklist.paper_rows}

    assert shown(1) == {"targeted"}
    assert shown(2) == {"targeted", "urged"}


def test_what_is_shared_is_own_where_the_trade_says_so() -> None:
    industries = {**VOCABULARY.industries, "mine": Industry(name="消防", role="shared")}
    restaurant = VOCABULARY.types["restaurant"].model_copy(
        update={"industries": ("general", "gas-use", "mine")}
    )
    hotel = restaurant.model_copy(update={"own": ("mine",)})
    items = [item(f"f{index}", "mine", where="厨房") for index in range(30)]
    items += [item(f"o{index}", "gas-use", where="厨房") for index in range(30)]

    def fire_rows(kind: EnterpriseType) -> int:
        lists = VOCABULARY.model_copy(update={"industries": industries, "types": {"restaurant": kind}})
        return sum(row.item.industry == "mine" for row in built(*items, vocabulary=lists).paper_rows)

    assert fire_rows(restaurant) == 8
    assert fire_rows(hotel) > 8


def test_what_a_fact_brings_does_not_fill_the_paper_of_another_trade() -> None:
    items = [item(f"stove{index}", "gas-use", where="厨房") for index in range(60)]
    items += [item(f"filter{index}", "dust", where="厨房") for index in range(24)]
    lists = starred(VOCABULARY, "gas-use-stove50", "gas-use-stove51")

    checklist = built(*items, types=("factory",), facts={"uses-gas": True}, vocabulary=lists)

    shown = Counter(row.item.industry for row in checklist.paper_rows)
    assert shown == {"dust": 24, "gas-use": 2 + 8}


@pytest.mark.parametrize(("own", "beside"), [(0, 4), (9, 4), (13, 5), (24, 8), (30, 8)])
def test_a_thin_trade_is_not_filled_up(own: int, beside: int) -> None:
    walk = [item(f"walk{index}", "gas-use", where="厨房") for index in range(own)]
    papers = [item(f"paper{index}", "gas-use") for index in range(30)]
    general = [item(f"general{index}", where="厨房") for index in range(30)]

    shown = Counter(row.item.title.rstrip("0123456789") for row in built(*walk, *papers, *general).paper_rows)

    assert shown == Counter(walk=own, paper=beside, general=min(beside, 40 - own - beside))


# ---------------------------------------------------------------- sizes of the paper


def sized(*, small: bool | None = None, **most: int) -> Vocabulary:
    """Types with so many rows each; ``small``: whether all are small units."""
    facts = {**VOCABULARY.facts, "little": Fact(name="小微", kind="yes-no", role="small")}
    default = {} if small is None else {"little": small}
    kinds = {
        name: EnterpriseType(
            id=name, name=name, industries=("general", "gas-use"), most=rows, facts=TypeFacts(default=default)
        )
        for name, rows in most.items()
    }
    return VOCABULARY.model_copy(update={"types": kinds, "facts": facts})


@pytest.mark.parametrize(
    ("vocabulary", "most", "rows", "general"),
    [
        (sized(stall=15), None, 15, 2),
        (sized(plant=40), None, 40, 8),
        (sized(plant=38), None, 38, 8),
        (sized(plant=40, small=True), None, 40, 2),
        (sized(stall=15, plant=40), None, 40, 8),
        (sized(stall=15, plant=40, small=True), None, 40, 2),
        (sized(plant=40), 20, 20, 4),
        (sized(stall=15), 20, 20, 3),
    ],
)
def test_of_several_types_the_largest_paper_and_the_largest_share_of_general_rows_hold(
    vocabulary: Vocabulary, most: int | None, rows: int, general: int
) -> None:
    items = [item(f"g{index}", where="厨房") for index in range(60)]
    few = [item(f"o{index}", "gas-use", where="厨房") for index in range(rows - general)]
    many = [item(f"o{index}", "gas-use", where="厨房") for index in range(60)]

    def made(*own: Item) -> Checklist:
        return built(*items, *own, types=tuple(vocabulary.types), vocabulary=vocabulary, most=most)

    assert made(*many).on_paper == made(*few).on_paper == rows


def test_a_small_place_shows_the_common_rows_that_a_standard_judges_beside_the_two() -> None:
    items = [item(f"g{index}", where="厨房") for index in range(60)]
    items += [item(f"o{index}", "gas-use", where="厨房") for index in range(24)]
    certificates = [f"general-g{index}" for index in (50, 55)]

    small = built(*items, types=("plant",), vocabulary=sized(plant=40, small=True), major=certificates)
    usual = built(*items, types=("plant",), vocabulary=sized(plant=40), major=certificates)

    assert (small.on_paper, usual.on_paper) == (24 + 4, 24 + 8)
    assert {row.item.id for row in small.paper_rows} > set(certificates)


# ---------------------------------------------------------------- core of several types, of facts, of newer items


def test_cores_of_several_types_are_merged_rank_by_rank_and_folded() -> None:
    cores = {
        "restaurant": core("gas-use-a", "gas-use-b", "gas-use-c"),
        "factory": core("dust-x", "gas-use-a"),
    }
    kinds = {
        name: kind.model_copy(update={"core": cores.get(name, ())}) for name, kind in VOCABULARY.types.items()
    }
    lists = VOCABULARY.model_copy(update={"types": kinds})
    items = [item(name, "gas-use") for name in "cba"] + [item("x", "dust")]

    assert titles(built(*items, types=("restaurant", "factory"), vocabulary=lists)) == ["a", "x", "b", "c"]
    assert titles(built(*items, types=("factory", "restaurant"), vocabulary=lists)) == ["x", "a", "b", "c"]


@pytest.mark.parametrize(
    ("answer", "marks", "question"),
    [({}, "★", "使用燃气"), ({"uses-gas": True}, "★", ""), ({"uses-gas": False}, None, None)],
)
def test_the_core_of_a_fact_counts_where_it_is_true_and_where_nobody_knows(
    answer: dict[str, bool], marks: str | None, question: str | None
) -> None:
    facts = {
        **VOCABULARY.facts,
        "uses-gas": VOCABULARY.facts["uses-gas"].model_copy(update={"core": core("gas-use-alarm")}),
    }
    lists = VOCABULARY.model_copy(update={"facts": facts})

    checklist = built(
        item("alarm", "gas-use"), item("book"), types=("factory",), vocabulary=lists, facts=answer
    )

    found = [(row.marks, row.question) for row in checklist.rows if row.item.title == "alarm"]
    assert found == ([] if marks is None else [(marks, question)])


def test_the_core_of_a_fact_that_the_type_itself_supposes_is_left_to_the_type() -> None:
    facts = {
        **VOCABULARY.facts,
        "uses-gas": VOCABULARY.facts["uses-gas"].model_copy(update={"core": core("gas-use-alarm")}),
    }
    pond = VOCABULARY.types["pond"].model_copy(update={"facts": TypeFacts(default={"uses-gas": True})})
    types = {**VOCABULARY.types, "pond": pond}
    lists = VOCABULARY.model_copy(update={"facts": facts, "types": types})

    supposed = built(item("alarm", "gas-use"), types=("pond",), vocabulary=lists)
    told = built(item("alarm", "gas-use"), types=("pond",), vocabulary=lists, facts={"uses-gas": True})

    assert [row.marks for row in supposed.rows] == [""]
    assert [row.marks for row in told.rows] == ["★"]


def test_a_newer_item_takes_the_place_of_the_core_item_that_it_replaces() -> None:
    lists = starred(VOCABULARY, "gas-use-old", "gas-use-other")
    items = [
        item("other", "gas-use"),
        item("old", "gas-use"),
        item("newer", "gas-use", replaces=("gas-use-old",)),
        item("newest", "gas-use", replaces=("gas-use-newer",)),
    ]

    assert [(row.item.title, row.marks) for row in built(*items, vocabulary=lists).rows] == [
        ("newest", "★"),
        ("other", "★"),
    ]


def test_what_only_one_county_asks_is_core_only_there() -> None:
    lists = starred(VOCABULARY, "gas-use-local")
    items = [item("local", "gas-use", bases=[basis("jiaocheng-2025")]), item("other", "gas-use")]

    def stars(place: str) -> list[str]:
        made = built(*items, vocabulary=lists, place=place)
        return [row.item.title for row in made.rows if row.key]

    assert stars("交城县") == ["local"]
    assert stars("阳泉市") == []


def test_a_question_stands_at_the_place_of_its_first_row_on_the_walk() -> None:
    places = VOCABULARY.model_copy(update={"where": ("资料", "厨房", "车间")})
    hanging = {"dust-workers": {"at-least": 3}}
    items = [
        item("oven", "dust", where="厨房"),
        item("duct", "dust", where="厨房", applies=hanging),
        item("fan", "dust", where="车间", applies=hanging),
        item("floor", "dust", where="车间"),
    ]

    checklist = built(*items, types=("factory",), vocabulary=places)

    assert titles(checklist) == ["oven", "duct", "fan", "floor"]
    assert [section.title for section in checklist.sections] == [
        "一　厨房",
        "二　先问：涉粉作业人数为“3人及以上”（否则划去本节）",
        "三　车间",
    ]


def test_nothing_is_cut_with_most_zero() -> None:
    checklist = built(*[item(f"n{index}", "gas-use") for index in range(60)], most=0)

    assert checklist.on_paper == 60


def test_a_code_names_the_newest_basis_and_counts_the_others() -> None:
    checklist = built(item("a", bases=[basis("yangquan-2025"), basis()]), place="阳泉市")

    assert checklist.rows[0].code == "晋26三(一)等2"
    assert checklist.key == "晋26＝晋政发〔2026〕1号"


def test_a_local_notice_is_named_with_its_place_and_one_without_number_by_its_title() -> None:
    checklist = built(item("a", bases=[basis("jiaocheng-2025")]), place="交城县")

    assert checklist.rows[0].code == "交城25三(一)"
    assert checklist.key == "交城25＝jiaocheng-2025"


def test_the_fingerprint_depends_on_the_list_and_not_on_the_enterprise() -> None:
    one = built(item("a"), name="甲饭店")
    other = built(item("a"), name="乙饭店")
    longer = built(item("a"), item("b"), name="甲饭店")

    assert one.fingerprint == other.fingerprint != longer.fingerprint
    assert one.serial != other.serial
    assert one.serial.startswith("20261122-")


def test_a_summer_item_stands_behind_the_others_in_winter() -> None:
    flood, plain = item("flood", season="汛期"), item("plain")

    assert titles(built(flood, plain, on=datetime.date(2026, 7, 1))) == ["flood", "plain"]
    assert titles(built(flood, plain, on=DAY)) == ["plain", "flood"]


def test_a_lasting_state_is_asked_as_progress_before_its_day_and_as_done_after() -> None:
    state = item("state", bases=[basis(due="2026-06-30")])

    assert built(state, on=datetime.date(2026, 3, 1)).rows[0].progress == "应于2026-06-30前完成，查进度"
    assert built(state).rows[0].progress == "应已完成"


def test_numbers_are_written_as_people_write_them() -> None:
    assert [chinese_number(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    assert number_ranges([31, 33, 32, 7]) == "7、31—33"
