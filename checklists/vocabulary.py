"""The closed lists of ``rules/``: industries, facts, types, places, and looking a name up in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checklists.models import EnterpriseType, Fact, FactValue, Vocabulary
from checklists.nearest import nearest
from checklists.places import chains_of, places_named
from checklists.problems import Place, Problem, Refused, problem
from checklists.yamlfile import Lines, line_of, read_yaml, validated

VOCABULARY, TYPES, PLACES = "vocabulary.yaml", "types.yaml", "places.yaml"
NOT_RULES = frozenset({VOCABULARY, TYPES, PLACES, "glossary.yaml", "retired.yaml"})


def load_vocabulary(folder: Path) -> tuple[Vocabulary | None, list[Problem]]:
    """Read the three files of closed lists; None when any of them cannot be used."""
    words, word_lines, problems = read_yaml(folder / VOCABULARY)
    places, _, place_problems = read_yaml(folder / PLACES)
    types, type_lines, type_problems = _load_types(folder / TYPES)
    problems = [*problems, *place_problems, *type_problems]
    if problems:
        return None, problems
    value = {**words, "places": places, "types": types} if isinstance(words, dict) else words
    vocabulary, problems = validated(Vocabulary, value, word_lines, folder / VOCABULARY)
    if vocabulary is None:
        return None, problems
    return vocabulary, _type_problems(vocabulary, type_lines, folder / TYPES)


def _load_types(path: Path) -> tuple[dict[str, EnterpriseType], Lines, list[Problem]]:
    values, lines, problems = read_yaml(path)
    types: dict[str, EnterpriseType] = {}
    for name, value in (values or {}).items():
        named = {"id": name, **value} if isinstance(value, dict) else value
        found, wrong = validated(EnterpriseType, named, lines, path, (name,))
        problems += wrong
        if found:
            types[name] = found
    return types, lines, problems


def _type_problems(vocabulary: Vocabulary, lines: Lines, path: Path) -> list[Problem]:
    problems: list[Problem] = []
    for kind in vocabulary.types.values():
        for industry in kind.industries:
            if industry not in vocabulary.industries:
                place = Place(str(path), line_of(lines, (kind.id, "industries")))
                problems.append(_unknown_word("行业领域", industry, vocabulary.industries, place))
        for group, names in _facts_by_group(kind):
            for fact in names:
                if fact not in vocabulary.facts:
                    place = Place(str(path), line_of(lines, (kind.id, "facts", group)))
                    problems.append(
                        problem("fact-unknown", place, fact=fact, hint=nearest(fact, vocabulary.facts))
                    )
    return problems


def _facts_by_group(kind: EnterpriseType) -> list[tuple[str, list[str]]]:
    facts = kind.facts
    return [("fixed", list(facts.fixed)), ("asks", list(facts.asks)), ("default", list(facts.default))]


def _unknown_word(field: str, word: str, known: Any, place: Place) -> Problem:
    return problem("word-unknown", place, field=field, word=word, hint=nearest(word, known))


def find_type(vocabulary: Vocabulary, name: str, place: Place) -> EnterpriseType:
    """The type whose id, name or alias is ``name``; raises Refused with the nearest names."""
    for kind in vocabulary.types.values():
        if name in (kind.id, kind.name):
            return kind
    for kind in vocabulary.types.values():
        if name in kind.aliases:
            return kind
    known = [word for kind in vocabulary.types.values() for word in (kind.name, *kind.aliases)]
    raise Refused([problem("type-unknown", place, type=name, hint=nearest(name, known))], exit_code=2)


def place_chain(vocabulary: Vocabulary, name: str, place: Place) -> tuple[str, ...]:
    """Province, city, county of a place name, as far down as the name goes.

    「阳城县」 and a whole address in it give (山西省, 晋城市, 阳城县); a district name that two cities have needs the city
    before it. Raises Refused for an unknown or ambiguous name; what cannot be read is never taken for the province.
    """
    found = places_named(vocabulary.places, name)
    if len(found) == 1:
        return found[0]
    if found:
        choices = "、".join("".join(chain[1:]) for chain in found)
        raise Refused([problem("place-ambiguous", place, name=name, choices=choices)], exit_code=2)
    chains = chains_of(vocabulary.places)
    hint = nearest(name, [*(chain[-1] for chain in chains), *map(place_text, chains)])
    raise Refused([problem("place-unknown", place, name=name, hint=hint)], exit_code=2)


def place_text(chain: tuple[str, ...]) -> str:
    """City and county as one text, which names no other place: 晋城市阳城县; 山西省 for the province itself."""
    return "".join(chain[1:]) or chain[0]


YES, NO = ("是", "有", "true", "yes", "y", "1", "√"), ("否", "无", "没有", "false", "no", "n", "0", "×")


def fact_named(vocabulary: Vocabulary, name: str, place: Place) -> str:
    """Id of the fact with this id or Chinese name; raises Refused with the nearest names."""
    for fact_id, fact in vocabulary.facts.items():
        if name in (fact_id, fact.name):
            return fact_id
    known = [*vocabulary.facts, *(fact.name for fact in vocabulary.facts.values())]
    raise Refused([problem("fact-unknown", place, fact=name, hint=nearest(name, known))], exit_code=2)


def fact_value(fact: Fact, text: str, place: Place) -> FactValue:
    """The value a person wrote for a fact: 是/否, a number, or one of its choices; raises Refused otherwise."""
    value = _parsed(fact, text.strip())
    if value is not None:
        return value
    hints = {
        "yes-no": "请写 是 或 否。",
        "number": f"请写数字{f'（单位：{fact.unit}）' if fact.unit else ''}，不得为负。",
        "choice": f"只能写：{'、'.join(fact.choices)}。",
    }
    raise Refused(
        [problem("fact-value", place, fact=fact.name, value=text, hint=hints[fact.kind])], exit_code=2
    )


def _parsed(fact: Fact, text: str) -> FactValue | None:
    if fact.kind == "yes-no":
        return True if text.lower() in YES else False if text.lower() in NO else None
    if fact.kind == "choice":
        return text if text in fact.choices else None
    try:
        number = float(text.removesuffix(fact.unit).replace(",", "").replace("，", ""))
    except ValueError:
        return None
    if not 0 <= number < 1e12:
        return None
    return int(number) if number.is_integer() else number
