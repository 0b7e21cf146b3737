"""The lists people get, as text that reviews as a diff: every type today, several types together, older days, other places.

Beside them stands what moves in a list from one day to the next: where a basis begins or ends, where a term passes,
where the notice of the next year comes in.
``ACCEPT=1 pytest tests/test_golden.py`` accepts what is there now; read the diff before committing it.
"""

from __future__ import annotations

import datetime
import os
from functools import cache
from pathlib import Path

import pytest

from checklists.checklist.build import Checklist, build_checklist
from checklists.data import data_folder
from checklists.models import Enterprise
from checklists.rules.checking import check_rules
from checklists.rules.checks import sound_library
from checklists.rules.library import Library
from checklists.selection.select import Selection, select
from tests.next_year import DAY_BEFORE, SINCE, next_year
from tests.small_rules import small_rules

GOLDEN = Path(__file__).parent / "golden"
TODAY = "2026-11-22"
OTHERS = (
    ("underground-coal-mine", "阳泉市", TODAY),
    ("underground-coal-mine", "山西省", "2019-06-01"),
    ("underground-coal-mine", "山西省", "2026-06-01"),
    ("catering-gas-user", "阳城县", TODAY),
    ("catering-gas-user", "阳城县", "2022-06-01"),
    ("large-complex", "交城县", TODAY),
    ("fuel-station", "交城县", TODAY),
    ("fuel-station", "陵川县", TODAY),
    ("coach-company", "山西省", "2018-06-01"),
    ("coach-company", "山西省", "2019-06-01"),
    ("dust-explosion-plant", "山西省", "2025-06-01"),
    ("tailings-pond", "山西省", "2010-06-01"),
)
TOGETHER = (
    ("underground-coal-mine+group-company", "山西省", TODAY),
    ("hazchem-producer+hazchem-warehouse", "山西省", TODAY),
    ("large-complex+catering-gas-user", "交城县", TODAY),
    ("school+catering-gas-user", "阳城县", TODAY),
)
"""Enterprises of several types: a mine with its head office, a plant with its store, restaurants in a mall, a canteen."""
MOVES = (
    ("coach-company", "山西省", "2018-06-30", "2018-07-01"),
    ("dust-explosion-plant", "山西省", "2026-01-22", "2026-01-23"),
    ("underground-coal-mine", "山西省", "2025-06-30", "2025-07-01"),
    ("underground-coal-mine", "山西省", "2026-12-31", "2027-01-01"),
)
"""The day before and the day after: from 2018-07-01; until 2026-01-22; due 2025-06-30; until 2026-12-31."""
SMALL = (("restaurant", "阳城县"), ("dust-plant", "山西省"), ("restaurant+dust-plant", "阳城县"))


@cache
def installed() -> Library:
    return sound_library(data_folder("rules"), data_folder("seeds"))


def selected(library: Library, types: str, place: str, day: str) -> Selection:
    told = Enterprise(types=tuple(types.split("+")), place=place)
    return select(library, told, datetime.date.fromisoformat(day))


def made_of(library: Library, types: str, place: str, day: str) -> Checklist:
    return build_checklist(library, selected(library, types, place, day), edition="-")


def dump(library: Library, types: str, place: str, day: str) -> str:
    """A checklist as text: head, then its sections, then what the paper leaves out."""
    made = made_of(library, types, place, day)
    head = f"{'、'.join(made.profile.type_names)}　{place}　{day}\n"
    head += f"应查 {len(made.rows)} 项，纸面 {made.on_paper} 项，单列条款 {made.own_clauses} 条\n"
    head += "".join(f"先问 {question.line}\n" for question in made.questions)
    lines = [head]
    for section in made.sections:
        lines.append(f"\n{section.title}\n")
        lines += [
            f"{row.number}\t{row.marks}{row.content}\t{row.code}\t{row.item.id}\n" for row in section.rows
        ]
    lines.append("\n未列入本表\n")
    lines += [f"{row.number}\t{row.marks}{row.content}\t{row.code}\t{row.item.id}\n" for row in made.left_out]
    return "".join(lines)


def printed_rows(library: Library, types: str, place: str, day: str) -> dict[str, str]:
    """What a list prints of each item beside its number: marks, content, code, 历年, progress, question."""
    rows = made_of(library, types, place, day).rows
    return {
        row.item.id: "\t".join(
            (
                f"{row.marks}{row.content}",
                f"{row.code}{'〔历年〕' if row.old else ''}",
                row.progress,
                row.question,
            )
        ).rstrip()
        for row in rows
    }


def dump_move(library: Library, types: str, place: str, before: str, after: str) -> str:
    """What comes in, what goes out and why, and what is printed otherwise, from one day to another."""
    old, new = (printed_rows(library, types, place, day) for day in (before, after))
    why = selected(library, types, place, after)
    stays = [name for name in new if name in old]
    moved = [name for name in stays if old[name] != new[name]]
    lines = [f"{'、'.join(why.profile.type_names)}　{place}　{before} → {after}\n"]
    lines.append(f"应查 {len(old)} → {len(new)} 项，其中 {len(stays) - len(moved)} 项照旧\n\n新列入\n")
    lines += [f"{name}\t{new[name]}\n\t{why.reason(name)}\n" for name in new if name not in old]
    lines.append("\n不再列入\n")
    lines += [f"{name}\t{old[name]}\n\t{why.reason(name)}\n" for name in old if name not in new]
    lines.append("\n改动\n")
    lines += [f"{name}\n-\t{old[name]}\n+\t{new[name]}\n" for name in moved]
    return "".join(lines)


def assert_accepted(name: str, made: str) -> None:
    """The text is the one that is kept under the name; ACCEPT keeps it."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        path.write_text(made, "utf-8")

    assert path.exists(), f"还没有 {path.name}；核对后运行 ACCEPT=1 pytest tests/test_golden.py"
    assert made == path.read_text("utf-8"), "名单有变；看过差异后运行 ACCEPT=1 pytest tests/test_golden.py"


def cases() -> list[tuple[str, str, str]]:
    return [(kind, "山西省", TODAY) for kind in installed().vocabulary.types] + [*OTHERS, *TOGETHER]


@pytest.mark.parametrize(("types", "place", "day"), cases())
def test_the_list_is_the_accepted_one(types: str, place: str, day: str) -> None:
    assert_accepted(f"{types}_{place}_{day}", dump(installed(), types, place, day))


@pytest.mark.parametrize(("types", "place", "before", "after"), MOVES)
def test_what_moves_with_the_day_is_accepted(types: str, place: str, before: str, after: str) -> None:
    made = dump_move(installed(), types, place, before, after)

    assert_accepted(f"moves/{types}_{place}_{before}_{after}", made)


# ---------------------------------------------------------------- the notice of the next year


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small rules of this year."""
    folder = small_rules(tmp_path_factory.mktemp("small"))
    return sound_library(folder / "rules", folder / "seeds")


@pytest.fixture(scope="module")
def small_next_year(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small rules with a notice of next year taken in."""
    folder = next_year(tmp_path_factory.mktemp("next-year"))
    found = check_rules(folder / "rules", folder / "seeds").problems
    assert found == (), [str(one) for one in found]
    return sound_library(folder / "rules", folder / "seeds")


@pytest.mark.parametrize(("types", "place"), SMALL)
def test_what_next_years_notice_changes_is_accepted(small_next_year: Library, types: str, place: str) -> None:
    both = [dump(small_next_year, types, place, day) for day in (DAY_BEFORE, SINCE)]
    moved = dump_move(small_next_year, types, place, DAY_BEFORE, SINCE)

    assert_accepted(f"next-year/{types}_{place}", "\n\n".join([*both, moved]))


@pytest.mark.parametrize(("types", "place"), SMALL)
@pytest.mark.parametrize("day", [TODAY, "2026-12-31", "2027-01-01", DAY_BEFORE])
def test_next_years_notice_says_nothing_before_its_day(
    small: Library, small_next_year: Library, types: str, place: str, day: str
) -> None:
    assert dump(small_next_year, types, place, day) == dump(small, types, place, day)


def test_every_type_gets_a_list_of_its_own() -> None:
    """Thin where the notices say little, never empty: the general part, and at least one row for what the type is."""
    library = installed()
    thin = []
    for kind in library.vocabulary.types.values():
        selection = select(library, Enterprise(types=(kind.id,)), datetime.date.fromisoformat(TODAY))
        general = {
            decision.item.id for decision in selection.asked if decision.item.industry in ("general", "fire")
        }
        own = len(selection.asked) - len(general)
        if len(general) < 40 or (own == 0 and set(kind.industries) - {"general", "fire"}):
            thin.append((kind.name, len(general), own))

    assert thin == []
