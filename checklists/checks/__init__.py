"""Opinions about the rules, each its own small module with its own test.

An item check sees one item, a set check sees all; both are pure functions that return problems.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from checklists.checks import (
    catalogue,
    conditions,
    days,
    double_negation,
    figures,
    lengths,
    one_fact,
    order,
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
    twins,
    words,
)
from checklists.models import Item
from checklists.problems import Problem, Refused, errors, once
from checklists.workshop import NOTICES, Workshop, open_workshop

ItemCheck = Callable[[Item, Workshop], list[Problem]]
SetCheck = Callable[[Workshop], list[Problem]]

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
    terms.check,
)


def check_all(workshop: Workshop) -> list[Problem]:
    """Every opinion about every item, in file order, then those about all of them.

    What a wrong entry of the catalogue of notices makes wrong is not told beside it.
    """
    wrong_notices = catalogue.check(workshop)
    if wrong_notices:
        workshop = replace(workshop, lost=workshop.lost | {NOTICES})
    problems = [
        found for item in workshop.rules.items for check in ITEM_CHECKS for found in check(item, workshop)
    ]
    return once([*wrong_notices, *problems, *(found for check in SET_CHECKS for found in check(workshop))])


def sound_workshop(rules: Path, seeds: Path) -> Workshop:
    """The workshop, fully checked; raises Refused with every problem, so that nothing is written from bad rules."""
    workshop, problems = open_workshop(rules, seeds)
    if not errors(problems):
        problems = [*problems, *check_all(workshop)]
    if errors(problems):
        raise Refused(errors(problems))
    return workshop
