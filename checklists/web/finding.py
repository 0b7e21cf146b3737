"""How a type is found by what somebody types: any word for it, its group, or the first letters of its pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from checklists.models import EnterpriseType, Vocabulary
from checklists.rules.words import words_of
from checklists.text import same_form

NO_GROUP = "其他"


@dataclass(frozen=True)
class TypeFound:
    """A type with all by which it is found."""

    id: str
    name: str
    group: str
    words: str
    """Its words and their initials, apart by blanks, in small letters."""


def types_to_find(vocabulary: Vocabulary) -> tuple[TypeFound, ...]:
    """Every type, in the order of the rules."""
    return tuple(_found(vocabulary, kind) for kind in vocabulary.types.values())


def _found(vocabulary: Vocabulary, kind: EnterpriseType) -> TypeFound:
    words = [*words_of(vocabulary, kind), *([kind.group] if kind.group else [])]
    forms = [same_form(word) for word in words]
    return TypeFound(
        kind.id, kind.name, kind.group or NO_GROUP, " ".join(dict.fromkeys([*forms, *map(initials, words)]))
    )


def initials(word: str) -> str:
    """The first letter of each syllable: cyyqdw for 餐饮用气单位; letters and digits stay."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).lower()


def fits(found: TypeFound, typed: str) -> bool:
    """Whether a type is meant by what was typed so far: every part of it stands in its words."""
    return all(part in found.words for part in same_form(typed).split()) if typed.strip() else True
