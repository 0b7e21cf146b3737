"""Whatever value stands anywhere in the rules: nothing is raised, every message has its remedy, no list changes unseen."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.models import Enterprise
from checklists.problems import Refused, errors
from checklists.rules.checking import check_rules
from checklists.rules.checks import sound_library
from checklists.rules.editions import is_unreleased
from checklists.selection.select import select
from checklists.yamlfile.reading import read_yaml
from tests.small_rules import DAY, FILES, small_rules

NAMES = [name for name in FILES if name.endswith(".yaml")]
ODD = (
    None,
    "",
    "  ",
    "x",
    "yes",
    "甲 乙",
    "甲\n乙",
    "2026-01-01",
    "2062-01-01",
    "甲" * 700,
    0,
    -1,
    1.5,
    10**18,
    True,
    False,
    [],
    [None],
    [[]],
    {},
    {"a": 1},
)
GONE, TWICE = object(), object()


def locations(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from locations(one, (*at, key))


def changed(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    """A copy of the value with ``new`` at a location, or without it, or with it twice."""
    if not at:
        return None if new in (GONE, TWICE) else new
    whole = copy.deepcopy(value)
    around = whole
    for key in at[:-1]:
        around = around[key]
    if new is GONE:
        del around[at[-1]]
    elif new is TWICE and isinstance(around, list):
        around.insert(at[-1], copy.deepcopy(around[at[-1]]))
    elif new is TWICE:
        around[f"{at[-1]}-2"] = copy.deepcopy(around[at[-1]])
    else:
        around[at[-1]] = new
    return whole


def lists(house: Path) -> dict[tuple[str, str], list[str] | str]:
    """What two enterprises at two places are asked, or why nothing."""
    library = sound_library(house / "rules", house / "seeds")
    made: dict[tuple[str, str], list[str] | str] = {}
    for kind in ("餐饮用气单位", "涉粉企业"):
        for place in ("山西省", "阳城县"):
            try:
                asked = select(library, Enterprise(types=(kind,), place=place), DAY).asked
                made[kind, place] = [decision.item.id for decision in asked]
            except Refused as refused:
                made[kind, place] = refused.problems[0].code
    return made


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_rules(tmp_path_factory.mktemp("sound"))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_nothing_is_raised_and_no_list_changes_unseen(
    sound: Path, tmp_path: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(NAMES))
    value, _, _ = read_yaml(sound / name)
    at = data.draw(st.sampled_from(list(locations(value))))
    new = data.draw(st.sampled_from((*ODD, GONE, TWICE)))
    house = Path(shutil.copytree(sound, tmp_path / "house", dirs_exist_ok=True))
    text = yaml.safe_dump(changed(value, at, new), allow_unicode=True, sort_keys=False, width=10**6)
    (house / name).write_text(text, "utf-8")

    found = check_rules(house / "rules", house / "seeds").problems

    assert all(one.remedy and Path(one.position.file).is_relative_to(house) for one in found)
    if not [one for one in errors(found) if one.code != "edition-stale"] and lists(house) != lists(sound):
        assert is_unreleased(sound_library(house / "rules", house / "seeds").edition)
