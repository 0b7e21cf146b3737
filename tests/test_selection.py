"""Which items are asked, and the reasons in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from checklists.models import Enterprise, EnterpriseType, Fact, Industry, Item, Notice, TypeFacts, Vocabulary
from checklists.problems import Position, Refused
from checklists.rules.citation import cited, code_lines, notice_reference
from checklists.rules.library import Library
from checklists.selection.profile import contradictions
from checklists.selection.select import Selection, select

DAY = datetime.date(2026, 11, 22)

VOCABULARY = Vocabulary(
    industries={
        "general": Industry(name="general", role="everyone"),
        **{name: Industry(name=name) for name in ("gas-use", "dust", "mine")},
    },
    facts={
        "uses-gas": Fact(name="使用燃气", kind="yes-no", brings=("gas-use",)),
        "dust-workers": Fact(name="涉粉作业人数", kind="number", unit="人"),
        "years-idle": Fact(name="停用年数", kind="number", unit="年"),
        "gas-supply": Fact(name="供气方式", kind="choice", choices=("管道", "瓶装")),
    },
    where=("资料", "厨房"),
    papers="资料",
    departments=("应急", "消防"),
    places={"山西省": {"阳泉市": ("城区", "盂县"), "晋城市": ("城区", "阳城县"), "吕梁市": ("交城县",)}},
    short_names={"山西省": "晋"},
    types={
        "restaurant": EnterpriseType(
            id="restaurant",
            name="餐饮",
            industries=("general", "gas-use"),
            facts=TypeFacts(fixed={"uses-gas": True}, asks=("gas-supply",)),
        ),
        "factory": EnterpriseType(
            id="factory",
            name="工厂",
            industries=("general", "dust"),
            facts=TypeFacts(asks=("dust-workers", "uses-gas")),
        ),
        "pond": EnterpriseType(
            id="pond",
            name="尾矿库",
            industries=("general", "mine"),
            facts=TypeFacts(default={"years-idle": 0}),
        ),
    },
)


def notice(name: str, place: str, year: int, **more: Any) -> Notice:
    told = {
        "id": name,
        "title": name,
        "issuer": f"{place}人民政府",
        "place": place,
        "year": year,
        "file": "x",
    }
    return Notice.model_validate({**told, "lines": (1, 2), **more})


NOTICES = cited(
    [
        notice("province-2026", "山西省", 2026, number="晋政发〔2026〕1号", date="2026-01-23"),
        notice("province-2020", "山西省", 2020),
        notice("jiaocheng-2025", "交城县", 2025),
        notice("yangquan-2025", "阳泉市", 2025, date="2025-03-31"),
    ],
    VOCABULARY.short_names,
)


def basis(name: str = "province-2026", **more: Any) -> dict[str, Any]:
    return {"notice": name, "clause": "三/（一）", "says": "requires", "quote": "必须", **more}


def item(
    name: str, industry: str = "general", bases: list[dict[str, Any]] | None = None, **more: Any
) -> Item:
    told: dict[str, Any] = {
        "id": f"{industry}-{name}",
        "industry": industry,
        "title": name,
        "content": name,
        "standard": name,
        "where": "资料",
        "how": ["查资料"],
        "evidence": name,
        "rectify": name,
        "category": "基础管理",
        "departments": ["应急"],
        "every": "month",
        "basis": bases or [basis()],
    }
    return Item.model_validate({**told, **more})


def selected(
    *items: Item,
    types: tuple[str, ...] = ("restaurant",),
    place: str = "山西省",
    on: datetime.date = DAY,
    **more: Any,
) -> Selection:
    facts = more.pop("facts", {})
    library = Library(items, NOTICES, VOCABULARY)
    return select(library, Enterprise(types=types, place=place, facts=facts), on, **more)


def asked(selection: Selection) -> list[str]:
    return [decision.item.id for decision in selection.asked]


def test_an_item_of_another_county_is_not_asked() -> None:
    selection = selected(item("video", bases=[basis("jiaocheng-2025")]), place="阳泉市")

    assert selection.reason("general-video") == "依据只在 交城县 有效，企业在 阳泉市"


def test_a_county_is_asked_what_its_city_and_province_ask_and_only_bases_that_bind_are_kept() -> None:
    bases = [basis(), basis("yangquan-2025"), basis("jiaocheng-2025")]

    selection = selected(item("video", bases=bases), place="盂县")

    assert [one.notice for one in selection.asked[0].basis] == ["province-2026", "yangquan-2025"]


def test_no_place_is_the_province() -> None:
    assert asked(selected(item("city", bases=[basis("yangquan-2025")]), item("all"))) == ["general-all"]


def test_no_two_notices_of_a_place_and_year_share_a_code() -> None:
    told = [
        notice("winter", "山西省", 2026, date="2026-11-02"),
        notice("yearly", "山西省", 2026, date="2026-01-23"),
        notice("spring", "山西省", 2026, date="2026-03-15"),
        notice("b-undated", "城区", 2025),
        notice("a-undated", "城区", 2025),
        *(notice(f"more-{at:02}", "山西省", 2024, date=f"2024-05-{at:02}") for at in range(1, 25)),
    ]

    codes = {name: one.code for name, one in cited(told, VOCABULARY.short_names).items()}

    assert {name: codes[name] for name in ("yearly", "spring", "winter")} == {
        "yearly": "晋26",
        "spring": "晋26乙",
        "winter": "晋26丙",
    }
    assert (codes["a-undated"], codes["b-undated"]) == ("城25", "城25乙")
    assert len(set(codes.values())) == len(told)
    assert list(codes) == [one.id for one in told]
    assert code_lines("晋26乙三(十一)7等4", 5.3)[0] == "晋26乙"


def test_the_province_is_the_first_of_the_places_and_its_notices_go_before_those_of_a_county() -> None:
    vocabulary = VOCABULARY.model_copy(
        update={
            "places": {"河北省": {"保定市": ("易县",)}, **VOCABULARY.places},
            "short_names": {"河北省": "冀", **VOCABULARY.short_names},
        }
    )
    notices = cited(
        [
            notice(name, place, 2026, number="某发〔2026〕1号")
            for name, place in (("county", "易县"), ("other", "山西省"), ("own", "河北省"))
        ],
        vocabulary.short_names,
    )
    bases = [basis("county"), basis("own"), basis("other")]
    library = Library((item("a", bases=bases),), notices, vocabulary)

    here = select(library, Enterprise(types=("restaurant",), place="易县"), DAY)
    nowhere = select(library, Enterprise(types=("restaurant",)), DAY)

    assert [one.notice for one in here.asked[0].basis] == ["own", "county"]
    assert (nowhere.profile.places, nowhere.profile.enterprise.place) == (("河北省",), "河北省")
    assert [one.code for one in notices.values()] == ["易26", "晋26", "冀26"]
    assert [notice_reference(one) for one in notices.values()] == [
        "某发〔2026〕1号（易县）",
        "某发〔2026〕1号",
        "某发〔2026〕1号",
    ]


def test_what_is_everyones_is_told_by_its_role_and_not_by_its_id() -> None:
    industries = {
        **VOCABULARY.industries,
        "general": Industry(name="通用"),
        "mine": VOCABULARY.industries["general"],
    }
    vocabulary = VOCABULARY.model_copy(update={"industries": industries})
    library = Library((item("a"), item("b", "mine")), NOTICES, vocabulary)

    selection = select(library, Enterprise(types=("pond",)), DAY)

    assert selection.reason("general-a").startswith("企业属“通用”行业领域；")
    assert selection.reason("mine-b").startswith("适用于所有企业；")


def test_every_item_has_a_reason_whether_asked_or_not() -> None:
    selection = selected(item("a"), item("b", "dust"), item("c", applies={"dust-workers": {"at-least": 3}}))

    assert len(selection.decisions) == 3
    assert all(decision.reason for decision in selection.decisions)
    assert selection.reason("dust-b") == "企业不属“dust”行业领域"
    assert selection.reason("general-c") == "所选类型不涉及“涉粉作业人数”"


def test_an_asked_but_unanswered_fact_keeps_its_item_and_says_so() -> None:
    selection = selected(item("dust", applies={"dust-workers": {"at-least": 3}}), types=("factory",))

    assert selection.asked[0].unknown == ("dust-workers",)
    assert "“涉粉作业人数”未知，保留待问" in selection.reason("general-dust")


@pytest.mark.parametrize(("workers", "kept"), [(2, False), (3, True), (10, True)])
def test_three_and_more_includes_three(workers: int, kept: bool) -> None:
    dust = item("dust", applies={"dust-workers": {"at-least": 3}})

    selection = selected(dust, types=("factory",), facts={"dust-workers": workers})

    assert bool(selection.asked) is kept


@pytest.mark.parametrize(("years", "kept"), [(3, False), (3.5, True)])
def test_over_three_years_does_not_include_three(years: float, kept: bool) -> None:
    closed = item("closed", "mine", applies={"years-idle": {"more-than": 3}})

    selection = selected(closed, types=("pond",), facts={"years-idle": years})

    assert bool(selection.asked) is kept


def test_the_reason_of_a_false_fact_names_value_and_condition() -> None:
    dust = item("dust", applies={"dust-workers": {"at-least": 3}})

    selection = selected(dust, types=("factory",), facts={"dust-workers": 2})

    assert selection.reason("general-dust") == "涉粉作业人数为“2人”，本项只问“3人及以上”"


def test_a_true_fact_brings_its_industry_and_an_unknown_one_keeps_it_in_question() -> None:
    alarm = item("alarm", "gas-use")

    assert asked(selected(alarm, types=("factory",), facts={"uses-gas": True})) == ["gas-use-alarm"]
    assert asked(selected(alarm, types=("factory",), facts={"uses-gas": False})) == []
    assert selected(alarm, types=("factory",)).asked[0].unknown == ("uses-gas",)
    assert asked(selected(alarm, types=("pond",))) == []


def test_several_types_make_one_list_without_doubles() -> None:
    selection = selected(
        item("a"), item("alarm", "gas-use"), item("d", "dust"), types=("restaurant", "factory")
    )

    assert asked(selection) == ["general-a", "gas-use-alarm", "dust-d"]


def test_an_item_is_asked_from_its_notices_day_to_its_last_day() -> None:
    yearly = item("yearly", bases=[basis(until="2026-12-31")])

    assert asked(selected(yearly, on=datetime.date(2026, 1, 22))) == []
    assert asked(selected(yearly, on=datetime.date(2026, 1, 23))) == ["general-yearly"]
    assert asked(selected(yearly, on=datetime.date(2026, 12, 31))) == ["general-yearly"]
    assert (
        selected(yearly, on=datetime.date(2027, 1, 1)).reason("general-yearly") == "依据已于 2026-12-31 到期"
    )


def test_a_notice_without_a_date_holds_from_new_year() -> None:
    old = item("old", bases=[basis("province-2020")])

    assert asked(selected(old, on=datetime.date(2020, 1, 1))) == ["general-old"]


def test_due_never_drops_an_item() -> None:
    state = item("state", bases=[basis("province-2020", due="2020-12-31")])

    assert asked(selected(state)) == ["general-state"]


def test_a_replaced_item_is_not_asked_where_the_newer_one_is() -> None:
    newer = item("new", bases=[basis()], replaces=["general-old"])
    old = item("old", bases=[basis("province-2020")])

    assert asked(selected(newer, old)) == ["general-new"]
    assert selected(newer, old).reason("general-old") == "已由更新或更严的检查项 general-new 代替"
    assert asked(selected(newer, old, on=datetime.date(2021, 1, 1))) == ["general-old"]


def test_current_means_each_issuers_newest_notice() -> None:
    items = (
        item("now"),
        item("then", bases=[basis("province-2020")]),
        item("county", bases=[basis("jiaocheng-2025")]),
    )

    assert asked(selected(*items, place="交城县", current=True)) == ["general-now", "general-county"]


def test_one_departments_part() -> None:
    fire, rest = item("fire", departments=["消防", "应急"]), item("rest")

    assert asked(selected(fire, rest, department="消防")) == ["general-fire"]
    assert selected(fire, rest, department="消防").reason("general-rest") == "不属 消防，属 应急"


def test_an_unknown_type_is_told_and_an_unknown_place_offers_the_nearest() -> None:
    with pytest.raises(Refused) as wrong_type:
        selected(item("a"), types=("餐钦",))
    with pytest.raises(Refused) as wrong_place:
        selected(item("a"), place="阳成县")
    with pytest.raises(Refused) as two_places:
        selected(item("a"), place="城区")

    assert "「餐钦」" in str(wrong_type.value) and "checklists types" in str(wrong_type.value)
    assert "「阳城县」" in str(wrong_place.value)
    assert "阳泉市城区、晋城市城区" in str(two_places.value)
    assert wrong_type.value.exit_code == 2


def test_a_district_is_found_with_its_city() -> None:
    selection = selected(item("city", bases=[basis("yangquan-2025")]), place="阳泉市城区")

    assert selection.profile.places == ("山西省", "阳泉市", "城区")
    assert asked(selection) == ["general-city"]


def test_what_one_type_supposes_not_to_be_does_not_answer_what_another_asks() -> None:
    pond = VOCABULARY.types["pond"]
    told = pond.model_copy(update={"facts": TypeFacts(default={"uses-gas": False})})
    vocabulary = VOCABULARY.model_copy(update={"types": {**VOCABULARY.types, "pond": told}})
    alarm = item("alarm", "gas-use")

    both = select(Library((alarm,), NOTICES, vocabulary), Enterprise(types=("factory", "pond")), DAY)

    assert both.asked[0].unknown == ("uses-gas",)


def test_a_choice_that_one_type_supposes_does_not_answer_what_another_asks() -> None:
    facts = {"restaurant": TypeFacts(asks=("gas-supply",)), "pond": TypeFacts(default={"gas-supply": "管道"})}
    types = {
        name: VOCABULARY.types[name].model_copy(update={"facts": told, "industries": ("general",)})
        for name, told in facts.items()
    }
    vocabulary = VOCABULARY.model_copy(update={"types": {**VOCABULARY.types, **types}})
    bottles = item("bottles", applies={"gas-supply": "瓶装"})

    both = select(Library((bottles,), NOTICES, vocabulary), Enterprise(types=("restaurant", "pond")), DAY)
    alone = select(Library((bottles,), NOTICES, vocabulary), Enterprise(types=("pond",)), DAY)

    assert (asked(both), both.asked[0].unknown) == (["general-bottles"], ("gas-supply",))
    assert asked(alone) == []


def test_an_answer_that_the_type_settles_otherwise_is_reported_and_not_taken() -> None:
    told = Enterprise(types=("restaurant",), facts={"uses-gas": False})

    found = contradictions(VOCABULARY, told, Position)

    assert [(one.code, one.position.file) for one in found] == [("fact-settled", "uses-gas")]
    assert asked(selected(item("alarm", "gas-use"), facts={"uses-gas": False})) == ["gas-use-alarm"]


def test_what_only_one_of_several_types_is_takes_nothing_from_the_others() -> None:
    pond = VOCABULARY.types["pond"].model_copy(update={"facts": TypeFacts(default={"uses-gas": True})})
    vocabulary = VOCABULARY.model_copy(update={"types": {**VOCABULARY.types, "pond": pond}})
    only_without = item("without", applies={"uses-gas": False})
    library = Library((only_without,), NOTICES, vocabulary)

    alone = select(library, Enterprise(types=("pond",)), DAY)
    both = select(library, Enterprise(types=("pond", "factory"), facts={}), DAY)
    answered = select(library, Enterprise(types=("pond", "factory"), facts={"uses-gas": True}), DAY)

    assert (asked(alone), asked(both), asked(answered)) == ([], ["general-without"], [])


# ---------------------------------------------------------------- bases that are not said to everyone


def idle(condition: Any = True, **more: Any) -> dict[str, Any]:
    return basis("province-2020", applies={"years-idle": {"more-than": 3}} if condition else {}, **more)


@pytest.mark.parametrize(
    ("years", "cited"), [(5, ["province-2026", "province-2020"]), (1, ["province-2026"])]
)
def test_a_basis_counts_only_for_those_it_is_said_to(years: int, cited: list[str]) -> None:
    selection = selected(item("dam", bases=[basis(), idle()]), types=("pond",), facts={"years-idle": years})

    assert [one.notice for one in selection.asked[0].basis] == cited


def test_an_item_whose_bases_are_all_said_to_others_is_not_asked() -> None:
    selection = selected(item("dam", bases=[idle()]), types=("pond",), facts={"years-idle": 1})

    assert selection.reason("general-dam") == "依据不对它说：停用年数为“1年”，本项只问“超过3年”"


def test_a_basis_that_hangs_on_an_open_question_is_cited_only_where_no_other_stands() -> None:
    many = basis("province-2020", applies={"dust-workers": {"at-least": 3}})

    (alone,) = selected(item("a", bases=[many]), types=("factory",)).asked
    (beside,) = selected(item("a", bases=[basis(), many]), types=("factory",)).asked

    assert (alone.unknown, [one.notice for one in alone.basis]) == (("dust-workers",), ["province-2020"])
    assert (beside.unknown, [one.notice for one in beside.basis]) == ((), ["province-2026"])


# ---------------------------------------------------------------- parents and children among facts

GAS_AND_ITS_CHILD = VOCABULARY.model_copy(
    update={
        "facts": {
            **VOCABULARY.facts,
            "gas-supply": VOCABULARY.facts["gas-supply"].model_copy(update={"parent": "uses-gas"}),
        }
    }
)


@pytest.mark.parametrize(
    ("facts", "asked_of", "unknown"),
    [
        ({}, ["general-bottle"], ("uses-gas", "gas-supply")),
        ({"uses-gas": True}, ["general-bottle"], ("gas-supply",)),
        ({"uses-gas": False}, [], ()),
        ({"uses-gas": True, "gas-supply": "管道"}, [], ()),
        ({"uses-gas": False, "gas-supply": "瓶装"}, [], ()),
    ],
)
def test_who_asks_or_has_the_parent_asks_the_child(
    facts: dict[str, Any], asked_of: list[str], unknown: tuple[str, ...]
) -> None:
    """The factory asks whether there is gas, and says nothing of how it comes."""
    bottle = item("bottle", applies={"gas-supply": "瓶装"})
    library = Library((bottle,), NOTICES, GAS_AND_ITS_CHILD)

    selection = select(library, Enterprise(types=("factory",), facts={"dust-workers": 0, **facts}), DAY)

    assert asked(selection) == asked_of
    assert selection.profile.unknown == unknown


def test_an_answer_to_the_child_of_what_is_not_there_is_said_to_mean_nothing() -> None:
    told = Enterprise(types=("factory",), facts={"uses-gas": False, "gas-supply": "瓶装"})

    (found,) = contradictions(GAS_AND_ITS_CHILD, told, lambda fact: Position("命令行"))

    assert (found.code, found.level) == ("fact-childless", "warning")


BIG_OR_SMALL = VOCABULARY.model_copy(
    update={
        "facts": {
            "small": Fact(name="小微", kind="yes-no", role="small"),
            "big": Fact(name="规模以上", kind="yes-no", excludes=("small",)),
        },
        "types": {
            "shop": EnterpriseType(
                id="shop", name="店", industries=("general",), facts=TypeFacts(default={"small": True})
            )
        },
    }
)


def test_facts_that_exclude_one_another_are_refused_together_and_the_supposed_one_gives_way() -> None:
    both = Enterprise(types=("shop",), facts={"small": True, "big": True})
    big = Enterprise(types=("shop",), facts={"big": True})

    (found,) = contradictions(BIG_OR_SMALL, both, lambda fact: Position("命令行"))
    assert (found.code, found.level) == ("fact-excluded", "error")

    profile = select(Library((item("a"),), NOTICES, BIG_OR_SMALL), big, DAY).profile
    assert profile.facts == {"small": False, "big": True}
    assert contradictions(BIG_OR_SMALL, big, lambda fact: Position("命令行")) == []
