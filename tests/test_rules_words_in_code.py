"""No id of the rules and no place stands in the program: what it must know it finds in the data by a declared role."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.places import chains_of
from checklists.rules.library import open_library

ROOT = Path(__file__).parent.parent
LIBRARY, _ = open_library(data_folder("rules"), data_folder("seeds"))
VOCABULARY = LIBRARY.vocabulary

IDS = frozenset().union(
    *(VOCABULARY.industries, VOCABULARY.facts, VOCABULARY.types, VOCABULARY.where, VOCABULARY.departments),
    *(LIBRARY.notices, (item.id for item in LIBRARY.items)),
)
OF_THE_LANGUAGE = frozenset({"城区", "矿区", "郊区"})
"""Names of districts that are words too: such a constant is a place only when it is nothing else."""
NAMES = frozenset(name for chain in chains_of(VOCABULARY.places) for name in chain) - {VOCABULARY.nation}
OWN = VOCABULARY.short_names[VOCABULARY.province]
"""The short names of the other provinces are words too: 新, 云, 台."""
PLACE = re.compile("|".join({*NAMES, OWN} - OF_THE_LANGUAGE))

ALLOWED = {
    "所在地（如 阳城县）": "an example in the help of a template's fields",
    "所在地全称（如 山西省晋城市阳城县；没写市、县的注明）": "an example in the help of a template's fields",
}
"""Constant -> why it may stand in the program."""


def found_in(source: str) -> Iterator[str]:
    """Constants of a module, outside its docstrings, that are ids of the rules or hold the name of a place."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value
            if text in IDS or text in NAMES or PLACE.search(text):
                yield text


@pytest.mark.parametrize(
    "planted",
    [
        'if item.industry == "general": pass',
        'own = industries - {"fire", kind}',
        'small = facts.get("small-unit")',
        'SHORT = {"山西省": "甲"}',
        'code = f"晋{year}"',
        'if place == "城区": pass',
        'def f(place="阳城县"): pass',
        'ASKED_BY = ("shanxi-2018", "二/（五）")',
        'PAPERS = "资料"',
    ],
)
def test_a_planted_id_or_place_is_found(planted: str) -> None:
    assert list(found_in(planted))


def test_words_of_the_language_and_docstrings_are_no_fault() -> None:
    plain = '"""山西省."""\nMOST = 3\n"""Of 阳城县."""\nif text == "通用" or text == "某市城区的": pass\n'

    assert list(found_in(plain)) == []


MODULES = {
    path.relative_to(ROOT / "checklists").as_posix(): path for path in (ROOT / "checklists").rglob("*.py")
}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_id_of_the_rules_and_no_place_stands_in_the_program(name: str) -> None:
    found = list(found_in(MODULES[name].read_text("utf-8")))

    assert [text for text in found if text not in ALLOWED] == []


def test_what_is_allowed_stands_in_the_program() -> None:
    found = {text for path in MODULES.values() for text in found_in(path.read_text("utf-8"))}

    assert found == set(ALLOWED)
