"""Everything that can be looked up, found by words: all of them must stand in what is found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

KINDS = ("类型", "检查项", "通知", "条款", "用词", "判定标准", "停用的检查项")
"""In the order in which equally good ones are shown."""
MOST_PARTS = 8
_AROUND = 50
"""Letters shown before the first word that was found."""
_SHOWN = 160
_WHOLE, _BEGINS, _TITLE, _WORD, _TEXT = 100, 40, 20, 15, 1
"""What it counts that a part of the query is the title, begins it, stands in it, in another word for it, in the text."""
_MOST_TIMES = 5

Segments = list[tuple[str, bool]]
"""A text in pieces, each with whether it was looked for."""


class _Letters(dict[int, str]):
    """Every letter as it is compared: of one width, small; one for one, so that places in both texts are the same."""

    def __missing__(self, code: int) -> str:
        form = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = form if len(form) == 1 else chr(code)
        return self[code]


_LETTERS = _Letters()


def plain(text: str) -> str:
    """The text as it is compared, letter by letter."""
    return text.translate(_LETTERS)


def parts_of(query: str) -> tuple[str, ...]:
    """What has to be found, each part once."""
    return tuple(dict.fromkeys(plain(query).split()))[:MOST_PARTS]


@dataclass(frozen=True)
class Entry:
    """One thing with an address of its own."""

    kind: str
    address: str
    title: str
    text: str = ""
    note: str = ""
    """Shown beside it: where it stands."""
    words: tuple[str, ...] = ()
    """What else it is called."""
    year: int = 0

    @cached_property
    def forms(self) -> tuple[str, str, str]:
        """Title, words and text as they are compared."""
        return plain(self.title), plain("\n".join((*self.words, self.note))), plain(self.text)

    def score(self, parts: Sequence[str]) -> int:
        """How well it is meant by the parts; 0 when one of them is missing."""
        title, words, text = self.forms
        total = 0
        for part in parts:
            value = _score(part, title, words, text)
            if not value:
                return 0
            total += value
        return total


def _score(part: str, title: str, words: str, text: str) -> int:
    if part == title or part in words.split("\n"):
        return _WHOLE
    if part in title:
        return _BEGINS if title.startswith(part) else _TITLE
    if part in words:
        return _WORD
    return _TEXT * min(text.count(part), _MOST_TIMES)


def find(entries: Iterable[Entry], query: str) -> list[Entry]:
    """The entries in which every part of the query stands, the best first; none for an empty query."""
    parts = parts_of(query)
    if not parts:
        return []
    scored = ((entry.score(parts), entry) for entry in entries)
    found = [(score, entry) for score, entry in scored if score]
    found.sort(key=lambda one: (-one[0], KINDS.index(one[1].kind), -one[1].year))
    return [entry for _, entry in found]


def marked(text: str, parts: Sequence[str]) -> Segments:
    """The text in pieces, those that were looked for apart."""
    form, inside = plain(text), bytearray(len(text))
    for part in parts:
        at = form.find(part)
        while at >= 0:
            inside[at : at + len(part)] = b"\1" * len(part)
            at = form.find(part, at + 1)
    pieces: Segments = []
    for letter, found in zip(text, inside, strict=True):
        if pieces and pieces[-1][1] == bool(found):
            pieces[-1] = (pieces[-1][0] + letter, bool(found))
        else:
            pieces.append((letter, bool(found)))
    return pieces


def snippet(text: str, parts: Sequence[str]) -> str:
    """The stretch of a long text around the first part that stands in it."""
    form = plain(text)
    places = [at for part in parts if (at := form.find(part)) >= 0]
    start = max(min(places, default=0) - _AROUND, 0)
    cut = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{cut}{'…' if start + _SHOWN < len(text) else ''}"
