"""From a selection to numbered rows in walking order."""

from __future__ import annotations

import datetime
from typing import Any

from checklists.checklist.build import Checklist, build_checklist
from checklists.checklist.numbers import chinese_number, number_ranges
from checklists.models import Enterprise, Industry, Item, Vocabulary
from checklists.rules.library import Library
from checklists.selection.select import select
from tests.test_selection import DAY, NOTICES, VOCABULARY, basis, item


def built(
    *items: Item,
    most: int | None = None,
    on: datetime.date = DAY,
    types: tuple[str, ...] = ("restaurant",),
    vocabulary: Vocabulary = VOCABULARY,
    **told: Any,
) -> Checklist:
    library = Library(items, NOTICES, vocabulary)
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
    items = [item(f"k{index}", "gas-use", weight="key") for index in range(3)]
    items += [item(f"n{index}", "gas-use") for index in range(3)]

    checklist = built(*reversed(items), most=4)

    assert checklist.on_paper == 4
    assert {row.item.title for row in checklist.paper_rows} >= {"k0", "k1", "k2"}
    assert [row.number for row in checklist.rows] == [1, 2, 3, 4, 5, 6]
    assert len(checklist.left_out) == 2


def test_the_general_part_takes_one_row_in_five_at_most() -> None:
    items = [item(f"g{index}", weight="key") for index in range(10)]
    items += [item(f"o{index}", "gas-use") for index in range(10)]

    checklist = built(*items, most=10)

    assert sum(row.item.industry == "general" for row in checklist.paper_rows) == 2


def test_what_is_general_shared_and_read_at_the_table_is_told_by_the_vocabulary() -> None:
    """With the roles of 通用 and 燃气使用 changed over, and the kitchen for the table, the same list is cut otherwise."""
    industries = {
        **VOCABULARY.industries,
        "general": Industry(name="通用"),
        "gas-use": Industry(name="燃气使用", role="everyone"),
    }
    other = VOCABULARY.model_copy(update={"industries": industries, "papers": "厨房"})
    items = [item(f"g{index}") for index in range(10)]
    items += [item(f"o{index}", "gas-use", where="厨房", weight="key") for index in range(10)]

    checklist = built(*items, most=10, vocabulary=other)

    assert sum(row.item.industry == "gas-use" for row in checklist.paper_rows) == 2
    assert [section.title for section in checklist.sections] == ["一　资料", "二　厨房（会议室一次看完）"]
    assert built(*items, vocabulary=other.model_copy(update={"papers": None})).sections[1].title == "二　厨房"


def test_what_is_shared_singles_no_type_out() -> None:
    shared = {**VOCABULARY.industries, "gas-use": Industry(name="燃气使用", role="shared")}
    items = (item("a"), item("b", "gas-use"))

    assert built(*items).own_clauses == 1
    assert built(*items, vocabulary=VOCABULARY.model_copy(update={"industries": shared})).own_clauses == 0


def test_rows_that_hang_on_a_question_take_two_in_five_at_most() -> None:
    items = [
        item(f"q{index}", "dust", weight="key", applies={"dust-workers": {"at-least": 3}})
        for index in range(10)
    ]
    items += [item(f"o{index}", "dust") for index in range(10)]

    checklist = built(*items, most=10, types=("factory",))

    assert sum(bool(row.question) for row in checklist.paper_rows) == 4
    assert checklist.on_paper == 10


def test_old_rows_leave_first_unless_they_are_key() -> None:
    items = [
        item("old", "gas-use", bases=[basis("province-2020")]),
        item("new", "gas-use"),
        item("old-key", "gas-use", bases=[basis("province-2020")], weight="key"),
    ]

    checklist = built(*items, most=2)

    assert {row.item.title for row in checklist.paper_rows} == {"new", "old-key"}
    assert {row.item.title for row in checklist.rows if row.old} == {"old", "old-key"}


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
