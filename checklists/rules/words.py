"""The words by which people call an enterprise: each means one type, or a sort that only the general list is for.

``words.yaml`` says them by the thousand. A word that stands nowhere is never guessed into a type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists.heads import bare_text
from checklists.models import EnterpriseType, GeneralList, KnownWords, Sort, Vocabulary
from checklists.nearest import nearest, nearest_names
from checklists.problems import Position, Problem, Refused, problem
from checklists.rules.facts import Written, industry_problems, value_problems
from checklists.rules.types import asked_children
from checklists.text import same_form
from checklists.yamlfile.entries import load_model
from checklists.yamlfile.reading import Lines

WORDS = "words.yaml"
LEAST_STEM = 2
"""Letters that stand before an ending: 电厂 is no 电加工企业."""
_WORD = "{word}"
CHOSEN = "{type}（{word}）"
"""How the general list is chosen for a word: 通用（寺庙）."""
_CHOSEN = re.compile(r"(?P<type>.+?)\((?P<word>.+)\)")
_MARKS = re.compile("[、，,；;／/|｜]")
_QUOTES = "\"'“”‘’「」『』《》【】[]<>＂＇"
_BETWEEN = re.compile(r"[、，,；;／/|｜＋+&＆\s]+")
_JOINING = re.compile(r"兼营?|以?及|和|与|暨|带")
_IN_BRACKET = re.compile(r"(.+?)\((?:含|兼|带|附|附设|内设|内有)?(.+)\)")
"""加油站（含便利店）."""
_NUMBER = re.compile(r"^\s*[（(]?[0-9０-９]{1,2}[）).．、]\s*")
"""1.加油站."""
MOST_HINTS = 4
LONG = 5


def load_words(path: Path) -> tuple[KnownWords, Lines, list[Problem]]:
    """Read ``words.yaml``; a folder of rules may do without."""
    if not path.exists():
        return KnownWords(), {}, []
    words, lines, problems = load_model(KnownWords, path)
    return words or KnownWords(), lines, problems


# ---------------------------------------------------------------- looking a word up


@dataclass(frozen=True)
class WordIndex:
    """Every form of a word that is known -> the id of its type, or the sort and its word."""

    types: Mapping[str, str]
    sorts: Mapping[str, tuple[Sort, str]]
    heads: tuple[str, ...]
    facts: Mapping[str, str]
    """Ids and names of facts -> ids."""
    tails: tuple[tuple[str, str], ...]
    """Ending and the ending that stands for it, the longest first."""
    slips: Mapping[str, str]
    """Words with a gap where one letter may be mistyped -> the word."""

    def knows(self, form: str) -> bool:
        """Whether a form is a word, with a type or without."""
        return form in self.types or form in self.sorts


_INDEXES: dict[int, tuple[Vocabulary, WordIndex]] = {}
"""By the identity of the vocabulary, which is kept with it: closed lists cannot be hashed."""
_MOST_INDEXES = 8


def index_of(vocabulary: Vocabulary) -> WordIndex:
    """The index of a vocabulary, made once."""
    found = _INDEXES.get(id(vocabulary))
    if found is None or found[0] is not vocabulary:
        if len(_INDEXES) >= _MOST_INDEXES:
            _INDEXES.clear()
        found = _INDEXES[id(vocabulary)] = (vocabulary, _index(vocabulary))
    return found[1]


def _index(vocabulary: Vocabulary) -> WordIndex:
    known = vocabulary.known
    types: dict[str, str] = {}
    for kind in vocabulary.types.values():
        for word in words_of(vocabulary, kind):
            types.setdefault(same_form(word), kind.id)
    sorts: dict[str, tuple[Sort, str]] = {}
    for sort in known.fallback.sorts if known.fallback else ():
        for word in sort.words:
            bare = _MARKS.sub("", word)
            for form in (same_form(word), same_form(bare)):
                sorts.setdefault(form, (sort, bare))
    tails = [(tail, key) for key, same in (*known.tails.items(), ("", known.endings)) for tail in same]
    formed = [(same_form(tail), same_form(key)) for tail, key in tails]
    longest_first = sorted(formed, key=lambda pair: -len(pair[0]))
    facts = {same_form(word): name for name, fact in vocabulary.facts.items() for word in (name, fact.name)}
    slips = {gap: word for word in (*sorts, *types) for gap in _with_a_gap(word)}
    return WordIndex(types, sorts, tuple(map(same_form, known.heads)), facts, tuple(longest_first), slips)


def words_of(vocabulary: Vocabulary, kind: EnterpriseType) -> Iterator[str]:
    """All that a type is called: id, name, aliases, words."""
    yield from (kind.id, kind.name, *kind.aliases, *vocabulary.known.types.get(kind.id, ()))


def _forms(index: WordIndex, word: str) -> Iterator[str]:
    """The word as it stands, then without what may stand before it, then with the endings that mean the same."""
    whole = same_form(bare_text(word).strip(_QUOTES))
    bare = [whole.removeprefix(head) for head in index.heads if whole.startswith(head)]
    stems = [whole, *(form for form in bare if len(form) >= LEAST_STEM)]
    yield from stems
    for stem in stems:
        for tail, key in index.tails:
            if stem.endswith(tail) and len(stem) - len(tail) >= LEAST_STEM and tail != key:
                yield stem[: len(stem) - len(tail)] + key


def _type_called(vocabulary: Vocabulary, name: str) -> EnterpriseType | None:
    index = index_of(vocabulary)
    for form in _forms(index, name):
        if form in index.types:
            return vocabulary.types[index.types[form]]
        if form in index.sorts:  # the nearer form has a sort of its own
            return None
    return None


def sort_called(vocabulary: Vocabulary, name: str) -> tuple[Sort, str] | None:
    """The sort without a type that a word means, and the word as the table has it."""
    index = index_of(vocabulary)
    if _type_called(vocabulary, name):
        return None
    return next((index.sorts[form] for form in _forms(index, name) if form in index.sorts), None)


def find_type(vocabulary: Vocabulary, name: str, position: Position) -> EnterpriseType:
    """The type that ``name`` means: its id, its name, or a word for it; or the general list chosen for a word.

    Width, case and blanks aside. Raises Refused, with how to choose the general list for a word that has no type.
    """
    if name in vocabulary.types:
        return vocabulary.types[name]
    if found := _type_called(vocabulary, name) or _chosen_general(vocabulary, name):
        return found
    if offered := sort_called(vocabulary, name):
        raise Refused([_offer(vocabulary, name, *offered, position)], exit_code=2)
    told = {"type": name, "hint": _hint(vocabulary, name), "fallback": _general_hint(vocabulary)}
    raise Refused([problem("type-unknown", position, **told)], exit_code=2)


def types_named(
    vocabulary: Vocabulary, text: str, position: Position, *, fallback: bool = False
) -> tuple[str, ...]:
    """Ids of the types that a text names, one or several: 「宾馆、餐饮」, 「加油站兼便利店」. Raises Refused.

    A name that holds a 、 or a 与 itself is that name. ``fallback``: words that have no type take the general list, as
    somebody chose for all of them.
    """
    kinds = []
    for name in _parts(vocabulary, text):
        chosen = chosen_for(vocabulary, name) if fallback else None
        kinds.append(chosen or find_type(vocabulary, name, position))
    return tuple(dict.fromkeys(kind.id for kind in kinds))


def types_asked(
    vocabulary: Vocabulary, names: Sequence[str], position: Position
) -> tuple[tuple[str, ...], list[Problem]]:
    """Ids of the types that several texts name, each once, and what was named twice. Raises Refused."""
    ids = [kind for name in names for kind in types_named(vocabulary, name.strip(), position)]
    twice = [
        problem("type-twice", position, type=find_type(vocabulary, kind, position).name)
        for number, kind in enumerate(ids)
        if kind in ids[:number]
    ]
    return tuple(dict.fromkeys(ids)), twice


def _parts(vocabulary: Vocabulary, text: str) -> list[str]:
    text = _NUMBER.sub("", text)
    if is_word(vocabulary, text):
        return [text]
    return [part for name in separated(text) for part in _joined_parts(vocabulary, name)] or [text]


def _joined_parts(vocabulary: Vocabulary, name: str) -> list[str]:
    """The names that 兼, 及, a bracket and the like join, where every one is known; else the name as it stands."""
    name = _NUMBER.sub("", name)
    if is_word(vocabulary, name):
        return [name]
    bracket = _IN_BRACKET.fullmatch(same_form(name))
    if bracket and bracket[1] != same_form(_general_word(vocabulary)):
        parts = list(bracket.groups())
    else:
        parts = [part for part in _JOINING.split(name) if part]
    return parts if len(parts) > 1 and all(is_word(vocabulary, part) for part in parts) else [name]


def is_word(vocabulary: Vocabulary, name: str) -> bool:
    """Whether a name is known, as a type's, as a choice of the general list, or as a sort without a type."""
    return bool(
        name in vocabulary.types
        or _type_called(vocabulary, name)
        or _chosen_general(vocabulary, name)
        or sort_called(vocabulary, name)
    )


def separated(text: str) -> list[str]:
    """Names between the separators that stand outside brackets."""
    names, depth = [""], 0
    for letter in text:
        depth += (letter in "（(") - (letter in "）)")
        if depth <= 0 and _BETWEEN.fullmatch(letter):
            names.append("")
        else:
            names[-1] += letter
    return [name for name in names if name.strip()]


# ---------------------------------------------------------------- the general list


def _chosen_general(vocabulary: Vocabulary, name: str) -> EnterpriseType | None:
    """The general list for a sort of enterprises, as somebody chose it: 通用（寺庙）."""
    general, chosen = vocabulary.known.fallback, _CHOSEN.fullmatch(same_form(name))
    if general is None or chosen is None:
        return None
    kind = _type_called(vocabulary, chosen["type"])
    offered = sort_called(vocabulary, chosen["word"])
    if kind is None or kind.id != general.type or offered is None:
        return None
    return _general_for(vocabulary, general, *offered)


def chosen_for(vocabulary: Vocabulary, word: str) -> EnterpriseType | None:
    """The general list for a word that has no type; None for any other word."""
    offered, general = sort_called(vocabulary, word), vocabulary.known.fallback
    return _general_for(vocabulary, general, *offered) if offered and general else None


def _general_for(vocabulary: Vocabulary, general: GeneralList, sort: Sort, word: str) -> EnterpriseType:
    """The general type with what is usual of the sort; papers call it by the word, and say whose list it is."""
    kind = vocabulary.types[general.type]
    own = kind.facts
    fixed = {name: value for name, value in own.fixed.items() if name not in sort.facts}
    default = {**own.default, **sort.facts}
    asks = [name for name in own.asks if name not in sort.facts]
    true = [name for name, value in sort.facts.items() if value is True]
    asks += asked_children(true, {*asks, *default, *fixed}, vocabulary.facts)
    facts = own.model_copy(update={"fixed": fixed, "asks": tuple(asks), "default": default})
    changed = {
        "id": CHOSEN.format(type=kind.id, word=word),
        "name": general.name.replace(_WORD, word),
        "industries": tuple(dict.fromkeys((*kind.industries[:1], *sort.industries, *kind.industries[1:]))),
        "facts": facts,
        "note": general.note.replace(_WORD, word) or kind.note,
    }
    return kind.model_copy(update=changed)


def is_general(vocabulary: Vocabulary, kind: str) -> bool:
    """Whether an id is that of the general type, or of its list for some word."""
    general = vocabulary.known.fallback
    return general is not None and kind.partition("（")[0] == general.type


def _general_word(vocabulary: Vocabulary) -> str:
    """The shortest word for the general type."""
    general = vocabulary.known.fallback
    if general is None:
        return ""
    kind = vocabulary.types[general.type]
    return min((kind.name, *kind.aliases), key=len)


def _offer(vocabulary: Vocabulary, name: str, sort: Sort, word: str, position: Position) -> Problem:
    facts, industries = vocabulary.facts, vocabulary.industries
    asked = [
        *(industries[one].name for one in sort.industries),
        *(facts[one].name for one, value in sort.facts.items() if value is True),
    ]
    rather = "".join(f"{when}，选 {vocabulary.types[kind].name}；" for when, kind in sort.rather.items())
    choice = CHOSEN.format(type=_general_word(vocabulary), word=word)
    told = {
        "type": name,
        "choice": choice,
        "asked": f"，加 {'、'.join(asked)}" if asked else "",
        "rather": rather,
    }
    return problem("type-offered", position, **told)


def _general_hint(vocabulary: Vocabulary) -> str:
    word = _general_word(vocabulary)
    return f"没有合适的，可选 {word}：只列通用和消防。" if word else ""


# ---------------------------------------------------------------- hints


def _hint(vocabulary: Vocabulary, name: str) -> str:
    """Types that the word may mean: a group's, or those whose name ends it or begins with it. Never a mere likeness."""
    names = related_types(vocabulary, name)
    return f"意思相近的：{'、'.join(f'「{one}」' for one in names)}。" if names else ""


def related_types(vocabulary: Vocabulary, name: str) -> list[str]:
    """What a word may mean, at most a few names to choose: the types of the group that has this name; else what the
    longest word means that the name ends with, as the end of a Chinese name says what a thing is; else what the name
    means with an ending behind it, or with one letter mistyped (加油战). A mistyped id finds the nearest ids.
    """
    form = same_form(name.strip(_QUOTES))
    if form.isascii():
        return nearest_names(form, vocabulary.types)
    group = [kind.name for kind in vocabulary.types.values() if same_form(kind.group) == form]
    if group:
        return group[:MOST_HINTS]
    index = index_of(vocabulary)
    ends = [form[start:] for start in range(len(form) - LEAST_STEM + 1) if index.knows(form[start:])]
    behind = {ending for pair in index.tails for ending in pair if ending}
    longer = sorted(form + one for one in behind if len(form) >= LEAST_STEM and index.knows(form + one))
    near = ends[:1] or longer or [index.slips[one] for one in _with_a_gap(form) if one in index.slips]
    return list(dict.fromkeys(_choice(vocabulary, word) for word in near))[:MOST_HINTS]


def _with_a_gap(form: str) -> Iterator[str]:
    """The form without one letter: the last, or any of a name so long that it is no other name's likeness."""
    if len(form) > LEAST_STEM:
        for gap in range(0 if len(form) >= LONG else len(form) - 1, len(form)):
            yield f"{form[:gap]}*{form[gap + 1 :]}"


def _choice(vocabulary: Vocabulary, word: str) -> str:
    """How what a known word means is chosen: the name of its type, or the general list for the word."""
    kind, sorts = index_of(vocabulary).types.get(word), index_of(vocabulary).sorts
    if kind:
        return vocabulary.types[kind].name
    return CHOSEN.format(type=_general_word(vocabulary), word=sorts[word][1])


# ---------------------------------------------------------------- what is wrong with the file


def word_problems(vocabulary: Vocabulary, written: Written) -> list[Problem]:
    """Types, facts and industries that the file speaks of and that there are not; values that do not fit."""
    known, found = vocabulary.known, list[Problem]()
    for kind in known.types:
        found += _unknown_type(vocabulary, kind, written.position("types", kind))
    general = known.fallback
    if general is None:
        return found
    found += _unknown_type(vocabulary, general.type, written.position("fallback", "type"))
    for number, sort in enumerate(general.sorts):
        at = ("fallback", "sorts", number)
        found += industry_problems(sort.industries, vocabulary.industries, written, (*at, "industries"))
        found += value_problems(sort.facts, vocabulary.facts, written, (*at, "facts"))
        for when, kind in sort.rather.items():
            found += _unknown_type(vocabulary, kind, written.position(*at, "rather", when))
    return found


def _unknown_type(vocabulary: Vocabulary, kind: str, position: Position) -> list[Problem]:
    if kind in vocabulary.types:
        return []
    return [problem("words-type", position, type=kind, hint=nearest(kind, vocabulary.types))]
