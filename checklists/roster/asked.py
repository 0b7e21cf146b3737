"""One enterprise and what is wanted of it, as options or a form tell them: every value a text that somebody typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.build import Appendix, Order
from checklists.documents.excel.sheets import sheets_named
from checklists.documents.views import APPENDIX_LINES
from checklists.models import NO_OFFICE, Enterprise, FactValue, Office, Vocabulary
from checklists.nearest import nearest
from checklists.places import place_examples, place_text, place_told
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.roster.read import code_is_valid
from checklists.rules.library import Library
from checklists.rules.words import types_asked
from checklists.selection.profile import contradictions, fact_unused, looked_at, unused_facts


@dataclass(frozen=True)
class Asked:
    """Who is asked about, in the words of the one who asks."""

    types: Sequence[str]
    place: str | None = None
    facts: Mapping[str, FactValue] | None = None
    """By id."""
    office: Office = NO_OFFICE
    name: str = ""
    code: str = ""
    address: str = ""
    person: str = ""
    phone: str = ""


def appendix_written(given: str, position: Position) -> Appendix:
    """Where what stays with the enterprise goes: apart, with, none. Raises Refused for another word."""
    found = next((known for known in APPENDIX_LINES if known == given), None)
    if found is None:
        raise Refused([problem("appendix-wrong", position, given=given)], exit_code=2)
    return found


def order_asked(
    library: Library,
    day: datetime.date,
    position: Position,
    *,
    basis: str = "standing",
    department: str | None = None,
    most: int | None = None,
    landscape: bool = False,
    sheets: str | None = None,
    appendix: str = "apart",
) -> tuple[Order, list[Problem]]:
    """What is wanted beside the enterprise, and what is odd about it. Raises Refused for a word there is not."""
    if basis not in ("standing", "current"):
        raise Refused([problem("basis-wrong", position, given=basis)], exit_code=2)
    known = library.vocabulary.departments
    if department and department not in known:
        hint = nearest(department, known) or f"可用：{'、'.join(known)}。"
        raise Refused(
            [problem("word-unknown", position, field="部门", word=department, hint=hint)], exit_code=2
        )
    wanted = None if sheets is None else sheets_named(sheets)
    where = appendix_written(appendix, position)
    order = Order(day, most, department or None, basis == "current", landscape, wanted, where)
    return order, list(_out_of_date(library, day, position))


def _out_of_date(library: Library, day: datetime.date, position: Position) -> Iterator[Problem]:
    """A day for which nobody has written notices yet."""
    newest = max((notice.since for notice in library.notices.values()), default=day)
    if (day - newest).days > 2 * 366:
        yield problem("day-far", position, day=day, newest=newest)


def enterprise_asked(library: Library, asked: Asked, position: Position) -> tuple[Enterprise, list[Problem]]:
    """The enterprise, and what is odd about how it is described. Raises Refused for what cannot be."""
    vocabulary = library.vocabulary
    kinds, odd = types_asked(vocabulary, asked.types, position)
    place, told = _place(vocabulary, asked.place, position)
    facts = dict(asked.facts or {})
    enterprise = Enterprise(
        types=kinds,
        place=place,
        facts=facts,
        office=asked.office,
        name=asked.name,
        code=asked.code,
        address=asked.address,
        person=asked.person,
        phone=asked.phone,
    )
    against = contradictions(vocabulary, enterprise, lambda fact: position)
    if errors(against):
        raise Refused(against)
    unused = (
        unused_facts(vocabulary, looked_at(library.items, library.standards), enterprise) if facts else []
    )
    odd += [*told, *against, *(fact_unused(vocabulary, enterprise, name, position) for name in unused)]
    if asked.code.strip() and not code_is_valid(asked.code.strip()):
        odd.append(problem("code-wrong", position, given=asked.code))
    return enterprise, odd


def _place(vocabulary: Vocabulary, given: str | None, position: Position) -> tuple[str, list[Problem]]:
    """The place as it is printed; without one the province, and that is said."""
    if given is not None:
        return place_text(place_told(vocabulary, given, position)), []
    province, example = vocabulary.province, place_examples(vocabulary.places)[0]
    return province, [problem("place-missing", position, province=province, example=example)]
