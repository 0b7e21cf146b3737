"""What was said before: the words that items rest on, and the sentences that were asked of enterprises or set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklists.models import Basis, Item
from checklists.rules.coverage import coverage
from checklists.rules.drafts.bound import is_narrative
from checklists.rules.library import Library
from checklists.text import squeeze


@dataclass(frozen=True)
class Said:
    """Words of before, and the items that rest on them."""

    text: str
    notice: str
    clause: str
    items: Mapping[str, Basis | None]


@dataclass(frozen=True)
class Sentence:
    """A sentence of before: asked of enterprises (no status), or set aside."""

    text: str
    status: str = ""
    reason: str = ""


def quoted(library: Library, notice: str) -> list[Said]:
    """Every quote of another notice once, with the items that rest on it."""
    by_quote: dict[str, dict[str, Basis | None]] = {}
    first: dict[str, Basis] = {}
    for item in library.items:
        for basis in item.basis:
            if basis.notice != notice:
                by_quote.setdefault(basis.quote, {})[item.id] = basis
                first.setdefault(basis.quote, basis)
    return [Said(quote, first[quote].notice, first[quote].clause, told) for quote, told in by_quote.items()]


def own_words(item: Item) -> str:
    """What the item itself says it is about."""
    return f"{item.title}，{item.content}"


def sentences_of(library: Library, notice: str) -> list[Sentence]:
    """The sentences of other notices that were asked or set aside, each once; of opening and closing only what was set aside."""
    return list({squeeze(one.text): one for one in _sentences(library, notice)}.values())


def _sentences(library: Library, notice: str) -> Iterator[Sentence]:
    for name, read in coverage(library).items():
        for clause, parts in read if name != notice else ():
            for part in parts:
                if part.status == "cited" and not is_narrative(clause):
                    yield Sentence(part.text)
                elif part.status == "government-only":
                    yield Sentence(part.text, part.status, part.reason)
