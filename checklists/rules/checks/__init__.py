"""Opinions about the rules, each its own small module with its own test.

An item check sees one item, a set check sees all; both are pure functions that return problems.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from checklists.models import Item
from checklists.problems import Problem, Refused, errors, once
from checklists.rules.checks import (
    asked,
    catalogue,
    conditions,
    consents,
    core,
    criteria,
    days,
    double_negation,
    encouraged,
    figures,
    lengths,
    one_fact,
    order,
    pairs,
    papers,
    punctuation,
    qualifiers,
    quotes,
    reach,
    references,
    repeated,
    replaced,
    retired,
    set_aside,
    slogans,
    terms,
    times,
    twins,
    words,
)
from checklists.rules.library import NOTICES, Library, open_library

ItemCheck = Callable[[Item, Library], list[Problem]]
SetCheck = Callable[[Library], list[Problem]]

ITEM_CHECKS: tuple[ItemCheck, ...] = (
    words.check,
    conditions.check,
    repeated.check,
    replaced.check,
    quotes.check,
    days.check,
    lengths.check,
    slogans.check,
    one_fact.check,
    double_negation.check,
    qualifiers.check,
    encouraged.check,
    figures.check,
    punctuation.check,
    order.check,
    set_aside.check,
)
SET_CHECKS: tuple[SetCheck, ...] = (
    references.check,
    replaced.check_rings,
    retired.check,
    twins.check,
    reach.check,
    core.check,
    terms.check,
    papers.check,
    criteria.check,
    times.check,
    pairs.check,
    consents.check,
    asked.check,
)


def check_all(library: Library) -> list[Problem]:
    """Every opinion about every item, in file order, then those about all of them.

    What a wrong entry of the catalogue of notices makes wrong is not told beside it.
    """
    wrong_notices = catalogue.check(library)
    if wrong_notices:
        library = replace(library, lost=library.lost | {NOTICES})
    problems = [found for item in library.items for check in ITEM_CHECKS for found in check(item, library)]
    return once([*wrong_notices, *problems, *(found for check in SET_CHECKS for found in check(library))])


def sound_library(rules: Path, seeds: Path) -> Library:
    """The library, fully checked; raises Refused with every problem, so that nothing is written from bad rules."""
    library, problems = open_library(rules, seeds)
    if not errors(problems):
        problems = [*problems, *check_all(library)]
    if errors(problems):
        raise Refused(errors(problems))
    return library
