"""The closed lists of ``rules/``: industries, facts, types, places, and looking a name up in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checklists.models import EnterpriseType, Fact, FactValue, Places, PlacesFile, Vocabulary, Words
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, once, problem
from checklists.rules.facts import LARGEST, Written, fact_problems, twice, type_problems
from checklists.rules.names import fact_names, industry_names, place_names, type_names
from checklists.text import same_form
from checklists.yamlfile.entries import load_model, read_each
from checklists.yamlfile.reading import Lines, line_of, read_yaml, validated

VOCABULARY, TYPES, PLACES = "vocabulary.yaml", "types.yaml", "places.yaml"
GLOSSARY, RETIRED, PAPERS = "glossary.yaml", "retired.yaml", "papers.yaml"
NOT_RULES = frozenset({VOCABULARY, TYPES, PLACES, GLOSSARY, RETIRED, PAPERS})


def load_vocabulary(folder: Path) -> tuple[Vocabulary | None, list[Problem]]:
    """Read the three files of closed lists; None when any of them cannot be used."""
    if not any((folder / name).exists() for name in (VOCABULARY, TYPES, PLACES)):
        return None, [problem("rules-none", Position(str(folder)))]
    words, word_lines, problems = load_model(Words, folder / VOCABULARY)
    places, place_lines, wrong_places = _read_places(folder / PLACES)
    types, type_lines, wrong_types = _read_types(folder / TYPES)
    problems += [*wrong_places, *wrong_types]
    if words is None or places is None or types is None or problems:
        return None, problems
    lists = {name: getattr(words, name) for name in Words.model_fields}
    vocabulary = Vocabulary(**lists, places=places, types=types)
    written = Written(folder / TYPES, type_lines)
    found = [
        *_word_problems(words, Written(folder / VOCABULARY, word_lines)),
        *place_names(places, Written(folder / PLACES, place_lines)),
        *type_names(types, written),
    ]
    wrong_facts = fact_problems(words.facts, words.industries, Written(folder / VOCABULARY, word_lines))
    # a fact of the wrong kind makes its values in the types wrong too
    found += wrong_facts or type_problems(types, words.facts, words.industries, written)
    return vocabulary, once(found)


def _read_places(path: Path) -> tuple[Places | None, Lines, list[Problem]]:
    found, lines, problems = load_model(PlacesFile, path)
    return (found.root if found else None), lines, problems


def _read_types(path: Path) -> tuple[dict[str, EnterpriseType] | None, Lines, list[Problem]]:
    values, lines, problems = read_yaml(path, exact=True)
    if problems:
        return None, lines, problems
    if not isinstance(values, dict) or not values:
        return None, lines, [problem("file-no-map", Position(str(path), 1), what="一个企业类型")]
    types, problems = read_each(
        path,
        (((name,), value) for name, value in values.items()),
        lambda value, at: _type(at[0], value, lines, path),
    )
    return {kind.id: kind for kind, _ in types}, lines, problems


def _type(
    name: str | int, value: Any, lines: Lines, path: Path
) -> tuple[EnterpriseType | None, list[Problem]]:
    if isinstance(value, dict) and "id" in value:
        position = Position(str(path), line_of(lines, (name, "id")))
        return None, [problem("field-unknown", position, field="id", hint="编号就是这一段开头冒号前的名称。")]
    named = {"id": name, **value} if isinstance(value, dict) else value
    return validated(EnterpriseType, named, lines, path, (name,))


def _word_problems(words: Words, written: Written) -> list[Problem]:
    return [
        *industry_names(words.industries, written),
        *fact_names(words.facts, written),
        *twice("部位", words.where, written, ("where",)),
        *twice("部门", words.departments, written, ("departments",)),
    ]


def find_type(vocabulary: Vocabulary, name: str, position: Position) -> EnterpriseType:
    """The type whose id, name or alias is ``name``, width, case and blanks aside; raises Refused with the nearest."""
    for kind in vocabulary.types.values():
        if name in (kind.id, kind.name):
            return kind
    form = same_form(name)
    for kind in vocabulary.types.values():
        if form in map(same_form, (kind.id, kind.name, *kind.aliases)):
            return kind
    known = [word for kind in vocabulary.types.values() for word in (kind.name, *kind.aliases)]
    raise Refused([problem("type-unknown", position, type=name, hint=nearest(name, known))], exit_code=2)


YES, NO = ("是", "有", "true", "yes", "y", "1", "√"), ("否", "无", "没有", "false", "no", "n", "0", "×")


def fact_named(vocabulary: Vocabulary, name: str, position: Position) -> str:
    """Id of the fact with this id or Chinese name; raises Refused with the nearest names."""
    for fact_id, fact in vocabulary.facts.items():
        if name in (fact_id, fact.name):
            return fact_id
    known = [*vocabulary.facts, *(fact.name for fact in vocabulary.facts.values())]
    raise Refused([problem("fact-unknown", position, fact=name, hint=nearest(name, known))], exit_code=2)


def fact_value(fact: Fact, text: str, position: Position) -> FactValue:
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
        [problem("fact-value", position, fact=fact.name, value=text, hint=hints[fact.kind])], exit_code=2
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
    if not 0 <= number < LARGEST:
        return None
    return int(number) if number.is_integer() else number
