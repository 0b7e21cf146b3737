"""The closed lists of ``rules/``: industries, facts, types, places, and looking a name up in them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from checklists.models import Fact, FactValue, PlacesFile, Vocabulary, Words
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, once, problem
from checklists.rules.facts import LARGEST, Written, fact_problems, role_problems, twice
from checklists.rules.names import called_places, fact_names, industry_names, place_names, type_names
from checklists.rules.own_places import with_more_places
from checklists.rules.types import heading_problems, read_types, type_problems, types_of
from checklists.rules.words import WORDS, index_of, load_words, word_problems
from checklists.text import same_form
from checklists.yamlfile.entries import load_model
from checklists.yamlfile.reading import Lines, line_of, read_yaml, validated

VOCABULARY, TYPES, PLACES = "vocabulary.yaml", "types.yaml", "places.yaml"
GLOSSARY, RETIRED, PAPERS, CONSENTS = "glossary.yaml", "retired.yaml", "papers.yaml", "consents.yaml"
NOT_RULES = frozenset({VOCABULARY, TYPES, PLACES, WORDS, GLOSSARY, RETIRED, PAPERS, CONSENTS})


def load_vocabulary(folder: Path, own: Path | None = None) -> tuple[Vocabulary | None, list[Problem]]:
    """Read the three files of closed lists; None when any of them cannot be used.

    A ``places.yaml`` in ``own``, the folder of one's own notices, adds cities and counties.
    """
    if not any((folder / name).exists() for name in (VOCABULARY, TYPES, PLACES)):
        return None, [problem("rules-none", Position(str(folder)))]
    words, word_lines, problems = load_model(Words, folder / VOCABULARY)
    places, place_lines, wrong_places = _read_places(folder / PLACES)
    told, wrong_types = read_types(folder / TYPES)
    known, known_lines, wrong_known = load_words(folder / WORDS)
    problems += [*wrong_places, *wrong_types, *wrong_known]
    if words is None or places is None or told is None or problems:
        return None, problems
    vocabulary = Vocabulary(
        **{name: getattr(words, name) for name in Words.model_fields},
        **_of_places(places),
        types=types_of(told, words.facts),
        known=known,
    )
    written = Written(folder / VOCABULARY, word_lines)
    found = [
        *_word_problems(words, written),
        *place_names(places.root, Written(folder / PLACES, place_lines)),
        *called_places(places.root, vocabulary.places, Written(folder / PLACES, place_lines)),
        *type_names(vocabulary, told.written, Written(folder / WORDS, known_lines)),
    ]
    wrong_facts = fact_problems(words.facts, words.industries, written)
    # a fact of the wrong kind makes its values in the types wrong too
    found += wrong_facts or type_problems(told, words.facts, words.industries)
    found += wrong_facts or word_problems(vocabulary, Written(folder / WORDS, known_lines))
    found += heading_problems(told, words.where)
    if own is not None and (own / PLACES).exists() and own.resolve() != folder.resolve():
        more, wrong = with_more_places(vocabulary.places, own / PLACES)
        vocabulary = vocabulary.model_copy(update={"places": more})
        found += wrong
    return vocabulary, once(found)


def _of_places(places: PlacesFile) -> dict[str, Any]:
    """What the closed lists hold of the provinces."""
    every = places.root
    return {
        "places": {name: province.cities for name, province in every.items()},
        "short_names": {name: province.short for name, province in every.items() if not province.nation},
        "nation": next((name for name, province in every.items() if province.nation), ""),
        "places_called": {name: to for one in every.values() for name, to in one.called.items()},
        "elsewhere": tuple(name for one in every.values() for name in one.elsewhere),
    }


def _read_places(path: Path) -> tuple[PlacesFile | None, Lines, list[Problem]]:
    """A province that has its cities right below its name, as it once was written, is one slip."""
    value, lines, problems = read_yaml(path, exact=True)
    if problems:
        return None, lines, problems
    for province, below in value.items() if isinstance(value, dict) else ():
        if isinstance(below, dict) and not {"short", "cities"} & below.keys():
            position = Position(str(path), line_of(lines, (province,)))
            return None, lines, [problem("province-form", position, province=province)]
    found, wrong = validated(PlacesFile, value, lines, path)
    return found, lines, wrong


def _word_problems(words: Words, written: Written) -> list[Problem]:
    return [
        *industry_names(words.industries, written),
        *fact_names(words.facts, written),
        *twice("部位", words.where, written, ("where",)),
        *twice("部门", words.departments, written, ("departments",)),
        *role_problems(words.industries, words.facts, written),
        *_papers_problems(words, written),
    ]


def _papers_problems(words: Words, written: Written) -> list[Problem]:
    if words.papers is None or words.papers in words.where:
        return []
    told = {"field": "papers", "word": words.papers, "hint": nearest(words.papers, words.where)}
    return [problem("word-unknown", written.position("papers"), **told)]


YES, NO = ("是", "有", "true", "yes", "y", "1", "√"), ("否", "无", "没有", "false", "no", "n", "0", "×")


def fact_named(vocabulary: Vocabulary, name: str, position: Position) -> str:
    """Id of the fact with this id or Chinese name; raises Refused with the nearest names."""
    if found := index_of(vocabulary).facts.get(same_form(name)):
        return found
    known = [*vocabulary.facts, *(fact.name for fact in vocabulary.facts.values())]
    raise Refused([problem("fact-unknown", position, fact=name, hint=nearest(name, known))], exit_code=2)


def fact_value(fact: Fact, text: str, position: Position) -> FactValue:
    """The value a person wrote for a fact: 是/否, a number, or one of its choices; raises Refused otherwise."""
    value = _parsed(fact, unicodedata.normalize("NFKC", text).strip())
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
        return next((choice for choice in fact.choices if same_form(choice) == same_form(text)), None)
    try:
        number = float(text.removesuffix(fact.unit).replace(",", "").replace("，", ""))
    except ValueError:
        return None
    if not 0 <= number < LARGEST:
        return None
    return int(number) if number.is_integer() else number
