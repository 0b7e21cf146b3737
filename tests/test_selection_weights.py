"""What weighs more: facts of several types and an answer, notices of several years, several facts that bring one industry."""

from __future__ import annotations

import datetime
from itertools import permutations
from typing import Any

import pytest

from checklists.models import (
    Enterprise,
    EnterpriseType,
    Fact,
    FactValue,
    Industry,
    Item,
    Notice,
    TypeFacts,
    Vocabulary,
)
from checklists.rules.library import Library
from checklists.selection.profile import profile_of
from checklists.selection.select import Selection, select

DAY = datetime.date(2026, 11, 22)


def kind(name: str, industries: tuple[str, ...] = ("general",), **facts: Any) -> EnterpriseType:
    return EnterpriseType(id=name, name=name, industries=industries, facts=TypeFacts(**facts))


VOCABULARY = Vocabulary(
    industries={name: Industry(name=name) for name in ("general", "equipment")},
    facts={
        "supply": Fact(name="供气方式", kind="choice", choices=("管道", "瓶装", "储罐")),
        "workers": Fact(name="人数", kind="number", unit="人"),
        "basement": Fact(name="地下", kind="yes-no"),
        "lifts": Fact(name="电梯", kind="yes-no", brings=("equipment",)),
        "boilers": Fact(name="锅炉", kind="yes-no", brings=("equipment",)),
    },
    where=("资料",),
    departments=("应急",),
    places={"山西省": {"晋城市": ("阳城县",)}},
    types={
        one.id: one
        for one in (
            kind("supposing", default={"supply": "管道", "workers": 3, "basement": False}),
            kind("otherwise", default={"supply": "瓶装", "workers": 5, "basement": True}),
            kind("settling", fixed={"supply": "储罐", "workers": 9, "basement": True}),
            kind("denying", fixed={"basement": False}),
            kind("settled-and-supposing", fixed={"supply": "储罐"}, default={"supply": "管道"}),
            kind("asking", asks=("supply", "workers", "basement")),
            kind("hotel", asks=("lifts", "boilers")),
            kind("workshop", ("general", "equipment"), asks=("lifts",)),
        )
    },
)


def known(*types: str, **facts: FactValue) -> dict[str, tuple[FactValue, ...]]:
    """Every known fact with the values it has, whichever type is named first."""
    found = []
    for order in permutations(types):
        profile = profile_of(VOCABULARY, Enterprise(types=order, facts=facts))
        found.append({name: profile.values(name) for name in profile.facts})
    assert all(one == found[0] for one in found)
    return found[0]


@pytest.mark.parametrize(
    ("types", "facts", "supply"),
    [
        (("supposing",), {}, ("管道",)),
        (("supposing",), {"supply": "瓶装"}, ("瓶装",)),
        (("settling",), {}, ("储罐",)),
        (("settling",), {"supply": "瓶装"}, ("储罐",)),
        (("settled-and-supposing",), {}, ("储罐",)),
        (("settled-and-supposing",), {"supply": "瓶装"}, ("储罐",)),
        (("asking",), {"supply": "瓶装"}, ("瓶装",)),
        (("supposing", "otherwise"), {}, ("管道", "瓶装")),
        (("supposing", "otherwise"), {"supply": "储罐"}, ("储罐",)),
        (("supposing", "settling"), {}, ("管道", "储罐")),
        (("supposing", "settling"), {"supply": "瓶装"}, ("瓶装", "储罐")),
        (("asking", "settling"), {"supply": "管道"}, ("管道", "储罐")),
        (("supposing", "otherwise", "settling"), {"supply": "管道"}, ("管道", "储罐")),
    ],
)
def test_an_answer_outweighs_what_is_supposed_and_what_a_type_settles_outweighs_both(
    types: tuple[str, ...], facts: dict[str, FactValue], supply: tuple[FactValue, ...]
) -> None:
    assert known(*types, **facts)["supply"] == supply


def test_an_answer_of_no_and_of_nought_is_an_answer() -> None:
    assert known("otherwise", basement=False)["basement"] == (False,)
    assert known("otherwise", workers=0)["workers"] == (0,)
    assert known("otherwise", "supposing", workers=0, basement=False)["basement"] == (False,)
    assert known("settling", "supposing", workers=0)["workers"] == (9, 0)
    assert known("denying", basement=True)["basement"] == (False,)


def test_of_several_values_the_first_is_yes_or_the_most() -> None:
    assert known("supposing", "otherwise", "settling")["workers"] == (9, 5, 3)
    assert known("supposing", "settling")["basement"] == (True, False)


def test_what_is_answered_or_settled_is_asked_no_more() -> None:
    def unknown(*types: str, **facts: FactValue) -> tuple[str, ...]:
        return profile_of(VOCABULARY, Enterprise(types=types, facts=facts)).unknown

    assert unknown("asking") == ("supply", "workers", "basement")
    assert unknown("asking", workers=0, basement=False) == ("supply",)
    assert unknown("asking", "denying") == unknown("denying", "asking") == ("supply", "workers")
    assert unknown("asking", "settling") == unknown("settling", "asking") == ()


# ---------------------------------------------------------------- items


def item(name: str, industry: str = "general", notice: str = "province-2025", **more: Any) -> Item:
    basis = {"notice": notice, "clause": "一", "says": "requires", "quote": "必须"}
    told: dict[str, Any] = {
        **dict.fromkeys(("title", "content", "standard", "evidence", "rectify"), name),
        "id": f"{industry}-{name}",
        "industry": industry,
        "where": "资料",
        "how": ["查资料"],
        "category": "基础管理",
        "departments": ["应急"],
        "every": "month",
        "basis": [basis],
    }
    return Item.model_validate({**told, **more})


def notice(name: str, issuer: str, year: int, date: str | None = None) -> Notice:
    place = issuer.removesuffix("人民政府")
    told = {
        "id": name,
        "title": name,
        "issuer": issuer,
        "place": place,
        "year": year,
        "file": "x",
        "date": date,
    }
    return Notice.model_validate({**told, "lines": (1, 2)})


NOTICES = {
    one.id: one
    for one in (
        notice("province-2027", "山西省人民政府", 2027, "2027-01-15"),
        notice("county-2026", "阳城县人民政府", 2026),
        notice("province-2026", "山西省人民政府", 2026, "2026-01-23"),
        notice("province-2025", "山西省人民政府", 2025),
    )
}


def selected(
    *items: Item, types: tuple[str, ...] = ("asking",), on: datetime.date = DAY, **more: Any
) -> Selection:
    told = Enterprise(types=types, place="阳城县", facts=more.pop("facts", {}))
    return select(Library(items, NOTICES, VOCABULARY), told, on, **more)


def asked(selection: Selection) -> list[str]:
    return [decision.item.id for decision in selection.asked]


def test_what_is_asked_and_what_is_not_make_up_all_and_share_nothing() -> None:
    selection = selected(
        item("one"),
        item("lift", "equipment"),
        item("two"),
        item("cold", applies={"workers": 3}),
        facts={"workers": 2},
    )

    assert asked(selection) == ["general-one", "general-two"]
    assert [decision.item.id for decision in selection.not_asked] == ["equipment-lift", "general-cold"]


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2025-06-01", ["general-2025"]),
        ("2026-01-22", ["general-2025", "general-county"]),
        ("2026-01-23", ["general-2026", "general-county"]),
        ("2027-01-14", ["general-2026", "general-county"]),
        ("2027-01-15", ["general-2027", "general-county"]),
    ],
)
def test_the_newest_notice_is_the_newest_of_those_in_force_on_the_day(day: str, kept: list[str]) -> None:
    items = (
        item("2027", notice="province-2027"),
        item("2026", notice="province-2026"),
        item("2025", notice="province-2025"),
        item("county", notice="county-2026"),
    )

    assert asked(selected(*items, on=datetime.date.fromisoformat(day), current=True)) == kept


def test_one_fact_that_holds_is_enough_to_bring_an_industry() -> None:
    register = item("register", "equipment")

    def unknown(types: tuple[str, ...], **facts: FactValue) -> tuple[str, ...]:
        return selected(register, types=types, facts=facts).asked[0].unknown

    assert unknown(("hotel",)) == ("lifts", "boilers")
    assert unknown(("hotel",), lifts=True) == unknown(("hotel",), boilers=True) == ()
    assert (
        unknown(("hotel",), lifts=True, boilers=True) == unknown(("hotel",), lifts=True, boilers=False) == ()
    )
    assert unknown(("hotel",), lifts=False) == ("boilers",)
    assert asked(selected(register, types=("hotel",), facts={"lifts": False, "boilers": False})) == []


def test_one_type_that_has_the_industry_is_enough() -> None:
    register = item("register", "equipment")

    assert selected(register, types=("workshop",)).asked[0].unknown == ()
    for types in (("workshop", "hotel"), ("hotel", "workshop")):
        assert selected(register, types=types).asked[0].unknown == ()
