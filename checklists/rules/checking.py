"""All that is said about a folder of rules, each slip once: what only follows from another is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checklists.problems import Problem, Refused, errors
from checklists.rules.checks import check_all
from checklists.rules.coverage import coverage_problems
from checklists.rules.drafts.reading import draft_problems
from checklists.rules.editions import stale, vanished
from checklists.rules.items import ITEMS
from checklists.rules.library import open_library

COVERAGE = "逐句交代"
"""What is left to be checked, in words, while items cite wrongly."""
_CITED_WRONGLY = frozenset(
    {"clause-not-found", "quote-not-found", "quote-short", "item-vanished", "items-vanished"}
)
"""With these, sentences seem unaccounted for that an item means."""


@dataclass(frozen=True)
class Checked:
    """How many items there are, what is wrong, and what could not be judged because of that."""

    items: int
    problems: tuple[Problem, ...]
    left: tuple[str, ...] = ()
    """What is to be checked once the errors are gone, in words."""


def check_rules(rules: Path, seeds: Path) -> Checked:
    """Read and check a folder of rules, with its seeds, as far as what is wrong allows."""
    try:
        library, problems = open_library(rules, seeds)
    except Refused as refused:
        return Checked(0, refused.problems, ("检查项", COVERAGE, "版本"))
    of_drafts, drafted = draft_problems(library)
    found = [*problems, *check_all(library), *of_drafts]
    left: list[str] = []
    if ITEMS in library.lost:
        left.append("编号的去留")
    else:
        replaced = {old for item in library.items for old in item.replaces}
        known = {*library.retired, *replaced}  # that a replaced id is no item has been told
        found += _edition_found(lambda: vanished(rules, library.record, known), found)
    if any(one.code == "notice-misread" for one in found):
        found = [one for one in found if one.code != "number-gap"]
    if library.lost or any(one.code in _CITED_WRONGLY or one.code.startswith("notice") for one in found):
        left.append(COVERAGE)
    else:
        found += coverage_problems(library, drafted)
    if errors(found):
        left.append("版本")
    else:
        found += _edition_found(lambda: stale(rules, library.record), found)
    return Checked(len(library.items), tuple(found), tuple(left))


def _edition_found(judge: Callable[[], list[Problem]], known: list[Problem]) -> list[Problem]:
    """What is wrong with the edition; that its record cannot be read is told once."""
    try:
        return judge()
    except Refused as refused:
        codes = {one.code for one in known}
        return [one for one in refused.problems if one.code not in codes]
