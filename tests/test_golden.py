"""The lists people get, as text that reviews as a diff: every type today, a few at older days and other places.

``ACCEPT=1 pytest tests/test_golden.py`` accepts what is there now; read the diff before committing it.
"""

from __future__ import annotations

import datetime
import os
from functools import cache
from pathlib import Path

import pytest

from checklists.checklist.build import build_checklist
from checklists.data import data_folder
from checklists.models import Enterprise
from checklists.rules.checks import sound_library
from checklists.rules.library import Library
from checklists.selection.select import select

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


@cache
def installed() -> Library:
    return sound_library(data_folder("rules"), data_folder("seeds"))


def dump(kind: str, place: str, day: str) -> str:
    """A checklist as text: head, then its sections, then what the paper leaves out."""
    library = installed()
    selection = select(library, Enterprise(types=(kind,), place=place), datetime.date.fromisoformat(day))
    made = build_checklist(library, selection, edition="-")
    head = f"{'、'.join(selection.profile.type_names)}　{place}　{day}\n"
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


def cases() -> list[tuple[str, str, str]]:
    return [(kind, "山西省", TODAY) for kind in installed().vocabulary.types] + list(OTHERS)


@pytest.mark.parametrize(("kind", "place", "day"), cases())
def test_the_list_is_the_accepted_one(kind: str, place: str, day: str) -> None:
    path = GOLDEN / f"{kind}_{place}_{day}.txt"
    made = dump(kind, place, day)
    if os.environ.get("ACCEPT"):
        path.write_text(made, "utf-8")

    assert path.exists(), f"还没有 {path.name}；核对后运行 ACCEPT=1 pytest tests/test_golden.py"
    assert made == path.read_text("utf-8"), "名单有变；看过差异后运行 ACCEPT=1 pytest tests/test_golden.py"


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
