"""The items that a sentence may mean, found among all that was said before and weighed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checklists.models import Basis, Item
from checklists.notices.duties import Cut, cut, duties_of
from checklists.notices.likeness import Index, Vector, Weights, letters, runs, weights_of
from checklists.rules.drafts.chances import ItemClues, chance_of_item
from checklists.rules.drafts.earlier import Said, own_words, quoted, sentences_of
from checklists.rules.drafts.sides import Sides
from checklists.rules.library import Library

FIRM, LIKELIEST = 0.35, 0.15
"""Chance from which an item is meant, and that from which it is where nothing likelier is said by the same words."""
_NEAR, _OWN_NEAR = 0.15, 0.25
"""Likeness from which words of before and an item's own are looked at."""
_HELD = 0.5
"""Share of a part that the words of before must hold for it to say nothing new."""
_WORD_FOR_WORD, _SHORTEST = 0.8, 5
"""Likeness of words that stand in the stretch letter by letter, and how many letters these need."""
_OWN_COUNTS = 0.8
"""What likeness to an item's own words counts beside likeness to a notice's."""
_UNFOCUSED = 0.5


@dataclass(frozen=True)
class Match:
    """An item that stretch ``first`` to ``last`` of the parts says something like."""

    item: str
    basis: Basis | None
    said: Said
    first: int
    last: int
    likeness: float
    covered: frozenset[int]
    """The parts of which most stands in what was said."""
    clues: ItemClues
    chance: float
    """How likely it is that the item is meant."""


@dataclass(frozen=True)
class Found:
    """What is like one sentence: the likeliest items first, and the chance that it binds the state alone."""

    parts: tuple[str, ...]
    matches: tuple[Match, ...]
    state: float


@dataclass(frozen=True)
class _Hit:
    """The words of before most like a stretch, of one item."""

    said: Said
    place: tuple[int, int]
    likeness: float
    own: float = 0.0
    """Likeness of the best stretch to the item's own words."""


class Earlier:
    """All that was said before one notice, ready to be searched."""

    def __init__(self, library: Library, notice: str) -> None:
        self._weights = weights_of(
            (duty.text for clauses in library.clauses.values() for duty in duties_of(clauses.values())),
            silent=False,
        )
        self._said = quoted(library, notice)
        self._letters = [letters(one.text) for one in self._said]
        self._index = Index([one.text for one in self._said], self._weights)
        self._own = {item.id: _own(item) for item in library.items}
        self._own_runs = {item: runs(one.text) for item, one in self._own.items()}
        self._ids = list(self._own)
        self._own_index = Index([one.text for one in self._own.values()], self._weights)
        self._told = _told(self._said, self._own.values(), self._weights)
        self._having = Counter(run for told in self._told.values() for run in told)
        self.sides = Sides(sentences_of(library, notice), self._weights)

    def like(self, sentence: str) -> Found:
        """What is like a sentence or some neighbouring parts of it."""
        parts = cut(sentence)
        hits = self._hits(parts)
        stretches = {place: self._weights.vector(parts.words(*place)) for place in parts.stretches}
        sentence_runs = self._weights.vector(sentence)
        told = {item: self._share(stretches[hit.place], item) for item, hit in hits.items()}
        most_told = _best(hits, told)
        most_own = _best(hits, {item: hit.own for item, hit in hits.items()})
        matches = []
        for item, hit in hits.items():
            stretch = stretches[hit.place]
            words = self._weights.vector(hit.said.text)
            clues = ItemClues(
                alike=hit.likeness,
                whole=_held(words, stretch),
                focused=self._focused(item, hit, words, sentence_runs),
                told=told[item] / (most_told[item] or 1.0),
                own=hit.own / (most_own[item] or 1.0),
                rarest=self._rarest(item, stretch),
                shared=math.log1p(len(hit.said.items)),
            )
            matches.append(self._match(parts, item, hit, words, clues))
        matches.sort(key=lambda one: (-one.chance, one.item))
        likeliest = matches[0].chance if matches else 0.0
        return Found(parts.parts, tuple(matches), self.sides.state(sentence, likeliest))

    def _hits(self, parts: Cut) -> dict[str, _Hit]:
        hits: dict[str, _Hit] = {}
        for first, last in parts.stretches:
            words = parts.words(first, last)
            plain = letters(words)
            for number, value in self._index.like(words, _NEAR).items():
                said, own = self._said[number], self._letters[number]
                if len(own) >= _SHORTEST and own in plain:
                    value = max(value, _WORD_FOR_WORD)
                for item in said.items:
                    if item not in hits or value > hits[item].likeness:
                        hits[item] = _Hit(said, (first, last), value)
        for first, last in parts.stretches:
            for number, value in self._own_index.like(parts.words(first, last), _OWN_NEAR).items():
                item = self._ids[number]
                hit = hits.get(item)
                if hit is None or _OWN_COUNTS * value > hit.likeness:
                    hits[item] = _Hit(self._own[item], (first, last), _OWN_COUNTS * value, value)
                elif value > hit.own:
                    hits[item] = replace(hit, own=value)
        return hits

    def _share(self, stretch: Vector, item: str) -> float:
        """How much of a stretch stands in any words of the item."""
        told = self._told[item]
        held = sum(weight * told.get(run, 0.0) for run, weight in stretch.items())
        return held / max(sum(stretch.values()), self._weights.least)

    def _focused(self, item: str, hit: _Hit, words: Vector, sentence: Vector) -> float:
        common = {run: weight for run, weight in words.items() if run in self._own_runs[item]}
        return _held(common, sentence) if common and hit.said.notice else _UNFOCUSED

    def _rarest(self, item: str, stretch: Vector) -> float:
        told, many = self._told[item], len(self._told)
        least = min((self._having[run] for run in stretch if len(run) > 1 and run in told), default=many)
        return math.log(many / least) / math.log(many) if many > 1 else 0.0

    def _match(self, parts: Cut, item: str, hit: _Hit, words: Vector, clues: ItemClues) -> Match:
        """The match without parts at either end that the words of before do not hold."""
        first, last = hit.place
        held = {at: _held(self._weights.vector(parts.parts[at]), words) for at in range(first, last)}
        covered = frozenset(at for at, share in held.items() if share >= min(_HELD, max(held.values())))
        return Match(
            item,
            hit.said.items[item],
            hit.said,
            min(covered),
            max(covered) + 1,
            hit.likeness,
            covered,
            clues,
            chance_of_item(clues),
        )


def _held(words: Vector, others: Vector) -> float:
    """How much of the words stands in the others."""
    return sum(weight for run, weight in words.items() if run in others) / (sum(words.values()) or 1.0)


def firm(found: Found) -> list[Match]:
    """The items that the sentence says again: the likely ones, and the likeliest of words that else say nothing."""
    chosen = [one for one in found.matches if one.chance >= FIRM]
    taken = {at for one in chosen for at in one.covered}
    for one in found.matches[len(chosen) :]:
        if one.chance >= LIKELIEST and taken.isdisjoint(one.covered):
            chosen.append(one)
            taken |= one.covered
    return chosen


def _own(item: Item) -> Said:
    return Said(own_words(item), "", "", {item.id: None})


def _told(said: Sequence[Said], own: Iterable[Said], weights: Weights) -> dict[str, dict[str, float]]:
    """Of each item every run of its words; words that many items rest on tell less of each."""
    told: dict[str, dict[str, float]] = {}
    for one in [*said, *own]:
        counts = 1 / math.sqrt(len(one.items))
        vector = weights.vector(one.text)
        for item in one.items:
            held = told.setdefault(item, {})
            for run in vector:
                held[run] = max(held.get(run, 0.0), counts)
    return told


def _best(hits: Mapping[str, _Hit], values: Mapping[str, float]) -> dict[str, float]:
    """Of each item the greatest value among the items that stand in some part of its stretch."""
    by_part: dict[int, float] = {}
    for item, hit in hits.items():
        for at in range(*hit.place):
            by_part[at] = max(by_part.get(at, 0.0), values[item])
    return {item: max(by_part[at] for at in range(*hit.place)) for item, hit in hits.items()}
