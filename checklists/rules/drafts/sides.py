"""Whether a sentence binds enterprises or the state alone, judged by what became of the sentences like it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from checklists.notices.likeness import Index, Weights, runs
from checklists.rules.drafts.bound import bound_by, enterprise_words
from checklists.rules.drafts.chances import StateClues, chance_of_state
from checklists.rules.drafts.earlier import Sentence

_FEW = 40
"""Sentences of either side below which nothing can be learnt of them: the words decide."""
_NEIGHBOURS = 7
_NEAR = 0.1
_MOST_WORDS = 4
_UNDECIDED = 0.5
_PLAINLY_ASKED = -2.5
_LEAST = 0.1


class Sides:
    """What was asked and what was set aside, ready to be asked of a sentence."""

    def __init__(self, sentences: Sequence[Sentence], weights: Weights) -> None:
        self._sentences = sentences
        self._index = Index([one.text for one in sentences], weights)
        self._aside, self._asked = Counter[str](), Counter[str]()
        for one in sentences:
            (self._aside if one.status else self._asked).update(runs(one.text))
        self._many = sum(bool(one.status) for one in sentences)

    def clues(self, sentence: str, item: float) -> StateClues:
        """``item``: chance of the item that is likeliest meant."""
        like = sorted(self._like(sentence), key=lambda one: -one[0])[:_NEIGHBOURS]
        near = sum(value**2 for value, _ in like)
        aside = sum(value**2 for value, one in like if one.status)
        return StateClues(
            self._words(sentence),
            aside / near if near else _UNDECIDED,
            min(enterprise_words(sentence), _MOST_WORDS),
            math.log(item + _LEAST),
        )

    def state(self, sentence: str, item: float) -> float:
        """Chance that the sentence binds the state alone; 0 where nothing of its words speaks for it."""
        if min(self._many, len(self._sentences) - self._many) < _FEW:
            return float(bound_by(sentence) == "部门" and item < 0.5)
        clues = self.clues(sentence, item)
        return chance_of_state(clues) if clues.words > 0 or clues.neighbours > _UNDECIDED else 0.0

    def asks(self, part: str) -> bool:
        """Whether a part of a sentence that binds the state plainly asks something of enterprises."""
        clues = self.clues(part, 0.0)
        return clues.words <= _PLAINLY_ASKED and clues.neighbours < _UNDECIDED

    def reason(self, sentence: str) -> str:
        """Why the sentence most like it was set aside."""
        aside = [(value, one.reason) for value, one in self._like(sentence) if one.status]
        return max(aside, key=lambda one: one[0], default=(0.0, ""))[1]

    def _like(self, sentence: str) -> list[tuple[float, Sentence]]:
        return [
            (value, self._sentences[number]) for number, value in self._index.like(sentence, _NEAR).items()
        ]

    def _words(self, sentence: str) -> float:
        """Logarithms of how much oftener its runs stand on the side of the state, added up and set against their number."""
        found = runs(sentence)
        asked = len(self._sentences) - self._many
        odds = [
            math.log((self._aside[run] + 0.5) / (self._many + 1) * (asked + 1) / (self._asked[run] + 0.5))
            for run in found
            if self._aside[run] + self._asked[run] > 1
        ]
        return sum(odds) / math.sqrt(len(found) or 1)
