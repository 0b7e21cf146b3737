"""A clause as duties: its sentences, cut into the pieces between commas, of which each may say a thing of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from checklists.models import Clause
from checklists.notices.clauses import is_heading_sentence, sentences
from checklists.notices.figures import Figure, figures_of
from checklists.notices.furniture import binds
from checklists.text import squeeze

_PIECE = re.compile(r"[^，：]*[，：]+[”’）)]*|[^，：]+$")
_SHRED = re.compile("[^、]*、|[^、]+$")
_SHORTEST_MEMBER = 6
"""Letters of a member of an enumeration that may be a duty of its own: 水库除险加固."""
_MOST_TOGETHER = 3
"""Pieces that are looked at together."""
_STRENGTHS = (
    (3, re.compile("必须|严禁|不得|禁止|一律|应当|不准|严厉打击|都要|强制")),
    (1, re.compile("督促|推动|引导|指导|推进|推广|着力|逐步|力争|启动|支持|争取|探索|鼓励|倡导|试点")),
)
_PLAIN = 2


@dataclass(frozen=True)
class Duty:
    """One sentence of a clause."""

    notice: str
    path: str
    heading: str
    text: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Figures, frequencies and days in it."""
        return figures_of(self.text)


def duties_of(clauses: Iterable[Clause]) -> Iterator[Duty]:
    """Sentence by sentence, but for headings that bind nobody."""
    for clause in clauses:
        for sentence in sentences(clause):
            heading = is_heading_sentence(clause, sentence) and not binds(sentence)
            if squeeze(sentence) and not heading:
                yield Duty(clause.notice, clause.path, clause.heading, sentence.strip())


def pieces(text: str) -> list[str]:
    """A sentence cut after its commas and colons; joined they are the sentence."""
    return _PIECE.findall(text)


def windows(parts: Sequence[object]) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) of the neighbours that are looked at together: one to three, and all."""
    for first in range(len(parts)):
        for last in range(first + 1, min(first + _MOST_TOGETHER, len(parts)) + 1):
            yield first, last
    if len(parts) > _MOST_TOGETHER:
        yield 0, len(parts)


@dataclass(frozen=True)
class Cut:
    """A sentence in the parts that may each say a thing of their own; joined they are the sentence."""

    parts: tuple[str, ...]
    stretches: tuple[tuple[int, int], ...]
    """First and last (exclusive) of the neighbouring parts that are looked at together."""

    def words(self, first: int, last: int) -> str:
        """A stretch as it stands."""
        return "".join(self.parts[first:last])


def cut(text: str) -> Cut:
    """A sentence in its pieces, and an enumeration in its members where these are long enough to be duties."""
    members = [list(_members(piece)) for piece in pieces(text)]
    parts = [part for some in members for part in some]
    starts = [0, *accumulate(len(some) for some in members)]
    between = [(starts[first], starts[last]) for first, last in windows(members)]
    return Cut(tuple(parts), tuple(dict.fromkeys([*windows(parts), *between])))


def _members(piece: str) -> Iterator[str]:
    """What stands between the enumeration commas of a piece, outside brackets; a short member stays with its neighbour."""
    member = ""
    for shred in _SHRED.findall(piece):
        whole = member.count("（") == member.count("）") and member.count("“") == member.count("”")
        if whole and min(_letters(member), _letters(shred)) >= _SHORTEST_MEMBER:
            yield member
            member = ""
        member += shred
    yield member


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def strength(text: str) -> int:
    """3 for 必须, 严禁, 都要; 1 for 推动, 督促, 鼓励; 2 for the rest."""
    return next((level for level, words in _STRENGTHS if words.search(text)), _PLAIN)
