"""What was said before: the words that items rest on and those that were set aside, searched for what is like a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.models import Basis
from checklists.notices.duties import duties_of, pieces, windows
from checklists.notices.likeness import Index, Vector, weights_of
from checklists.rules.coverage import coverage
from checklists.rules.library import Library

FIRM, NEAR = 0.45, 0.2
"""Likeness from which a sentence says again what an item rests on, and from which the item is worth a look."""
_BESIDE_BEST = 0.5
"""Share of the best likeness within the same words that another item must have."""
_OWN_WORDS, _OWN_NEAR = 0.8, 0.28
"""What an item's own title and content count beside the notices' words, and how near they have to be."""
_HELD = 0.35
"""Share of a piece that the words of before must hold for it to say nothing new."""
_WHOLE = "（检查项）"


@dataclass(frozen=True)
class Said:
    """Words of before, and what they led to: items, or a reason to ask nothing."""

    text: str
    notice: str
    clause: str
    items: tuple[tuple[str, Basis | None], ...] = ()
    status: str = ""
    reason: str = ""
    counts: float = 1.0


@dataclass(frozen=True)
class Match:
    """An item that stretch ``first`` to ``last`` of the pieces says something like."""

    item: str
    basis: Basis | None
    said: Said
    first: int
    last: int
    likeness: float
    covered: frozenset[int]
    """The pieces of which most stands in what was said."""


@dataclass(frozen=True)
class Found:
    """What is like one sentence: items, the best first; the best of what was set aside."""

    parts: tuple[str, ...]
    matches: tuple[Match, ...]
    aside: tuple[Said, float] | None


class Earlier:
    """All that was said before one notice, ready to be searched."""

    def __init__(self, library: Library, notice: str) -> None:
        self._said = [*_quoted(library, notice), *_own_words(library), *_set_aside(library, notice)]
        self._weights = weights_of(
            duty.text for clauses in library.clauses.values() for duty in duties_of(clauses.values())
        )
        self._index = Index([one.text for one in self._said], self._weights)

    def like(self, sentence: str) -> Found:
        """What is like a sentence or some neighbouring pieces of it."""
        parts = pieces(sentence)
        best: dict[str, tuple[float, Said, Basis | None, int, int]] = {}
        aside: tuple[Said, float] | None = None
        for first, last in windows(parts):
            for number, value in self._index.like("".join(parts[first:last]), NEAR).items():
                said = self._said[number]
                value *= said.counts
                if value < (_OWN_NEAR if said.notice == _WHOLE else NEAR):
                    continue
                if said.status and (aside is None or value > aside[1]):
                    aside = said, value
                for item, basis in said.items:
                    if item not in best or value > best[item][0]:
                        best[item] = value, said, basis, first, last
        matches = [self._match(parts, item, *told) for item, told in best.items()]
        return Found(tuple(parts), tuple(_outstanding(matches)), aside)

    def _match(
        self,
        parts: Sequence[str],
        item: str,
        value: float,
        said: Said,
        basis: Basis | None,
        first: int,
        last: int,
    ) -> Match:
        """The match without pieces at either end that the words of before do not hold."""
        words = self._weights.vector(said.text)
        held = [at for at in range(first, last) if _share(self._weights.vector(parts[at]), words) >= _HELD]
        covered = frozenset(held or range(first, last))
        return Match(item, basis, said, min(covered), max(covered) + 1, value, covered)


def _share(piece: Vector, words: Vector) -> float:
    """How much of a piece stands in the words."""
    return sum(weight for run, weight in piece.items() if run in words) / (sum(piece.values()) or 1.0)


def _outstanding(matches: Sequence[Match]) -> list[Match]:
    """Without those that are much less like the words than another item is; the best first."""

    def rival(one: Match) -> float:
        return max(other.likeness for other in matches if not one.covered.isdisjoint(other.covered))

    kept = [one for one in matches if one.likeness >= _BESIDE_BEST * rival(one)]
    return sorted(kept, key=lambda one: (-one.likeness, one.item))


def _quoted(library: Library, notice: str) -> Iterator[Said]:
    """Every quote of another notice once, with the items that rest on it."""
    by_quote: dict[str, list[tuple[str, Basis]]] = {}
    for item in library.items:
        for basis in item.basis:
            if basis.notice != notice:
                by_quote.setdefault(basis.quote, []).append((item.id, basis))
    for quote, resting in by_quote.items():
        newest = resting[0][1]
        yield Said(quote, newest.notice, newest.clause, tuple(resting))


def _own_words(library: Library) -> Iterator[Said]:
    for item in library.items:
        yield Said(f"{item.title}，{item.content}", _WHOLE, "", ((item.id, None),), counts=_OWN_WORDS)


def _set_aside(library: Library, notice: str) -> Iterator[Said]:
    """Sentences of other notices that ask nothing of enterprises, each once."""
    seen: set[str] = set()
    for name, read in coverage(library).items():
        for clause, parts in read if name != notice else ():
            for part in parts:
                if part.status in ("government-only", "narrative") and part.text not in seen:
                    seen.add(part.text)
                    yield Said(part.text, name, clause.path, status=part.status, reason=part.reason)
