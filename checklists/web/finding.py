"""How a type is found by what somebody types: any word for it, its group, or the first letters of its pinyin.

A word that the rules know without a type offers the general list for it; a word that they do not know, what it may mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from checklists.models import EnterpriseType, Vocabulary
from checklists.problems import Position, Refused
from checklists.rules.words import chosen_for, find_type, index_of, related_types, words_of
from checklists.text import same_form

NO_GROUP = "其他"
MOST_OFFERED = 6
"""Words without a type that are offered at once."""


@dataclass(frozen=True)
class TypeFound:
    """A type with all by which it is found."""

    id: str
    name: str
    group: str
    forms: tuple[str, ...]
    """Its words and its group, in small letters."""
    initials: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it, apart by blanks."""
        return " ".join(dict.fromkeys((*self.forms, *self.initials)))


@dataclass(frozen=True)
class Offer:
    """What may be chosen: a type, or the general list for a word without one."""

    id: str
    name: str
    note: str = ""
    """When something else would be better."""


@dataclass(frozen=True)
class Offers:
    """What is shown for what was typed."""

    groups: tuple[tuple[str, tuple[Offer, ...]], ...]
    """Heading and what stands under it."""
    known: bool = True
    """Whether the word means something; if not, the groups hold what it may mean, and everything else."""


def types_to_find(vocabulary: Vocabulary) -> tuple[TypeFound, ...]:
    """Every type, in the order of the rules."""
    return tuple(_found(vocabulary, kind) for kind in vocabulary.types.values())


def _found(vocabulary: Vocabulary, kind: EnterpriseType) -> TypeFound:
    words = [*words_of(vocabulary, kind), *([kind.group] if kind.group else [])]
    forms, letters = dict.fromkeys(map(same_form, words)), dict.fromkeys(map(initials, words))
    return TypeFound(kind.id, kind.name, kind.group or NO_GROUP, tuple(forms), tuple(letters))


def initials(word: str) -> str:
    """The first letter of each syllable: cyyqdw for 餐饮用气单位; letters and digits stay."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).lower()


def fits(found: TypeFound, typed: str) -> bool:
    """Whether a type is meant by what was typed so far: every part of it stands in its words."""
    return rank(found, typed) is not None


def rank(found: TypeFound, typed: str) -> int | None:
    """How near a type is to what was typed: 0 its word, 1 the beginning of one, 2 within one; None: not meant."""
    ranks = [_rank_of(found, same_form(part)) for part in typed.split()]
    told = [one for one in ranks if one is not None]
    return None if len(told) < len(ranks) else max(told, default=0)


def _rank_of(found: TypeFound, part: str) -> int | None:
    if part in found.forms or part in found.initials:
        return 0
    if any(word.startswith(part) for word in (*found.forms, *found.initials)):
        return 1
    return 2 if any(part in word for word in found.forms) else None


# ---------------------------------------------------------------- what is offered


def offers(vocabulary: Vocabulary, types: Sequence[TypeFound], typed: str) -> Offers:
    """Types for what was typed, the nearest first; without anything typed all of them by their groups."""
    if not typed.strip():
        return Offers(_by_group(types))
    ranked = [(place, one) for one in types if (place := rank(one, typed)) is not None]
    meant = tuple(_offer(one) for _, one in sorted(ranked, key=lambda pair: pair[0]))
    general = tuple(dict.fromkeys(_general(vocabulary, typed)))
    groups = [("找到的", meant), ("没有单列，按通用清单", general)]
    if any(place == 0 for place, _ in ranked) or not general:
        found = [pair for pair in groups if pair[1]]
    else:  # a word of its own that no type has
        found = [pair for pair in reversed(groups) if pair[1]]
    if found:
        return Offers(tuple(found))
    near = tuple(_called(vocabulary, name) for name in related_types(vocabulary, typed))
    return Offers((*((("是不是", near),) if near else ()), *_by_group(types)), known=False)


def _by_group(types: Sequence[TypeFound]) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
    groups: dict[str, list[Offer]] = {}
    for one in types:
        groups.setdefault(one.group, []).append(_offer(one))
    return tuple((name, tuple(held)) for name, held in groups.items())


def _offer(one: TypeFound) -> Offer:
    return Offer(one.id, one.name)


def _called(vocabulary: Vocabulary, name: str) -> Offer:
    kind = find_type(vocabulary, name, Position("所选"))
    return Offer(kind.id, kind.name)


def _general(vocabulary: Vocabulary, typed: str) -> Iterator[Offer]:
    """The general list for words without a type: the word itself however it is written, else those that begin so."""
    form, sorts = same_form(typed), index_of(vocabulary).sorts
    begun = [word for known, (_, word) in sorts.items() if known.startswith(form) and len(form) > 1]
    words = list(dict.fromkeys([*([typed] if chosen_for(vocabulary, typed) else []), *begun]))
    for word in words[:MOST_OFFERED]:
        kind = chosen_for(vocabulary, word)
        if kind:
            yield Offer(kind.id, kind.name, _rather(vocabulary, word))


def _rather(vocabulary: Vocabulary, word: str) -> str:
    """Types that would fit better, and when."""
    sort = index_of(vocabulary).sorts.get(same_form(word))
    better = sort[0].rather.items() if sort else ()
    return "；".join(f"{when}，选“{vocabulary.types[kind].name}”" for when, kind in better)


# ---------------------------------------------------------------- what was chosen


def chosen_offers(vocabulary: Vocabulary, names: Sequence[str]) -> tuple[Offer, ...]:
    """The chosen types as they are shown; a word that is none is shown too, so that it can be taken away."""
    found: dict[str, Offer] = {}
    for name in names:
        try:
            offer = _called(vocabulary, name)
        except Refused:
            offer = Offer(name, name)
        found.setdefault(offer.id, offer)
    return tuple(found.values())
