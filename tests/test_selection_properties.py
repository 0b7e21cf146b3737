"""What holds of selection whatever the enterprise: on the rules as shipped, for random types, places, days and facts."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checklists.data import data_folder
from checklists.models import Enterprise, Fact, FactValue
from checklists.rules.checks import sound_library
from checklists.rules.library import Library
from checklists.selection.select import Selection, select

PLACES = ("山西省", "阳城县", "阳泉市", "交城县", "陵川县", "晋城市城区")
DAYS = (datetime.date(2016, 6, 1), datetime.date(2022, 12, 31), datetime.date(2026, 11, 22))
FIXED = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@cache
def library() -> Library:
    return sound_library(data_folder("rules"), data_folder("seeds"))


def answers(fact: Fact) -> tuple[FactValue, ...]:
    if fact.kind == "yes-no":
        return (True, False)
    return fact.choices if fact.kind == "choice" else (0, 1, 3, 15, 120, 1000)


@st.composite
def enterprises(draw: Any) -> Enterprise:
    vocabulary = library().vocabulary
    types = draw(st.lists(st.sampled_from(sorted(vocabulary.types)), min_size=1, max_size=3, unique=True))
    names = draw(st.lists(st.sampled_from(sorted(vocabulary.facts)), max_size=4, unique=True))
    facts = {name: draw(st.sampled_from(answers(vocabulary.facts[name]))) for name in names}
    return Enterprise(types=tuple(types), place=draw(st.sampled_from(PLACES)), facts=facts)


def asked(selection: Selection) -> set[str]:
    return {decision.item.id for decision in selection.asked}


@given(enterprises(), st.sampled_from(DAYS))
@FIXED
def test_every_item_is_decided_once_with_a_reason(told: Enterprise, on: datetime.date) -> None:
    decisions = select(library(), told, on).decisions

    assert [decision.item.id for decision in decisions] == [item.id for item in library().items]
    assert all(decision.reason for decision in decisions)


@given(enterprises(), st.sampled_from(DAYS))
@FIXED
def test_an_asked_item_rests_on_bases_that_bind_here_today(told: Enterprise, on: datetime.date) -> None:
    selection = select(library(), told, on)
    notices, places = library().notices, selection.profile.places

    for decision in selection.asked:
        assert decision.basis, decision.item.id
        for basis in decision.basis:
            assert notices[basis.notice].place in places
            assert (basis.since or notices[basis.notice].since) <= on
            assert basis.until is None or on <= basis.until


@given(enterprises(), st.sampled_from(DAYS))
@example(Enterprise(types=("hotel", "elder-care", "railway-side")), DAYS[-1])
@FIXED
def test_the_order_of_types_does_not_matter(told: Enterprise, on: datetime.date) -> None:
    other_way = told.model_copy(update={"types": told.types[::-1]})

    assert asked(select(library(), told, on)) == asked(select(library(), other_way, on))


@given(enterprises(), st.sampled_from(DAYS))
@example(Enterprise(types=("warehouse",)), DAYS[-1])
@example(Enterprise(types=("underground-coal-mine",)), DAYS[-1])
@FIXED
def test_answering_a_question_only_ever_takes_items_away(told: Enterprise, on: datetime.date) -> None:
    before = select(library(), told, on)

    for name in before.profile.unknown:
        for value in answers(library().vocabulary.facts[name])[-2:]:
            after = select(library(), told.model_copy(update={"facts": {**told.facts, name: value}}), on)
            assert asked(after) <= asked(before), (name, value, sorted(asked(after) - asked(before)))


@given(enterprises(), st.sampled_from(DAYS), st.sampled_from(("消防", "应急", "住建")))
@FIXED
def test_a_departments_part_is_a_part(told: Enterprise, on: datetime.date, department: str) -> None:
    whole, part = select(library(), told, on), select(library(), told, on, department=department)

    of_department = {item.id for item in library().items if department in item.departments}
    assert asked(part) >= asked(whole) & of_department
    assert asked(part) <= of_department


@given(enterprises(), st.sampled_from(DAYS))
@FIXED
def test_a_further_type_takes_nothing_from_the_others(told: Enterprise, on: datetime.date) -> None:
    """The canteen of a steel plant adds to its list; what it takes away is only what a stricter item replaces."""
    whole = select(library(), told, on)
    replaced = {old for decision in whole.asked for old in decision.item.replaces}

    for kind in told.types:
        alone = asked(select(library(), told.model_copy(update={"types": (kind,)}), on))
        missing = alone - asked(whole) - replaced
        assert missing == set(), (kind, sorted(missing))
