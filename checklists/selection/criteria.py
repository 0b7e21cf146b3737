"""Which 判定标准 bind an enterprise on a day, with those of their criteria that can concern it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from checklists.models import Criterion, Standard, Vocabulary
from checklists.rules.library import Library
from checklists.selection.profile import Profile
from checklists.selection.verdict import facts_verdict


@dataclass(frozen=True)
class BoundStandard:
    """A standard that binds, and its criteria whose conditions hold or hang on a fact that nobody knows."""

    standard: Standard
    criteria: tuple[Criterion, ...] = ()

    @property
    def count_words(self) -> str:
        """How many criteria concern the enterprise, as far as the text is held."""
        if self.standard.held == "none":
            return "条文未收录，由人对照原文"
        part = "（只收录部分条文）" if self.standard.held == "partial" else ""
        return f"{len(self.criteria)} 条{part}"


def bound_standards(library: Library, profile: Profile, on: datetime.date) -> tuple[BoundStandard, ...]:
    """Standards in force on the day that bind the enterprise; those that bind whoever is of a shared industry last.

    A standard that is held whole and has no criterion for the enterprise is left out; of one held in part or not at
    all nobody can say so.
    """
    vocabulary = library.vocabulary
    found = [
        BoundStandard(one.standard, _criteria(vocabulary, one.standard, profile))
        for one in library.standards
        if in_force(one.standard, on) and _binds(vocabulary, one.standard, profile)
    ]
    kept = [one for one in found if one.criteria or one.standard.held != "whole"]
    return tuple(sorted(kept, key=lambda one: _binds_all_kinds(vocabulary, one.standard)))


def major_items(bound: Iterable[BoundStandard]) -> dict[str, int]:
    """Ids of the items whose fact one of the standards counts as major, which have ▲: place of the first criterion, from 1."""
    criteria = [criterion for one in bound for criterion in one.criteria]
    found: dict[str, int] = {}
    for place, criterion in enumerate(criteria, start=1):
        for item in criterion.items:
            found.setdefault(item, place)
    return found


def in_force(standard: Standard, on: datetime.date) -> bool:
    """Whether a standard is in force on a day; one of which no first day is known always was."""
    begins = standard.since or standard.dated
    return (begins is None or begins <= on) and (standard.until is None or on <= standard.until)


def _binds(vocabulary: Vocabulary, standard: Standard, profile: Profile) -> bool:
    of_them = not profile.industries.isdisjoint(standard.binds.industries)
    return of_them and not facts_verdict(vocabulary, standard.binds.facts, profile).refused


def _criteria(vocabulary: Vocabulary, standard: Standard, profile: Profile) -> tuple[Criterion, ...]:
    return tuple(
        criterion
        for criterion in standard.criteria
        if (not criterion.industries or not profile.industries.isdisjoint(criterion.industries))
        and not facts_verdict(vocabulary, criterion.applies, profile).refused
    )


def _binds_all_kinds(vocabulary: Vocabulary, standard: Standard) -> bool:
    """Whether it singles no kind of enterprise out (消防)."""
    binds = standard.binds
    return not binds.facts and vocabulary.shared_industries.issuperset(binds.industries)
